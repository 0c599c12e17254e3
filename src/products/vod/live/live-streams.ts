/** Live streams that have been recorded. Nobody can push one here: a test tells of it when it is over. */

import { definePart } from '../../../account/part.js'
import type { Account } from '../../../account/types.js'
import { toIso } from '../../../base/times.js'
import { refuseBrokenText } from '../../../base/well-formed.js'
import { newId } from '../shared/media/new-id.js'
import { findStorage, maxMediaOf } from '../shared/storage/storages.js'
import { defaultTemplateGroupOf } from '../shared/templates/built-in.js'
import { type LiveStream, type LiveStreamInput, liveStreamSchema } from './input.js'
import { recordJob } from './record-job.js'
import { type RecordedStream, recordingsOf } from './recordings.js'

/** What will come of a live stream. */
export interface RecordingLiveStream {
  /** Job that makes videos of it. */
  jobId: string
  /** What its recordings have in common: `PlaylistId` of ListLiveRecordVideo. */
  playlistId: string
  /** How many videos there will be, the one that they are put together to included. */
  videos: number
}

/** The live streams of one account. */
export class LiveStreams {
  constructor(private readonly account: Account) {}

  /**
   * Tells of a live stream that has been recorded: a job makes videos of the recordings, and of all together if they are to be put together. Rejects
   * with a `ZodError` or a `RangeError` that says what cannot be; then nothing has changed.
   */
  record(input: LiveStreamInput): Promise<RecordingLiveStream> {
    const { account } = this
    return account.turn.take(async () => {
      await account.clock.catchUp()
      refuseBrokenText(input)
      const stream = this.#complete(liveStreamSchema.parse(input))
      const { id: jobId } = await account.jobs.start(recordJob, newId(account), { ...stream })
      return { jobId, playlistId: stream.playlistId, videos: videosOf(stream) }
    })
  }

  /** A stream with what the account decides. */
  #complete({ period, startTime, ...stream }: LiveStream): RecordedStream {
    const { account } = this
    const { duration } = stream
    const now = account.clock.now()
    const startedAt = startTime ?? now - duration
    if (startedAt + duration > now) throw new RangeError(`the stream ends at ${toIso(startedAt + duration)}, and it is ${toIso(now)}`)
    const storage = findStorage(account, stream.storageLocation)
    if (storage === undefined)
      throw new RangeError(`there is no storage ${stream.storageLocation}; the setting vod.storages holds those there are`)
    const { appId } = stream
    if (account.vod.apps.get(appId) === undefined) throw new RangeError(`there is no app ${appId}; CreateAppInfo creates one`)
    const group = defaultTemplateGroupOf(account, appId)?.templateGroupId
    const { templateGroupId = group, composeTemplateGroupId = group } = stream
    for (const id of [templateGroupId, composeTemplateGroupId])
      if (id !== undefined && account.vod.templateGroups.get(id) === undefined) throw new RangeError(`there is no template group ${id}`)
    const recorded = {
      ...stream,
      startedAt,
      period: period ?? duration,
      storageLocation: storage.location,
      playlistId: newId(account),
      ...(templateGroupId !== undefined && { templateGroupId }),
      ...(composeTemplateGroupId !== undefined && { composeTemplateGroupId }),
    }
    const { unfinished } = account.jobs
    if (unfinished >= account.settings.values.maxUnfinishedJobs)
      throw new RangeError(`the account has ${unfinished} unfinished jobs, and may have no more`)
    if (account.vod.videos.count + videosOf(recorded) > maxMediaOf(account))
      throw new RangeError('the account would hold more videos than the setting vod.maxMedia allows')
    return recorded
  }
}

/** How many videos a stream becomes. */
const videosOf = (stream: RecordedStream): number => recordingsOf(stream).length + (stream.compose ? 1 : 0)

export const liveStreamsPart = definePart({
  name: 'liveStreams',
  needs: ['vod', 'jobs'],
  create: (account) => new LiveStreams(account),
})
