/** Builds what is older than its sources, and nothing else. `node scripts/build/fresh.mjs` does it for all that is published, or for what it is told. */

import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PACKAGE = ['package.json', 'package-lock.json']
const CODE = ['src', 'emulator', 'contracts', 'scripts/build', 'rolldown.config.ts', 'tsconfig.types.json', ...PACKAGE]

/** What is built, each by a script of package.json; the file is the last to be written. A new bundle takes the others with it. */
const BUILT = {
  bundle: { file: 'dist/cli.js', sources: CODE },
  console: { file: 'dist/console/index.html', sources: ['console', 'scripts/build', ...PACKAGE] },
  types: { file: 'dist/types/src/index.d.ts', sources: CODE },
}

/** When something in a file or folder was last changed, in milliseconds since 1970; 0 if it is not there. */
function lastChange(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))))
}

/**
 * Builds what is not there or older than its sources: everything, or the parts that are named. What the bundler says is shown only if it fails.
 */
export function buildIfStale(parts = Object.keys(BUILT)) {
  for (const part of parts) {
    const { file, sources } = BUILT[part]
    if (lastChange(join(ROOT, file)) >= Math.max(...sources.map((path) => lastChange(join(ROOT, path))))) continue
    try {
      execFileSync('npm', ['run', `build:${part}`, '--silent'], { cwd: ROOT, stdio: 'pipe', shell: process.platform === 'win32' })
    } catch (error) {
      process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}`)
      throw new Error(`npm run build:${part} has failed`)
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildIfStale(process.argv.length > 2 ? process.argv.slice(2) : undefined)
