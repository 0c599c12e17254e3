/** However a client writes what it has signed, its signature is that of what is meant; computed here anew, with nothing of what is tested. */

import { createHmac, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCloud } from '../../src/index.js'
import { repeated } from '../support/fuzz.js'

const strict = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

type Pair = readonly [name: string, value: string]

const byNameThenValue = ([a, av]: Pair, [b, bv]: Pair): number => (a < b ? -1 : a > b ? 1 : av < bv ? -1 : av > bv ? 1 : 0)

/** Signature 1.0 of a GET, as the manual says. */
function signatureOf(pairs: readonly Pair[], secret: string): string {
  const canonical = [...pairs]
    .sort(byNameThenValue)
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .join('&')
  return createHmac('sha1', `${secret}&`)
    .update(`GET&%2F&${strict(canonical)}`)
    .digest('base64')
}

/** Ways to write one character. */
const WRITINGS: readonly ((char: string) => string)[] = [
  strict,
  (char) => encodeURIComponent(char),
  (char) => [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  (char) => [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  (char) => (char === ' ' ? '+' : strict(char)),
  (char) => (/[/:,;@?$!*'()]/.test(char) ? char : strict(char)),
]

/** Text, and by the number of each character how that is written. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => value.toWellFormed())
const ways = fc.infiniteStream(fc.nat(WRITINGS.length - 1))

const written = (value: string, way: Iterator<number>): string =>
  [...value].map((char) => (WRITINGS[way.next().value as number] as (char: string) => string)(char)).join('')

const cloud = createCloud({ settings: { limits: { enabled: false } } })

const host = 'vod.cn-shanghai.aliyuncs.com'

/** Sends a call of GetCategories with these further parameters; of a call without a nonce of its own, each has another. */
async function send(
  pairs: readonly Pair[],
  { write = strict, nonce = String(randomUUID()), at = cloud, key = at.account().credentials } = {},
) {
  const all: Pair[] = [
    ['Action', 'GetCategories'],
    ['Version', '2017-03-21'],
    ['Format', 'JSON'],
    ['AccessKeyId', key.accessKeyId],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['SignatureNonce', nonce],
    ['Timestamp', `${new Date().toISOString().slice(0, 19)}Z`],
    ...pairs,
  ]
  const signed: Pair[] = [...all, ['Signature', signatureOf(all, key.accessKeySecret)]]
  const query = signed.map(([name, value]) => `${write(name)}=${write(value)}`).join('&')
  return at.handle({ method: 'GET', host, path: '/', query, headers: { host }, body: new Uint8Array() })
}

/** The code with which a call is refused, or `undefined`. */
async function codeOf(...sent: Parameters<typeof send>): Promise<string | undefined> {
  const { status, body } = await send(...sent)
  return status === 200 ? undefined : JSON.parse(String(body)).Code
}

describe('signature 1.0', () => {
  test('is that of the parameters, whatever escapes they are written with, and in whatever order', async () => {
    const pairs = fc.array(
      fc.tuple(
        text.map((name) => `x${name}`),
        text,
      ),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(pairs, ways, async (given, stream) => {
        const way = stream[Symbol.iterator]()
        expect(await codeOf(given, { write: (value) => written(value, way) })).toBeUndefined()
      }),
      repeated(200),
    )
  })

  test.each([
    ['x.', 'x', 'x.1', 'x='],
    ['b', 'a', 'B', 'A'],
  ])('is sorted by the names, not by names and values together: %s, %s, %s, %s', async (...names) => {
    expect(await codeOf(names.map((name, index) => [name, String(index)]))).toBeUndefined()
  })

  test.each([1, 62, 63, 64, 65, 200])('knows secrets of %i characters', async (length) => {
    const key = { accessKeyId: 'ownAccessKeyId', accessKeySecret: 's'.repeat(length) }
    const own = createCloud({ accessKeys: [key] })
    expect(await codeOf([], { key, at: own })).toBeUndefined()
    expect(await codeOf([], { key: { ...key, accessKeySecret: `${key.accessKeySecret}x` }, at: own })).toBe('SignatureDoesNotMatch')
    own.dispose()
  })

  test.each(['密钥', 'ключ'.repeat(10), 'ü'.repeat(32)])('knows the secret %s', async (accessKeySecret) => {
    const key = { accessKeyId: 'ownAccessKeyId', accessKeySecret }
    const own = createCloud({ accessKeys: [key] })
    expect(await codeOf([], { key, at: own })).toBeUndefined()
    own.dispose()
  })

  test.each([4000, 4096, 4097, 20_000])('is found out of %i characters', async (length) => {
    expect(await codeOf([['Note', 'a'.repeat(length)]])).toBeUndefined()
    expect(await codeOf([['Note', '中'.repeat(length)]])).toBeUndefined()
  })
})

describe('nonces', () => {
  test('are those of the state: one that was used after a snapshot is new again once that is restored, and no other', async () => {
    const own = createCloud()
    const account = own.account()
    const call = async (nonce: string): Promise<number> => (await send([], { nonce, at: own })).status
    expect([await call('before'), await call('before')]).toEqual([200, 400])
    await account.snapshots.save('here')
    expect([await call('after'), await call('after')]).toEqual([200, 400])
    await account.snapshots.restore('here')
    expect([await call('before'), await call('after'), await call('after')]).toEqual([400, 200, 400])
    await account.snapshots.restore('here')
    expect([await call('before'), await call('after')]).toEqual([400, 200])
    own.dispose()
  })

  test.each([
    ['a', 'n'],
    ['a'.repeat(300), '中'.repeat(256)],
    ['a'.repeat(2000), 'ÿ'],
    ['a'.repeat(70_000), 'é'],
  ])('are known again, however long the access key id is: %#', async (accessKeyId, nonce) => {
    const key = { accessKeyId, accessKeySecret: 'secret' }
    const own = createCloud({ accessKeys: [key] })
    const call = async (text: string): Promise<number> => (await send([], { key, nonce: text, at: own })).status
    expect([await call(nonce), await call(`${nonce.slice(1)}x`), await call(nonce)]).toEqual([200, 200, 400])
    own.dispose()
  })
})
