import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { download } from '../../support/cloud.js'
import { domains, putFile, sample, vodWorld } from '../support.js'

const [open, safe] = domains as [(typeof domains)[0], (typeof domains)[1]]

/** A world with a transcoded video and two domains. */
async function domainWorld() {
  const world = vodWorld({ settings: { vod: { domains } } })
  const VideoId = await world.upload()
  await world.advance('1m')
  const address = async (config: object = {}, params: Record<string, string> = {}): Promise<string> => {
    const PlayConfig = JSON.stringify({ PlayDomain: safe.name, ...config })
    return (await world.play(VideoId, { Formats: 'mp4', PlayConfig, ...params })).body.PlayInfoList.PlayInfo[0].PlayURL
  }
  const get = (url: string) => download(world.cloud, url)
  return { ...world, VideoId, address, get }
}

test('without a PlayDomain, or with one that does not exist, the first domain is used', async () => {
  const { play, VideoId, address } = await domainWorld()
  const [{ PlayURL }] = (await play(VideoId, { Formats: 'mp4' })).body.PlayInfoList.PlayInfo
  expect(PlayURL).toMatch(new RegExp(`^http://${open.name}/${VideoId}/[0-9a-f-]+-ld\\.mp4$`))
  expect(await address({ PlayDomain: 'none.example.com' })).toBe(PlayURL)
})

test('OutputType oss goes past the domain', async () => {
  const { play, VideoId } = await domainWorld()
  const { VideoBase, PlayInfoList } = (await play(VideoId, { OutputType: 'oss' })).body
  expect(VideoBase.OutputType).toBe('oss')
  expect(PlayInfoList.PlayInfo[0].PlayURL).toMatch(/\.oss-cn-shanghai\.aliyuncs\.com\/.*Signature=/)
})

test('a domain without authentication serves whoever asks, ranges included', async () => {
  const { address, cloud, get } = await domainWorld()
  const url = await address({ PlayDomain: open.name })
  expect(Buffer.from((await get(url)).body as Uint8Array)).toEqual(sample('sample.mp4'))
  const { host, pathname } = new URL(url)
  const part = await cloud.handle({
    method: 'GET',
    host,
    path: pathname,
    query: '',
    headers: { host, range: 'bytes=10-19' },
    body: new Uint8Array(),
  })
  expect([part.status, part.headers['content-range'], Buffer.from(part.body as Uint8Array)]).toEqual([
    206,
    `bytes 10-19/${sample('sample.mp4').length}`,
    sample('sample.mp4').subarray(10, 20),
  ])
})

test('what no storage has is not found', async () => {
  expect((await (await domainWorld()).get(`http://${open.name}/none.mp4`)).status).toBe(404)
})

describe('with URL authentication', () => {
  test('an address holds timestamp, rand, uid and their MD5', async () => {
    const { address, account } = await domainWorld()
    const url = new URL(await address({}, { ReAuthInfo: '{"uid":"12345","rand":"abckljd"}' }))
    const timestamp = account.clock.now() / 1000
    const hash = createHash('md5').update(`${url.pathname}-${timestamp}-abckljd-12345-${safe.auth?.key}`).digest('hex')
    expect(url.searchParams.get('auth_key')).toBe(`${timestamp}-abckljd-12345-${hash}`)
  })

  test('an address is valid as long as the domain says, or as long as was asked', async () => {
    const { address, get, advance } = await domainWorld()
    const [usual, short] = [await address(), await address({}, { AuthTimeout: '60' })]
    await advance('60s')
    expect([(await get(usual)).status, (await get(short)).status]).toEqual([200, 200])
    await advance(1)
    const late = await get(short)
    expect([late.status, late.headers['x-tengine-error']]).toEqual([
      403,
      expect.stringMatching(/^denied by req auth: expired timestamp=\d+$/),
    ])
    await advance('29m')
    expect((await get(usual)).status).toBe(403)
  })

  test('an address with the backup key is as good', async () => {
    const { address, get, account } = await domainWorld()
    const { origin, pathname } = new URL(await address())
    const timestamp = account.clock.now() / 1000
    const hash = createHash('md5').update(`${pathname}-${timestamp}-0-0-${safe.auth?.backupKey}`).digest('hex')
    expect((await get(`${origin}${pathname}?auth_key=${timestamp}-0-0-${hash}`)).status).toBe(200)
  })

  test.each<[string, (url: URL) => void, RegExp]>([
    ['without auth_key', (url) => url.searchParams.delete('auth_key'), /no url arg auth_key/],
    [
      'with another path',
      (url) => url.searchParams.set('auth_key', url.searchParams.get('auth_key')?.replace(/.$/, 'g') ?? ''),
      /invalid auth_key/,
    ],
    [
      'with a later timestamp',
      (url) => url.searchParams.set('auth_key', url.searchParams.get('auth_key')?.replace(/^\d/, '9') ?? ''),
      /invalid md5hash=[0-9a-f]{32}/,
    ],
    ['with a preview that was not signed', (url) => url.searchParams.set('end', '1'), /invalid md5hash/],
  ])('an address %s is refused', async (_title, change, error) => {
    const { address, get } = await domainWorld()
    const url = new URL(await address())
    change(url)
    const { status, headers } = await get(url.href)
    expect([status, headers['x-tengine-error']]).toEqual([403, expect.stringMatching(error)])
  })

  test('a preview is signed into the address', async () => {
    const { address, get } = await domainWorld()
    const url = await address({ PreviewTime: '1' })
    expect(new URL(url).searchParams.get('end')).toBe('1')
    expect((await get(url)).status).toBe(200)
  })

  test('the segments of a playlist can be had as well', async () => {
    const { play, VideoId, get } = await domainWorld()
    const PlayConfig = JSON.stringify({ PlayDomain: safe.name, MtsHlsUriToken: 'a token' })
    const [{ PlayURL }] = (await play(VideoId, { Formats: 'm3u8', PlayConfig })).body.PlayInfoList.PlayInfo
    expect(new URL(PlayURL).searchParams.get('MtsHlsUriToken')).toBe('a token')
    const lines = String((await get(PlayURL)).body).split('\n')
    const segment = lines.find((line) => line.includes('.ts')) ?? ''
    expect(Buffer.from((await get(new URL(segment, PlayURL).href)).body as Uint8Array)).toEqual(sample('sample.ts'))
  })

  test('addresses in events hold no authentication', async () => {
    const { events } = await domainWorld()
    expect(events('StreamTranscodeComplete').map(({ FileUrl }) => FileUrl)).toEqual([
      expect.stringMatching(/^http:\/\/vod\.example\.com\/[^?]+\.mp4$/),
      expect.stringMatching(/^http:\/\/vod\.example\.com\/[^?]+\.m3u8$/),
    ])
  })
})

test('of two accounts with one domain, each serves its own files', async () => {
  const { cloud, account, call } = vodWorld({ settings: { vod: { domains } } })
  const addresses = []
  for (const [who, text] of [
    [account, 'the first'],
    [cloud.createAccount(), 'the second'],
  ] as const) {
    const ticket = (
      await call('CreateUploadVideo', { Title: 'x', FileName: 'x.mp4', TemplateGroupId: 'VOD_NO_TRANSCODE' }, { account: who })
    ).body
    await putFile(cloud, ticket, Buffer.from(text))
    const { PlayInfoList } = (await call('GetPlayInfo', { VideoId: ticket.VideoId }, { account: who })).body
    addresses.push(PlayInfoList.PlayInfo[0].PlayURL)
  }
  expect(await Promise.all(addresses.map(async (url) => String((await download(cloud, url)).body)))).toEqual(['the first', 'the second'])
})
