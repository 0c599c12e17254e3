/** What an account has in VOD. */

import type { Account } from '../../account/account.js'
import { ApiError } from '../../base/errors.js'
import { fingerprint } from '../../base/ids.js'
import type { Collection } from '../../state/collection.js'
import { DEFAULT_APP_ID } from './notification/message-callback.js'
import { arrive } from './shared/lifecycle/arrival.js'
import { type TranscodeTask, transcodeTaskSchema } from './shared/lifecycle/transcode-task.js'
import { type AttachedMedia, attachedMediaSchema } from './shared/media/attached-media.js'
import { type File, filePath } from './shared/media/file.js'
import { type Image, imageSchema } from './shared/media/image.js'
import { type Video, videoSchema } from './shared/media/video.js'
import { type Storage, storageAt, type Workflow } from './shared/settings/settings.js'
import { NO_TRANSCODE, type Template, type TemplateGroup, templateGroupSchema } from './shared/templates/template-group.js'
import type { Find } from './upload/pull/source.js'
import { type UploadJob, uploadJobSchema } from './upload/upload-job.js'

/** Region of the bucket that comes with the service. */
const REGION = 'cn-shanghai'

/** Records of work kept per account; beyond that the oldest finished ones are forgotten. */
const MOST_RECORDS = 10_000

/** Finds a medium by its file. */
const pathOf = ({ file }: { file: File }): string => filePath(file)

/** Finds what is finished. */
const stateOf = ({ completedAt }: { completedAt?: number | undefined }): 'finished' | undefined =>
  completedAt === undefined ? undefined : 'finished'

const kinds = {
  videos: { name: 'vod.videos', schema: videoSchema, keyOf: ({ videoId }: Video) => videoId, indexes: { path: pathOf } },
  images: { name: 'vod.images', schema: imageSchema, keyOf: ({ imageId }: Image) => imageId, indexes: { path: pathOf } },
  attachedMedia: {
    name: 'vod.attachedMedia',
    schema: attachedMediaSchema,
    keyOf: ({ mediaId }: AttachedMedia) => mediaId,
    indexes: { path: pathOf },
  },
  templateGroups: {
    name: 'vod.templateGroups',
    schema: templateGroupSchema,
    keyOf: ({ templateGroupId }: TemplateGroup) => templateGroupId,
    indexes: { role: ({ isDefault }: TemplateGroup) => (isDefault ? 'default' : undefined) },
  },
  transcodeTasks: {
    name: 'vod.transcodeTasks',
    schema: transcodeTaskSchema,
    keyOf: ({ taskId }: TranscodeTask) => taskId,
    indexes: { state: stateOf },
  },
  uploadJobs: {
    name: 'vod.uploadJobs',
    schema: uploadJobSchema,
    keyOf: ({ jobId }: UploadJob) => jobId,
    indexes: { state: stateOf, sourceUrl: ({ sourceUrl }: UploadJob) => sourceUrl },
  },
}

/** The medium that an object is the file of. */
export type Medium = { video: Video } | { image: Image } | { attached: AttachedMedia }

/** The media, templates and jobs of one account. */
export class Vod {
  readonly videos: Collection<typeof videoSchema, 'path'>
  readonly images: Collection<typeof imageSchema, 'path'>
  readonly attachedMedia: Collection<typeof attachedMediaSchema, 'path'>
  readonly templateGroups: Collection<typeof templateGroupSchema, 'role'>
  readonly transcodeTasks: Collection<typeof transcodeTaskSchema, 'state'>
  readonly uploadJobs: Collection<typeof uploadJobSchema, 'state' | 'sourceUrl'>

  /** What upload jobs have found behind their URLs, or are about to find; by job. Not part of the account's state. */
  readonly downloads = new Map<string, Promise<Find>>()

  constructor(private readonly account: Account) {
    const { state } = account
    this.videos = state.collection(kinds.videos)
    this.images = state.collection(kinds.images)
    this.attachedMedia = state.collection(kinds.attachedMedia)
    this.templateGroups = state.collection(kinds.templateGroups)
    this.transcodeTasks = state.collection(kinds.transcodeTasks)
    this.uploadJobs = state.collection(kinds.uploadJobs)
    account.oss.onComplete((object) => arrive(account, object))
  }

