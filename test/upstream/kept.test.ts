/** What is left of answers once their secrets were removed: the same answer, with other texts and numbers in it. */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED, TIMES } from '../support/fuzz.js'
import { recordedAnswers } from './support.js'

const NAMES = ['Token', 'SecurityToken', 'Credentials', 'cookies', 'UserId', 'Policy', 'PlayAuth', 'CustomerId', 'Password2', 'AppKey']
const OTHERS = ['Name', 'Value', 'Key', 'argName', 'argValue', 'Title', 'Items', 'Content']

const TEXTS = [
  ...['', 'a', 'removed', 'x y', '2026-01-01T00:00:00Z', 'http://a.example/b?c=d', 'true', '1', '-----', '://', 'a:b@c', 'eyJhIjoxfQ=='],
  ...[
    'Token',
    'Signature',
    'Authorization',
    'token: x',
    'key: value',
    '{"a":1}',
    '[1]',
    'a=b&c=d',
    '<a>b</a>',
    'a, "b"',
    "it's",
    '\\',
    '"',
    '{',
    '}',
    '[',
  ],
]

// Some numbers are part of others.
const NUMBERS = [0, 1.5, -3, 12345678, 123456789, 9912345678, 1.12345678]

const { answer } = fc.letrec<{ answer: Record<string, unknown>; value: unknown }>((tie) => ({
  answer: fc.dictionary(fc.constantFrom(...NAMES, ...OTHERS), tie('value'), { maxKeys: 4 }),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, false, ...NUMBERS, ...TEXTS),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('answer'),
    tie('answer').map((each) => JSON.stringify(each)),
  ),
}))

/** The same with all texts and all numbers alike. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]))
  return typeof value === 'string' || typeof value === 'number' ? typeof value : value
}

function readShape(text: string): unknown {
  try {
    return shapeOf(JSON.parse(text))
  } catch (error) {
    return error
  }
}

test('members, lists, numbers, literals are where they were, whatever they are called', async () => {
  const answers = fc.sample(answer, { numRuns: 400 * TIMES, seed: SEED }).map((each, index) => JSON.stringify(each, undefined, index % 3))
  const kept = await recordedAnswers(answers)
  const different = answers.flatMap((text, index) => {
    const left = kept[index] as string
    return isDeepStrictEqual(readShape(left), readShape(text)) ? [] : [{ text, left }]
  })
  expect(different).toEqual([])
})

test.each<[what: string, text: string]>([
  ['nothing under the name of a secret', '{"SecurityToken":null,"Token":true,"Signature":false}'],
  ['a list of objects under the name of secrets', '{"Cookies":[{"Title":"a"}],"Tokens":[]}'],
  ['a path with words in it', '{"Url":"http://a.example/api/v1/my-videos/a_b_c/film.mp4"}'],
  [
    'times, ids and digests',
    '{"Time":"2026-01-01T00:00:00Z","VideoId":"93ab850b4f6f44eab54b6e91d24d81d4","MD5":"0cc175b9c0f1b6a831c399e269772661"}',
  ],
  ['addresses in a list of texts', `{"List":"['http://a.example:80','b@c.example']"}`],
  [
    'a picture in Base64',
    JSON.stringify({ Data: Buffer.from(Array.from({ length: 900 }, (_, index) => (index * 7919) % 251)).toString('base64') }),
  ],
])('%s is recorded as it is', async (_what, text) => {
  expect(await recordedAnswers([text])).toEqual([text])
})
