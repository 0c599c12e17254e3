/** Forms that are none, or hardly: each is answered, nothing that is thrown on the way gets lost, and nothing stays behind. */

import { describe, expect, it } from 'vitest'
import type { Call, Reply } from '../../src/index.js'
import { hmacSha1 } from '../../src/signing/signature-rpc.js'
import { testCloud } from '../support/cloud.js'
import { field, file, multipart, type Part, postCall } from '../support/multipart.js'
import { watched } from '../support/watchdog.js'
import { BUCKET } from './support.js'

/** A cloud with a bucket, in which posted forms and objects can be had. */
function formWorld({ maxObjectBytes = 1_000_000 } = {}) {
  const bugs: unknown[] = []
  const { cloud, account } = testCloud({ settings: { maxObjectBytes }, onBug: (error) => bugs.push(error) })
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  const send = (call: Call): Promise<Reply> => watched(() => cloud.handle(call))
  return { account, bugs, send }
}

/** Base64 of a policy, and the fields that sign it. */
function signed(policy: unknown, key = 'a'): Part[] {
  const text = Buffer.from(typeof policy === 'string' ? policy : JSON.stringify(policy)).toString('base64')
  return [
    field('key', key),
    field('policy', text),
    field('OSSAccessKeyId', 'testAccessKeyId'),
    field('Signature', hmacSha1('testAccessKeySecret', text)),
  ]
}

const POLICY = { expiration: '2026-01-01T01:00:00.000Z', conditions: [{ bucket: BUCKET }] }

const codeOf = ({ status, body }: Reply): string => `${status} ${/<Code>(\w+)<\/Code>/.exec(String(body))?.[1] ?? ''}`

const DISPOSITION = 'Content-Disposition: form-data'

describe.each<{ what: string; call: Call; answer: string }>([
  {
    what: 'a field without a name',
    call: postCall(BUCKET, multipart([{ headers: [DISPOSITION], content: 'a' }])),
    answer: '400 MalformedPOSTRequest',
  },
  { what: 'a field with an empty name', call: postCall(BUCKET, multipart([field('', 'a')])), answer: '400 MalformedPOSTRequest' },
  {
    what: 'a field without a name behind the file',
    call: postCall(BUCKET, multipart([...signed(POLICY), file('a'), { headers: [DISPOSITION], content: 'a' }])),
    answer: '400 MalformedPOSTRequest',
  },
  { what: 'a name that is too long', call: postCall(BUCKET, multipart([field('n'.repeat(70_000), 'a')])), answer: '400 FieldItemTooLong' },
  { what: 'no part at all', call: postCall(BUCKET, multipart([])), answer: '400 IncorrectNumberOfFilesInPOSTRequest' },
  { what: 'nothing in it', call: postCall(BUCKET, Buffer.alloc(0)), answer: '400 MalformedPOSTRequest' },
  {
    what: 'parts without headers',
    call: postCall(BUCKET, multipart(Array(5).fill({ headers: [], content: 'a' }))),
    answer: '400 IncorrectNumberOfFilesInPOSTRequest',
  },
  {
    what: 'a large part that is no field',
    call: postCall(BUCKET, multipart([{ headers: ['A: b'], content: 'a'.repeat(100_000) }])),
    answer: '400 IncorrectNumberOfFilesInPOSTRequest',
  },
  {
    what: 'more parts than any form has',
    call: postCall(BUCKET, multipart(Array(1000).fill({ headers: ['A: b'], content: 'a' }))),
    answer: '400 MalformedPOSTRequest',
  },
  {
    what: 'a part that is cut off',
    call: postCall(BUCKET, multipart([field('key', 'a')], { end: '' })),
    answer: '400 MalformedPOSTRequest',
  },
  {
    what: 'a header that is cut off',
    call: postCall(BUCKET, Buffer.from('--x\r\nContent-Disposition: form-da')),
    answer: '400 MalformedPOSTRequest',
  },
  {
    what: 'a file before the policy',
    call: postCall(BUCKET, multipart([file('a'), ...signed(POLICY)])),
    answer: '403 AccessDenied',
  },
  { what: 'a boundary of 70,000 characters', call: longBoundary(70_000), answer: '400 MalformedPOSTRequest' },
  { what: 'a boundary of 71 characters', call: longBoundary(71), answer: '400 MalformedPOSTRequest' },
  { what: 'no boundary', call: postCall(BUCKET, multipart([]), 'multipart/form-data'), answer: '400 MalformedPOSTRequest' },
  {
    what: 'an empty boundary',
    call: postCall(BUCKET, multipart([]), 'multipart/form-data; boundary='),
    answer: '400 MalformedPOSTRequest',
  },
  { what: 'a type that is none', call: postCall(BUCKET, multipart([]), ';;;boundary=x'), answer: '400 MalformedPOSTRequest' },
  {
    what: 'a policy that is cut off in its Base64',
    call: postCall(BUCKET, multipart([...signed('{"expiration":'), file('a')])),
    answer: '400 InvalidPolicyDocument',
  },
])('a form with $what', ({ call, answer }) => {
  it(`is answered with ${answer}`, async () => {
    const { send, bugs } = formWorld()
    const reply = await send(call)
    expect(codeOf(reply)).toBe(answer)
    expect(reply.headers['x-emulator-reason']).toBeTruthy()
    expect(bugs).toEqual([])
  })
})

