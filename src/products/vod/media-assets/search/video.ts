/** Videos and audios as they are searched (VOD manual 17.6, "Video", "Audio"). */

import type { Account } from '../../../../account/types.js'
import { coverOf } from '../../playback/cover.js'
import { playUrl } from '../../shared/addresses/addresses.js'
import { defaultDomain } from '../../shared/addresses/output-type.js'
import { transcodeModeOf } from '../../shared/lifecycle/plan.js'
import { snapshotFiles } from '../../shared/media/snapshot-set.js'
import { mediaSourceOf, type Video } from '../../shared/media/video.js'
import { cateFields } from '../categories/tree.js'
import { joinTags, MAX_SNAPSHOTS, snapshotUrls } from '../videos/info.js'
import { answered, type Field, type Fields, field, type Query } from './field.js'
import type { SearchType } from './search-type.js'
import { times } from './times.js'

/** Ids that one list may have. */
const MAX_VIDEO_IDS = 100

const id = (queries: readonly Query[]): Field<Video> =>
  field('String', queries, ({ videoId }) => videoId, { index: 'key', maxValues: MAX_VIDEO_IDS })

const location = (queries: readonly Query[]): Field<Video> => field('String', queries, ({ storageLocation }) => storageLocation)

/** Addresses of the sprites that were made of a video last. */
export function spritesOf(account: Account, { snapshots }: Video): string[] {
  const set = snapshots.findLast(({ type }) => type === 'SpriteSnapshot')
  const domain = defaultDomain(account)
  return set ? snapshotFiles(set, MAX_SNAPSHOTS).map((file) => playUrl(account, file, { domain })) : []
}

/** Fields of both, in the order of the manual. */
const common: Fields<Video> = {
  AppId: field('String', ['multiple'], ({ appId }) => appId),
  CateId: field('Long', ['exact'], ({ cateId }) => cateId, { index: 'category' }),
  CateName: answered(({ cateId }, account) => cateFields(account, cateId).CateName),
  Title: field('String', ['fuzzy', 'multiple'], ({ title }) => title),
  Tags: field('String', ['fuzzy', 'multiple'], ({ tags }) => joinTags(tags)),
  Description: field('String', ['fuzzy', 'multiple'], ({ description }) => description),
  Status: field('String', ['multiple'], ({ status }) => status, { index: 'status' }),
  MediaSource: field('String', ['multiple'], mediaSourceOf, { index: 'mediaSource' }),
  PreprocessStatus: field('String', ['multiple'], ({ preprocessStatus }) => preprocessStatus ?? 'UnPreprocess'),
  Size: field('Long', ['range'], ({ size }) => size),
  Duration: field('Float', ['range'], ({ facts }) => facts?.duration),
  ...times,
  CoverURL: answered((video, account) => coverOf(account, video, { domain: defaultDomain(account) })),
  Snapshots: answered((video, account) => snapshotUrls(account, video)),
  SpriteSnapshots: answered((video, account) => spritesOf(account, video)),
  DownloadSwitch: answered(() => 'on'),
  TranscodeMode: answered((video, account) => transcodeModeOf(account, video)),
}

const rest = {
  traversable: true,
  collection: ({ vod }: Account) => vod.videos,
  keyOf: ({ videoId }: Video) => videoId,
} as const

export const video: SearchType<Video> = {
  name: 'video',
  member: 'Video',
  ...rest,
  by: { mediaType: 'video' },
  includes: ({ mediaType }) => mediaType === 'video',
  basic: ['VideoId', 'CreationTime'],
  fields: { VideoId: id(['exact', 'multiple']), StorageLocation: location(['exact', 'multiple']), ...common },
}

export const audio: SearchType<Video> = {
  name: 'audio',
  member: 'Audio',
  ...rest,
  by: { mediaType: 'audio' },
  includes: ({ mediaType }) => mediaType === 'audio',
  basic: ['AudioId', 'CreationTime'],
  fields: { AudioId: id(['exact']), StorageLocation: location(['multiple']), ...common },
}
