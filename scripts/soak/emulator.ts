/** The emulator under load: the built command, in a process of its own, with a data folder; and what it holds. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Held } from './probe.js'

/** What the emulator holds, and what is in its data folder. */
export interface Sample extends Held {
  /** Seconds since the load began. */
  second: number
  /** Calls that were made until then. */
  calls: number
  files: number
  /** Bytes of these files. */
  stored: number
}

/** A running emulator. */
export interface Emulator {
  url: string
  /** What it has written to its log: bugs, that is. */
  log: () => string
  sample(): Promise<Omit<Sample, 'second' | 'calls'>>
  stop(): Promise<void>
}

const built = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** Starts the built emulator. */
export async function startEmulator(): Promise<Emulator> {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'))
  const dataDir = join(folder, 'data')
  const flags = ['--port', '0', '--log-level', 'error', '--data-dir', dataDir]
  const child = spawn(process.execPath, ['--expose-gc', '--import', built('./soak-probe.js'), built('../dist/cli.js'), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let log = ''
  child.stderr?.on('data', (chunk) => {
    log += chunk
  })
  return {
    url: await readyUrl(child),
    log: () => log,
    async sample() {
      child.send('sample')
      const [held] = (await once(child, 'message')) as [Held]
      return { ...held, ...contentOf(dataDir) }
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      rmSync(folder, { recursive: true })
    },
  }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  let output = ''
  for await (const chunk of child.stdout ?? []) {
    output += chunk
    const url = /ready at (http[^\s,]+)/.exec(output)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`the emulator ended without being ready: ${output}`)
}

/** Files may go while they are counted. */
function contentOf(folder: string): Pick<Sample, 'files' | 'stored'> {
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const size = entry.isFile() ? statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size : undefined
    return size === undefined ? [] : [size]
  })
  return { files: sizes.length, stored: sizes.reduce((sum, size) => sum + size, 0) }
}
