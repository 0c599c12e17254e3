/** Servers under measurement, each in a process of its own. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Usage } from './probe.js'
import { cpuOfTree } from './process-tree.js'

/** A running server. */
export interface Server {
  url: string
  /** What its process has used so far. */
  usage(): Promise<Usage>
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

/** Starts the Fastify that checks signatures, and does nothing else. */
export const startMinimal = (): Promise<Server> => start(built('./minimal.js'))

async function start(script: string, ...args: string[]): Promise<Server> {
  const child = spawn(process.execPath, ['--import', built('./probe.js'), script, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const url = await readyUrl(child)
  return {
    url,
    async usage() {
      child.send('usage')
      const [usage] = await once(child, 'message')
      return usage as Usage
    },
    memory: () => residentMegabytes(child.pid),
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Starts a program that cannot be asked what it uses, at a port of 127.0.0.1. Rejects if it is not answering within a minute. */
export async function startOther(command: string, args: readonly string[], port: number): Promise<Server> {
  const child = spawn(command, args, { stdio: 'ignore' })
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${command} has ended with ${code}.`)))
  })
  failed.catch(() => {})
  const pid = child.pid as number
  const url = `http://127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  try {
    await Promise.race([answering(url), failed])
  } catch (error) {
    await stop()
    throw error
  }
  const memory = (): number | undefined => residentMegabytes(pid)
  return { url, memory, stop, usage: async () => ({ cpu: cpuOfTree(pid), memory: (memory() ?? 0) * 1024 * 1024 }) }
}

async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const response = await fetch(url).catch(() => undefined)
    await response?.body?.cancel()
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`Nothing has answered at ${url} for a minute.`)
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
