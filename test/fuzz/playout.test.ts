/** Files that are not what they are called, played through a domain with every function: whatever is asked, it is answered, in time and in little. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Call } from '../../src/index.js'
import { repeated } from '../support/fuzz.js'
import { watched } from '../support/watchdog.js'
import { configOf, playWorld } from '../vod/cdn/support.js'
import { sample } from '../vod/support.js'
import { encodedPairs, hostileValue } from './support.js'

/** Milliseconds for which no request may block the event loop: the largest files that are changed need a part of it. */
const LONGEST_BLOCK_MS = 2000

/** Bytes that an answer may have beyond those of its file, and the times that of these. */
const MOST_BYTES = 100 * 1024 * 1024

const HOST = 'cdn.example.com'

/** Statuses that nodes of a domain answer with. */
const STATUSES = [200, 206, 301, 302, 304, 400, 403, 404, 405, 412, 416]

function box(type: string, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

const numbers = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4)
  return bytes
}

/** An MP4 file whose tables say that there are so many samples of this size in each of so many tracks, all in its first bytes. */
function mp4(tracks: number, samples: number, size: number, chunks = 1): Buffer {
  const perChunk = Math.ceil(samples / chunks)
  const stbl = box(
    'stbl',
    box('stsd', numbers(0, 0)),
    box('stsz', numbers(0, size, samples)),
    box('stts', numbers(0, 1, samples, 1)),
    box('stsc', numbers(0, 1, 1, perChunk, 1)),
    box('stco', numbers(0, chunks, ...Array<number>(chunks).fill(0))),
  )
  const mdia = box('mdia', box('mdhd', numbers(0, 0, 0, 1, samples)), box('hdlr', numbers(0, 0, 0x76696465, 0)), box('minf', stbl))
  const trak = box('trak', box('tkhd', numbers(0, 0, 0, 0, 0, samples)), mdia)
  const all = Buffer.concat(Array<Buffer>(tracks).fill(trak))
  return Buffer.concat([box('moov', box('mvhd', numbers(0, 0, 0, 1, samples)), all), box('mdat', Buffer.alloc(1000))])
}

/** Bytes of boxes with nothing in them, of eight bytes each. */
const BOXES = 16_000_000

/** Files by name, and what they are: more of what they are than anybody makes. */
const files: readonly (readonly [key: string, content: () => Uint8Array | string])[] = [
  ['tracks.mp4', () => mp4(2000, 200_000, 0)],
  ['samples.mp4', () => mp4(1, 200_000, 0)],
  ['overlapping.mp4', () => mp4(1, 60_000, 60_000, 60_000)],
  ['boxes.mp4', () => Buffer.concat([mp4(1, 1, 1), Buffer.alloc(BOXES, box('free'))])],
  ['inner.mp4', () => Buffer.concat([box('moov', Buffer.alloc(BOXES, box('trak'))), box('mdat')])],
  ['right.mp4', () => sample('sample.mp4')],
  ['right.flv', () => sample('sample.flv')],
  ['lines.m3u8', () => 'a\n'.repeat(2_000_000)],
  ['playlists.m3u8', () => `#EXTM3U\n${'a.m3u8\n'.repeat(190_000)}`],
  ['keys.m3u8', () => '#EXT-X-KEY:URI="http://a/b"\n'.repeat(190_000)],
  ['empty.m3u8', () => '\n'.repeat(4_000_000)],
  ['line.m3u8', () => 'a'.repeat(4_000_000)],
  [
    'strange.m3u8',
    () => `#EXTM3U\n${['\\\\[', ' //[', '/\\%', '\t//x', '#EXT-X-KEY:URI="\\\\["', 'a:b', '%zz', '\u0000', '..', ''].join('\n')}`,
  ],
  ['bases.mpd', () => '<BaseURL>a</BaseURL>'.repeat(250_000)],
  ['open.mpd', () => '<BaseURL>'.repeat(400_000)],
  ['strange.mpd', () => '<BaseURL>\\\\[</BaseURL><BaseURL> //[</BaseURL>'],
]

