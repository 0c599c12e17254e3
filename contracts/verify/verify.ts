/** Verification: do the answers of the cloud, and what it sends, satisfy consumers' pacts? */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cloud, createCloud } from '../../src/index.js'
import type { Scheme } from '../../src/signing/sign.js'
import { VerifyError } from '../format/verify-error.js'
import { openBrokerDoor } from './broker.js'
import { type BrokerOptions, type CoreResult, explained, runCore, type Sources } from './core.js'
import { type PactFile, parsePact, readPacts } from './files.js'
import { type Filter, readFilter } from './filter.js'
import { numberedFile } from './numbering.js'
import { obstacles, reportOf } from './outcome.js'
import type { VerificationReport } from './report.js'
import { startVerifierServer, type Trial } from './server.js'

/** What to verify, and against what. What has to do with a broker is named as in Pact's own verifier. */
export interface VerifyOptions extends BrokerOptions {
  /** Pact files, and folders of them. Default: none, so that a broker must be given. */
  pacts?: string | readonly string[]
  /** Only pacts with this provider; a folder may hold others. Default: all. A broker is asked for the pacts of one provider, so with one this must be given. */
  provider?: string
  /** Signature of requests that show neither: those of a pact that leaves the signature out. Default `acs3`. */
  scheme?: Scheme
  /** Each interaction meets a fresh account of this cloud, and each message one of a cloud with the same options. Default: a cloud of the verification's own. */
  cloud?: Cloud
}

/** Milliseconds for a request; nothing that the cloud does takes nearly as long, even where the machine has much else to do. */
const TIMEOUT = 60_000

/**
 * Verifies pacts: each interaction meets a fresh account, on a clock that stands still, in the provider states that it names; its request is signed
 * with that account's key, and a message is what the account sends in these states. `PACT_BROKER_BASE_URL` names a broker where neither files nor one are
 * given; `PACT_DESCRIPTION`, `PACT_PROVIDER_STATE` and `PACT_PROVIDER_NO_STATE` narrow what is verified. Rejects with a `VerifyError` if there is
 * nothing to verify, if the broker cannot be used, or if `@pact-foundation/pact` is not installed.
 */
export async function verifyPacts(options: VerifyOptions): Promise<VerificationReport> {
  const { pacts = [], provider, scheme = 'acs3', cloud, ...broker } = options
  const paths = typeof pacts === 'string' ? [pacts] : pacts
  const { pactBrokerUrl = paths.length > 0 ? undefined : process.env.PACT_BROKER_BASE_URL } = broker
  if (paths.length === 0 && pactBrokerUrl === undefined) throw new VerifyError('there is nothing to verify: name Pact files, or a broker')
  const filter = readFilter(process.env, broker.consumerFilters)
  const files = paths.length === 0 ? [] : filesOf(paths, provider, filter)
  const own = cloud ?? createCloud()
  const trials: Trial[] = []
  const results: CoreResult[] = []
  const folder = mkdtempSync(join(tmpdir(), 'pacts-'))
  const door = await startVerifierServer(own, trials, scheme)
  const run = async (sources: Sources): Promise<void> => {
    const transports = [{ protocol: 'message' as const, scheme: 'http' as const, ...door.messages }]
    const target = { providerBaseUrl: door.url, providerStatesSetupUrl: door.statesUrl, transports, timeout: TIMEOUT }
    const result = await runCore({ folder, ...sources, ...target })
    const [obstacle] = obstacles(result, trials)
    if (obstacle !== undefined) throw new Error(`the Pact verifier could not do its work: ${explained(obstacle)}`)
    results.push(result)
  }
  try {
    if (files.length > 0) await run({ pactUrls: writeNumbered(folder, files, trials, filter) })
    if (pactBrokerUrl !== undefined)
      await verifyOfBroker(pactBrokerUrl, { ...broker, ...(provider !== undefined && { provider }) }, trials, filter, run)
  } finally {
    await door.close()
    rmSync(folder, { recursive: true })
    if (cloud === undefined) own.dispose()
  }
  const interactions = trials.map((trial, number) => reportOf(trial, number, results))
  return { ok: interactions.every(({ outcome }) => outcome !== 'failed'), interactions }
}

/** The files with something in them that is to be verified. */
function filesOf(paths: readonly string[], provider: string | undefined, { isSet, includes }: Filter): PactFile[] {
  const files = readPacts(paths).filter((file) => provider === undefined || file.provider === provider)
  if (files.length === 0) throw new VerifyError(`there is no pact with the provider "${provider}"`)
  if (!isSet) return files
  const meant = files.filter((file) => file.interactions.some((interaction) => includes(file, interaction)))
  if (meant.length === 0)
    throw new VerifyError(
      'no interaction is let through by consumerFilters, PACT_DESCRIPTION, PACT_PROVIDER_STATE and PACT_PROVIDER_NO_STATE',
    )
  return meant
}

/** Writes files as the verifier is to read them; returns their paths. */
const writeNumbered = (folder: string, files: readonly PactFile[], trials: Trial[], { includes }: Filter): string[] =>
  files.map((file, index) => {
    const path = join(folder, `${index}.json`)
    writeFileSync(path, JSON.stringify(numberedFile(file, trials, (interaction) => includes(file, interaction))))
    return path
  })

/** Has the verifier ask a broker for pacts, and tell it what has come of them. */
async function verifyOfBroker(
  url: string,
  broker: Sources,
  trials: Trial[],
  { isPartial, includes }: Filter,
  run: (sources: Sources) => Promise<void>,
): Promise<void> {
  const { provider, providerVersion, publishVerificationResult = Boolean(process.env.PACT_BROKER_PUBLISH_VERIFICATION_RESULTS) } = broker
  if (provider === undefined) throw new VerifyError('provider: must be given: a broker is asked for the pacts of one provider')
  if (publishVerificationResult && providerVersion === undefined)
    throw new VerifyError('providerVersion: must be given where results are published')
  if (publishVerificationResult && isPartial)
    throw new VerifyError(
      'results cannot be published of a part of a pact: PACT_DESCRIPTION, PACT_PROVIDER_STATE or PACT_PROVIDER_NO_STATE is set',
    )
  const door = await openBrokerDoor(url, (address, text) => {
    const file = parsePact(address, text)
    return file === undefined ? text : JSON.stringify(numberedFile(file, trials, (interaction) => includes(file, interaction)))
  })
  // The verifier wants to be told, and this is what Pact advises.
  const versions = broker.consumerVersionTags === undefined && {
    consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
  }
  try {
    await run({ ...versions, ...broker, pactBrokerUrl: door.url })
  } catch (error) {
    throw error instanceof VerifyError ? error : new VerifyError(`${url}: ${door.problem ?? (error as Error).message}`, { cause: error })
  } finally {
    await door.close()
  }
}
