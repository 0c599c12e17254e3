/**
 * Exact money. Prices have at most four decimals of a yuan; what is billed is a call at a price per call, or a second at a price per
 * minute. So every amount is a whole number of 1/600,000 yuan (a sixtieth of a hundredth of a fen), and sums of them are exact.
 */

/** An amount in 1/600,000 yuan. */
export type Amount = bigint

/** What one call costs at a price per call, or one second at a price per minute; prices are in CNY. */
export function amountOf(price: number, unit: 'call' | 'second'): Amount {
  const tenThousandths = BigInt(Math.round(price * 10_000))
  return unit === 'call' ? tenThousandths * 60n : tenThousandths
}

/** CNY, rounded half up to a millionth: for showing, never for adding. */
export const toYuan = (amount: Amount): number => Number((amount * 10n + 3n) / 6n) / 1_000_000
