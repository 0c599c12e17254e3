/** What the tests of streams share: videos that are transcoded by given templates, and a player that fetches playlists and segments one by one. */

import { createDecipheriv } from 'node:crypto'
import HLS from 'hls-parser'
import MediaInfo from 'mediainfo.js'
import type { CloudOptions, Reply } from '../../../src/index.js'
import { objectUrl } from '../../../src/oss/urls.js'
import { download } from '../../support/cloud.js'
import { decode, sample, vodWorld } from '../support.js'

HLS.setOptions({ strictMode: true })

/** A template as a group holds it. */
export const template = (Definition: string, Format: string, rest: object = {}) => ({
  TranscodeTemplateId: `${Definition}-${Format}`,
  TemplateName: Definition,
  Definition,
  Container: { Format },
  Video: { Codec: 'H.264', Width: '640', Bitrate: '400' },
  Audio: { Codec: 'AAC', Bitrate: '64' },
  ...rest,
})

/** What a test declares of the source. */
interface Source {
  duration?: number
  width?: number
  height?: number
}

/** A world with functions that transcode, ask and play. */
export function streamWorld(options: CloudOptions = {}) {
  const world = vodWorld(options)
  const { account, cloud, create, put, call, advance } = world
  const group = (templates: object[], templateGroupId = 'mine') =>
    account.vod.templateGroups.put({
      templateGroupId,
      name: templateGroupId,
      isDefault: false,
      locked: false,
      templates: templates as never,
      appId: 'app-1000000',
      createdAt: 0,
      modifiedAt: 0,
    })
  /** Uploads a video of which something is declared. */
  const uploadSource = async (declared: Source = {}, params: Record<string, string> = {}, file = 'sample.mp4'): Promise<string> => {
    const ticket = await create({ FileName: file, ...params })
    const { Bucket: bucket = '', FileName: key = '' } = decode(ticket.UploadAddress)
    await account.putAssets([{ url: objectUrl(account, { bucket, key }), ...declared }])
    await put(ticket, sample(file))
    return ticket.VideoId
  }
  /** Uploads a video, and has it transcoded by these templates. */
  const transcoded = async (templates: object[], declared: Source = {}, file?: string): Promise<string> => {
    group(templates)
    const VideoId = await uploadSource(declared, { TemplateGroupId: 'mine' }, file)
    await advance('1m')
    return VideoId
  }
  /** What GetPlayInfo says of its streams. */
  const streams = async (VideoId: string, params: Record<string, string> = {}) =>
    (await call('GetPlayInfo', { VideoId, ResultType: 'Multiple', ...params })).body.PlayInfoList?.PlayInfo ?? []
  return { ...world, ...player((url) => download(cloud, url)), group, uploadSource, transcoded, streams }
}

/** A segment that was fetched, and decrypted if need be. */
export interface Played {
  url: string
  /** Seconds that the playlist says. */
  duration: number
  bytes: Buffer
}

/** A player: it follows a playlist, gets the key, fetches and decrypts every segment. */
export function player(get: (url: string) => Promise<Reply>) {
  const fetched = async (url: string): Promise<Reply> => {
    const reply = await get(url)
    if (reply.status !== 200) throw new Error(`${reply.status} for ${url}`)
    return reply
  }
  const bytesOf = async (url: string): Promise<Buffer> => Buffer.from((await fetched(url)).body as Uint8Array)
  const text = async (url: string): Promise<string> => (await bytesOf(url)).toString()
  const master = async (url: string): Promise<HLS.types.MasterPlaylist> => HLS.parse(await text(url)) as HLS.types.MasterPlaylist
  const media = async (url: string): Promise<HLS.types.MediaPlaylist> => HLS.parse(await text(url)) as HLS.types.MediaPlaylist
  /** Plays segments `from` to before `to` of a media playlist. */
  const play = async (url: string, from = 0, to = Number.POSITIVE_INFINITY): Promise<Played[]> => {
    const { segments } = await media(url)
    const keys = new Map<string, Buffer>()
    const played: Played[] = []
    for (const { uri, duration, key } of segments.slice(from, to)) {
      const segment = new URL(uri, url).href
      const bytes = await bytesOf(segment)
      if (key?.uri === undefined) {
        played.push({ url: segment, duration, bytes })
        continue
      }
      const secret = keys.get(key.uri) ?? (await bytesOf(new URL(key.uri, url).href))
      keys.set(key.uri, secret)
      const decipher = createDecipheriv('aes-128-cbc', secret, Buffer.from(key.iv as ArrayBuffer))
      played.push({ url: segment, duration, bytes: Buffer.concat([decipher.update(bytes), decipher.final()]) })
    }
    return played
  }
  return { get, text, master, media, playSegments: play }
}

/** Seconds of all segments. */
export const total = (segments: readonly { duration: number }[]): number =>
  Math.round(segments.reduce((sum, { duration }) => sum + duration, 0) * 1000) / 1000

/** What is in a media file: its container and its tracks. */
export async function tracksOf(bytes: Buffer): Promise<string[]> {
  // Of a short transport stream that it is given at once, it leaves out the size of the picture.
  const prober = await MediaInfo({ format: 'object', chunkSize: 16 * 1024 })
  try {
    const { media } = await prober.analyzeData(bytes.length, (length, offset) => bytes.subarray(offset, offset + length))
    const tracks = (media?.track ?? []).filter((track) => ['General', 'Video', 'Audio'].includes(track['@type']))
    return tracks.map((track) => (track['@type'] === 'Video' ? `${track.Format} ${track.Width}x${track.Height}` : String(track.Format)))
  } finally {
    prober.close()
  }
}
