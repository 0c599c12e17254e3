/** Where the file behind a URL comes from when it is pulled: what a test declared, the account's own OSS, or a host that may really be asked. */

import type { Account } from '../../../../account/types.js'
import { pause } from '../../../../base/clock.js'
import { isPrivate } from '../../../../base/private-host.js'
import type { Received } from '../../../../bytes/received.js'
import { describeFailure } from '../../../../events/deliver.js'
import type { StoredObject } from '../../../../oss/object.js'
import type { Storage } from '../../../../oss/storage.js'
import { fileAt } from '../../shared/addresses/addresses.js'
import { objectOf } from '../../shared/media/files.js'
import type { Download } from './download.js'

/** A file that has been found. */
export type Source =
  | { object: StoredObject }
  /** Bytes that have been fetched. */
  | { received: Received }
  /** A file that stands for one that nobody has. */
  | { sample: string }
  | { empty: true }

/** What is found behind a URL: a file, why there is none, or nothing ever. */
export type ResolvedSource = Source | { problem: string } | 'endless'

/** Samples by extension; a file of any other kind is stood for by the first. */
const SAMPLES = new Set(['mp4', 'mov', 'mp3', 'flv', 'ts'])

/**
 * Finds the file behind a URL: at once, unless it has to be fetched. That happens only from hosts that the settings name, and ends with the signal.
 * Neither throws nor rejects.
 */
export function findSource(
  account: Account,
  url: string,
  extension: string,
  signal: AbortSignal,
): ResolvedSource | Promise<ResolvedSource> {
  const asset = account.assetOf(url)
  const defect = asset?.defect
  if (defect === 'never finishes') return 'endless'
  if (defect === 'cannot be downloaded' || defect === 'is unsafe') return { problem: `leads to a file with the defect "${defect}"` }
  const location = new URL(url)
  const { host, hostname } = location
  const object = ownObject(account, location)
  if (object) return object
  if (asset) return defect === 'is empty' || asset.bytes === 0 ? { empty: true } : sampleFor(extension)
  if (account.settings.values.vod.fetchFrom?.includes(host)) return fetchFrom(account, url, signal)
  if (isPrivate(hostname))
    return { problem: `points to ${hostname}, which is not a public host, nor one that the setting vod.fetchFrom names` }
  if (account.settings.values.strictInputs)
    return { problem: 'is neither a declared asset nor an object of the account, and the settings ask for strict inputs' }
  return sampleFor(extension)
}

/** Gives back what was fetched and has not become an object. */
export function discardSource(source: ResolvedSource): void {
  if (typeof source === 'object' && 'received' in source) source.received.release()
}

const sampleFor = (extension: string): Source => ({ sample: `sample.${SAMPLES.has(extension) ? extension : 'mp4'}` })

/** An object of the account; that a bucket of the account does not hold it is a problem. */
function ownObject(account: Account, location: URL): ResolvedSource | undefined {
  const file = fileAt(account, location)
  if (file === undefined) return undefined
  const object = objectOf(account, file)
  if (object) return { object }
  const { bucket } = file
  return account.oss.buckets.some(({ name }) => name === bucket) ? { problem: `is not in the bucket ${bucket}` } : undefined
}

/** Real time that a fetch may take, unless the settings say otherwise. */
const FETCH_TIMEOUT = 30_000

async function fetchFrom({ oss, cloud, settings }: Account, url: string, signal: AbortSignal): Promise<ResolvedSource> {
  const { fetchTimeout = FETCH_TIMEOUT } = settings.values.vod
  const ending = new AbortController()
  const over = AbortSignal.any([signal, ending.signal])
  const fetched = fetchBytes(oss.storage, () => cloud.download(url, over))
  const tooLate = pause(fetchTimeout, over).then(
    () => `it was not there within ${fetchTimeout} ms`,
    () => 'it is not needed any more',
  )
  const source = await Promise.race([fetched, tooLate.then((why) => ({ problem: `could not be fetched: ${why}` }))])
  ending.abort()
  // Who takes no notice of the signal may still bring something.
  if ('problem' in source) void fetched.then(discardSource)
  return source
}

async function fetchBytes(storage: Storage, download: () => ReturnType<Download>): Promise<Source | { problem: string }> {
  try {
    return { received: await storage.receive(await download()) }
  } catch (error) {
    return { problem: `could not be fetched: ${describeFailure(error)}` }
  }
}
