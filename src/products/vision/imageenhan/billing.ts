/** What imageenhan costs (imageenhan manual, chapter 2). */

import { perCall, perCallInTiers } from '../../../usage/billing.js'

/** The price of a call in CNY, after the hundred that each calendar month has free. */
export const afterHundredFree = (price: number) => perCall(price, { freePerMonth: 100 })

/** The one price that falls with the number of calls, and has none free. */
export const SHARPNESS_PRICES = perCallInTiers(
  { upTo: 10_000, price: 0.002 },
  { upTo: 5_000_000, price: 0.0018 },
  { upTo: null, price: 0.0016 },
)
