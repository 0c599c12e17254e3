/** What the tests of transcoding share: a world with a group of four templates, one of them encrypted, and functions that submit and ask. */

import type { CloudOptions } from '../../../src/index.js'
import { vodWorld } from '../support.js'

/** A template that can be added as it is. */
export const template = (Definition: string, Format: string, rest: object = {}) => ({
  TemplateName: `${Definition} ${Format}`,
  Definition,
  Container: { Format },
  Video: { Codec: 'H.264', Width: '640', Bitrate: '400', Fps: '25' },
  Audio: { Codec: 'AAC', Bitrate: '64' },
  ...(Format === 'm3u8' && { MuxConfig: { Segment: { Duration: '10' } } }),
  ...rest,
})

/** What the group makes: playback calls these definitions FD, LD, SD and HD. */
export const FOUR = [
  template('LD', 'mp4'),
  template('SD', 'mp4', { Video: { Codec: 'H.264', Width: '960', Bitrate: '900', Fps: '25' } }),
  template('HD', 'm3u8', { Video: { Codec: 'H.264', Width: '1280', Bitrate: '1500', Fps: '25' } }),
  template('FHD', 'm3u8', {
    Video: { Codec: 'H.264', Width: '1920', Bitrate: '3000', Fps: '25' },
    EncryptSetting: { EncryptType: 'AliyunVoDEncryption' },
  }),
]

type Params = Record<string, string | number>

// biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
type Body = any

/** A cloud with functions that add groups, submit, and ask what has become of it. */
export function transcodeWorld(options: CloudOptions = {}) {
  const world = vodWorld({ ...options, settings: { limits: { enabled: false }, ...options.settings } })
  const { account, call } = world
  const done = async (action: string, params: Params = {}): Promise<Body> => {
    const { status, body, headers } = await call(action, params)
    if (status !== 200) throw new Error(`${action}: ${status} ${body.Code}: ${decodeURIComponent(headers['x-emulator-reason'] ?? '')}`)
    return body
  }
  const addGroup = async (templates: readonly object[] = FOUR): Promise<string> =>
    (await done('AddTranscodeTemplateGroup', { Name: 'mine', TranscodeTemplateList: JSON.stringify(templates) })).TranscodeTemplateGroupId
  /** Ids of the templates of a group, in their order. */
  const templateIds = (groupId: string): string[] =>
    account.vod.templateGroups.get(groupId)?.templates.map(({ TranscodeTemplateId }) => TranscodeTemplateId) ?? []
  /** Submits a task; answers its id, and those of its jobs. */
  const submit = async (VideoId: string, TemplateGroupId: string, params: Params = {}) => {
    const { TranscodeTaskId, TranscodeJobs } = await done('SubmitTranscodeJobs', { VideoId, TemplateGroupId, ...params })
    return {
      taskId: TranscodeTaskId as string,
      jobIds: TranscodeJobs?.TranscodeJob.map(({ JobId }: { JobId: string }) => JobId) as string[] | undefined,
    }
  }
  const task = async (TranscodeTaskId: string): Promise<Body> => (await done('GetTranscodeTask', { TranscodeTaskId })).TranscodeTask
  const tasks = async (VideoId: string, params: Params = {}): Promise<Body[]> =>
    (await done('ListTranscodeTask', { VideoId, ...params })).TranscodeTaskList
  const summary = async (VideoId: string): Promise<Body> =>
    (await done('GetTranscodeSummary', { VideoIds: VideoId })).TranscodeSummaryList[0]
  /** A video that is played as it was uploaded. */
  const uploaded = async (params: Params = {}): Promise<string> => {
    const VideoId = await world.upload({ TemplateGroupId: 'VOD_NO_TRANSCODE', ...params })
    await world.advance('10s')
    return VideoId
  }
  return { ...world, done, addGroup, templateIds, submit, task, tasks, summary, uploaded }
}
