/** What a review that has succeeded tells of a medium, and the pictures that it shows. */

import type { Account } from '../../../../account/types.js'
import { signedUrl } from '../../../../oss/urls.js'
import type { SuccessfulAudit } from './media-audit.js'
import { auditResult, type Reviewed, reviewedPictures } from './result.js'
import type { AuditResult } from './result-schema.js'

/** The service keeps the pictures of results in a bucket of its own, for two weeks (VOD manual 10.2.3). */
const BUCKET = 'vod-aivideocensor'
const PICTURES_KEPT = 14 * 86_400_000

/** A review with what its result is worked out from. */
export function reviewedOf({ ids }: Account, { mediaId, config, result: { subject, findings } }: SuccessfulAudit): Reviewed {
  return { findings, subject, items: config.AuditItem, ranges: config.AuditRange, seed: [ids.seed, mediaId] }
}

/** Address of a picture of a result. */
export const pictureUrl = (account: Account, audit: SuccessfulAudit, timestamp: number): string =>
  signedUrl(account, { bucket: BUCKET, key: keyOf(audit, timestamp) }, Math.floor((audit.completedAt + PICTURES_KEPT) / 1000))

const keyOf = ({ jobId }: SuccessfulAudit, timestamp: number): string => `aivideocensor/${jobId}-${timestamp}.jpg`

/** All that a review has found. */
export const resultOf = (account: Account, audit: SuccessfulAudit): AuditResult =>
  auditResult(reviewedOf(account, audit), (timestamp) => pictureUrl(account, audit, timestamp))

/** Keeps the pictures that a result shows. Nothing is taken from the video: all are the same sample. */
export async function keepPictures(account: Account, audit: SuccessfulAudit): Promise<void> {
  const { flagged = [], first = [] } = reviewedPictures(reviewedOf(account, audit)) ?? {}
  const timestamps = new Set([...flagged.map(({ timestamp }) => timestamp), ...first])
  for (const timestamp of timestamps) {
    const picture = { bucket: BUCKET, key: keyOf(audit, timestamp), contentType: 'image/jpeg', content: 'cover.jpg' }
    await account.oss.results.put(picture, audit.completedAt + PICTURES_KEPT)
  }
}
