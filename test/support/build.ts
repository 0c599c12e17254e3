/** Before any test runs: tests that start the built product are to start what the sources say. */

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['src', 'emulator', 'contracts', 'scripts', 'bench', 'package.json', 'rolldown.config.ts']

/** When something in a file or folder was last changed, in milliseconds since 1970. */
function lastChange(path: string): number {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))))
}

/** Builds the product if there is none, or if it is older than its sources. */
export function setup(): void {
  const built = 'dist/types/src/index.d.ts'
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...SOURCES.map(lastChange))) return
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
