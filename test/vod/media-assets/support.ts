/** What the tests of media assets share: media as an account has them, without the uploads that would make them. */

import type { Account } from '../../../src/index.js'
import type { CallOptions } from '../../support/cloud.js'
import { vodWorld } from '../support.js'

type VideoInput = Parameters<Account['vod']['videos']['put']>[0]
type ImageInput = Parameters<Account['vod']['images']['put']>[0]
type AttachedInput = Parameters<Account['vod']['attachedMedia']['put']>[0]

const LOCATION = 'library.oss-cn-shanghai.aliyuncs.com'

const common = (id: string, account: Account, extension: string) => ({
  tags: [],
  status: 'Normal' as const,
  file: { bucket: 'library', key: `sv/${id}.${extension}` },
  storageLocation: LOCATION,
  appId: 'app-1000000',
  createdAt: account.clock.now(),
  modifiedAt: account.clock.now(),
})

/** A video with this id. */
export const videoOf = (account: Account, videoId: string, fields: Partial<VideoInput> = {}): VideoInput => ({
  videoId,
  title: 'film',
  mediaType: 'video',
  fileName: 'film.mp4',
  sourceStatus: 'Normal',
  streams: [],
  snapshots: [],
  ...common(videoId, account, 'mp4'),
  ...fields,
})

/** An image with this id. */
export const imageOf = (account: Account, imageId: string, fields: Partial<ImageInput> = {}): ImageInput => ({
  imageId,
  imageType: 'default',
  ...common(imageId, account, 'png'),
  ...fields,
})

/** An auxiliary medium with this id. */
export const attachedOf = (account: Account, mediaId: string, fields: Partial<AttachedInput> = {}): AttachedInput => ({
  mediaId,
  businessType: 'watermark',
  cateIds: [],
  ...common(mediaId, account, 'png'),
  ...fields,
})

/** A hit of SearchMedia. */
// biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
type Hit = any

/** A cloud with functions that put media into the account and search them, as often as a test likes. */
export function searchWorld() {
  const world = vodWorld({ settings: { limits: { enabled: false } } })
  const { account, call } = world
  const { videos, images, attachedMedia } = account.vod
  const search = async (params: Record<string, string | number> = {}, options?: CallOptions) => {
    const { status, body, headers } = await call('SearchMedia', params, options)
    return {
      status,
      code: body.Code as string | undefined,
      message: body.Message as string | undefined,
      reason: decodeURIComponent(headers['x-emulator-reason'] ?? ''),
      total: body.Total as number,
      token: body.ScrollToken as string,
      hits: (body.MediaList ?? []) as Hit[],
      ids: ((body.MediaList ?? []) as Hit[]).map(({ MediaId }) => MediaId as string),
    }
  }
  return {
    ...world,
    search,
    /** Ids of what a Match finds, oldest first. */
    match: async (Match: string, SearchType = 'video') => {
      const { ids, code, reason } = await search({ Match, SearchType, SortBy: 'CreationTime:Asc', PageSize: 100 })
      return code === undefined ? ids : [code, reason]
    },
    video: (id: string, fields?: Partial<VideoInput>) => videos.put(videoOf(account, id, fields)),
    image: (id: string, fields?: Partial<ImageInput>) => images.put(imageOf(account, id, fields)),
    attached: (id: string, fields?: Partial<AttachedInput>) => attachedMedia.put(attachedOf(account, id, fields)),
  }
}
