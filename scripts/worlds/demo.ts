/** The world `demo`: the library of a small broadcaster, in all states that media can be in. */

import { fingerprint } from '../../src/base/ids.js'
import type { WorldInput } from '../../src/worlds/world.js'
import { ATTACHED, AUDIOS, CATEGORIES, type Category, type Container, type Fate, IMAGES, MP3, PROBED, type Row, VIDEOS } from './library.js'

type Json = Record<string, unknown>

/** What an account puts in its place. */
const placeholder = (name: string): string => `\${${name}}`

const BUCKET = placeholder('vod.bucket')
const LOCATION = placeholder('vod.location')
const TEMPLATE_GROUP = placeholder('vod.templateGroupId')
const APP = 'app-1000000'

const cateIdOf = (name: Category): number => 2_000_000_001 + CATEGORIES.indexOf(name)

/** Ids are the same in every account. */
const idOf = (name: string): string => fingerprint('demo', name).slice(0, 32)

const daysAgo = (days: number): string => (days < 1 ? `-${Math.round(days * 24 * 60)}m` : `-${days}d`)

const tagsOf = (tags: string): string[] => (tags === '' ? [] : tags.split(','))

/** Objects as they are added, and a file for each. */
class Files {
  readonly objects: Json[] = []

  add(key: string, content: Json, contentType: string): { bucket: string; key: string } {
    this.objects.push({ bucket: BUCKET, key, contentType, ...content })
    return { bucket: BUCKET, key }
  }
}

const playlist = (segment: string): string =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    '#EXT-X-TARGETDURATION:2',
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXTINF:2.000,',
    segment,
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')

const kilobits = (size: number, duration: number): number => Math.round((size * 8) / duration) / 1000

function streamsOf(files: Files, videoId: string, source: Json, fate: Fate, container: Container, created: string): Json[] {
  if (fate.status !== 'Normal') return []
  const { size, duration } = PROBED[container]
  const picture = { width: 640, height: 360, fps: 25, bitDepth: 8 }
  const common = { streamType: 'video', status: 'Normal', duration, createdAt: created, modifiedAt: created }
  if (fate.played === 'source') {
    const original = {
      definition: 'OD',
      format: container,
      specification: 'Original',
      file: source,
      size,
      bitrate: kilobits(size, duration),
    }
    return [{ jobId: idOf(`${videoId}/OD`), ...common, ...picture, ...original, width: 320, height: 180 }]
  }
  const stem = (format: string): string => `${videoId}/${idOf(`${videoId}/${format}`)}-ld`
  const ts = files.add(`${stem('m3u8')}-00001.ts`, { sample: 'sample.ts' }, 'video/mp2t')
  const hls = files.add(
    `${stem('m3u8')}.m3u8`,
    { text: playlist(ts.key.slice(ts.key.lastIndexOf('/') + 1)) },
    'application/vnd.apple.mpegurl',
  )
  const asHls = { definition: 'LD', format: 'm3u8', specification: 'H264.LD', file: hls, segments: [ts], size: 40_796, bitrate: 163.184 }
  const encryption = fate.played === 'encrypted' ? { encryptType: 'HLSEncryption' } : {}
  const streams: Json[] = [{ jobId: idOf(`${videoId}/m3u8`), ...common, ...picture, ...asHls, ...encryption }]
  if (fate.played === 'encrypted') return streams
  const mp4 = files.add(`${stem('mp4')}.mp4`, { sample: 'sample.mp4' }, 'video/mp4')
  const asMp4 = { definition: 'LD', format: 'mp4', specification: 'H264.LD', file: mp4, size: 28_293, bitrate: 113.172 }
  return [{ jobId: idOf(`${videoId}/mp4`), ...common, ...picture, ...asMp4 }, ...streams]
}

/** What all videos and audios have. */
function mediumOf([title, category, tags, days, { status }]: Row, mediaId: string, extension: string): Json {
  const uploaded = status !== 'Uploading' && status !== 'UploadFail'
  const created = daysAgo(days)
  return {
    videoId: mediaId,
    title,
    ...(tags !== '' && { description: `${title}（示例）` }),
    tags: tagsOf(tags),
    ...(category !== undefined && { cateId: cateIdOf(category) }),
    status,
    fileName: `${title}.${extension}`,
    sourceStatus: uploaded ? 'Normal' : 'Uploading',
    storageLocation: LOCATION,
    appId: APP,
    snapshots: [],
    createdAt: created,
    modifiedAt: created,
    ...(uploaded && { uploadedAt: created }),
  }
}

