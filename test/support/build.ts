/** Before any test runs: tests that start the built product are to start what the sources say. */

import { execFileSync } from 'node:child_process'

/** Builds the bundle and the console if they are not there, or older than their sources. No test reads the types. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/build/fresh.mjs', 'bundle', 'console'], { stdio: ['ignore', 'inherit', 'inherit'] })
}
