/** Before any test runs: tests that start the built product are to start what the sources say. */

import { execFileSync } from 'node:child_process'

/** Builds what is not there, or older than its sources. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/build/fresh.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] })
}
