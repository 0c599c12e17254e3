/** Round trips of what Actions do with files, seen once their jobs have ended. */

import { storagesOf } from '../../src/products/vod/shared/storage/storages.js'
import type { Before } from './before.js'
import { content, type Echo, of, shownAt } from './echo-case.js'

const POLICY = '<cross-domain-policy><allow-access-from domain="*.example.com"/></cross-domain-policy>'

const USER_DATA = '{"Extend":{"localId":"echo"}}'

/** A file in the bucket that comes with the service; its metadata, as RegisterMedia wants them. */
async function fileInBucket({ account, call, advance }: Before) {
  const [{ bucket, location }] = storagesOf(account)
  await call('UploadMediaByURL', { UploadURLs: 'http://example.com/film.mp4' })
  await advance('10m')
  await account.turn.take(() => account.oss.putObject(bucket, 'echo/film.mp4', Buffer.from('a film'), { contentType: 'video/mp4' }))
  return { RegisterMetadatas: JSON.stringify([{ FileURL: `https://${location}/echo/film.mp4`, ...content }]) }
}

/** Round trips of files, and of jobs about them. */
export const mediaEchoes: readonly Echo[] = [
  of('RegisterMedia', 'GetVideoInfo', {}, ({ RegisteredMediaList }) => ({ VideoId: RegisteredMediaList[0].MediaId }), {
    sends: fileInBucket,
    shows: shownAt('Video'),
  }),
  of(
    'SetCrossdomainContent',
    ({ StorageLocation }) => `http://${StorageLocation}/crossdomain.xml`,
    { Content: [POLICY, 'text'] },
    () => ({}),
  ),
  of(
    'SubmitSnapshotJob',
    'ListSnapshots',
    { Count: ['2', 'MediaSnapshot.Total'] },
    (_answer, { VideoId = '' }) => ({ VideoId, SnapshotType: 'NormalSnapshot' }),
    {
      sends: () => ({ SpriteSnapshotConfig: '', Interval: '1' }),
      shows: (_params, { SnapshotJob }) => ({ 'MediaSnapshot.JobId': SnapshotJob.JobId }),
      after: '10m',
    },
  ),
  of('SubmitDynamicImageJob', 'ListDynamicImage', {}, (_answer, { VideoId = '' }) => ({ VideoId }), {
    sends: () => ({ OverrideParams: '{"Video":{"Width":"320","Fps":"7"},"Container":{"Format":"webp"}}' }),
    shows: ({ VideoId = '' }, { DynamicImageJob }) => ({
      'DynamicImageList.0.JobId': DynamicImageJob.JobId,
      'DynamicImageList.0.VideoId': VideoId,
      'DynamicImageList.0.Width': '320',
      'DynamicImageList.0.Fps': '7',
      'DynamicImageList.0.Format': 'webp',
    }),
    after: '10m',
  }),
  of('SubmitWorkflowJob', 'ListSnapshots', {}, (_answer, { MediaId = '' }) => ({ VideoId: MediaId, SnapshotType: 'NormalSnapshot' }), {
    sends: async ({ account, call }) => {
      const SnapshotTemplateConfig = { SnapshotType: 'NormalSnapshot', SnapshotConfig: { Count: 2, Interval: 1, SpecifiedOffsetTime: 0 } }
      const TemplateConfig = JSON.stringify(SnapshotTemplateConfig)
      const { VodTemplateId } = await call('AddVodTemplate', { Name: 'echo', TemplateType: 'Snapshot', TemplateConfig })
      account.settings.change({ vod: { workflows: [{ id: 'echo', steps: [{ does: 'snapshot', templateId: VodTemplateId }] }] } })
      return { WorkflowId: 'echo' }
    },
    shows: () => ({ 'MediaSnapshot.Total': '2' }),
    after: '10m',
  }),
  of(
    'RefreshMediaPlayUrls',
    'GetMediaRefreshJobs',
    {
      TaskType: ['Refresh', 'MediaRefreshJobs.0.TaskType'],
      UserData: [USER_DATA, 'MediaRefreshJobs.0.UserData'],
      Formats: ['mp4,m3u8', 'MediaRefreshJobs.0.FilterPolicy.Formats'],
      SliceFlag: ['true', 'MediaRefreshJobs.0.FilterPolicy.SliceFlag'],
      SliceCount: ['7', 'MediaRefreshJobs.0.FilterPolicy.SliceCount'],
    },
    ({ MediaRefreshJobId }) => ({ MediaRefreshJobId }),
    {
      shows: ({ MediaIds = '' }, { MediaRefreshJobId }) => ({
        'MediaRefreshJobs.0.MediaId': MediaIds,
        'MediaRefreshJobs.0.MediaRefreshJobId': MediaRefreshJobId,
      }),
    },
  ),
]
