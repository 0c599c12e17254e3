/** Thousands of requests to OSS that are wrong in their structure: each is answered as documented, and none blocks, breaks or outlives the cloud. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Call, Reply } from '../../src/index.js'
import { hmacSha1 } from '../../src/signing/signature-rpc.js'
import { testCloud } from '../support/cloud.js'
import { repeated } from '../support/fuzz.js'
import { field, file, multipart, type Part, postCall } from '../support/multipart.js'
import { watched } from '../support/watchdog.js'
import { checkReply, hostileName, hostileValue } from './support.js'

const BUCKET = 'fuzz-bucket'
const HOST = `${BUCKET}.oss-cn-shanghai.aliyuncs.com`
const SECRET = 'testAccessKeySecret'

/** Milliseconds for which no request may block the event loop: the largest document that an operation takes needs a third of it. */
const LONGEST_BLOCK_MS = 800

/** Milliseconds after which a request counts as left without an answer. */
const PATIENCE = 120_000

function answered(reply: Promise<Reply>): Promise<Reply> {
  let timer: NodeJS.Timeout | undefined
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the request was left without an answer')), PATIENCE)
  })
  return Promise.race([reply, never]).finally(() => clearTimeout(timer))
}

/** Sends requests, one after the other, and checks what each is answered. `uploadId` is that of an upload of the object `parts`. */
async function hammer<T>(made: fc.Arbitrary<T>, numRuns: number, toCall: (made: T, uploadId: string) => Call): Promise<void> {
  const bugs: unknown[] = []
  const { cloud, account } = testCloud({ onBug: (error) => bugs.push(error), settings: { maxObjectBytes: 1_000_000 } })
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  const { id } = account.oss.uploads.initiate(BUCKET, 'parts', { contentType: 'a/b', headers: {} })
  await watched(
    () =>
      fc.assert(
        fc.asyncProperty(made, async (each) => {
          const call = toCall(each, id)
          checkReply(cloud, call, await answered(cloud.handle(call)))
          expect(bugs).toEqual([])
          // Others have their turn between two requests, as between those of a server.
          await new Promise((resolve) => setImmediate(resolve))
        }),
        repeated(numRuns),
      ),
    { longestMs: LONGEST_BLOCK_MS },
  )
}

const base64 = (text: string): string => Buffer.from(text.toWellFormed()).toString('base64')

/** The fields of a form that sign its policy. */
function signed(policy: string): Part[] {
  const text = base64(policy)
  return [field('key', 'a'), field('policy', text), field('OSSAccessKeyId', 'testAccessKeyId'), field('Signature', hmacSha1(SECRET, text))]
}

const POLICY = '{"expiration":"2030-01-01T00:00:00.000Z","conditions":[["content-length-range",0,1000000]]}'

const hugeText = fc.constantFrom(100, 1025, 8190, 9000, 70_000).map((size) => 'n'.repeat(size))
const partName = fc.oneof(
  fc.constantFrom('key', 'file', 'FILE', 'policy', 'x-oss-meta-a', 'x-oss-object-acl', '', 'a\\"b'),
  hostileName,
  hugeText,
)
const headerLine = fc.oneof(
  partName.map((name) => `Content-Disposition: form-data; name="${name}"`),
  fc.tuple(partName, hostileValue).map(([name, fileName]) => `Content-Disposition: form-data; name="${name}"; filename="${fileName}"`),
  fc.constantFrom(
    'Content-Disposition: form-data',
    'Content-Disposition: form-data;',
    'Content-Disposition: form-data; name',
    'Content-Disposition: form-data; name=',
    'Content-Disposition: form-data; name*=utf-8',
    "Content-Disposition: form-data; name=file; filename*=klingon''%FF%00",
    "Content-Disposition: form-data; name=file; filename*=utf-16le''%00%D8",
    'Content-Disposition: attachment; name="key"',
    'Content-Disposition:',
    'Content-Type: text/plain; charset=klingon',
    'Content-Type: text/plain; charset=utf-16le',
    'Content-Type: text/plain; charset',
    'Content-Type: ;;;',
    'Content-Transfer-Encoding: base64',
    '\tfolded',
    ': no name',
    'no colon',
    '__proto__: a',
    'bare\nline: break\r',
  ),
  hugeText,
)
const content = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom('', '\r\n', '--x', '\r\n--x', '\r\n--x--', '\r\n--x\r\n\r\n', 'x'.repeat(70_000), 'x'.repeat(200_000)),
)
const strangePart: fc.Arbitrary<Part> = fc.record({ headers: fc.array(headerLine, { maxLength: 25 }), content })
/** A key that ends with half of a character. */
const halfKey: Part = {
  headers: ['Content-Disposition: form-data; name="key"', 'Content-Type: text/plain; charset=utf-16le'],
  content: Uint8Array.of(0x61, 0, 0, 0xd8),
}
const rightPart = fc.constantFrom(...signed(POLICY), file('content'), field('x-oss-meta-a', 'b'), halfKey)

