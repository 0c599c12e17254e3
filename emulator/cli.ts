#!/usr/bin/env node
/** The command `vod-viapi-emulator`. */

import { pino } from 'pino'
import { type Emulator, startEmulator } from './index.js'
import { OptionError, readOptions, type StartOptions } from './options.js'

/** Wrong flag or configuration value. */
const EXIT_USAGE = 2

function fail(message: string, code: number): never {
  process.stderr.write(`vod-viapi-emulator: ${message}\n`)
  process.exit(code)
}

/** Starts an emulator. From then on, what nothing has caught goes to the log as a bug: it is no reason to leave everybody else without an answer. */
async function start({ logLevel = 'warn', ...options }: StartOptions): Promise<Emulator> {
  const logger = pino({ level: logLevel }, pino.destination(2))
  const emulator = await startEmulator({ ...options, logger })
  process.on('uncaughtException', (error, origin) => logger.error({ err: error }, `bug that nothing has caught (${origin})`))
  return emulator
}

/** Who reads what a command prints may have seen enough, as `head` does. */
function endQuietly(error: NodeJS.ErrnoException): never {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
}

async function main([command, ...rest]: readonly string[]): Promise<void> {
  if (command === 'verify' || command === 'replay') process.stdout.on('error', endQuietly)
  if (command === 'verify') {
    // Only here is Pact needed, which need not be installed.
    const { runVerify } = await import('./verify.js')
    process.exitCode = await runVerify(rest)
    return
  }
  if (command === 'replay') {
    const { runReplay } = await import('./replay/command.js')
    process.exitCode = await runReplay(rest)
    return
  }
  const emulator = await start(readOptions(command === undefined ? [] : [command, ...rest]))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      emulator.close().then(
        () => process.exit(0),
        (error: Error) => fail(error.message, 1),
      )
    })
  }
  const { accessKeyId, accessKeySecret } = emulator.cloud.account().credentials
  process.stdout.write(`vod-viapi-emulator ready at ${emulator.url} (AccessKeyId ${accessKeyId}, AccessKeySecret ${accessKeySecret})\n`)
}

main(process.argv.slice(2)).catch((error: Error) => {
  // A setting that names no service is as wrong as one of the wrong type.
  const usage = error instanceof OptionError || error instanceof RangeError
  fail(error.message, usage ? EXIT_USAGE : 1)
})
