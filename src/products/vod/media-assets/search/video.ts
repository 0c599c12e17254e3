/** Videos and audios as they are searched (VOD manual 17.6, "Video", "Audio"). */

import type { Account } from '../../../../account/types.js'
import { coverOf } from '../../playback/cover.js'
import { playUrl } from '../../shared/addresses/addresses.js'
import { snapshotFile } from '../../shared/lifecycle/delete-files.js'
import { transcodeModeOf } from '../../shared/lifecycle/plan.js'
import type { SnapshotSet, Video } from '../../shared/media/video.js'
import { answered, categoryNames, type Field, type Fields, field, type Query } from './field.js'
import type { SearchType } from './search-type.js'
import { times } from './times.js'

/** Ids that one list may have. */
const MAX_VIDEO_IDS = 100

const id = (queries: readonly Query[]): Field<Video> =>
  field('String', queries, ({ videoId }) => videoId, { index: 'key', maxValues: MAX_VIDEO_IDS })

const location = (queries: readonly Query[]): Field<Video> => field('String', queries, ({ storageLocation }) => storageLocation)

const domainOf = ({ settings }: Account) => settings.values.vod.domains?.[0]

/** Addresses of the pictures that were taken of a video last. */
function picturesOf(account: Account, { snapshots }: Video, types: readonly SnapshotSet['type'][]): string[] {
  const set = snapshots.findLast(({ type }) => types.includes(type))
  if (set === undefined) return []
  const domain = domainOf(account)
  return Array.from({ length: set.count }, (_, index) => playUrl(account, snapshotFile(set, index + 1), { domain }))
}

/** Fields of both, in the order of the manual. */
const common: Fields<Video> = {
  AppId: field('String', ['multiple'], ({ appId }) => appId),
  CateId: field('Long', ['exact'], ({ cateId }) => cateId, { index: 'category' }),
  CateName: categoryNames,
  Title: field('String', ['fuzzy', 'multiple'], ({ title }) => title),
  Tags: field('String', ['fuzzy', 'multiple'], ({ tags }) => (tags.length === 0 ? undefined : tags.join(','))),
  Description: field('String', ['fuzzy', 'multiple'], ({ description }) => description),
  Status: field('String', ['multiple'], ({ status }) => status, { index: 'status' }),
  // Neither short videos nor products of editing nor recordings of live streams are told from others, nor is anything preprocessed.
  MediaSource: field('String', ['multiple'], () => 'general'),
  PreprocessStatus: field('String', ['multiple'], () => 'UnPreprocess'),
  Size: field('Long', ['range'], ({ size }) => size),
  Duration: field('Float', ['range'], ({ facts, streams }) => inSeconds(facts?.duration ?? streams.at(-1)?.duration)),
  ...times,
  CoverURL: answered((video, account) => coverOf(account, video, { domain: domainOf(account) })),
  Snapshots: answered((video, account) => picturesOf(account, video, ['CoverSnapshot', 'NormalSnapshot'])),
  SpriteSnapshots: answered((video, account) => picturesOf(account, video, ['SpriteSnapshot'])),
  DownloadSwitch: answered(() => 'on'),
  TranscodeMode: answered((video, account) => transcodeModeOf(account, video)),
}

/** Numbers have at most four decimals. */
const inSeconds = (duration: number | undefined): number | undefined =>
  duration === undefined ? undefined : Math.round(duration * 10_000) / 10_000

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