/** Bytes of a form, and pieces in which it comes. */
const MAX_BYTES = 400_000
const MAX_PIECES = 1000

const form = fc.record({
  signed: fc.boolean(),
  parts: fc.array(fc.oneof({ weight: 2, arbitrary: rightPart }, { weight: 3, arbitrary: strangePart }), { maxLength: 8 }),
  /** How often all parts come. */
  many: fc.constantFrom(1, 1, 1, 1, 1, 60),
  boundary: fc.constantFrom('x', 'x', 'x', 'y', '-'),
  end: fc.constantFrom(undefined, undefined, undefined, '', '--x', '--x\r\n', '--x-', '--x--', '--x--\r\nepilogue--x\r\n'),
  contentType: fc.oneof(
    { weight: 5, arbitrary: fc.constant('multipart/form-data; boundary=x') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        'multipart/form-data',
        'multipart/form-data; boundary',
        'multipart/form-data; boundary=',
        'multipart/form-data; boundary=""',
        'multipart/form-data; boundary=x; boundary=y',
        "multipart/form-data; boundary*=utf-8''x",
        'multipart/form-data; boundary="x',
        'multipart/mixed; boundary=x',
        'MULTIPART/FORM-DATA;BOUNDARY=x',
        `multipart/form-data; boundary=${'b'.repeat(70_000)}`,
        `multipart/form-data; boundary=${'b'.repeat(255)}`,
        `multipart/form-data;${' a=b;'.repeat(5000)} boundary=x`,
      ),
    },
  ),
  cut: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 2, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) }),
  flipped: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 2 }),
  /** Bytes of the pieces in which it comes; 0: all at once. */
  piece: fc.constantFrom(0, 0, 0, 7, 1000),
  breaks: fc.boolean(),
})

type Form = typeof form extends fc.Arbitrary<infer Made> ? Made : never

/** The call that posts a form. */
function formCall({ signed: isSigned, parts, many, boundary, end, contentType, cut, flipped, piece, breaks }: Form): Call {
  const pieces = [
    multipart(isSigned ? signed(POLICY) : [], { boundary, end: '' }),
    ...Array<Buffer>(many).fill(multipart(parts, { boundary, end: '' })),
    multipart(isSigned ? [file('content')] : [], { boundary, ...(end !== undefined && { end }) }),
  ]
  const length = pieces.reduce((sum, bytes) => sum + bytes.length, 0)
  const body = Buffer.concat(pieces, Math.min(Math.ceil(length * cut), MAX_BYTES))
  for (const [at, byte] of flipped) if (body.length > 0) body[at % body.length] = byte
  if (piece === 0) return postCall(BUCKET, body, contentType)
  const size = Math.max(piece, Math.ceil(body.length / MAX_PIECES))
  return { ...postCall(BUCKET, new Uint8Array(), contentType), stream: inPieces(body, size, breaks) }
}

async function* inPieces(body: Uint8Array, size: number, breaks: boolean): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size)
  if (breaks) throw new Error('the client is gone')
}

test('six hundred forms', () => hammer(form, 600, formCall))

