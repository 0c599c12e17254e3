/** Options of the command line, the environment and the configuration file. A flag wins over its variable, a variable over the file. */

import { readFileSync } from 'node:fs'
import { Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import pkg from '../package.json' with { type: 'json' }
import { FILE_BOUNDS, listOf, readJson } from '../src/base/json.js'
import { didYouMean } from '../src/base/nearest.js'
import { problemOf } from '../src/base/problem.js'
import { strict } from '../src/base/strict.js'
import { type BoundName, boundSchemas, bounds } from '../src/http/bounds.js'
import { publicUrlSchema } from '../src/http/origin.js'
import { assetSchema, clockSchema, faultInputSchema, type KeyPair, settingsSchema } from '../src/index.js'
import { upstreamSchema } from './upstream-option.js'

/** Levels of the log on stderr, and none. */
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const keyPairSchema = strict({ accessKeyId: z.string().regex(/^[\w.-]{1,128}$/), accessKeySecret: z.string().min(1).max(256) })
const portSchema = z.int().min(0).max(65_535)
/** Without a port: whichever it is, the host is the same. */
const hostSchema = z
  .string()
  .toLowerCase()
  .regex(/^[\w-]+(?:\.[\w-]+)*$/, 'is not the name of a host, such as emulator.example.com')
const tokenSchema = z.string().regex(/^[\w.~+/=-]{1,1000}$/, 'is not a token: letters, digits and . _ ~ + / = -')
const pathSchema = z.string().min(1, 'is empty')

const configSchema = strict({
  port: portSchema.optional(),
  host: z.string().min(1).optional(),
  publicUrl: publicUrlSchema.optional(),
  seed: z.union([z.string(), z.number()]).optional(),
  /** Folder that keeps everything across restarts. */
  dataDir: pathSchema.optional(),
  /** File to record all calls to, or what an upstream answers. */
  record: z.string().min(1).optional(),
  clock: clockSchema.optional(),
  logLevel: z.enum(logLevels).optional(),
  /** Further key pairs of the default account. */
  accessKeys: listOf(keyPairSchema, 1000).optional(),
  /** Settings of every account. */
  settings: settingsSchema.optional(),
  /** What is to go wrong in every account. */
  faults: listOf(faultInputSchema, 1000).optional(),
  /** Files that the default account knows from the start. */
  assets: listOf(assetSchema, 10_000).optional(),
  /** Folder with scenarios of one's own. */
  scenarios: z.string().min(1).optional(),
  /** Names of scenarios that are applied to the default account at the start. */
  scenario: z.array(z.string().min(1)).optional(),
  /** What is in the default account from the start: name of a world, or path of a file with one. */
  world: z.string().min(1).max(4096).optional(),
  /** File with a state that the default account takes over at the start. */
  state: pathSchema.optional(),
  /** Whether the headers are believed in which proxies say how they were reached. */
  trustProxy: z.boolean().optional(),
  /** Further names of the host under which the control API answers. */
  allowHosts: listOf(hostSchema, 1000).optional(),
  /** Port of the proxy. */
  proxy: portSchema.optional(),
  /** Whether the proxy refuses hosts that are not emulated. */
  offline: z.boolean().optional(),
  /** Where the proxy forwards calls of the services to. */
  upstream: upstreamSchema.optional(),
  /** Recording that answers calls of Actions that are not emulated. */
  fallback: pathSchema.optional(),
  /** Whether TLS is spoken at the port, too, and with which certificate. */
  tls: z.union([z.boolean(), strict({ cert: pathSchema, key: pathSchema })]).optional(),
  /** File to which the certificate of the authority is written. */
  caFile: pathSchema.optional(),
  /** What every control call has to bring. */
  controlToken: tokenSchema.optional(),
  ...z.object(boundSchemas).partial().shape,
})

/** What a flag or a variable says that may say no. */
const yesOrNoSchema = z.stringbool({ truthy: ['yes', 'true', '1', 'on'], falsy: ['no', 'false', '0', 'off'] })

/** A number as it is written on the command line. */
const numberSchema = z.coerce.number('is not a number')

/** What the emulator is started with. */
export type StartOptions = z.output<typeof configSchema>

/** An option that cannot be: one line for stderr, exit code 2. */
export class OptionError extends Error {}

/** What the names of all variables begin with. */
const PREFIX = 'VOD_VIAPI_EMULATOR_'

/** Reads the command line (without node and script). Throws an {@link OptionError}; with `--help` and `--version`, commander prints and exits. */
export function readOptions(args: readonly string[]): StartOptions {
  const command = commandLine()
  command.parse(args, { from: 'user' })
  const { config, accessKey, allowHost, clock, speed, scenario, tlsCert: cert, tlsKey: key, ...flags } = command.opts()
  if ((cert === undefined) !== (key === undefined)) throw new OptionError('--tls-cert and --tls-key go together')
  const file = config === undefined ? {} : readConfig(config)
  return {
    ...file,
    ...flags,
    ...(cert !== undefined && { tls: { cert, key } }),
    clock: { ...file.clock, ...(clock && clocks[clock as keyof typeof clocks]), ...(speed && { speed }) },
    accessKeys: [...(file.accessKeys ?? []), ...(accessKey ?? [])],
    allowHosts: [...(file.allowHosts ?? []), ...(allowHost ?? [])],
    scenario: [...new Set([...(file.scenario ?? []), ...(scenario ?? [])])],
  }
}

/** What is to be said of variables that look like options and are none, such as `VOD_VIAPI_EMULATOR_PROT`: nobody would notice otherwise. */
export function unknownVariables(environment: NodeJS.ProcessEnv): string[] {
  const known = commandLine().options.flatMap(({ envVar }) => envVar ?? [])
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .map((name) => `the variable ${name} has no effect${didYouMean(name, known)}`)
}

function commandLine(): Command {
  const command = new Command(pkg.name)
    .description('A local stand-in for Alibaba Cloud VOD and the vision services.')
    .addHelpText(
      'after',
      `\nFurther commands: ${pkg.name} verify <pacts...>, ${pkg.name} replay <file>, ${pkg.name} compare <file>, ${pkg.name} ca (see their own --help)`,
    )
    .version(pkg.version)
    .helpOption('--help', 'show this help')
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => {} })
    .exitOverride((error) => {
      if (error.exitCode === 0) process.exit(0)
      throw new OptionError(error.message.replace(/^error: /, '').replaceAll('\n', ' '))
    })
  const option = (flags: string, description: string, variable: string): Option =>
    new Option(flags, description).env(`${PREFIX}${variable}`)
  command
    .addOption(
      option('--port <number>', 'port to listen on, 0 for any free one (default: 4010)', 'PORT').argParser(
        checked(numberSchema.pipe(portSchema)),
      ),
    )
    .addOption(option('--host <address>', 'address to listen on (default: 127.0.0.1)', 'HOST'))
    .addOption(
      option(
        '--public-url <url>',
        'base of the URLs that answers hold (default: the address by which the caller has reached it)',
        'PUBLIC_URL',
      ).argParser(checked(publicUrlSchema)),
    )
    .addOption(option('--seed <text>', 'same seed and same calls give the same bytes (default: 0)', 'SEED'))
    .addOption(
      option(
        '--data-dir <folder>',
        'folder that keeps everything across restarts (default: nothing outlives the emulator)',
        'DATA_DIR',
      ).argParser(checked(pathSchema)),
    )
    .addOption(
      option(
        '--clock <mode>',
        "the accounts' clock: it runs, or stands still until it is advanced, at first at a fixed time or at that of the start (default: system)",
        'CLOCK',
      ).choices(['system', 'manual', 'manual-now']),
    )
    .addOption(
      option('--speed <factor>', 'seconds of the clock per real second (default: 1)', 'SPEED').argParser(
        checked(numberSchema.pipe(clockSchema.shape.speed.unwrap())),
      ),
    )
    .addOption(
      option(
        '--record <file>',
        'file to record all calls to, for the command replay; with --upstream, what that answers, for compare (default: nothing is recorded)',
        'RECORD',
      ),
    )
    .addOption(option('--config <file>', 'JSON file with these options and more (docs/configuration.md)', 'CONFIG'))
    .addOption(option('--log-level <level>', 'what to log on stderr (default: warn)', 'LOG_LEVEL').choices(logLevels))
    .addOption(
      option(
        '--access-key <id:secret>',
        'a further key pair of the default account; repeatable, in the variable separated by commas',
        'ACCESS_KEY',
      ).argParser(collectKeys),
    )
    .addOption(option('--scenarios <folder>', 'where scenarios of your own are (docs/scenarios.md)', 'SCENARIOS'))
    .addOption(
      option(
        '--scenario <name>',
        'a scenario to apply to the default account at the start; repeatable, in the variable separated by commas',
        'SCENARIO',
      ).argParser(collectNames),
    )
    .addOption(
      option('--world <name|file>', 'what is in the default account from the start (docs/worlds.md; default: nothing)', 'WORLD').argParser(
        checked(z.string().min(1).max(4096)),
      ),
    )
    .addOption(
      option('--state <file>', 'state that the default account takes over at the start (docs/state.md; default: none)', 'STATE').argParser(
        checked(pathSchema),
      ),
    )
    .addOption(
      option(
        '--trust-proxy',
        'believe x-forwarded-host and x-forwarded-proto: every request comes through a proxy that sets them',
        'TRUST_PROXY',
      ),
    )
    .addOption(
      option(
        '--allow-host <name>',
        'a further name of the host under which the control API answers; repeatable, in the variable separated by commas',
        'ALLOW_HOST',
      ).argParser(collectHosts),
    )
    .addOption(
      option(
        '--proxy <number>',
        'port of an HTTP proxy, 0 for any free one: clients call the real hosts through it (docs/proxy.md; default: none)',
        'PROXY',
      ).argParser(checked(numberSchema.pipe(portSchema))),
    )
    .addOption(
      option(
        '--offline [yes|no]',
        'the proxy refuses hosts that are not emulated (default: no, and yes where the variable CI is set)',
        'OFFLINE',
      )
        .preset('yes')
        .argParser(checked(yesOrNoSchema)),
    )
    .addOption(
      option(
        '--upstream <real|url>',
        'the proxy forwards calls of the services to the real cloud, or to an emulator at this URL, instead of answering them (docs/proxy.md)',
        'UPSTREAM',
      ).argParser(checked(upstreamSchema)),
    )
    .addOption(
      option(
        '--fallback <file>',
        'what was recorded with --upstream answers calls of Actions that are not emulated (docs/proxy.md; default: none)',
        'FALLBACK',
      ).argParser(checked(pathSchema)),
    )
    .addOption(option('--tls', "speak TLS at the port, too, with certificates of the emulator's own authority", 'TLS'))
    .addOption(
      option('--tls-cert <file>', 'certificate to speak TLS with, as PEM (with --tls-key)', 'TLS_CERT').argParser(checked(pathSchema)),
    )
    .addOption(option('--tls-key <file>', 'its key, as PEM', 'TLS_KEY').argParser(checked(pathSchema)))
    .addOption(
      option('--ca-file <file>', 'file to which the certificate is written that clients are to trust (default: none)', 'CA_FILE').argParser(
        checked(pathSchema),
      ),
    )
    .addOption(
      option('--control-token <token>', 'what every control call has to bring (default: nothing)', 'CONTROL_TOKEN').argParser(
        checked(tokenSchema),
      ),
    )
  for (const [name, { what, usual }] of Object.entries(bounds)) {
    const words = name.split(/(?=[A-Z])/).map((word) => word.toLowerCase())
    command.addOption(
      option(`--${words.join('-')} <number>`, `most ${what} (default: ${usual})`, words.join('_').toUpperCase()).argParser(
        checked(numberSchema.pipe(boundSchemas[name as BoundName])),
      ),
    )
  }
  return command
}

