/** Credentials for players (VOD manual 6.2). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import { toUtcSeconds } from '../../../base/times.js'
import type { Grant } from '../../../identity/access-key.js'
import { long, oneOf, text } from '../../../params/scalars.js'
import { mayPlay, whyNot } from '../shared/audit/security-ips.js'
import { vod } from '../shared/service/service.js'
import { storagesOf } from '../shared/storage/storages.js'
import { signClaim } from './auth-info.js'
import { coverOf } from './cover.js'

const meta = z.object({
  Status: z.string(),
  VideoId: z.string(),
  Title: z.string(),
  CoverURL: z.string().optional(),
  Duration: z.number(),
})

export const getVideoPlayAuth = vod.action('GetVideoPlayAuth', {
  summary: 'Issues the credential with which a player gets the addresses of one video or audio.',
  source: 'VOD manual 6.2',
  limit: perSecond(360),
  accepts: ['ReferenceId'],
  input: () => ({
    VideoId: text({ maxLength: 64, ownLimit: true, codes: { missing: 'MissingVideoId' } }),
    /** Seconds. */
    AuthInfoTimeout: long({ min: 100, max: 3000 }).default(100),
    ApiVersion: oneOf(['1.0.0']).optional(),
  }),
  output: () => z.object({ PlayAuth: z.string(), VideoMeta: meta }),
  errors: {
    'Forbidden.IllegalStatus': { status: 403, message: 'Status of the video is illegal.' },
    'InvalidVideo.NotFound': { status: 404, message: 'The video does not exist.' },
    MissingVideoId: { status: 400, message: 'VideoId is mandatory for this action.' },
  },
  run({ input: { VideoId, AuthInfoTimeout }, account, call, fail }) {
    const video =
      account.vod.videos.get(VideoId) ??
      fail('InvalidVideo.NotFound', { param: 'VideoId', reason: 'is not the id of a video of this account' })
    const { status, title, facts, streams } = video
    if (!mayPlay(account, video, call.clientAddress)) fail('Forbidden.IllegalStatus', { param: 'VideoId', reason: whyNot(video) })
    const domain = account.playDomains.choose()
    const CoverURL = coverOf(account, video, { domain })
    const VideoMeta = {
      Status: status,
      VideoId,
      Title: title,
      ...(CoverURL !== undefined && { CoverURL }),
      Duration: facts?.duration ?? streams.at(-1)?.duration ?? 0,
    }
    return { PlayAuth: playAuth(account, VideoMeta, AuthInfoTimeout, domain?.name ?? video.storageLocation), VideoMeta }
  },
})

/** The key of a playback credential may ask for the addresses of its video, and nothing else. */
const PLAYER: Grant = { role: 'AliyunVODPlayAuth', arn: 'assumed-role/aliyunvodplayauthrole/vod', allow: ['vod:GetPlayInfo'] }

/** Base64 of the JSON that players take apart: a key for GetPlayInfo of this one video, and what it is for (developer guide, playback credentials). */
function playAuth(account: Account, VideoMeta: z.input<typeof meta>, seconds: number, PlayDomain: string): string {
  const { accountId, ram } = account
  const { accessKeyId, accessKeySecret, securityToken, expiresAt } = ram.issue({ ...PLAYER, resource: VideoMeta.VideoId }, seconds)
  const claim = {
    Caller: `${Buffer.from(accountId).toString('base64')}\r\n`,
    ExpireTime: toUtcSeconds(expiresAt),
    MediaId: VideoMeta.VideoId,
    PlayDomain,
  }
  const document = {
    SecurityToken: securityToken,
    AuthInfo: signClaim(claim, accessKeySecret),
    VideoMeta,
    AccessKeyId: accessKeyId,
    PlayDomain,
    AccessKeySecret: accessKeySecret,
    Region: storagesOf(account)[0].region,
    CustomerId: Number(accountId),
  }
  return Buffer.from(JSON.stringify(document)).toString('base64')
}
