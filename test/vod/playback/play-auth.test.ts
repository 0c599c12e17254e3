import { expect, test } from 'vitest'
import { decode, vodWorld } from '../support.js'

/** A world with a video that can be played, and a player that uses a credential. */
async function authWorld() {
  const world = vodWorld()
  const VideoId = await world.upload({ Title: 'film' })
  await world.advance('1m')
  const auth = async (params: Record<string, string> = {}) => (await world.call('GetVideoPlayAuth', { VideoId, ...params })).body
  const playWith = (PlayAuth: string, video = VideoId, action = 'GetPlayInfo') => {
    const { AccessKeyId = '', AccessKeySecret = '', SecurityToken = '' } = decode(PlayAuth)
    return world.refusal(
      action,
      { VideoId: video },
      { key: { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken } },
    )
  }
  return { ...world, VideoId, auth, playWith }
}

test('a credential says what it is for, and until when', async () => {
  const { auth, VideoId, account } = await authWorld()
  const { PlayAuth, VideoMeta } = await auth()
  expect(VideoMeta).toMatchObject({ VideoId, Title: 'film', Status: 'Normal', Duration: 2 })
  const document = decode(PlayAuth)
  expect(Object.keys(document)).toEqual([
    'SecurityToken',
    'AuthInfo',
    'VideoMeta',
    'AccessKeyId',
    'PlayDomain',
    'AccessKeySecret',
    'Region',
    'CustomerId',
  ])
  expect(document).toMatchObject({
    VideoMeta,
    Region: 'cn-shanghai',
    CustomerId: Number(account.accountId),
    AccessKeyId: expect.stringMatching(/^STS\./),
  })
  expect(JSON.parse(document.AuthInfo as string)).toMatchObject({
    MediaId: VideoId,
    ExpireTime: '2026-01-01T00:02:40Z',
    Signature: expect.stringMatching(/^.{27}=$/),
  })
})

test('a player gets addresses with it, of this one video and with this one Action', async () => {
  const { auth, playWith, upload } = await authWorld()
  const { PlayAuth } = await auth()
  expect((await playWith(PlayAuth)).status).toBe(200)
  expect(await playWith(PlayAuth, await upload())).toMatchObject({ status: 403, code: 'Forbidden' })
  expect(await playWith(PlayAuth, undefined, 'RefreshUploadVideo')).toMatchObject({ status: 403, code: 'Forbidden' })
})

test.each([
  [undefined, 100],
  ['3000', 3000],
])('AuthInfoTimeout %s: it ends after %i seconds', async (AuthInfoTimeout, seconds) => {
  const { auth, playWith, advance } = await authWorld()
  const { PlayAuth } = await auth(AuthInfoTimeout === undefined ? {} : { AuthInfoTimeout })
  await advance(seconds * 1000 - 1)
  expect((await playWith(PlayAuth)).status).toBe(200)
  await advance(1)
  expect((await playWith(PlayAuth)).code).toBe('InvalidSecurityToken.Expired')
})

test.each<[Record<string, string>, number, string, string]>([
  [{ VideoId: '' }, 400, 'MissingVideoId', 'VideoId is mandatory for this action.'],
  [{ VideoId: 'none' }, 404, 'InvalidVideo.NotFound', 'The video does not exist.'],
  [{ AuthInfoTimeout: '99' }, 400, 'InvalidParameter', 'The specified parameter "AuthInfoTimeout" is not valid.'],
  [{ AuthInfoTimeout: '3001' }, 400, 'InvalidParameter', 'The specified parameter "AuthInfoTimeout" is not valid.'],
  [{ ApiVersion: '2.0.0' }, 400, 'InvalidParameter', 'The specified parameter "ApiVersion" is not valid.'],
])('%j is refused', async (params, status, code, message) => {
  const { refusal, VideoId } = await authWorld()
  expect(await refusal('GetVideoPlayAuth', { VideoId, ...params })).toMatchObject({ status, code, message })
})

test('many playback credentials do not end upload credentials', async () => {
  const { auth, create, put, account } = await authWorld()
  account.settings.change({ limits: { enabled: false } })
  const ticket = await create()
  for (let count = 0; count < 1100; count++)
    account.ram.issue({ role: 'AliyunVODPlayAuth', arn: 'assumed-role/player', allow: [], resource: 'x' }, 100)
  await auth()
  expect((await put(ticket, Buffer.from('film'))).status).toBe(200)
})
