/** GetObject with `x-oss-process=hls/sign`. */

import HLS from 'hls-parser'
import { describe, expect, test } from 'vitest'
import type { Pairs } from '../../src/http/encoding.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { signedUrl } from '../../src/oss/urls.js'
import { download, testCloud } from '../support/cloud.js'
import { watched } from '../support/watchdog.js'

const MASTER =
  '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",URI="sub/a.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nsub/v.m3u8\n'
const MEDIA = [
  '#EXTM3U',
  '#EXT-X-VERSION:6',
  '#EXT-X-TARGETDURATION:2',
  '#EXT-X-KEY:METHOD=AES-128,URI="key.bin"',
  '#EXT-X-MAP:URI="init.mp4"',
  '#EXTINF:2,',
  'film 1.ts',
  '#EXTINF:2,',
  '../b%C3%A4r.ts',
  '#EXTINF:2,',
  'http://elsewhere.example.com/c.ts',
  '#EXTINF:2,',
  'd.ts?mine=1',
  '#EXT-X-ENDLIST',
  '',
].join('\r\n')

async function playlistWorld() {
  const world = testCloud()
  const { account, cloud } = world
  account.oss.createBucket('films', 'cn-shanghai')
  const put = (key: string, text: string) => account.oss.putObject('films', key, Buffer.from(text))
  await put('a/m.m3u8', MASTER)
  for (const key of ['a/sub/v.m3u8', 'a/sub/a.m3u8']) await put(key, MEDIA)
  for (const key of ['a/sub/film 1.ts', 'a/bär.ts', 'a/sub/init.mp4']) await put(key, key)
  const url = (key: string, seconds = 60) => signedUrl(account, { bucket: 'films', key }, account.clock.now() / 1000 + seconds, 'hls/sign')
  return { ...world, url, get: (address: string) => download(cloud, address) }
}

describe('a playlist', () => {
  test('comes with signed addresses of what is beside it, and with the others as they are', async () => {
    const { url, get } = await playlistWorld()
    const address = url('a/sub/v.m3u8')
    const { status, headers, body } = await get(address)
    expect([status, headers['content-length']]).toEqual([200, String(Buffer.byteLength(String(body)))])
    const { segments } = HLS.parse(String(body)) as HLS.types.MediaPlaylist
    const found = await Promise.all(
      segments.slice(0, 2).map(async ({ uri }) => String((await get(new URL(uri.replace(' ', '%20'), address).href)).body)),
    )
    expect(found).toEqual(['a/sub/film 1.ts', 'a/bär.ts'])
    expect(segments.slice(2).map(({ uri }) => uri)).toEqual(['http://elsewhere.example.com/c.ts', 'd.ts?mine=1'])
    expect(segments[0]?.key?.uri).toBe('key.bin')
    expect(String((await get(new URL(segments[0]?.map.uri ?? '', address).href)).body)).toBe('a/sub/init.mp4')
  })

  test('of playlists leads to playlists that are signed, too', async () => {
    const { url, get } = await playlistWorld()
    const address = url('a/m.m3u8')
    const { variants } = HLS.parse(String((await get(address)).body)) as HLS.types.MasterPlaylist
    for (const uri of [variants[0]?.uri, variants[0]?.audio[0]?.uri]) {
      const { status, body } = await get(new URL(uri ?? '', address).href)
      expect([status, String(body).includes('Signature=')]).toEqual([200, true])
    }
  })

  test('can be had as long as what it names', async () => {
    const { url, get, account } = await playlistWorld()
    const address = url('a/sub/v.m3u8')
    const { segments } = HLS.parse(String((await get(address)).body)) as HLS.types.MediaPlaylist
    const second = new URL(segments[1]?.uri ?? '', address).href
    await account.clock.advance('59s')
    expect((await get(second)).status).toBe(200)
    await account.clock.advance('1s')
    expect([(await get(second)).status, (await get(address)).status]).toEqual([403, 403])
  })

  test('has the same length to HEAD', async () => {
    const { url, cloud, account } = await playlistWorld()
    const { host, pathname, searchParams } = new URL(url('a/sub/v.m3u8'))
    const { accessKeyId, accessKeySecret } = account.credentials
    const lengths = []
    for (const method of ['GET', 'HEAD']) {
      const date = searchParams.get('Expires') ?? ''
      const process: Pairs = [['x-oss-process', 'hls/sign']]
      const text = v1StringToSign({ method, headers: {}, date, bucket: 'films', key: 'a/sub/v.m3u8', query: process })
      const Signature = v1Signature(accessKeySecret, text)
      const query = new URLSearchParams({ 'x-oss-process': 'hls/sign', Expires: date, OSSAccessKeyId: accessKeyId, Signature }).toString()
      const { status, headers } = await cloud.handle({ method, host, path: pathname, query, headers: { host }, body: new Uint8Array() })
      lengths.push([status, headers['content-length']])
    }
    expect(lengths[0]).toEqual(lengths[1])
    expect(lengths[0]?.[0]).toBe(200)
  })
})

test('addresses that lead nowhere stay as they are', async () => {
  const { account, url, get } = await playlistWorld()
  const lines = ['\\\\[', ' //[', '/\\elsewhere/a.ts', '\t//elsewhere/a.ts', '%zz', 'a'.repeat(10_000)]
  await account.oss.putObject('films', 'a/strange.m3u8', Buffer.from(lines.join('\n')))
  const { status, body } = await get(url('a/strange.m3u8'))
  expect([status, String(body)]).toEqual([200, lines.join('\n')])
})

test('a playlist of more lines than anybody plays is refused, and holds nobody up', async () => {
  const { account, url, get } = await playlistWorld()
  await account.oss.putObject('films', 'a/long.m3u8', Buffer.from('a\n'.repeat(8_000_000)))
  const { status, body } = await watched(() => get(url('a/long.m3u8')))
  expect([status, String(body)]).toEqual([400, expect.stringContaining('InvalidArgument')])
})

test.each([
  ['what is no playlist', 'a/bär.ts', 'hls/sign', 400, 'InvalidArgument'],
  ['any other process', 'a/m.m3u8', 'image/resize,w_10', 501, 'NotImplemented'],
])('%s is refused', async (_what, key, process, status, code) => {
  const { account, get } = await playlistWorld()
  const expires = account.clock.now() / 1000 + 60
  const reply = await get(signedUrl(account, { bucket: 'films', key }, expires, process as 'hls/sign'))
  expect([reply.status, String(reply.body)]).toEqual([status, expect.stringContaining(code)])
})
