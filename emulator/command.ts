/** The command `vod-viapi-emulator`. */

import { pino } from 'pino'
import { didYouMean } from '../src/base/nearest.js'
import { OptionError, readOptions, type StartOptions, unknownVariables } from './options.js'
import { type Emulator, startEmulator } from './start.js'

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

/** Commands beside that which starts an emulator: each is loaded when it is asked for, as Pact is, which need not be installed. */
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  verify: async (args) => (await import('./verify.js')).runVerify(args),
  ca: async (args) => (await import('./ca.js')).runCa(args),
  compare: async (args) => (await import('./compare.js')).runCompare(args),
  replay: async (args) => (await import('./replay/command.js')).runReplay(args),
}

async function main(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args
  if (command === undefined || command.startsWith('-')) return serve(args)
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
  if (run === undefined) throw new OptionError(`unknown command "${command}"${didYouMean(command, Object.keys(COMMANDS))}`)
  process.stdout.on('error', endQuietly)
  process.exitCode = await run(rest)
}

/** Starts an emulator, says where it is, and ends it when the process is asked to end. */
async function serve(args: readonly string[]): Promise<void> {
  const options = readOptions(args)
  for (const problem of unknownVariables(process.env)) process.stderr.write(`vod-viapi-emulator: ${problem}\n`)
  const emulator = await start(options)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      emulator.close().then(
        () => process.exit(0),
        (error: Error) => fail(error.message, 1),
      )
    })
  }
  const { accessKeyId, accessKeySecret } = emulator.cloud.account().credentials
  const proxy = emulator.proxyUrl === undefined ? '' : `, proxy at ${emulator.proxyUrl}`
  process.stdout.write(
    `vod-viapi-emulator ready at ${emulator.url}${proxy} (AccessKeyId ${accessKeyId}, AccessKeySecret ${accessKeySecret})\n`,
  )
}

/** Runs the command with its arguments. What is wrong with them, or with what they ask for, goes to stderr and ends the process. */
export async function runCommand(args: readonly string[]): Promise<void> {
  await main(args).catch((error: NodeJS.ErrnoException) => {
    // A setting that names no service is as wrong as one of the wrong type.
    const usage = error instanceof OptionError || error instanceof RangeError
    fail(error.code === 'EADDRINUSE' ? `${error.message}; --port 0 takes a free port` : error.message, usage ? EXIT_USAGE : 1)
  })
}
