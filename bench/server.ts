/** Servers under measurement, each in a process of its own. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A running server. */
export interface Server {
  url: string
  /** Resident memory in megabytes, or `undefined` where the system does not tell. */
  memory(): number | undefined
  stop(): Promise<void>
}

const built = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** Starts the built emulator on a free port. */
export const startEmulator = (...flags: string[]): Promise<Server> =>
  start(built('../dist/cli.js'), '--port', '0', '--log-level', 'silent', ...flags)

/** Starts the bare Fastify. */
export const startBare = (): Promise<Server> => start(built('./bare.js'))

async function start(script: string, ...args: string[]): Promise<Server> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await readyUrl(child)
  return {
    url,
    memory: () => residentMegabytes(child.pid),
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  let output = ''
  for await (const chunk of child.stdout ?? []) {
    output += chunk
    const url = /ready at (http\S+)/.exec(output)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`The server ended without being ready: ${output}`)
}

function residentMegabytes(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
  } catch {
    return undefined
  }
}