const DAMAGE = { code: 'InvalidVideo.Damaged', message: 'The file holds neither picture nor sound.' }

function videoOf(files: Files, row: Row): Json {
  const [title, , , days, fate, container = 'mp4'] = row
  const videoId = idOf(`video/${title}`)
  const common = mediumOf(row, videoId, container)
  const created = daysAgo(days)
  const key = `sv/${videoId.slice(0, 8)}-${videoId.slice(8, 19)}.${container}`
  const file = { bucket: BUCKET, key }
  const noTranscode = fate.status === 'Normal' && fate.played === 'source'
  const plan = { templateGroupId: noTranscode ? 'VOD_NO_TRANSCODE' : TEMPLATE_GROUP }
  if (common.sourceStatus === 'Uploading')
    return { ...common, mediaType: 'video', file, streams: [], ...plan, ...(fate.status === 'Uploading' && { declaredSize: 28_293 }) }
  if (fate.status === 'TranscodeFail') {
    const text = 'this is no video\n'
    files.add(key, { text }, 'video/mp4')
    return { ...common, mediaType: 'video', file, size: text.length, damage: DAMAGE, streams: [], ...plan }
  }
  files.add(key, { sample: `sample.${container}` }, 'application/octet-stream')
  const { size, duration, bitrate, sound, channels } = PROBED[container]
  const facts = {
    duration,
    picture: { codec: 'h264', profile: 'High', level: '2.1', width: 320, height: 180, fps: 25, bitrate, bitDepth: 8, rotation: 0 },
    sound: { codec: 'aac', sampleRate: 44_100, channels, bitrate: sound },
  }
  const analysed = fate.status !== 'UploadSucc'
  const pattern = `${videoId}/covers/${idOf(`${videoId}/covers`)}-{SnapshotCount}.jpg`
  const cover = analysed && files.add(pattern.replace('{SnapshotCount}', '00001'), { sample: 'cover.jpg' }, 'image/jpeg')
  const set = { jobId: idOf(`${videoId}/snapshots`), type: 'CoverSnapshot', count: 1, bucket: BUCKET, pattern, createdAt: created }
  return {
    ...common,
    mediaType: 'video',
    file,
    size,
    ...(analysed && { facts, cover, snapshots: [set] }),
    streams: streamsOf(files, videoId, file, fate, container, created),
    ...plan,
  }
}

function audioOf(files: Files, row: Row): Json {
  const [title, , , days, { status }] = row
  const videoId = idOf(`audio/${title}`)
  const common = mediumOf(row, videoId, 'mp3')
  const created = daysAgo(days)
  const key = `sv/${videoId.slice(0, 8)}-${videoId.slice(8, 19)}.mp3`
  const file = { bucket: BUCKET, key }
  const plan = { templateGroupId: TEMPLATE_GROUP }
  if (status === 'Uploading') return { ...common, mediaType: 'audio', file, streams: [], ...plan }
  if (status === 'TranscodeFail') {
    const text = 'this is no sound\n'
    files.add(key, { text }, 'audio/mpeg')
    return { ...common, mediaType: 'audio', file, size: text.length, damage: DAMAGE, streams: [], ...plan }
  }
  files.add(key, { sample: 'sample.mp3' }, 'audio/mpeg')
  const mp3 = files.add(`${videoId}/${idOf(`${videoId}/mp3`)}-sq.mp3`, { sample: 'sample.mp3' }, 'audio/mpeg')
  const stream = {
    jobId: idOf(`${videoId}/stream`),
    definition: 'SQ',
    format: 'mp3',
    streamType: 'audio',
    status: 'Normal',
    specification: 'Audio',
    file: mp3,
    ...MP3,
    bitrate: 32.795,
    createdAt: created,
    modifiedAt: created,
  }
  const facts = { duration: MP3.duration, sound: { codec: 'mp3', sampleRate: 44_100, channels: 1, bitrate: 32 } }
  return { ...common, mediaType: 'audio', file, size: MP3.size, facts, streams: [stream], ...plan }
}

