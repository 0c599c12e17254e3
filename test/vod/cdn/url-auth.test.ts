import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sample } from '../support.js'
import { cdnWorld, configOf } from './support.js'

const KEY = 'firstkey1'
const BACKUP = 'secondkey2'

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/** A world whose domain authenticates URLs, with a transcoded video. */
async function authWorld(auth_type: string, options: Parameters<typeof cdnWorld>[0] = {}) {
  const world = cdnWorld(options)
  await world.addDomain()
  await world.configure([configOf('aliauth', { auth_type, auth_key1: KEY, auth_key2: BACKUP, ali_auth_delta: 600 })])
  const VideoId = await world.upload()
  await world.advance('1m')
  const address = async (params: Record<string, string> = {}): Promise<string> =>
    (await world.play(VideoId, { Formats: 'mp4', ...params })).body.PlayInfoList.PlayInfo[0].PlayURL
  return { ...world, VideoId, address }
}

/** The minute of an instant in China, as type B has it. */
const minuteOf = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace(/\D/g, '')

describe('type A', () => {
  test('has its proof in the query', async () => {
    const { address, get, account } = await authWorld('type_a')
    const url = new URL(await address())
    const timestamp = account.clock.now() / 1000
    expect(url.searchParams.get('auth_key')).toBe(`${timestamp}-0-0-${md5(`${url.pathname}-${timestamp}-0-0-${KEY}`)}`)
    expect((await get(url.href)).status).toBe(200)
  })
})

describe('type B', () => {
  test('has the minute in China and its proof before the path', async () => {
    const { address, get, account } = await authWorld('type_b')
    await account.clock.advanceTo('2026-01-01T16:30:00Z')
    const { pathname, href } = new URL(await address())
    const [, minute = '', hash = '', ...rest] = pathname.split('/')
    expect(minute).toBe('202601020030')
    expect(hash).toBe(md5(`${KEY}${minute}/${rest.join('/')}`))
    expect((await get(href)).bytes).toEqual(sample('sample.mp4'))
  })

  test('takes the other key as well', async () => {
    const { address, get, account } = await authWorld('type_b')
    const { origin, pathname } = new URL(await address())
    const path = `/${pathname.split('/').slice(3).join('/')}`
    const minute = minuteOf(account.clock.now())
    expect((await get(`${origin}/${minute}/${md5(`${BACKUP}${minute}${path}`)}${path}`)).status).toBe(200)
  })
})

describe('type C', () => {
  test('has its proof and the time before the path', async () => {
    const { address, get, account } = await authWorld('type_c')
    const { pathname, href } = new URL(await address())
    const [, hash, time, ...rest] = pathname.split('/')
    expect(time).toBe((account.clock.now() / 1000).toString(16))
    expect(hash).toBe(md5(`${KEY}/${rest.join('/')}${time}`))
    expect((await get(href)).status).toBe(200)
  })
})

describe.each(['type_a', 'type_b', 'type_c'])('an address of %s', (type) => {
  test('is valid as long as the domain says', async () => {
    const { address, get, advance } = await authWorld(type)
    const url = await address()
    // Of type B, the time is a whole minute.
    await advance('599s')
    expect((await get(url)).status).toBe(200)
    await advance('62s')
    const { status, error } = await get(url)
    expect([status, error]).toEqual([403, expect.stringMatching(/^denied by req auth: expired timestamp=/)])
  })

  test('is of no use for another file, nor without its proof', async () => {
    const { address, get, store } = await authWorld(type)
    await store('other.mp4')
    const { pathname, search, origin } = new URL(await address())
    const proof = type === 'type_a' ? '' : pathname.split('/').slice(0, 3).join('/')
    const other = await get(`${origin}${proof}/other.mp4${search}`)
    expect([other.status, other.error]).toEqual([403, expect.stringMatching(/^denied by req auth: invalid md5hash=/)])
    expect((await get(`${origin}/other.mp4`)).error).toMatch(/^denied by req auth: no /)
  })

  test('of a playlist is one by which its segments can be had', async () => {
    const { play, VideoId, get } = await authWorld(type)
    const [{ PlayURL }] = (await play(VideoId, { Formats: 'm3u8' })).body.PlayInfoList.PlayInfo
    const segments = (await get(PlayURL)).bytes
      .toString()
      .split('\n')
      .filter((line) => line.includes('.ts'))
    expect(segments.length).toBeGreaterThan(0)
    for (const segment of segments) expect((await get(new URL(segment, PlayURL).href)).bytes).toEqual(sample('sample.ts'))
  })

  test('of a playlist is such a one, too, where everything is under one address', async () => {
    const { play, VideoId, get } = await authWorld(type, { publicUrl: 'http://127.0.0.1:4010' })
    const [{ PlayURL }] = (await play(VideoId, { Formats: 'm3u8' })).body.PlayInfoList.PlayInfo
    expect(PlayURL).toMatch(/^http:\/\/127\.0\.0\.1:4010\/cdn\.example\.com\//)
    const segment = (await get(PlayURL)).bytes
      .toString()
      .split('\n')
      .find((line) => line.includes('.ts'))
    expect((await get(new URL(segment ?? '', PlayURL).href)).bytes).toEqual(sample('sample.ts'))
  })

  test('can be of a preview', async () => {
    const { address, get } = await authWorld(type)
    const url = new URL(await address({ PlayConfig: '{"PreviewTime":"1"}' }))
    expect([url.searchParams.get('end'), (await get(url.href)).status]).toEqual(['1', 200])
    url.searchParams.set('end', '2')
    expect((await get(url.href)).error).toMatch(/invalid md5hash/)
    url.searchParams.delete('end')
    expect((await get(url.href)).error).toMatch(/invalid md5hash/)
  })

  test('of all of a file is good for a part of it, too', async () => {
    const { address, configure, get } = await authWorld(type)
    await configure([configOf('video_seek', { enable: 'on' })])
    const url = new URL(await address())
    const whole = await get(url.href)
    url.searchParams.set('start', '0')
    url.searchParams.set('end', '0.5')
    const part = await get(url.href)
    expect([whole.status, part.status, part.bytes.length < whole.bytes.length]).toEqual([200, 200, true])
  })
})

test('no_auth lets everybody in', async () => {
  const { configure, address, get } = await authWorld('type_a')
  await configure([configOf('aliauth', { auth_type: 'no_auth' })])
  const url = await address()
  expect([new URL(url).search, (await get(url)).status]).toEqual(['', 200])
})

describe('hls_token_rewrite', () => {
  const playlist = '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="http://keys.example.com/key"\n#EXTINF:10,\na.ts\n#EXT-X-ENDLIST\n'

  test.each([
    [undefined, 'MtsHlsUriToken', false],
    [{ enable: 'on' }, 'MtsHlsUriToken', true],
    [{ enable: 'on', hls_token_arg_name: 'token' }, 'token', true],
    [{ enable: 'off' }, 'MtsHlsUriToken', false],
  ])('%j: %s is handed on to the key server: %s', async (args, name, isHandedOn) => {
    const { addDomain, configure, store, get } = cdnWorld()
    await addDomain()
    await store('film.m3u8', playlist, 'application/vnd.apple.mpegurl')
    if (args) await configure([configOf('hls_token_rewrite', args)])
    const text = (await get(`http://cdn.example.com/film.m3u8?${name}=abc`)).bytes.toString()
    expect(text).toContain(isHandedOn ? `URI="http://keys.example.com/key?${name}=abc"` : 'URI="http://keys.example.com/key"')
  })
})
