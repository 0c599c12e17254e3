import { createDecipheriv } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decode, domains, sample, vodWorld } from '../support.js'
import { streamWorld, template, tracksOf } from './support.js'

const PRIVATE = { EncryptSetting: { EncryptType: 'Private' } }
const KEY_SERVER = 'http://vod.cn-shanghai.aliyuncs.com/_vod/hls-key'

/** A world with a video that was uploaded and not transcoded, and a data key. */
async function encryptWorld(templates: object[] = [template('SD', 'm3u8', PRIVATE)], keyServer = KEY_SERVER) {
  const world = streamWorld({ settings: { vod: { domains } } })
  const { call, group, uploadSource, advance, account } = world
  group(templates)
  const VideoId = await uploadSource({ duration: 25 }, { TemplateGroupId: 'VOD_NO_TRANSCODE' })
  const { CiphertextBlob, Plaintext } = (await call('GenerateKMSDataKey')).body
  const DecryptKeyUri = `${keyServer}?CipherText=${encodeURIComponent(CiphertextBlob)}`
  const submit = async (params: Record<string, string> = {}) => {
    const { body } = await call('SubmitTranscodeJobs', { VideoId, TemplateGroupId: 'mine', ...params })
    await advance('1m')
    return body
  }
  const encrypt = (config: object = {}) =>
    submit({ EncryptConfig: JSON.stringify({ CipherText: CiphertextBlob, DecryptKeyUri, KeyServiceType: 'KMS', ...config }) })
  const hls = async (params: Record<string, string> = {}) => world.streams(VideoId, { Formats: 'm3u8', ...params })
  const failure = () => account.jobs.records.list({ where: ({ ending }) => ending === 'failed' }).rows.at(-1)?.error
  return { ...world, VideoId, CiphertextBlob, Plaintext, DecryptKeyUri, submit, encrypt, hls, failure }
}

describe('HLS standard encryption', () => {
  test.each<[how: string, params: Record<string, string>]>([
    ['from OSS', { OutputType: 'oss' }],
    ['through a domain', {}],
    ['through a domain with URL authentication', { PlayConfig: '{"PlayDomain":"safe.example.com","MtsHlsUriToken":"t o k"}' }],
  ])('%s, a player that gets the key can play every segment, and they are the sample', async (_how, params) => {
    const { encrypt, hls, playSegments, get } = await encryptWorld()
    await encrypt()
    const [info] = await hls(params)
    expect([info.Encrypt, info.EncryptType]).toEqual([1, 'HLSEncryption'])
    expect(new URL(info.PlayURL).pathname).toMatch(/-ld-encrypt-stream\.m3u8$/)
    const played = await playSegments(info.PlayURL)
    expect(played.map(({ duration }) => duration)).toEqual([10, 10, 5])
    for (const { bytes, url } of played) {
      expect(bytes).toEqual(sample('sample.ts'))
      expect(Buffer.from((await get(url)).body as Uint8Array)).not.toEqual(sample('sample.ts'))
    }
    expect(await tracksOf(played[0]?.bytes ?? Buffer.of())).toEqual(['MPEG-TS', 'AVC 320x180', 'AAC'])
  })

  test('Size is that of what is fetched', async () => {
    const { encrypt, hls, media, get } = await encryptWorld()
    await encrypt()
    const [{ PlayURL, Size }] = await hls()
    const { segments } = await media(PlayURL)
    const sizes = await Promise.all(segments.map(async ({ uri }) => (await get(new URL(uri, PlayURL).href)).body.length))
    expect(sizes.reduce((sum, size) => sum + size)).toBe(Size)
  })

  test('the key is the plaintext of the ciphertext, and its address is as it was given', async () => {
    const { encrypt, hls, media, get, Plaintext, DecryptKeyUri } = await encryptWorld(undefined, 'http://keys.example.com/key')
    await encrypt()
    const [{ PlayURL }] = await hls()
    const [segment] = (await media(PlayURL)).segments
    expect([segment?.key?.method, segment?.key?.uri]).toEqual(['AES-128', DecryptKeyUri])
    const bytes = (await get(new URL(segment?.uri ?? '', PlayURL).href)).body as Uint8Array
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(Plaintext, 'base64'), Buffer.from(segment?.key?.iv as ArrayBuffer))
    expect(Buffer.concat([decipher.update(bytes), decipher.final()])).toEqual(sample('sample.ts'))
  })

  test('an address of a key that would end the line is written so that it does not', async () => {
    const { encrypt, hls, media } = await encryptWorld()
    await encrypt({ DecryptKeyUri: 'http://keys.example.com/a"\n#EXT-X-ENDLIST' })
    const { segments } = await media((await hls())[0].PlayURL)
    expect([segments.length, segments[0]?.key?.uri]).toEqual([3, 'http://keys.example.com/a%22%0A#EXT-X-ENDLIST'])
  })

  test('a domain hands the token of the player on to the key server', async () => {
    const { encrypt, hls, media, DecryptKeyUri } = await encryptWorld()
    await encrypt()
    const keyUri = async (config: object) => {
      const { segments } = await media((await hls({ PlayConfig: JSON.stringify(config) }))[0].PlayURL)
      return segments[0]?.key?.uri
    }
    for (const PlayDomain of ['vod.example.com', 'safe.example.com'])
      expect(await keyUri({ PlayDomain, MtsHlsUriToken: 'a b&c' })).toBe(`${DecryptKeyUri}&MtsHlsUriToken=a%20b%26c`)
    expect(await keyUri({})).toBe(DecryptKeyUri)
  })

  test.each([
    ['made up', () => Buffer.alloc(80).toString('base64')],
    ['no Base64', () => '!!'],
    ['changed', (ciphertext: string) => Buffer.from(ciphertext, 'base64').fill(0, 60, 61).toString('base64')],
  ])('with a CipherText that is %s the job fails, and leaves nothing', async (_what, change) => {
    const { encrypt, failure, CiphertextBlob, hls, events, account } = await encryptWorld()
    await encrypt({ CipherText: change(CiphertextBlob) })
    expect(failure()).toMatchObject({ code: 'KeyNotFound', reason: expect.stringContaining('CipherText') })
    const left = account.oss.objects.list({ where: ({ key }) => /\.(?:m3u8|ts)$/.test(key) }).rows
    expect([await hls(), left]).toEqual([[], []])
    expect(events('StreamTranscodeComplete').at(-1)).toMatchObject({ Status: 'fail', ErrorCode: 'KeyNotFound' })
  })

  test("another account's CipherText is as good as none", async () => {
    const { encrypt, failure, cloud, call } = await encryptWorld()
    const other = (await call('GenerateKMSDataKey', {}, { account: cloud.createAccount() })).body.CiphertextBlob
    await encrypt({ CipherText: other })
    expect(failure()?.code).toBe('KeyNotFound')
  })

  test('an encrypted stream goes before one that is not', async () => {
    const { submit, encrypt, group, call, VideoId } = await encryptWorld()
    await encrypt()
    group([template('SD', 'm3u8')])
    await submit()
    const { PlayInfo } = (await call('GetPlayInfo', { VideoId, Formats: 'm3u8' })).body.PlayInfoList
    expect(PlayInfo.map(({ EncryptType }: { EncryptType?: string }) => EncryptType)).toEqual(['HLSEncryption'])
  })

  test.each([
    ['HLSEncryption', 1],
    ['Unencrypted', 0],
    ['AliyunVoDEncryption', 0],
  ])('PlayConfig.EncryptType %s chooses', async (EncryptType, count) => {
    const { encrypt, hls } = await encryptWorld()
    await encrypt()
    expect(await hls({ PlayConfig: JSON.stringify({ EncryptType }) })).toHaveLength(count)
  })
})

