/** How often tests with random input repeat, and with what seed: the same each time, unless `scripts/fuzz.sh` asks for more of it. */

/** How many times as often as usual. */
const TIMES = Number(process.env.FUZZ_TIMES ?? 1)

/** What random input is made from. */
export const SEED = Number(process.env.FUZZ_SEED ?? 20260101)

/** Options of fast-check for a property that is usually tried `numRuns` times; what a failure is reduced to is not looked for, because its state is gone. */
export function repeated(numRuns: number): { numRuns: number; seed: number; endOnFailure: boolean } {
  return { numRuns: numRuns * TIMES, seed: SEED, endOnFailure: true }
}