  /** Creates what every account has from the start; it is there once the account has been asked something. */
  open(): void {
    const now = this.account.clock.startedAt
    const common = { locked: false, appId: DEFAULT_APP_ID, createdAt: now, modifiedAt: now }
    this.templateGroups.put({ ...common, templateGroupId: NO_TRANSCODE, name: 'No Transcoding', isDefault: false, templates: [] })
    const { accountId } = this.account
    this.templateGroups.put({
      ...common,
      templateGroupId: fingerprint(accountId, 'TranscodeTemplateGroup').slice(0, 32),
      name: 'TranscodeTemplateGroup',
      isDefault: true,
      templates: builtInTemplates(accountId),
    })
  }

  /** Where media can be kept: the bucket that comes with the service, then the account's own. */
  get storages(): readonly [Storage, ...Storage[]] {
    const system = storageAt(`outin-${fingerprint(this.account.accountId, 'bucket').slice(0, 32)}.oss-${REGION}.aliyuncs.com`, true)
    const own = this.account.settings.vod.storages ?? []
    return [system, ...own.map(({ location, authorised }) => storageAt(location, authorised))]
  }

  /** The storage of a location; without one, the default storage. Its bucket is there: it is made when it is first needed. */
  storage(location: string | undefined): Storage | undefined {
    const storage = location === undefined ? this.storages[0] : this.storages.find((each) => each.location === location.toLowerCase())
    try {
      if (storage) this.account.oss.createBucket(storage.bucket, storage.region)
      return storage
    } catch (error) {
      // A bucket that somebody else has is none of this account's.
      if (error instanceof ApiError) return undefined
      throw error
    }
  }

  /** How many media of each kind there may be. */
  get mostMedia(): number {
    return this.account.settings.vod.maxMedia ?? 20_000
  }

  workflow(id: string): Workflow | undefined {
    return this.account.settings.vod.workflows?.find((each) => each.id === id)
  }

  /** The template group that applies where a call names none. */
  get defaultTemplateGroup(): TemplateGroup | undefined {
    return this.templateGroups.list({ by: { role: 'default' }, take: 1 }).rows[0]
  }

  /** The medium that an object is the file of. */
  mediumOf(file: File): Medium | undefined {
    const path = filePath(file)
    const video = this.videos.getBy('path', path)
    if (video) return { video }
    const image = this.images.getBy('path', path)
    if (image) return { image }
    const attached = this.attachedMedia.getBy('path', path)
    return attached && { attached }
  }

  /** Changes a video, and the time of its last change. */
  updateVideo(videoId: string, change: (draft: Video) => void): Video | undefined {
    return this.videos.update(videoId, (draft) => {
      change(draft)
      draft.modifiedAt = this.account.clock.now()
    })
  }

  /** Forgets the oldest finished tasks and upload jobs once there are too many. */
  forgetOldest(): void {
    for (const records of [this.transcodeTasks, this.uploadJobs]) records.forgetOldest(MOST_RECORDS, { state: 'finished' })
  }
}

/** The built-in group makes standard definition as MP4 and as HLS of a picture, and an MP3 of what has none. */
function builtInTemplates(accountId: string): Template[] {
  const template = (name: string, rest: Pick<Template, 'Definition' | 'Container' | 'Video' | 'forAudioOnly'>): Template => ({
    ...rest,
    TranscodeTemplateId: fingerprint(accountId, 'TranscodeTemplate', name).slice(0, 32),
    TemplateName: name,
  })
  const standard = { Codec: 'H.264', Width: '640', Bitrate: '400', Fps: '25' } as const
  return [
    template('SD-MP4', { Definition: 'SD', Container: { Format: 'mp4' }, Video: standard }),
    template('SD-HLS', { Definition: 'SD', Container: { Format: 'm3u8' }, Video: standard }),
    template('SQ-MP3', { Definition: 'SQ', Container: { Format: 'mp3' }, Video: { Remove: 'true' }, forAudioOnly: true }),
  ]
}
