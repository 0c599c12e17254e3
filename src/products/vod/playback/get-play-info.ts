/** Addresses to play from (VOD manual 6.1). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import { inAnyOrder } from '../../../actions/promises.js'
import type { Refusal } from '../../../base/errors.js'
import { toUtcSeconds } from '../../../base/times.js'
import { oneOf, text } from '../../../params/scalars.js'
import { csv } from '../../../params/structures.js'
import { type PlayUrlOptions, playUrl } from '../shared/addresses/addresses.js'
import { addressParams, checkAuthTimeout } from '../shared/addresses/output-type.js'
import { mayPlay, whyNot } from '../shared/audit/security-ips.js'
import { transcodeModeOf } from '../shared/lifecycle/plan.js'
import { definitions, type Stream } from '../shared/media/stream.js'
import type { Video } from '../shared/media/video.js'
import { vod } from '../shared/service/service.js'
import { NARROW_BAND_SUFFIX } from '../shared/templates/narrow-band.js'
import { checkAuthInfo } from './auth-info.js'
import { coverOf } from './cover.js'
import { namedDefinitions, playConfig, reAuthInfo } from './params.js'
import { chooseStreams } from './streams.js'

const playInfo = z.object({
  JobId: z.string(),
  PlayURL: z.string(),
  Definition: z.string(),
  Format: z.string(),
  StreamType: z.string(),
  Specification: z.string(),
  Status: z.string(),
  Size: z.number(),
  /** Numbers as text: seconds, kilobits per second, frames per second. */
  Duration: z.string(),
  Bitrate: z.string(),
  Fps: z.string().optional(),
  Width: z.number().optional(),
  Height: z.number().optional(),
  BitDepth: z.number().optional(),
  Encrypt: z.number(),
  EncryptType: z.string().optional(),
  NarrowBandType: z.string(),
  /** Of the manual's samples, not of its table. */
  PreprocessStatus: z.string(),
  WatermarkId: z.string().optional(),
  CreationTime: z.string(),
  ModificationTime: z.string(),
})

export const getPlayInfo = vod.action('GetPlayInfo', {
  summary: 'Answers the addresses from which the streams of a video or audio can be played.',
  source: 'VOD manual 6.1',
  limit: perSecond(360),
  accepts: ['ReferenceId', 'Trace', 'CodecName', 'DigitalWatermarkType', 'Channel', 'PlayerVersion'],
  input: () => ({
    VideoId: text({ maxLength: 64, ownLimit: true }),
    Formats: csv(oneOf(['mp4', 'm3u8', 'mp3', 'mpd'])).optional(),
    ...addressParams,
    StreamType: csv(oneOf(['video', 'audio'])).optional(),
    ReAuthInfo: reAuthInfo().optional(),
    Definition: namedDefinitions().optional(),
    ResultType: oneOf(['Single', 'Multiple']).default('Single'),
    PlayConfig: playConfig().optional(),
    // Bullet comment masks are made by no Action, so there is never one to answer with.
    AdditionType: oneOf(['danmu']).optional(),
    // Not in the manual: what players hand back of the credential of GetVideoPlayAuth.
    AuthInfo: text({ maxLength: 4096, ownLimit: true }).optional(),
  }),
  output: () =>
    z.object({
      VideoBase: z.object({
        VideoId: z.string(),
        Title: z.string(),
        Status: z.string(),
        MediaType: z.string(),
        Duration: z.string(),
        CoverURL: z.string().optional(),
        CreationTime: z.string(),
        TranscodeMode: z.string(),
        OutputType: z.string(),
      }),
      PlayInfoList: z.object({ PlayInfo: inAnyOrder(z.array(playInfo)) }),
    }),
  errors: {
    'Forbidden.IllegalStatus': { status: 403, message: 'Status of the video is illegal. Current Status is %s.' },
    'InvalidVideo.NotFound': { status: 404, message: 'The video does not exist.' },
    'InvalidVideo.NoneStream': { status: 404, message: "The video has no stream to play for the request parameter '%s'." },
    'Forbidden.AliyunVoDEncryption': {
      status: 403,
      message:
        'Currently only the AliyunVoDEncryption stream exists, you must use the Aliyun player to play or set the value of ResultType to Multiple.',
    },
  },
  run({ input, account, key, call, fail }) {
    const { VideoId, AuthTimeout, AuthInfo, OutputType, PlayConfig: config = {} } = input
    if (key.resource !== undefined && key.resource !== VideoId)
      fail('Forbidden', { param: 'VideoId', reason: `is not ${key.resource}, the video that the playback credential is for` })
    if (AuthInfo !== undefined) checkAuthInfo(AuthInfo, VideoId, key, fail)
    const named = definitionsOf(input.Definition, AuthInfo !== undefined, fail)
    const video =
      account.vod.videos.get(VideoId) ??
      fail('InvalidVideo.NotFound', { param: 'VideoId', reason: 'is not the id of a video of this account' })
    if (!mayPlay(account, video, call.clientAddress))
      fail('Forbidden.IllegalStatus', {
        message: illegalStatus(account, video),
        param: 'VideoId',
        reason: whyNot(video),
      })
    checkAuthTimeout(input, fail)
    const { PreviewTime: preview } = config
    const duration = video.facts?.duration
    if (preview !== undefined && duration !== undefined && preview > duration)
      fail('InvalidParameter', { param: 'PlayConfig', reason: `has a PreviewTime of ${preview}, and the video lasts ${duration} seconds` })

    const { chosen, onlyEncrypted } = chooseStreams(video.streams, {
      formats: input.Formats,
      definitions: named,
      streamTypes: input.StreamType,
      encryptType: config.EncryptType,
      resultType: input.ResultType,
      byPlayer: AuthInfo !== undefined,
    })
    if (onlyEncrypted)
      fail('Forbidden.AliyunVoDEncryption', {
        param: 'VideoId',
        reason: "is a video of which every stream that matches is encrypted for the service's own player",
      })
    if (chosen.length === 0) {
      const asked = `Formats : ${list(input.Formats)}, Definition : ${list(input.Definition)}, StreamType : ${list(input.StreamType)}`
      fail('InvalidVideo.NoneStream', {
        message: `The video has no stream to play for the request parameter '${asked}'.`,
        reason: `the video has ${video.streams.map(({ definition, format }) => `${definition} ${format}`).join(', ') || 'no stream at all'}`,
      })
    }
    const domain = OutputType === 'oss' ? undefined : account.playDomains.choose(config.PlayDomain)
    const options: PlayUrlOptions = { domain, seconds: AuthTimeout, reAuth: input.ReAuthInfo, preview, hlsToken: config.MtsHlsUriToken }
    return {
      VideoBase: Object.assign(baseOf(account, video), {
        CoverURL: coverOf(account, video, options),
        OutputType: domain ? 'cdn' : 'oss',
      }),
      PlayInfoList: { PlayInfo: chosen.map((stream) => playInfoOf(account, video, stream, options)) },
    }
  },
})