const NO_TEXT = { toString: 1, valueOf: 1 }
const strangeJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(NO_TEXT, [NO_TEXT], null, -1, 0.5, 1e300, '', '$', '$key', '\uD800', '\u0000', {}, []),
)
const condition = fc.oneof(
  fc.tuple(fc.oneof(fc.constantFrom('eq', 'starts-with', 'in', 'not-in', 'content-length-range'), strangeJson), strangeJson, strangeJson),
  fc.tuple(fc.constantFrom('eq', 'starts-with', 'in', 'not-in'), fc.constantFrom('$key', '$bucket', '$__proto__', '$'), strangeJson),
  fc.tuple(fc.constant('content-length-range'), strangeJson, strangeJson),
  fc.dictionary(fc.oneof(fc.constantFrom('bucket', 'key', '__proto__', 'toString'), hostileName), strangeJson, { maxKeys: 3 }),
  strangeJson,
)
const policy = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        expiration: fc.oneof({ weight: 3, arbitrary: fc.constant('2030-01-01T00:00:00.000Z') }, { weight: 1, arbitrary: strangeJson }),
        conditions: fc.oneof({ weight: 4, arbitrary: fc.array(condition, { maxLength: 4 }) }, { weight: 1, arbitrary: strangeJson }),
      })
      .map((document) => JSON.stringify(document)),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      hostileValue,
      fc
        .tuple(fc.constantFrom('[', '{"a":', '[[],'), fc.constantFrom(10, 101, 5000, 20_000))
        .map(
          ([opening, levels]) =>
            `{"expiration":"2030-01-01T00:00:00Z","conditions":${opening.repeat(levels)}1${(opening === '{"a":' ? '}' : ']').repeat(levels)}}`,
        ),
      fc.constantFrom(
        '1e999',
        '"',
        `[${'1,'.repeat(20_000)}1]`,
        '{"expiration":"9999-12-31T23:59:59Z","conditions":[["content-length-range",0,1e999]]}',
      ),
    ),
  },
)

test('two thousand policies', async () => {
  await hammer(policy, 2000, (text) => postCall(BUCKET, multipart([...signed(text), file('content')])))
})

/** A request that is signed with V1 in its header. */
function signedCall(method: string, key: string, query: string, body: Uint8Array): Call {
  const date = new Date().toUTCString()
  const text = `${method}\n\n\n${date}\n/${BUCKET}/${key}${query && `?${query}`}`
  const authorization = `OSS testAccessKeyId:${hmacSha1(SECRET, text)}`
  return { method, host: HOST, path: `/${key}`, query, headers: { host: HOST, date, authorization }, body }
}

const xmlName = fc.constantFrom(
  'CompleteMultipartUpload',
  'Part',
  'PartNumber',
  'ETag',
  'a',
  'a:b',
  '__proto__',
  'constructor',
  'n'.repeat(300),
)
const xmlText = fc.oneof(
  hostileValue,
  fc.constantFrom(
    '1',
    '&quot;A&quot;',
    '&#34;',
    '&a;',
    '&#x110000;',
    '&#0;',
    '<![CDATA[1]]>',
    '<!-- -->',
    '<?a?>',
    '<',
    '>',
    '&',
    '\uFFFF',
  ),
)
const element: fc.Arbitrary<string> = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .record({
      name: xmlName,
      attributes: fc.constantFrom('', ' a="b"', ' a=', ' xmlns="http://a"', ' a="b" a="c"', ` a="${'b'.repeat(1000)}"`),
      inside: fc.oneof(
        { maxDepth: 5 },
        xmlText,
        fc.array(tie('element'), { maxLength: 4 }).map((all) => all.join('')),
      ),
      close: fc.constantFrom('', '/', 'right', 'right', 'right', 'wrong'),
    })
    .map(({ name, attributes, inside, close }) =>
      close === '/'
        ? `<${name}${attributes}/>`
        : `<${name}${attributes}>${inside}${close === '' ? '' : `</${close === 'right' ? name : 'b'}>`}`,
    ),
})).element
const part = '<Part><PartNumber>1</PartNumber><ETag>"A"</ETag></Part>'
const xml = fc.oneof(
  { weight: 6, arbitrary: element },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.oneof(element, fc.constant(part)), { maxLength: 6 })
      .map((all) => `<CompleteMultipartUpload>${all.join('')}</CompleteMultipartUpload>`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '<?xml version="1.0"?>',
      '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>',
      '<a>'.repeat(50_000),
      `<a>${'<b/>'.repeat(600_000)}</a>`,
      `<a>${'<b/>'.repeat(1_000_000)}</a>`,
      `<a>${Array.from({ length: 400_000 }, (_, index) => `<b${index}/>`).join('')}</a>`,
      `<a>${'&#34;'.repeat(500_000)}</a>`,
      `<a${' b="c"'.repeat(300_000)}/>`,
      '<'.repeat(2_000_000),
      '<a '.repeat(600_000),
      `<CompleteMultipartUpload>${part.repeat(13_000)}</CompleteMultipartUpload>`,
      `<CompleteMultipartUpload>${part.repeat(20_000)}</CompleteMultipartUpload>`,
      `<CompleteMultipartUpload>${part.repeat(80_000)}</CompleteMultipartUpload>`,
    ),
  },
)

