/** Files that are in a bucket already (VOD manual 5.11). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import { inAnyOrder } from '../../../actions/promises.js'
import { json } from '../../../params/structures.js'
import { fileAt } from '../shared/addresses/addresses.js'
import { DEFAULT_APP_ID } from '../shared/apps/app.js'
import { processVideo } from '../shared/lifecycle/object-complete.js'
import { extensionOf, mediaTypeOf } from '../shared/media/extensions.js'
import type { File } from '../shared/media/file.js'
import { objectOf } from '../shared/media/files.js'
import { mediumOf } from '../shared/media/medium.js'
import { createVideo, type NewVideo } from '../shared/media/new-video.js'
import { userData } from '../shared/media/user-data-param.js'
import { vod } from '../shared/service/service.js'
import { storagesOf } from '../shared/storage/storages.js'
import { checkProcessing } from './destination.js'
import { processingErrors } from './errors.js'
import { registerMetadata } from './metadata.js'
import { id } from './params.js'

type Metadata = z.output<typeof registerMetadata>

/** Files of one call. */
const MAX_FILES = 10

export const registerMedia = vod.action('RegisterMedia', {
  summary: 'Makes videos and audios of files that are in a bucket of the account already.',
  source: 'VOD manual 5.11',
  limit: perSecond(50),
  accepts: ['EnableFirstFrameCover', 'GenerateThumbnail'],
  input: () => ({
    RegisterMetadatas: json(z.array(registerMetadata).min(1).max(MAX_FILES), { maxItems: MAX_FILES }),
    TemplateGroupId: id().optional(),
    UserData: userData().optional(),
    WorkflowId: id().optional(),
  }),
  output: () =>
    z.object({
      FailedFileURLs: inAnyOrder(z.array(z.string())),
      RegisteredMediaList: inAnyOrder(z.array(z.object({ MediaId: z.string(), FileURL: z.string(), NewRegister: z.boolean() }))),
    }),
  errors: { ...processingErrors },
  async run({ input, account, fail }) {
    checkProcessing(account, input, fail)
    const files = input.RegisterMetadatas.map((metadata) => ({ metadata, file: fileAt(account, new URL(metadata.FileURL)) }))
    const buckets = new Set(files.map(({ metadata, file }) => file?.bucket ?? new URL(metadata.FileURL).host))
    if (buckets.size > 1)
      fail('InvalidParameter', {
        param: 'RegisterMetadatas',
        reason: `names files in ${[...buckets].join(', ')}; all must have the same storage address`,
      })

    const FailedFileURLs: string[] = []
    const RegisteredMediaList: { MediaId: string; FileURL: string; NewRegister: boolean }[] = []
    for (const { metadata, file } of files) {
      const registered = file && (await register(account, metadata, file, input))
      if (registered) RegisteredMediaList.push({ ...registered, FileURL: metadata.FileURL })
      else FailedFileURLs.push(metadata.FileURL)
    }
    return { FailedFileURLs, RegisteredMediaList }
  },
})

/** Registers one file; `undefined` if it is not there, not a video or audio, or not in a bucket that VOD may use. */
async function register(
  account: Account,
  metadata: Metadata,
  file: File,
  {
    TemplateGroupId,
    WorkflowId,
    UserData,
  }: { TemplateGroupId?: string | undefined; WorkflowId?: string | undefined; UserData?: NewVideo['userData'] },
): Promise<{ MediaId: string; NewRegister: boolean } | undefined> {
  const medium = mediumOf(account, file)
  if (medium && 'video' in medium) return { MediaId: medium.video.videoId, NewRegister: false }
  const storage = storagesOf(account).find(({ bucket }) => bucket === file.bucket)
  const object = objectOf(account, file)
  if (medium || !storage?.authorised || object === undefined || mediaTypeOf(extensionOf(file.key)) === undefined) return undefined
  const video = createVideo(account, storage, file, {
    title: metadata.Title,
    description: metadata.Description,
    tags: metadata.Tags ?? [],
    cateId: metadata.CateId,
    coverUrl: metadata.CoverURL,
    fileName: file.key,
    // Unlike an upload, it is not transcoded unless the call says so.
    templateGroupId: TemplateGroupId,
    workflowId: WorkflowId,
    userData: UserData,
    appId: DEFAULT_APP_ID,
  })
  if (video === undefined) return undefined
  await processVideo(account, video.videoId, object)
  return { MediaId: video.videoId, NewRegister: true }
}