/** What the refusal says: the manual and the service of today word it differently. */
function illegalStatus({ settings }: Account, { status, verdict }: Video): string {
  if (settings.values.facts === 'manual') return `Status of the video is illegal. Current Status is ${status}.`
  return `Currently Video Status is ${status} and AuditStatus is ${verdict?.status ?? 'Init'}`
}

/** The marks that count: of a player, which may name any, those that there are. */
function definitionsOf(
  names: readonly string[] | undefined,
  byPlayer: boolean,
  fail: (code: 'InvalidParameter', refusal: Refusal) => never,
): readonly string[] | undefined {
  const known: readonly string[] = definitions
  const unknown = names?.find((name) => !known.includes(name))
  if (unknown === undefined) return names
  if (!byPlayer)
    fail('InvalidParameter', { param: 'Definition', reason: `names ${unknown.slice(0, 40)}, which is none of ${known.join(', ')}` })
  const remaining = names?.filter((name) => known.includes(name)) ?? []
  return remaining.length === 0 ? undefined : remaining
}

const list = (values: readonly string[] | undefined): string => values?.join(',') ?? 'null'

/** Numbers are answered as text of at most four decimals. */
const numeral = (value: number): string => String(Math.round(value * 10_000) / 10_000)

function baseOf(account: Account, video: Video) {
  const { videoId, title, status, mediaType, createdAt, facts } = video
  return {
    VideoId: videoId,
    Title: title,
    Status: status,
    MediaType: mediaType,
    Duration: numeral(facts?.duration ?? video.streams.at(-1)?.duration ?? 0),
    CreationTime: toUtcSeconds(createdAt),
    TranscodeMode: transcodeModeOf(account, video),
  }
}

function playInfoOf(account: Account, { preprocessStatus }: Video, stream: Stream, options: PlayUrlOptions): z.input<typeof playInfo> {
  const { encryptType, fps } = stream
  return {
    JobId: stream.jobId,
    PlayURL: playUrl(account, stream.file, options),
    Definition: stream.definition,
    Format: stream.format,
    StreamType: stream.streamType,
    Specification: stream.specification,
    Status: stream.status,
    Size: stream.size,
    Duration: numeral(stream.duration),
    Bitrate: numeral(stream.bitrate),
    Fps: fps === undefined ? undefined : numeral(fps),
    Width: stream.width,
    Height: stream.height,
    BitDepth: stream.bitDepth,
    Encrypt: encryptType === undefined ? 0 : 1,
    EncryptType: encryptType,
    NarrowBandType: stream.specification.endsWith(NARROW_BAND_SUFFIX) ? '1.0' : '0',
    PreprocessStatus: preprocessStatus ?? 'UnPreprocess',
    WatermarkId: stream.watermarkId,
    CreationTime: toUtcSeconds(stream.createdAt),
    ModificationTime: toUtcSeconds(stream.modifiedAt),
  }
}