test('a thousand documents', async () => {
  await hammer(fc.tuple(xml, fc.boolean()), 1000, ([text, isList], uploadId) => {
    const body = Buffer.from(text.toWellFormed())
    return isList ? signedCall('POST', 'parts', `uploadId=${uploadId}`, body) : signedCall('PUT', '', '', body)
  })
})

const compact = (days: number): string => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
const queryValue = fc.oneof(
  hostileValue,
  fc.constantFrom(
    'testAccessKeyId',
    'OSS4-HMAC-SHA256',
    '0',
    '-1',
    '600',
    '604800',
    '604801',
    '99999999999999',
    compact(0),
    compact(365),
    compact(-365),
    '00000000T000000Z',
    '99991231T235959Z',
    `testAccessKeyId/${compact(0).slice(0, 8)}/cn-shanghai/oss/aliyun_v4_request`,
    '////',
    'host;host;__proto__',
  ),
)
const queryName = fc.constantFrom(
  'OSSAccessKeyId',
  'Expires',
  'Signature',
  'security-token',
  'x-oss-signature-version',
  'x-oss-credential',
  'x-oss-date',
  'x-oss-expires',
  'x-oss-signature',
  'x-oss-additional-headers',
  'x-oss-security-token',
  'response-content-type',
  'x-oss-process',
  '__proto__',
)
const presigned = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'HEAD', 'POST', 'DELETE'),
  key: fc.constantFrom('a', 'a/b', '%zz', '%00', '%ED%A0%80', '\uD800', ''),
  /** What the URL would have, in the order of names, so that most are nearly right. */
  right: fc.constantFrom<[string, string][]>(
    [],
    [
      ['OSSAccessKeyId', 'testAccessKeyId'],
      ['Expires', '4000000000'],
      ['Signature', 'AAAA'],
    ],
    [
      ['x-oss-signature-version', 'OSS4-HMAC-SHA256'],
      ['x-oss-credential', `testAccessKeyId/${compact(0).slice(0, 8)}/cn-shanghai/oss/aliyun_v4_request`],
      ['x-oss-date', compact(0)],
      ['x-oss-expires', '600'],
      ['x-oss-signature', '0'.repeat(64)],
    ],
  ),
  changed: fc.array(fc.tuple(queryName, queryValue), { maxLength: 4 }),
  raw: fc.constantFrom('', '&', '&%', '&=&==', '&x-oss-date', '&Expires=1&Expires=2'),
})

test('three thousand signed URLs', async () => {
  await hammer(presigned, 3000, ({ method, key, right, changed, raw }) => {
    const query = [...changed, ...right].map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&') + raw
    return { method, host: HOST, path: `/${key}`, query, headers: { host: HOST }, body: new Uint8Array() }
  })
})