function imageOf(files: Files, [title, imageType, days, status]: (typeof IMAGES)[number]): Json {
  const imageId = idOf(`image/${title}`)
  const created = daysAgo(days)
  const key = `image/${imageType}/${imageId.toUpperCase()}-6-2.png`
  if (status === 'Normal') files.add(key, { sample: 'sample.png' }, 'image/png')
  return {
    imageId,
    title,
    tags: [],
    cateId: cateIdOf('图片'),
    imageType,
    status,
    file: { bucket: BUCKET, key },
    ...(status === 'Normal' && { size: 7015 }),
    storageLocation: LOCATION,
    appId: APP,
    createdAt: created,
    modifiedAt: created,
  }
}

/** What is in an auxiliary file, by its extension. */
const ATTACHED_CONTENT: Readonly<Record<string, readonly [content: Json, contentType: string, size: number]>> = {
  png: [{ sample: 'sample.png' }, 'image/png', 7015],
  mp4: [{ sample: 'sample.mp4' }, 'video/mp4', 28_293],
  vtt: [{ text: 'WEBVTT\n\n00:00.000 --> 00:02.000\n第一课\n' }, 'text/vtt', 47],
  srt: [{ text: '1\n00:00:00,000 --> 00:00:02,000\nGood morning.\n' }, 'text/plain', 46],
}

function attachedOf(files: Files, [title, businessType, fileName, days]: (typeof ATTACHED)[number]): Json {
  const mediaId = idOf(`attached/${title}`)
  const created = daysAgo(days)
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1)
  const [content, contentType] = ATTACHED_CONTENT[extension] as (typeof ATTACHED_CONTENT)[string]
  const file = files.add(`${businessType}/${mediaId.toUpperCase()}-6-2.${extension}`, content, contentType)
  const text = content.text as string | undefined
  return {
    mediaId,
    businessType,
    title,
    tags: [],
    cateIds: [],
    status: 'Normal',
    fileName,
    file,
    size: text === undefined ? ATTACHED_CONTENT[extension]?.[2] : Buffer.byteLength(text),
    storageLocation: LOCATION,
    appId: APP,
    createdAt: created,
    modifiedAt: created,
  }
}

function categoryOf(name: Category): Json {
  const [parent, child] = name.split('/') as [Category, string?]
  return {
    cateId: cateIdOf(name),
    type: 'default',
    name: child ?? parent,
    parentId: child === undefined ? -1 : cateIdOf(parent),
    level: child === undefined ? 0 : 1,
    createdAt: '-420d',
  }
}

const templateGroup: Json = {
  templateGroupId: idOf('template-group'),
  name: '高清（网页）',
  isDefault: false,
  locked: false,
  templates: [
    {
      TranscodeTemplateId: idOf('template/HD'),
      TemplateName: 'HD-MP4',
      Definition: 'HD',
      Container: { Format: 'mp4' },
      Video: { Codec: 'H.264', Width: '1280', Bitrate: '1500', Fps: '25' },
    },
  ],
  appId: APP,
  createdAt: '-300d',
  modifiedAt: '-300d',
}

/** Oldest first, as an account would have them. */
const inOrder = <Each extends readonly unknown[]>(rows: readonly Each[], days: (row: Each) => number): Each[] =>
  [...rows].sort((a, b) => days(b) - days(a))

/** The world. */
export function demoWorld(): WorldInput {
  const files = new Files()
  const media = [
    ...VIDEOS.map((row) => ({ days: row[3], make: () => videoOf(files, row) })),
    ...AUDIOS.map((row) => ({ days: row[3], make: () => audioOf(files, row) })),
  ].sort((a, b) => b.days - a.days)
  const tables = {
    'vod.categories': CATEGORIES.map(categoryOf),
    'vod.templateGroups': [templateGroup],
    'vod.videos': media.map(({ make }) => make()),
    'vod.images': inOrder(IMAGES, (row) => row[2]).map((row) => imageOf(files, row)),
    'vod.attachedMedia': inOrder(ATTACHED, (row) => row[3]).map((row) => attachedOf(files, row)),
  }
  return {
    description: 'The library of a small broadcaster: 61 media in all states, categories, a template group; what is played has bytes.',
    buckets: [{ name: BUCKET, region: placeholder('vod.region') }],
    objects: files.objects as WorldInput['objects'],
    tables: tables as WorldInput['tables'],
  }
}

/** The world `empty`. */
export const emptyWorld = (): WorldInput => ({ description: 'Nothing but what every account has.' })
