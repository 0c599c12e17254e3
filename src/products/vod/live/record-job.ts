/** The job that makes videos of a live stream: of each recording, and then of all together. */

import type { Account } from '../../../account/types.js'
import { yieldToOthers } from '../../../base/clock.js'
import { toUtcSeconds } from '../../../base/times.js'
import { receivedSample } from '../../../bytes/samples.js'
import type { Job, JobError } from '../../../jobs/job.js'
import type { JobKind, Outcome } from '../../../jobs/kind.js'
import { DEFAULT_APP_ID } from '../shared/apps/app.js'
import { deleteFiles } from '../shared/lifecycle/delete-files.js'
import { MADE_EXTENSION, MADE_SAMPLE, storeMade, whyNotStored } from '../shared/lifecycle/made.js'
import { processVideo } from '../shared/lifecycle/object-complete.js'
import type { File } from '../shared/media/file.js'
import { storeReceived } from '../shared/media/files.js'
import type { LiveRecording } from '../shared/media/live-recording.js'
import { updateVideo } from '../shared/media/medium.js'
import { createVideo, sourceFile } from '../shared/media/new-video.js'
import type { Video } from '../shared/media/video.js'
import { recipientOf } from '../shared/notification/recipient.js'
import { storageAt } from '../shared/storage/settings.js'
import { addLiveRecordVideoComplete, liveRecordVideoComposeStart } from './events.js'
import { factsOf, type RecordedStream, recordingsOf, wholeOf } from './recordings.js'

/** Recordings beyond which they cannot be put together (developer guide, live to VOD). */
const MAX_COMPOSED = 40

export const recordJob: JobKind = {
  // The one Action that has to do with it.
  name: 'vod.ListLiveRecordVideo',
  stages: [
    { name: 'Recording', duration: '2s', work: recordAll },
    { name: 'Composing', duration: '5s' },
  ],
  timeout: '24h',
  attempts: 1,
  failsIn: ['Recording', 'Composing'],
  failure: { code: 'InternalError', message: 'The recording failed.' },
  faultParams: {
    DomainName: of(({ domainName }) => domainName),
    AppName: of(({ appName }) => appName),
    StreamName: of(({ streamName }) => streamName),
    TemplateGroupId: of(({ templateGroupId }) => templateGroupId),
    StorageLocation: of(({ storageLocation }) => storageLocation),
    AppId: of(({ appId }) => appId),
  },
  async work(account, job): Promise<Outcome> {
    const stream = streamOf(job)
    const video = composedOf(account, stream)
    if (video === undefined) return { failed: { code: 'InvalidVideo.NotFound', message: 'The video does not exist.' } }
    if (recordingsOf(stream).length > MAX_COMPOSED)
      return { failed: { ...COMPOSE_FAILED, reason: `there are more than ${MAX_COMPOSED} recordings` } }
    const problem = whyNotStored(account, stream.storageLocation)
    if (problem) return { failed: problem }
    await storeMade(account, video, factsOf(stream, wholeOf(stream)))
    return { result: video.videoId }
  },
  ended: finish,
}

const COMPOSE_FAILED: JobError = { code: 'ComposeFailed', message: 'The recordings were not put together.' }

const streamOf = ({ input }: Job): RecordedStream => input as unknown as RecordedStream

function of<Value>(value: (stream: RecordedStream) => Value) {
  return (_account: Account, job: Job): Value => value(streamOf(job))
}

/** Makes a video of each recording; then the job is done, unless they are to be put together. */
async function recordAll(account: Account, job: Job): Promise<Outcome | undefined> {
  const stream = streamOf(job)
  const problem = whyNotStored(account, stream.storageLocation)
  if (problem) return { failed: problem }
  for (const recording of recordingsOf(stream)) {
    await yieldToOthers()
    await record(account, stream, recording)
  }
  if (!stream.compose) return { result: stream.playlistId }
  const video = addVideo(account, stream, wholeOf(stream), fileFor(account, stream))
  if (video) {
    const { domainName: DomainName, appName: AppName, streamName: StreamName } = stream
    const Status = recordingsOf(stream).length > MAX_COMPOSED ? 'fail' : 'success'
    account.events.notify(
      liveRecordVideoComposeStart,
      { VideoId: video.videoId, Status, DomainName, AppName, StreamName },
      recipientOf(video),
    )
  }
  return undefined
}

/** Makes a video of one recording. Its file is there before the video is: who is told of the recording is not told of an upload. */
async function record(account: Account, stream: RecordedStream, recording: LiveRecording): Promise<void> {
  const file = fileFor(account, stream)
  const received = receivedSample(MADE_SAMPLE)
  const object = await storeReceived(account, received, file)
  const video = addVideo(account, stream, recording, file)
  if (video === undefined) return deleteFiles(account, [file])
  updateVideo(account, video.videoId, (draft) => {
    draft.made = { etag: object.etag, facts: factsOf(stream, recording) }
  })
  tell(account, video, recording, 'success')
  await processVideo(account, video.videoId, object)
}

const fileFor = (account: Account, { storageLocation }: RecordedStream): File =>
  sourceFile(account, storageAt(storageLocation, true), MADE_EXTENSION)

/** The video of a recording; `undefined` if the account holds as many as it may. */
function addVideo(account: Account, stream: RecordedStream, recording: LiveRecording, file: File): Video | undefined {
  const { streamName, storageLocation, templateGroupId, composeTemplateGroupId, appId } = stream
  return createVideo(account, storageAt(storageLocation, true), file, {
    title: `${streamName}_${toUtcSeconds(recording.startedAt)}`,
    tags: [],
    fileName: file.key,
    mediaSource: 'live',
    liveRecording: recording,
    templateGroupId: recording.composed ? composeTemplateGroupId : templateGroupId,
    // An app can be deleted while its stream is recorded: it holds nothing yet.
    appId: account.vod.apps.get(appId) ? appId : DEFAULT_APP_ID,
  })
}

/** The video that the recordings of a stream are put together to. */
const composedOf = ({ vod }: Account, { playlistId }: RecordedStream): Video | undefined =>
  vod.videos.list({
    by: { mediaSource: 'live' },
    where: ({ liveRecording }) => liveRecording?.composed === true && liveRecording.playlistId === playlistId,
    take: 1,
  }).rows[0]

function tell({ events }: Account, video: Video, { startedAt, endedAt, ...recording }: LiveRecording, Status: 'success' | 'fail'): void {
  events.notify(
    addLiveRecordVideoComplete,
    {
      VideoId: video.videoId,
      Status,
      StreamName: recording.streamName,
      DomainName: recording.domainName,
      AppName: recording.appName,
      RecordStartTime: toUtcSeconds(startedAt),
      RecordEndTime: toUtcSeconds(endedAt),
    },
    recipientOf(video),
  )
}

/** What was not recorded, or not put together, is there all the same, as videos without files. */
function finish(account: Account, job: Job): void {
  if (job.ending === 'succeeded') return
  const stream = streamOf(job)
  if (job.stage === 'Composing') {
    const composed = composedOf(account, stream)
    if (composed) setStatus(account, composed, 'ProduceFail')
    return
  }
  for (const recording of recordingsOf(stream)) {
    const video = addVideo(account, stream, recording, fileFor(account, stream))
    if (video === undefined) return
    setStatus(account, video, 'UploadFail')
    tell(account, video, recording, 'fail')
  }
}

function setStatus(account: Account, { videoId }: Video, status: Video['status']): void {
  updateVideo(account, videoId, (draft) => {
    draft.status = status
  })
}
