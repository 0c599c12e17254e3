import { describe, expect, test } from 'vitest'
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

describe('GetPlayInfo as the web player calls it', () => {
  /** What the player sends beside the video and what it has from the credential. */
  const PLAYER = {
    AuthTimeout: '7200',
    Channel: 'HTML5',
    Definition: '240',
    Formats: '',
    PlayConfig: '{}',
    PlayerVersion: '2.9.16',
    ReAuthInfo: '{}',
  }

  async function playerWorld(templates: object[] = [{ Definition: 'LD' }, { Definition: 'SD' }]) {
    const world = vodWorld()
    const { account, call, upload, advance } = world
    account.vod.templateGroups.put({
      templateGroupId: 'mine',
      name: 'mine',
      isDefault: false,
      locked: false,
      templates: templates.map((template, index) => ({
        TranscodeTemplateId: `t${index}`,
        TemplateName: `t${index}`,
        Container: { Format: 'm3u8' },
        Video: { Codec: 'H.264', Width: '1280' },
        ...template,
      })) as never,
      appId: 'app-1000000',
      createdAt: 0,
      modifiedAt: 0,
    })
    const VideoId = await upload({ TemplateGroupId: 'mine' })
    await advance('1m')
    const player = async (changes: Record<string, string> = {}, of = VideoId) => {
      const { PlayAuth } = (await call('GetVideoPlayAuth', { VideoId: of })).body
      const { AuthInfo = '', AccessKeyId = '', AccessKeySecret = '', SecurityToken = '' } = decode(PlayAuth)
      const key = { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken }
      return call('GetPlayInfo', { VideoId: of, AuthInfo, ...PLAYER, ...changes }, { key })
    }
    return { ...world, VideoId, player }
  }
  const definitionsOf = ({ body }: { body: { PlayInfoList: { PlayInfo: { Definition: string }[] } } }) =>
    body.PlayInfoList.PlayInfo.map(({ Definition }) => Definition)

  test('it gets all streams, because a definition that there is not filters nothing', async () => {
    const { player } = await playerWorld()
    expect(definitionsOf(await player())).toEqual(['FD', 'LD'])
    expect(definitionsOf(await player({ Definition: 'LD,240' }))).toEqual(['LD'])
  })

  test('without AuthInfo, such a definition is refused', async () => {
    const { player } = await playerWorld()
    expect(await player({ AuthInfo: '' })).toMatchObject({ status: 400, body: { Code: 'InvalidParameter' } })
  })

  test('it gets streams that only it can play', async () => {
    const { player, refusal, VideoId } = await playerWorld([{ Definition: 'LD', EncryptSetting: { EncryptType: 'AliyunVoDEncryption' } }])
    expect((await refusal('GetPlayInfo', { VideoId })).code).toBe('Forbidden.AliyunVoDEncryption')
    expect(definitionsOf(await player())).toEqual(['FD'])
  })

  test.each([
    ['for another medium', (info: object) => ({ ...info, MediaId: 'other' }), 403, 'Forbidden'],
    ['changed', (info: object) => ({ ...info, ExpireTime: '2099-01-01T00:00:00Z' }), 403, 'Forbidden'],
    ['no JSON', () => 'x', 400, 'InvalidParameter'],
  ])('AuthInfo that is %s is refused', async (_what, change, status, Code) => {
    const { player, call, VideoId } = await playerWorld()
    const { PlayAuth } = (await call('GetVideoPlayAuth', { VideoId })).body
    const changed = change(JSON.parse(decode(PlayAuth).AuthInfo as string))
    const AuthInfo = typeof changed === 'string' ? changed : JSON.stringify(changed)
    expect(await player({ AuthInfo })).toMatchObject({ status, body: { Code } })
  })
})
