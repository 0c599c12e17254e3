/** Starts the built command as its users do. */

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** What a process that has ended printed, and how it ended. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A running command. */
export interface Command {
  child: ChildProcessByStdio<null, Readable, Readable>
  /** The first line on stdout. */
  ready: Promise<string>
  ended: Promise<Ended>
}

/** Runs `vod-viapi-emulator` with these flags; of the environment only what is given. `setup`: what a shell does before, such as limiting it. */
export function runCommand(flags: readonly string[], env: Record<string, string> = {}, { setup = '' } = {}): Command {
  const command = [process.execPath, CLI, ...flags]
  const [file = '', ...args] = setup === '' ? command : ['sh', '-c', `${setup} && exec "$0" "$@"`, ...command]
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')))
    })
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }))
  return { child, ready, ended }
}
