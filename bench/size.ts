/** What an installation takes on the disk: the package as it is published, in an empty folder. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Megabytes. */
export interface Sizes {
  tarball: number
  /** With all that it needs, without what is optional. */
  required: number
  /** With sharp, too. */
  all: number
}

/** Packs the package and installs it, as somebody does who has nothing else. */
export function measureSizes(): Sizes {
  const folder = mkdtempSync(join(tmpdir(), 'vod-viapi-emulator-size-'))
  try {
    npm(['run', 'build', '--silent'], '.')
    const [packed] = Object.values(JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], '.'))) as [
      { filename: string; size: number },
    ]
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    const installed = (...flags: string[]): number => {
      npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', ...flags, `./${packed.filename}`], folder)
      return sizeOf(join(folder, 'node_modules')) / 1e6
    }
    return { tarball: packed.size / 1e6, required: installed('--omit=optional'), all: installed() }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const npm = (args: readonly string[], cwd: string): string => execFileSync('npm', args, { cwd, encoding: 'utf8', maxBuffer: 1e9 })

function sizeOf(path: string): number {
  const stats = statSync(path)
  return stats.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stats.size
}
