/**
 * How much of the tests that could go on for ever is done, and with what seed: little, and the same each time, unless `TEST_TIMES` and `TEST_SEED` ask for
 * more, as `scripts/fuzz.sh` and `scripts/hostile.sh` do.
 */

/** How many times as much as usual: random input, hostile calls, processes that are killed, disks that are full. */
export const TIMES = Number(process.env.TEST_TIMES ?? 1)

/** What random input is made from. */
export const SEED = Number(process.env.TEST_SEED ?? 20260101)

/** Options of fast-check for a property that is usually tried `numRuns` times; what a failure is reduced to is not looked for, because its state is gone. */
export function repeated(numRuns: number): { numRuns: number; seed: number; endOnFailure: boolean } {
  return { numRuns: numRuns * TIMES, seed: SEED, endOnFailure: true }
}