/** What `--clock` stands for. */
const clocks = {
  system: { mode: 'system' },
  manual: { mode: 'manual' },
  'manual-now': clockSchema.parse({ mode: 'manual', now: 'machine' }),
} as const

function checked<T>(schema: z.ZodType<T>): (text: string) => T {
  return (text) => {
    const parsed = schema.safeParse(text)
    if (parsed.success) return parsed.data
    throw new InvalidArgumentError(problemOf(parsed.error))
  }
}

function collectKeys(text: string, collected: KeyPair[] = []): KeyPair[] {
  const added = text.split(',').map((pair) => {
    const colon = pair.indexOf(':')
    const parsed = keyPairSchema.safeParse({ accessKeyId: pair.slice(0, Math.max(colon, 0)), accessKeySecret: pair.slice(colon + 1) })
    // The value itself may hold a secret, so it is not shown.
    if (!parsed.success) throw new InvalidArgumentError('A key pair is written ID:SECRET.')
    return parsed.data
  })
  return [...collected, ...added]
}

const collectHosts = (text: string, collected: string[] = []): string[] => [...collected, ...text.split(',').map(checked(hostSchema))]

const collectNames = (text: string, collected: string[] = []): string[] => [...collected, ...text.split(',')]

/** Reads a configuration file. Throws an {@link OptionError}. */
export function readConfig(file: string): StartOptions {
  try {
    return configSchema.parse(readJson(readFileSync(file, 'utf8'), FILE_BOUNDS))
  } catch (error) {
    const problem = problemOf(error)
    throw new OptionError(`configuration file ${file}: ${problem.replaceAll('\n', ' ')}`)
  }
}