function longBoundary(length: number): Call {
  const boundary = 'b'.repeat(length)
  return postCall(BUCKET, multipart([...signed(POLICY), file('a')], { boundary }), `multipart/form-data; boundary=${boundary}`)
}

describe.each<{ what: string; call: Call }>([
  { what: 'a boundary of 70 characters', call: longBoundary(70) },
  {
    what: 'a boundary in quotation marks, with blanks in it',
    call: postCall(
      BUCKET,
      multipart([...signed(POLICY), file('a')], { boundary: 'a b' }),
      'multipart/form-data; charset=utf-8; boundary="a b"',
    ),
  },
  {
    what: 'two boundaries, of which the first counts',
    call: postCall(BUCKET, multipart([...signed(POLICY), file('a')]), 'multipart/form-data; boundary=x; boundary=y'),
  },
  {
    what: 'a charset that nobody knows',
    call: postCall(
      BUCKET,
      multipart([
        { headers: [`${DISPOSITION}; name="note"`, 'Content-Type: text/plain; charset=klingon'], content: 'ä' },
        ...signed(POLICY),
        file('a'),
      ]),
    ),
  },
  {
    what: 'a key that is half of a character',
    call: postCall(
      BUCKET,
      multipart([
        ...signed(POLICY),
        {
          headers: [`${DISPOSITION}; name="key"`, 'Content-Type: text/plain; charset=utf-16le'],
          content: Buffer.from([0x61, 0, 0x00, 0xd8]),
        },
        file('a'),
      ]),
    ),
  },
  {
    what: 'a file name that is half of a character',
    call: postCall(
      BUCKET,
      multipart([
        ...signed(POLICY, `$` + '{filename}'),
        { headers: [`${DISPOSITION}; name="file"; filename*=utf-16le''a%00%00%D8`], content: 'a' },
      ]),
    ),
  },
])('a form with $what', ({ call }) => {
  it('is taken', async () => {
    const { send, bugs } = formWorld()
    expect(codeOf(await send(call))).toBe('204 ')
    expect(bugs).toEqual([])
  })
})

describe('of a form that is refused after its file has begun, nothing is left', () => {
  const large = 'a'.repeat(150_000)

  it.each([
    [
      'it is cut off in the middle of the file',
      multipart([...signed(POLICY), file(large)], { end: '' }).subarray(0, 140_000),
      '400 MalformedPOSTRequest',
    ],
    ['it has a second file', multipart([...signed(POLICY), file(large), file('b')]), '400 IncorrectNumberOfFilesInPOSTRequest'],
    ['it ends without its last boundary', multipart([...signed(POLICY), file(large)], { end: '--x\r\n' }), '400 MalformedPOSTRequest'],
    [
      'a field behind the file is too long',
      multipart([...signed(POLICY), file(large), field('b', 'b'.repeat(70_000))]),
      '400 FieldItemTooLong',
    ],
  ])('when %s', async (_when, body, answer) => {
    const { send } = formWorld({ maxObjectBytes: large.length })
    expect(codeOf(await send(postCall(BUCKET, body)))).toBe(answer)
    expect(codeOf(await send(postCall(BUCKET, multipart([...signed(POLICY), file(large)]))))).toBe('204 ')
  })
})

