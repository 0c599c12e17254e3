/** Verification: do the answers of the cloud satisfy a consumer's pacts? */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cloud, createCloud, type Reply } from '../../src/index.js'
import type { Scheme } from '../../src/signing/sign.js'
import { VerifyError } from '../format/verify-error.js'
import { type CoreResult, explained, type Mismatch, runCore } from './core.js'
import { type PactInteraction, readPacts } from './files.js'
import type { InteractionReport, VerificationReport } from './report.js'
import { NUMBER_HEADER, startVerifierServer, type Trial } from './server.js'

/** What to verify, and against what. */
export interface VerifyOptions {
  /** Pact files, and folders of them. */
  pacts: string | readonly string[]
  /** Only pacts with this provider; a folder may hold others. Default: all. */
  provider?: string
  /** Signature of requests that show neither: those of a pact that leaves the signature out. Default `acs3`. */
  scheme?: Scheme
  /** Each interaction meets a fresh account of this cloud. Default: a cloud of the verification's own. */
  cloud?: Cloud
}

/** Milliseconds for a request; nothing that the cloud does takes nearly as long, even where the machine has much else to do. */
const TIMEOUT = 60_000

/**
 * Verifies pacts: each interaction meets a fresh account, on a clock that stands still, in the provider states that it names; its request is signed
 * with that account's key. Rejects with a `VerifyError` if there is no pact to verify, or if `@pact-foundation/pact` is not installed.
 */
export async function verifyPacts({ pacts, provider, scheme = 'acs3', cloud }: VerifyOptions): Promise<VerificationReport> {
  const files = readPacts(typeof pacts === 'string' ? [pacts] : pacts).filter(
    (file) => provider === undefined || file.provider === provider,
  )
  if (files.length === 0) throw new VerifyError(`there is no pact with the provider "${provider}"`)
  const trials = files.flatMap((file) => file.interactions.map((interaction): Trial => ({ file, interaction })))
  const own = cloud ?? createCloud()
  const result = await runTrials(trials, own, scheme).finally(() => {
    if (cloud === undefined) own.dispose()
  })
  const interactions = trials.map((trial, number) => reportOf(trial, number, result))
  return { ok: interactions.every(({ outcome }) => outcome !== 'failed'), interactions }
}

/** Has the Pact verifier send every interaction to a door in front of the cloud. */
async function runTrials(trials: readonly Trial[], cloud: Cloud, scheme: Scheme): Promise<CoreResult> {
  const folder = mkdtempSync(join(tmpdir(), 'pacts-'))
  const door = await startVerifierServer(cloud, trials, scheme)
  try {
    const pactUrls = numberedFiles(trials).map((file, index) => {
      const path = join(folder, `${index}.json`)
      writeFileSync(path, JSON.stringify(file))
      return path
    })
    return await runCore({
      folder,
      pactUrls,
      providerBaseUrl: door.url,
      providerStatesSetupUrl: door.statesUrl,
      transports: [{ protocol: 'message', scheme: 'http', ...door.messages }],
      timeout: TIMEOUT,
    })
  } finally {
    await door.close()
    rmSync(folder, { recursive: true })
  }
}

/**
 * The Pact files with each interaction's number in place of its description and its provider states, and in a header of its request: so the door
 * knows which interaction it is asked about, and the verifier's findings can be told apart. What is expected of the answers stays as it is.
 */
function numberedFiles(trials: readonly Trial[]): object[] {
  const files = new Set(trials.map(({ file }) => file))
  return [...files].map((file) => {
    const listed = (list: PactInteraction['list']): object[] =>
      trials.flatMap(({ file: of, interaction }, number) =>
        of === file && interaction.list === list && interaction.kind !== 'dialogue' ? [numbered(interaction, String(number))] : [],
      )
    const [interactions, messages] = [listed('interactions'), listed('messages')]
    // A file of specification 3 has one of the two: with both, its messages would be passed over.
    return { ...file.raw, ...(messages.length > 0 ? { interactions: undefined, messages } : { interactions, messages: undefined }) }
  })
}

function numbered({ kind, raw }: PactInteraction, number: string): object {
  const { request = {}, ...rest } = raw
  return {
    ...rest,
    description: number,
    providerState: undefined,
    providerStates: [{ name: number }],
    ...(kind === 'call' && { request: { ...request, headers: { ...request.headers, [NUMBER_HEADER]: number } } }),
  }
}

function reportOf({ file, interaction, problem, action, message, reply }: Trial, number: number, result: CoreResult): InteractionReport {
  const { path, consumer, provider } = file
  const { description, kind } = interaction
  const event = message?.event ?? interaction.message.eventType
  const report = { file: path, consumer, provider, description, ...(action && { action }), ...(event !== undefined && { event }) }
  const failed = (...problems: string[]): InteractionReport => ({ ...report, outcome: 'failed', problems })
  if (kind === 'dialogue') return failed('it is a message that is to be answered; services send only such that are not')
  if (problem !== undefined) return failed(problem)
  const of = ({ interaction }: CoreResult['errors'][number]): boolean => interaction.endsWith(` - ${number}`)
  const error = result.errors.find(of) ?? result.pendingErrors.find(of)
  if (error === undefined) {
    const verified = result.interactionResults.some(({ description }) => description === String(number))
    return verified ? { ...report, outcome: 'ok', problems: [] } : failed('the Pact verifier has passed over it')
  }
  const { mismatch } = error
  const problems =
    mismatch.type === 'mismatches'
      ? [...mismatch.mismatches.map(describeMismatch), ...describeRefusal(reply)]
      : [explained(mismatch.message)]
  return { ...failed(...problems), outcome: result.errors.includes(error) ? 'failed' : 'pending' }
}

function describeMismatch({ type, path, key, mismatch }: Mismatch): string {
  if (path !== undefined) return `${path}: ${mismatch}`
  const what = { HeaderMismatch: `header ${key}`, MetadataMismatch: `metadata ${key}`, StatusMismatch: 'status' }[type]
  return `${what ?? type}: ${mismatch}`
}

/** Why the call was refused, if it was: usually what explains the mismatches. */
function describeRefusal(reply: Reply | undefined): string[] {
  if (reply === undefined || reply.status < 400) return []
  const code = /"Code":"([^"]+)"|<Code>([^<]+)/.exec(String(reply.body))
  return [`the call was refused with ${code?.[1] ?? code?.[2]}: ${reply.headers['x-emulator-reason'] ?? 'no reason given'}`]
}