describe('what is encrypted', () => {
  const open = template('HD', 'm3u8')
  const closed = template('SD', 'm3u8', PRIVATE)
  const mp4 = template('LD', 'mp4')
  const encrypted = async (templates: object[], config: boolean): Promise<(string | undefined)[]> => {
    const { submit, encrypt, streams, VideoId } = await encryptWorld(templates)
    await (config ? encrypt() : submit())
    return (await streams(VideoId)).slice(1).map(({ EncryptType }: { EncryptType?: string }) => EncryptType)
  }

  test.each<[what: string, templates: object[], config: boolean, types: (string | undefined)[]]>([
    ['a template without EncryptSetting', [open], true, [undefined]],
    ['all templates, with a key', [closed, template('HD', 'm3u8', PRIVATE)], true, ['HLSEncryption', 'HLSEncryption']],
    ['all templates, without a key', [closed], false, ['AliyunVoDEncryption']],
    ['one of two templates', [closed, open], true, [undefined, undefined]],
    ['one of two templates, without a key', [closed, open], false, [undefined, undefined]],
    ['a template beside one that cannot have it', [mp4, closed], true, [undefined, undefined]],
    ['a template for MP4', [template('LD', 'mp4', PRIVATE)], true, [undefined]],
  ])('by SubmitTranscodeJobs: %s', async (_what, templates, config, types) => {
    expect(await encrypted(templates, config)).toEqual(types)
  })

  test('after an upload each template decides for itself', async () => {
    const { transcoded, streams } = streamWorld()
    const VideoId = await transcoded([mp4, closed, open])
    expect((await streams(VideoId)).map(({ EncryptType }: { EncryptType?: string }) => EncryptType)).toEqual([
      undefined,
      'AliyunVoDEncryption',
      undefined,
    ])
  })
})

