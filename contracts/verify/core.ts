/** The Pact project's own verifier, which does all the matching. */

import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { z } from 'zod'
import { VerifyError } from '../format/verify-error.js'
import { FILTER_VARIABLES } from './filter.js'

const mismatchSchema = z.object({
  type: z.string(),
  mismatch: z.string(),
  /** Of a body: `$.Data.Status`. */
  path: z.string().optional(),
  /** Of a header or of metadata: its name. */
  key: z.string().optional(),
})

const errorSchema = z.object({
  interaction: z.string(),
  mismatch: z.discriminatedUnion('type', [
    z.object({ type: z.literal('mismatches'), mismatches: z.array(mismatchSchema) }),
    z.object({ type: z.literal('error'), message: z.string() }),
  ]),
})

const resultSchema = z.object({
  errors: z.array(errorSchema),
  pendingErrors: z.array(errorSchema),
  interactionResults: z.array(z.object({ description: z.string(), result: z.string() })),
})

/** How an answer differs from what a pact expects. */
export type Mismatch = z.output<typeof mismatchSchema>

/** What the verifier has found. */
export type CoreResult = z.output<typeof resultSchema>

/** A broker, as Pact's own verifier is told of it; each field is what it is there. */
export interface BrokerOptions {
  /** Base URL. */
  pactBrokerUrl?: string
  /** Default: the variable `PACT_BROKER_TOKEN`. */
  pactBrokerToken?: string
  /** Default: the variable `PACT_BROKER_USERNAME`. */
  pactBrokerUsername?: string
  /** Default: the variable `PACT_BROKER_PASSWORD`. */
  pactBrokerPassword?: string
  /** Which versions of consumers are meant. Default, without tags: `{ mainBranch: true }` and `{ deployedOrReleased: true }`. */
  consumerVersionSelectors?: readonly Readonly<Record<string, string | boolean | undefined>>[]
  consumerVersionTags?: readonly string[]
  /** Only pacts of these consumers; of files, too. */
  consumerFilters?: readonly string[]
  /** What fails of a pact that has never been satisfied fails nothing. */
  enablePending?: boolean
  /** Work in progress since this day, such as `2026-01-01`, is verified, too. */
  includeWipPactsSince?: string
  /** The broker is told what has come of it. Default: whether the variable `PACT_BROKER_PUBLISH_VERIFICATION_RESULTS` is set. */
  publishVerificationResult?: boolean
  /** Version under which results are published. */
  providerVersion?: string
  providerVersionBranch?: string
  providerVersionTags?: readonly string[]
  /** Where the build can be looked at. */
  buildUrl?: string
  /** Whether it is an error that the broker has no pact. */
  failIfNoPactsFound?: boolean
}

/** Where the pacts come from. */
export interface Sources extends BrokerOptions {
  /** Pact files. */
  pactUrls?: readonly string[]
  /** Whose pacts a broker is asked for. */
  provider?: string
}

/** What to have verified. */
export interface CoreOptions extends Sources {
  providerBaseUrl: string
  /** Called with `{state, params, action}` before each interaction; answers with the values that the state gives. */
  providerStatesSetupUrl: string
  /** Where it asks for messages. */
  transports: { protocol: 'message'; port: number; path: string; scheme: 'http' }[]
  /** Milliseconds for a request. */
  timeout: number
}

/** What to have verified, and where. */
export interface CoreRun extends CoreOptions {
  /** A folder for the verifier's own files. */
  folder: string
}

/**
 * Runs in a process of its own, because the native library writes its report to the standard output of whoever loads it. All it does is hand
 * through: options in, the result as JSON out.
 */
const SCRIPT = `
  const [, core, options] = process.argv
  const send = (result) => process.send(result, () => process.exit())
  const verify = async () => require(core).default.verifyPacts(JSON.parse(options))
  verify().then(send, (error) => send(error.message))
`

/** Verifies Pact files. Rejects with a {@link VerifyError} if the package with the verifier is not installed, with another error if it could not do its work. */
export async function runCore({ folder, ...options }: CoreRun): Promise<CoreResult> {
  const core = locateCore()
  const result = await new Promise<string>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['-e', SCRIPT, core, JSON.stringify({ ...options, providerStatesSetupTeardown: false, logLevel: 'error' })],
      {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        env: environment(folder),
      },
    )
    let errors = ''
    child.stderr?.on('data', (chunk) => {
      errors += chunk
    })
    child.on('message', (message) => resolve(String(message)))
    child.on('error', reject)
    child.on('exit', (code, signal) => reject(new Error(`the Pact verifier ended with ${signal ?? code}: ${errors.trim()}`)))
  })
  const parsed = resultSchema.safeParse(parseJson(result))
  if (!parsed.success) throw new Error(`the Pact verifier could not do its work: ${explained(result)}`)
  return parsed.data
}

/** Found through @pact-foundation/pact, so that a consumer's tests and this verification use one version. */
function locateCore(): string {
  try {
    const pact = createRequire(import.meta.url).resolve('@pact-foundation/pact')
    return createRequire(pact).resolve('@pact-foundation/pact-core')
  } catch {
    throw new VerifyError('verification needs the package @pact-foundation/pact: npm install --save-dev @pact-foundation/pact')
  }
}

/**
 * Nothing is reported to anybody, and requests to this machine never go through a proxy. Nor do they use TLS: with one certificate to load before each
 * request instead of all of the machine's, the verifier is four times as fast. It does not go without any.
 */
function environment(folder: string): NodeJS.ProcessEnv {
  const certificate = join(folder, 'certificate.pem')
  writeFileSync(certificate, rootCertificates[0] as string)
  return {
    ...process.env,
    // What they let through has been decided before, and by other names.
    ...Object.fromEntries(FILTER_VARIABLES.map((name) => [name, undefined])),
    PACT_DO_NOT_TRACK: 'true',
    NO_PROXY: '127.0.0.1',
    no_proxy: '127.0.0.1',
    SSL_CERT_FILE: certificate,
    SSL_CERT_DIR: devNull,
  }
}

/** What the verifier says of what has kept it from its work, with a hint where that says little. */
export const explained = (message: string): string =>
  message.includes('builder error')
    ? `${message}: the Pact verifier could not make its HTTP client, usually because it finds no certificates or cannot read a proxy's address: look at SSL_CERT_FILE, SSL_CERT_DIR, HTTP_PROXY and HTTPS_PROXY`
    : message

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