const configurations = [
  [configOf('video_seek', { enable: 'on' }), configOf('hls_token_rewrite', { enable: 'on' })],
  [configOf('aliauth', { auth_type: 'no_auth' }), configOf('set_hashkey_args', { disable: 'off' })],
  [configOf('tmd_signature', { name: 'a', path: '/', pathType: '0', interval: '10', count: '1000000', action: '0', ttl: '1' })],
  [
    configOf('referer_white_list_set', { refer_domain_allow_list: `${'*a'.repeat(126)},*.*`, allow_empty: 'on' }),
    configOf('error_page', { error_code: '404', rewrite_page: '/a' }),
  ],
  [configOf('https_force', { enable: 'on' })],
] as const

const long = (piece: string) => piece.repeat(Math.floor(16_000 / piece.length))

const query = fc.oneof(
  fc.constantFrom('start=0&end=1', 'start=1', 'end=0.5', 'start=999999999999999&end=0', 'start=13&end=20', 'end=NaN', ''),
  fc.constantFrom(`MtsHlsUriToken=${long('t')}`, `MtsHlsUriToken=${long('%22')}`, 'MtsHlsUriToken=a', `a=${long('b')}`, long('a=b&')),
  encodedPairs,
)
const header = fc.oneof(
  fc.constantFrom('bytes=0-', 'bytes=5-1', '10.0.0.1', 'https', 'https://a.com/', long('a.'), long('a')),
  hostileValue.map((text) => text.replace(/[^\x20-\x7e]/g, '')),
)
const request = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'POST'),
  key: fc.constantFrom(...files.map(([key]) => key), 'none.mp4', '%zz', '', '/', '%00', 'crossdomain.xml', long('a.')),
  host: fc.constantFrom(HOST, HOST, HOST, HOST.toUpperCase(), `${HOST}:80`, long('a.'), `${long('a.')}com`),
  query,
  headers: fc.dictionary(
    fc.constantFrom('range', 'referer', 'user-agent', 'x-forwarded-for', 'x-forwarded-proto', 'origin', 'if-match', 'content-type'),
    header,
    { maxKeys: 4 },
  ),
})

const callOf = ({ method, key, host, query, headers }: typeof request extends fc.Arbitrary<infer Made> ? Made : never): Call => ({
  method,
  host,
  path: `/${key}`,
  query,
  headers: { host, ...headers },
  body: new Uint8Array(),
})

async function hostileWorld() {
  const bugs: unknown[] = []
  const world = await playWorld({ onBug: (error) => bugs.push(error), settings: { maxObjectBytes: 100_000_000 } })
  for (const [key, content] of files) await world.store(key, content())
  const ask = async (call: Call) => {
    const { status, headers, body, stream } = await world.cloud.handle(call)
    expect(STATUSES, `${status} ${String(body).slice(0, 300)}`).toContain(status)
    for (const value of Object.values(headers)) expect(value).toMatch(/^[\t\x20-\x7e]*$/)
    expect(Number(headers['content-length'] ?? Buffer.byteLength(body))).toBeLessThan(MOST_BYTES)
    // Nobody reads on.
    await stream?.[Symbol.asyncIterator]().return?.(undefined)
    expect(bugs).toEqual([])
    // Others have their turn between two requests, as between those of a server.
    await new Promise((resolve) => setImmediate(resolve))
    return status
  }
  return { ...world, ask }
}

test('each file, from the middle and with a token', async () => {
  const { ask, configure } = await hostileWorld()
  await configure([...configurations[0]])
  const calls = files.flatMap(([key]) =>
    ['start=0&end=1', `MtsHlsUriToken=${long('t')}`].map((query) => callOf({ method: 'GET', key, host: HOST, query, headers: {} })),
  )
  await watched(
    async () => {
      for (const call of calls) expect([200, 206]).toContain(await ask(call))
    },
    { longestMs: LONGEST_BLOCK_MS },
  )
})

test('three hundred requests, under one configuration after the other', async () => {
  const { ask, configure } = await hostileWorld()
  const statuses = new Set<number>()
  for (const configuration of configurations) {
    await configure([...configuration])
    await watched(
      () =>
        fc.assert(
          fc.asyncProperty(request, async (made) => void statuses.add(await ask(callOf(made)))),
          repeated(60),
        ),
      { longestMs: LONGEST_BLOCK_MS },
    )
  }
  // The property means something.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 301, 302, 403, 404]))
})