describe("encryption for the service's own player", () => {
  test('no other player has a key for it', async () => {
    const { transcoded, streams, media, get } = streamWorld()
    const [{ PlayURL, Encrypt, EncryptType }] = await streams(await transcoded([template('SD', 'm3u8', PRIVATE)], { duration: 12 }))
    expect([Encrypt, EncryptType]).toEqual([1, 'AliyunVoDEncryption'])
    expect(new URL(PlayURL).pathname).toMatch(/-ld-encrypt-stream\.m3u8$/)
    const { segments } = await media(PlayURL)
    expect(segments.map(({ key }) => key?.format)).toEqual(['com.aliyun.vod', 'com.aliyun.vod'])
    const bytes = Buffer.from((await get(new URL(segments[0]?.uri ?? '', PlayURL).href)).body as Uint8Array)
    expect(bytes.subarray(0, 188)).not.toEqual(sample('sample.ts').subarray(0, 188))
  })

  test('a credential for players leads to it as to any other stream, with ResultType Multiple', async () => {
    const { transcoded, call, refusal } = streamWorld()
    const VideoId = await transcoded([template('SD', 'm3u8', PRIVATE)])
    expect((await refusal('GetPlayInfo', { VideoId })).code).toBe('Forbidden.AliyunVoDEncryption')
    const {
      AccessKeyId = '',
      AccessKeySecret = '',
      SecurityToken = '',
    } = decode((await call('GetVideoPlayAuth', { VideoId })).body.PlayAuth)
    const key = { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken }
    const { body } = await call('GetPlayInfo', { VideoId, ResultType: 'Multiple' }, { key })
    expect(body.PlayInfoList.PlayInfo).toMatchObject([{ EncryptType: 'AliyunVoDEncryption', Format: 'm3u8' }])
  })
})

describe("the emulator's own key server", () => {
  const ask = (world: ReturnType<typeof vodWorld>, query: string, method = 'GET') => {
    const host = 'vod.cn-shanghai.aliyuncs.com'
    return world.cloud.handle({ method, host, path: '/_vod/hls-key', query, headers: { host }, body: new Uint8Array() })
  }
  const keyWorld = async () => {
    const world = vodWorld()
    const { CiphertextBlob, Plaintext } = (await world.call('GenerateKMSDataKey')).body
    return { ...world, ciphertext: CiphertextBlob as string, key: Buffer.from(Plaintext, 'base64'), world }
  }

  test('answers 16 bytes, the key that the ciphertext stands for', async () => {
    const { world, ciphertext, key } = await keyWorld()
    for (const written of [encodeURIComponent(ciphertext), ciphertext]) {
      const { status, headers, body } = await ask(world, `CipherText=${written}`)
      expect([status, headers['content-type'], Buffer.from(body as Uint8Array)]).toEqual([200, 'application/octet-stream', key])
    }
    expect(await ask(world, `CipherText=${encodeURIComponent(ciphertext)}`, 'HEAD')).toMatchObject({ status: 200, body: '' })
  })

  test('finds the account that a key is of, and copies of it too', async () => {
    const { cloud, world } = await keyWorld()
    const other = cloud.createAccount()
    const { CiphertextBlob, Plaintext } = (await world.call('GenerateKMSDataKey', {}, { account: other })).body
    const fork = await other.fork()
    cloud.disposeAccount(other)
    expect((await world.call('DecryptKMSDataKey', { CipherText: CiphertextBlob }, { account: fork })).body.Plaintext).toBe(Plaintext)
    const { body } = await ask(world, `CipherText=${encodeURIComponent(CiphertextBlob)}`)
    expect(Buffer.from(body as Uint8Array).toString('base64')).toBe(Plaintext)
  })

  test('asks for a token if the settings say which', async () => {
    const { world, account, ciphertext } = await keyWorld()
    account.settings.change({ vod: { hlsUriToken: 'right' } })
    const statusWith = async (token: string) => (await ask(world, `CipherText=${encodeURIComponent(ciphertext)}${token}`)).status
    expect([await statusWith(''), await statusWith('&MtsHlsUriToken=wrong'), await statusWith('&MtsHlsUriToken=right')]).toEqual([
      403, 403, 200,
    ])
  })

  test.each([
    ['GET', 'CipherText=none', 404],
    ['GET', '', 404],
    ['POST', 'CipherText=none', 405],
  ])('%s ?%s is refused, with a reason', async (method, query, status) => {
    const { world } = await keyWorld()
    const reply = await ask(world, query, method)
    expect([reply.status, reply.headers['x-emulator-reason']]).toEqual([status, expect.stringMatching(/\w/)])
  })

  test('its requests are in the call log', async () => {
    const { world, account, ciphertext } = await keyWorld()
    await ask(world, `CipherText=${encodeURIComponent(ciphertext)}&MtsHlsUriToken=mine`)
    expect(account.log.find().at(-1)).toMatchObject({ service: 'vod', action: 'HlsKey', status: 200 })
  })
})
