/** Where the file behind a URL comes from when it is pulled: what a test declared, the account's own OSS, or a host that may really be asked. */

import type { Account } from '../../../../account/types.js'
import { isPrivate } from '../../../../base/private-host.js'
import type { Received } from '../../../../bytes/received.js'
import { describeFailure } from '../../../../events/deliver.js'
import type { StoredObject } from '../../../../oss/object.js'
import { fileAt } from '../../shared/addresses/addresses.js'
import { objectOf } from '../../shared/media/files.js'

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

/** Finds the file behind a URL. Fetches only from hosts that the settings name. Never rejects. */
export async function findSource(account: Account, url: string, extension: string): Promise<ResolvedSource> {
  const asset = account.assetOf(url)
  const defect = asset?.defect
  if (defect === 'never finishes') return 'endless'
  if (defect === 'cannot be downloaded' || defect === 'is unsafe') return { problem: `leads to a file with the defect "${defect}"` }
  const location = new URL(url)
  const { host, hostname } = location
  const object = ownObject(account, location)
  if (object) return object
  if (asset) return defect === 'is empty' || asset.bytes === 0 ? { empty: true } : sampleFor(extension)
  if (account.settings.values.vod.fetchFrom?.includes(host)) return fetchFrom(account, url)
  if (isPrivate(hostname))
    return { problem: `points to ${hostname}, which is not a public host, nor one that the setting vod.fetchFrom names` }
  if (account.settings.values.strictInputs)
    return { problem: 'is neither a declared asset nor an object of the account, and the settings ask for strict inputs' }
  return sampleFor(extension)
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

/** Real time that a fetch may take. */
const PATIENCE = 30_000

async function fetchFrom({ oss, cloud }: Account, url: string): Promise<ResolvedSource> {
  try {
    return { received: await oss.storage.receive(await cloud.download(url, AbortSignal.timeout(PATIENCE))) }
  } catch (error) {
    return { problem: `could not be fetched: ${describeFailure(error)}` }
  }
}
