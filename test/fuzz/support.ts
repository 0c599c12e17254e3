/** Calls that no client would send, and what even they must be answered with. */

import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect } from 'vitest'
import { type Call, type Cloud, describeActions, type Reply } from '../../src/index.js'

/** A full garbage collection; the number of bytes that are left. */
export async function heapAfterCollection(): Promise<number> {
  const { setFlagsFromString } = await import('node:v8')
  const { runInNewContext } = await import('node:vm')
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
}

const parser = new XMLParser({ parseTagValue: false, ignoreDeclaration: true })

/** Statuses that OSS documents. */
const OSS_STATUSES = [200, 204, 206, 304, 400, 403, 404, 405, 409, 411, 412, 416, 501]

/** Checks that a reply is one that a service could give: a documented status, and a body that is what its type says. */
export function checkReply(cloud: Cloud, { method }: Pick<Call, 'method'>, { status, headers, body }: Reply): void {
  const text = String(body)
  const type = headers['content-type'] ?? ''
  // The state of an account may have led to "busy"; nothing else that is this bad has a cause.
  const busy = status === 500 && text.includes('InternalServerError.Busy')
  const allowed = headers.server === 'AliyunOSS' ? OSS_STATUSES.includes(status) : status < 500 || busy
  expect(allowed, `${status} ${text.slice(0, 300)}`).toBe(true)
  for (const value of Object.values(headers)) expect(value).toMatch(/^[\t\x20-\x7e]*$/)
  if (method === 'HEAD' || status < 400) return
  if (type.startsWith('application/json')) checkError(cloud, status, JSON.parse(text))
  else {
    expect(type).toMatch(/^(text|application)\/xml/)
    expect(XMLValidator.validate(text)).toBe(true)
    const { Error: error } = parser.parse(text)
    if (type.startsWith('text/xml')) checkError(cloud, status, error)
    else expect(error.Code).toMatch(/^[A-Za-z]+$/)
  }
}

/** By code: the statuses that it is documented with. */
const codes = new WeakMap<Cloud, Map<string, Set<number>>>()

function checkError(cloud: Cloud, status: number, error: { Code: string; Message: string; RequestId: string; HostId: string }): void {
  let known = codes.get(cloud)
  if (known === undefined) {
    known = new Map()
    for (const { code, status } of describeActions(cloud.catalogue).flatMap(({ errors }) => errors))
      known.set(code, (known.get(code) ?? new Set()).add(status))
    codes.set(cloud, known)
  }
  expect([...(known.get(error.Code) ?? [])], `${error.Code}: statuses`).toContain(status)
  // A refused signature quotes what the client sent.
  if (error.Code !== 'SignatureDoesNotMatch') expect(error.Message).not.toMatch(/undefined|\[object|\bat .*\.ts:\d+/)
  expect(error.RequestId).toMatch(/^[0-9A-F-]{36}$/)
}

/** A name that a careless program would stumble over. */
export const hostileName = fc.oneof(
  fc.constantFrom(
    '__proto__',
    '__proto__.1.x',
    'constructor',
    'constructor.prototype.x',
    'prototype',
    'toString',
    'hasOwnProperty',
    'length',
    'Boxes.999999999.W',
    'Boxes.0.W',
    'Boxes.-1.W',
    'Boxes.1.__proto__',
    'Boxes.1e9.W',
    'Boxes.NaN',
    'Boxes.1.',
    'Boxes..',
    '.',
    '',
    'VideoUrl.1',
    'VideoUrl.__proto__',
    'JobId[]',
    'JobId[__proto__]',
    'Format',
    'format',
    'Action',
    'Version',
    'RegionId',
    'Signature',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

/** A value that a careless program would stumble over. */
export const hostileValue = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme-composite', maxLength: 30 }),
  fc.constantFrom(
    '',
    ' ',
    // Not "undefined", by which a message tells that it lacks something.
    'null',
    'true',
    '-0',
    'NaN',
    '1e309',
    '9'.repeat(400),
    '0'.repeat(500),
    '\u0000',
    '\uFFFD',
    '\uD800',
    '\r\n\r\n',
    '../../etc/passwd',
    '<![CDATA[',
    ']]>',
    '&lt;&#0;',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    "' OR 1=1 --",
    '[[[[',
    '{"__proto__":{"x":1}}',
    `${'['.repeat(300)}${']'.repeat(300)}`,
    'http://127.0.0.1/a.mp4',
    'http://[::1]/a.mp4',
    'http://a:b@c/d.mp4',
    'http://\u0000/',
    'http://%/',
    'http://a.oss-cn-shanghai.aliyuncs.com/%zz.mp4',
    'http://a.oss-cn-shanghai.aliyuncs.com/a.mp4',
    'http://viapi-test.oss-cn-shanghai.aliyuncs.com/a.mp4?b#c',
    'javascript:alert(1)',
    'x'.repeat(5000),
  ),
)

const broken = fc.constantFrom('%', '%zz', '%u0041', '%C0%80', '%FF', '%ED%A0%80', '&', '&&==', '=', '#', ';', '+', '\u0000')

/** A query or a form, in whatever encoding. */
export const encodedPairs = fc
  .array(
    fc.oneof(
      fc
        .tuple(hostileName, hostileValue)
        .map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`),
      fc.tuple(hostileName, hostileValue).map(([name, value]) => `${name}=${value}`),
      broken,
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('&'))
