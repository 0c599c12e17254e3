/** No secret is in a recording, whatever it was encoded in, and whoever has made the answer that it stood in. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED, TIMES } from '../support/fuzz.js'
import { hidden, isIn } from './hiding.js'
import { recordedAnswers } from './support.js'

test('in whatever it is encoded, in whatever that is encoded', async () => {
  const samples = fc.sample(hidden, { numRuns: 500 * TIMES, seed: SEED })
  const kept = await recordedAnswers(samples.map(({ text }) => text))
  const found = samples.filter(({ secret }, index) => {
    const text = kept[index] ?? ''
    return [secret, secret.slice(0, 12), secret.slice(-12)].some((part) => isIn(text, part))
  })
  expect(found).toEqual([])
  // They could have been found: it is the recording from which they are missing.
  expect(samples.filter(({ secret, text }) => !isIn(text, secret))).toEqual([])
})

const SECRET = 'S9xsEcReTsEcReT+/value=='

/** How long an answer is at most that is kept. */
const LONGEST = 512 * 1024

/** As many of a piece as there is room for, before what comes last. */
const many = (piece: string, last: string): string => piece.repeat(Math.floor((LONGEST - last.length) / piece.length)) + last

/** Put into the same again and again, as long as there is room. */
function nested(wrap: (text: string) => string, inner: string): string {
  for (let text = inner; ; ) {
    const next = wrap(text)
    if (next.length > LONGEST) return text
    text = next
  }
}

/** A text that is as long as there is room for, wrapped so many times. */
function wrapped(wrap: (text: string) => string, count: number, piece: string, last: string): string {
  for (let size = LONGEST; ; size = Math.floor(size * 0.7)) {
    let text = piece.repeat(Math.floor(size / piece.length)) + last
    for (let each = 0; each < count; each++) text = wrap(text)
    if (text.length <= LONGEST) return text
  }
}

const member = JSON.stringify({ SecurityToken: SECRET })
const inXml = (text: string): string => `<a>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</a>`
const inJson = (text: string): string => JSON.stringify({ a: text })
const inQuery = (text: string): string => `a=b&c=${encodeURIComponent(text)}`
const inBase64 = (text: string): string => JSON.stringify({ a: Buffer.from(text).toString('base64') })
const token = (index: number): string => `token-${String(index).padStart(8, '0')}`

/** Answers that were made to take long. */
const hostile: Record<string, string> = {
  'JSON in JSON, as deep as it goes': nested(inJson, member),
  'queries in queries': nested(inQuery, member),
  'XML in XML': nested(inXml, member),
  'Base64 in Base64': nested(inBase64, member),
  'one in the other': nested((text) => inQuery(inXml(inJson(inBase64(text)))), member),
  'JSON in XML in JSON, with much in it': wrapped((text) => inXml(inJson(text)), 4, 'abcdefghij klmnop=', member),
  'JSON in JSON, cut off': wrapped(inJson, 6, '&a="b" ', member).slice(0, -3),
  'lists in lists': `${'['.repeat(200_000)}${member}${']'.repeat(200_000)}`,
  'what begins and does not end': many('{"a":["', member),
  'millions of short pieces': many('"=', `,${member}`),
  'as many parameters': many('&amp;', `&SecurityToken=${encodeURIComponent(SECRET)}`),
  'as many names': many('a-', ` SecurityToken=${encodeURIComponent(SECRET)}`),
  'as many values': many('{"Name":"Token","Value":"abcdefgh"},', member),
  'as many secrets': Array.from({ length: 20_000 }, (_, index) => `token=${token(index)}&`).join('') + member,
  'secrets that all begin alike': many(
    'aaaaaaaaaa',
    JSON.stringify({
      Tokens: Array.from({ length: 1500 }, (_, index) => `${'a'.repeat(8 + (index % 70))}${index}`),
      SecurityToken: SECRET,
    }),
  ),
  'elements of names': many('<Name>token</Name><Value>abcdefgh</Value>', member),
  'private keys that do not end': many('-----BEGIN PRIVATE KEY-----\n-----END ', `"${member}`),
  'signs that are encoded again and again': many('%2525252525252525', member),
  backslashes: many('\\', `"${member}`),
}

test.each(Object.entries(hostile))('nor where they are hidden in %s', async (_what, text) => {
  expect(text.length).toBeLessThanOrEqual(LONGEST)
  const [kept] = await recordedAnswers([text])
  expect(kept).toEqual(expect.any(String))
  expect(kept).not.toBe(text)
  expect(isIn(kept ?? '', SECRET)).toBe(false)
})
