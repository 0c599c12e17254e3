/** What AI jobs have found out about one video, and the fingerprint taken back (VOD manual 11.2.3, 11.2.4, 11.3.3). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import type { JobKind } from '../../../../jobs/kind.js'
import { newId } from '../../shared/media/new-id.js'
import { vod } from '../../shared/service/service.js'
import { id } from '../../upload/params.js'
import { videoErrors, videoNamed } from '../common/errors.js'
import { successKey } from './ai-job.js'
import { deleteFingerprint, similarTo } from './fingerprints.js'

const span = z.object({ Start: z.string(), Duration: z.string() })

export const getMediaDNAResult = vod.action('GetMediaDNAResult', {
  summary: 'Answers which videos of the fingerprint library a video resembles.',
  source: 'VOD manual 11.2.3',
  limit: perSecond(20),
  input: () => ({ MediaId: id() }),
  output: () =>
    z.object({
      DNAResult: z.object({
        VideoDNA: z.array(
          z.object({
            /** Id of the video that it resembles. */
            PrimaryKey: z.string(),
            Similarity: z.string(),
            /** Seconds as text. */
            Detail: z.array(z.object({ Input: span, Duplication: span })),
          }),
        ),
      }),
    }),
  errors: videoErrors,
  run({ input: { MediaId }, account, fail }) {
    videoNamed(account, 'MediaId', MediaId, fail)
    return { DNAResult: { VideoDNA: similarTo(account, MediaId).VideoDNA ?? [] } }
  },
})

/** Takes a fingerprint out of the library. */
const forgetting: JobKind = {
  name: 'vod.SubmitMediaDNADeleteJob',
  stages: [{ name: 'processing', duration: '2s' }],
  timeout: '24h',
  attempts: 1,
  faultParams: { MediaId: (_account, { input }) => input.videoId as string },
  work(account, { input }) {
    deleteFingerprint(account, input.videoId as string)
    return { result: null }
  },
}

export const submitMediaDNADeleteJob = vod.action('SubmitMediaDNADeleteJob', {
  summary: 'Has the fingerprint of a video taken out of the library.',
  source: 'VOD manual 11.2.4',
  limit: perSecond(10),
  input: () => ({ MediaId: id() }),
  output: () => z.object({ JobId: z.string() }),
  errors: videoErrors,
  job: forgetting,
  async run({ input: { MediaId }, account, fail }) {
    // The fingerprint of a video outlives it.
    if (account.vod.fingerprints.get(MediaId) === undefined) videoNamed(account, 'MediaId', MediaId, fail)
    const { id: JobId } = await account.jobs.start(forgetting, newId(account), { videoId: MediaId })
    return { JobId }
  },
})

const tag = z.object({
  Tag: z.string(),
  /** Milliseconds as text. */
  Times: z.array(z.string()).optional(),
})

export const getAIVideoTagResult = vod.action('GetAIVideoTagResult', {
  summary: 'Answers the tags that were found for a video last.',
  source: 'VOD manual 11.3.3',
  limit: perSecond(10),
  input: () => ({ MediaId: id() }),
  output: () =>
    z.object({
      VideoTagResult: z.object({
        Category: inAnyOrder(z.array(tag.omit({ Times: true }))),
        Person: inAnyOrder(z.array(tag.extend({ FaceUrl: z.string().optional() }))),
        Time: inAnyOrder(z.array(tag)),
        Location: inAnyOrder(z.array(tag)),
        Keyword: inAnyOrder(z.array(tag)),
      }),
    }),
  errors: videoErrors,
  run({ input: { MediaId }, account, fail }) {
    videoNamed(account, 'MediaId', MediaId, fail)
    const {
      Category = [],
      Person = [],
      Time = [],
      Location = [],
      Keyword = [],
    } = account.vod.aiJobs.getBy('success', successKey(MediaId, 'AIVideoTag'))?.tags ?? {}
    return { VideoTagResult: { Category, Person, Time, Location, Keyword } }
  },
})
