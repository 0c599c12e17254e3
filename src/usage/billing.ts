/** What Actions cost, as the price lists of the manuals have it: the facts that stand in an Action's definition. Prices are in CNY. */

/** Billed by the call. The price depends on how many calls the account has made of the Action in the calendar month. */
export interface CallBilling {
  unit: 'call'
  /** What the prices are for. */
  per: 'call'
  /** In order; the last one has no end. */
  tiers: readonly Tier[]
  /** Why it costs nothing, if it does. */
  note?: string
}

/**
 * Calls of a month from the first one that the tier before does not cover up to and including `upTo`; null: all that follow. A call has
 * the price of the tier that it falls into itself: as only what exceeds a free quota is charged, so it is with higher tiers.
 */
export interface Tier {
  upTo: number | null
  /** Of one call. */
  price: number
}

/** Billed by the length of a video, a part of a second as a whole one. The price can depend on its resolution and frame rate. */
export interface DurationBilling {
  unit: 'second'
  /** What the prices are for; each second costs a sixtieth. */
  per: 'minute'
  /** Which video is measured. */
  of: 'input' | 'output'
  /** In the order in which they are tried; the first that the video fits into is its rate. What fits into none is by arrangement. */
  rates: readonly Rate[]
}

/** A price for videos up to a resolution and a frame rate; null: any. */
export interface Rate {
  /** As in 720P: pixels of the shorter side. */
  upToP: number | null
  upToFps: number | null
  /** Of one minute. */
  price: number
}

/** What a successful call, or a job that succeeded, is billed by. */
export type Billing = CallBilling | DurationBilling

/** A video, as far as its price depends on it. */
export interface Footage {
  /** Seconds. */
  duration: number
  /** Pixels. */
  width: number
  /** Pixels. */
  height: number
  framesPerSecond: number
}

/** What a job has read and made. */
export interface Footages {
  input: Footage
  output: Footage
}

/** A price that depends on how many calls were made in the month. */
export const perCallInTiers = (...tiers: readonly Tier[]): CallBilling => ({ unit: 'call', per: 'call', tiers })

/** Costs nothing, but is counted. */
export const free = (note: string): CallBilling => ({ ...perCallInTiers({ upTo: null, price: 0 }), note })

/** An ability that the price list leaves out: in public beta, as the manuals say of these. */
export const publicBeta = free('not in the price list: in public beta')

/** One price for every call beyond those that each calendar month has free. */
export const perCall = (price: number, { freePerMonth }: { freePerMonth: number }): CallBilling =>
  perCallInTiers({ upTo: freePerMonth, price: 0 }, { upTo: null, price })

/** One price for every minute of the input or of the output. */
export const perMinute = (of: DurationBilling['of'], price: number): DurationBilling => ({
  unit: 'second',
  per: 'minute',
  of,
  rates: [{ upToP: null, upToFps: null, price }],
})

/** Frame rates up to which the columns of the manuals' price tables go. */
const FRAME_RATES = [30, 60, 120] as const

/** A price table: a row per resolution with a price per minute for up to 30, 60 and 120 frames a second. */
export const perMinuteByQuality = (
  of: DurationBilling['of'],
  rows: Readonly<Record<720 | 1440 | 2160, readonly [number, number, number]>>,
): DurationBilling => ({
  unit: 'second',
  per: 'minute',
  of,
  rates: ([720, 1440, 2160] as const).flatMap((upToP) =>
    FRAME_RATES.map((upToFps, column) => ({ upToP, upToFps, price: rows[upToP][column] as number })),
  ),
})

/** The price of a video's minute, or null if it is by arrangement. */
export function rateOf({ rates }: DurationBilling, { width, height, framesPerSecond }: Footage): number | null {
  const fits = (value: number, upTo: number | null): boolean => upTo === null || value <= upTo
  // What is known of a file, frames and seconds, seldom gives a round number: 29.97 and 30.02 are 30.
  const rate = Math.round(framesPerSecond)
  return rates.find(({ upToP, upToFps }) => fits(Math.min(width, height), upToP) && fits(rate, upToFps))?.price ?? null
}

/** The price of the `count`-th call of a month. */
export const tierOf = ({ tiers }: CallBilling, count: number): number =>
  tiers.find(({ upTo }) => upTo === null || count <= upTo)?.price ?? 0