it('of a form that is refused long after its file has come, nothing is left before the answer is there', async () => {
  const { send, account } = formWorld({ maxObjectBytes: 1000 })
  const small = file('a'.repeat(1000))
  const fields = Array.from({ length: 5 }, (_, index) => field(`b${index}`, 'b'.repeat(60_000)))
  const answer = send(postCall(BUCKET, multipart([...signed(POLICY), small, ...fields, field('c', 'c'.repeat(70_000))])))
  expect(codeOf(await answer)).toBe('400 FieldItemTooLong')
  expect(account.oss.storage.used).toBe(0)
})

it('a body that breaks off is answered, and what has come of it is given back', async () => {
  const { send, bugs } = formWorld({ maxObjectBytes: 200_000 })
  const whole = multipart([...signed(POLICY), file('a'.repeat(200_000))])
  async function* broken() {
    yield whole.subarray(0, 100_000)
    throw new Error('gone')
  }
  const call = postCall(BUCKET, new Uint8Array())
  expect(codeOf(await send({ ...call, stream: broken() }))).toBe('400 RequestTimeout')
  expect(codeOf(await send(postCall(BUCKET, whole)))).toBe('204 ')
  expect(bugs).toEqual([])
})

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
const NO_TEXT = { toString: 1, valueOf: 1 }

describe.each<{ what: string; policy: unknown }>([
  { what: 'a value that is no text', policy: { ...POLICY, conditions: [['eq', '$key', NO_TEXT]] } },
  { what: 'a prefix that is no text', policy: { ...POLICY, conditions: [['starts-with', '$key', NO_TEXT]] } },
  { what: 'a short condition whose value is no text', policy: { ...POLICY, conditions: [{ key: NO_TEXT }] } },
  { what: 'a choice that is no list', policy: { ...POLICY, conditions: [['in', '$key', NO_TEXT]] } },
  { what: 'a choice of what is no text', policy: { ...POLICY, conditions: [['not-in', '$key', [NO_TEXT]]] } },
  { what: 'an operator that is no text', policy: { ...POLICY, conditions: [[NO_TEXT, '$key', 'a']] } },
  { what: 'a name that is no text', policy: { ...POLICY, conditions: [['eq', NO_TEXT, 'a']] } },
  { what: 'a size beyond all numbers', policy: '{"expiration":"2026-01-01T01:00:00Z","conditions":[["content-length-range",0,1e999]]}' },
  { what: 'conditions that are nested 5,000 deep', policy: `{"expiration":"2026-01-01T01:00:00Z","conditions":${nested(5000)}}` },
  { what: 'nothing but brackets', policy: `${'['.repeat(20_000)}` },
  { what: 'more conditions than any form has fields', policy: { ...POLICY, conditions: Array(1000).fill({}) } },
  { what: 'an expiration that is no text', policy: { ...POLICY, expiration: NO_TEXT } },
  { what: 'conditions that are no list', policy: { ...POLICY, conditions: NO_TEXT } },
  { what: 'no object', policy: null },
])('a policy with $what', ({ policy }) => {
  it('is refused with InvalidPolicyDocument', async () => {
    const { send, bugs } = formWorld()
    const reply = await send(postCall(BUCKET, multipart([...signed(policy), file('a')])))
    expect(codeOf(reply)).toBe('400 InvalidPolicyDocument')
    expect(reply.headers['x-emulator-reason']).toContain('the policy is wrong')
    expect(bugs).toEqual([])
  })
})

it('a condition on a field with a name that every object has is held against the form', async () => {
  const { send } = formWorld()
  const policy = '{"expiration":"2026-01-01T01:00:00Z","conditions":[{"__proto__":"b"}]}'
  expect(codeOf(await send(postCall(BUCKET, multipart([...signed(policy), file('a')]))))).toBe('403 AccessDenied')
  expect(codeOf(await send(postCall(BUCKET, multipart([field('__proto__', 'b'), ...signed(policy), file('a')]))))).toBe('204 ')
})
