/** Mistakes with both signatures of OSS: they sign much the same parts. */

import type { Mistake } from '../diagnosis/diagnosis.js'
import type { Call } from '../http/call.js'
import type { Pairs } from '../http/encoding.js'

/** The parts that both signatures have. */
export interface SignedParts {
  method: string
  headers: Call['headers']
  bucket: string | undefined
  key: string
  query: Pairs
}

const METHODS = ['GET', 'PUT', 'POST', 'HEAD', 'DELETE']

/** Types that browsers and libraries send without being asked, or that stand for others. */
const CONTENT_TYPES = [
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'application/json',
  'application/xml',
  'text/plain',
  'text/plain;charset=UTF-8',
  'multipart/form-data',
  'image/jpeg',
  'image/png',
  'video/mp4',
  'audio/mpeg',
]

/** Headers and parameters that are tried one by one. */
const MAX_NAMES = 20

/** The mistakes of a request that was received like this; `buckets` are those of who signed it. */
export function partsMistakes({ method, headers, bucket, key, query }: SignedParts, buckets: readonly string[]): Mistake<SignedParts>[] {
  const change = (cause: string, changed: Partial<SignedParts>, frequent = false): Mistake<SignedParts> => ({
    cause,
    change: () => changed,
    frequent,
  })
  const without = (...names: string[]): Call['headers'] =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
  const ossHeaders = Object.keys(headers).filter((name) => name.startsWith('x-oss-'))
  const type = headers['content-type']
  const came = type === undefined ? 'the request came without it' : `the request came with ${type.slice(0, 80)}`

  return [
    ...METHODS.filter((each) => each !== method).map((each) =>
      change(`it was signed for ${each}, but the request arrived as ${method}`, { method: each }, true),
    ),
    ...(bucket !== undefined && key.startsWith(`${bucket}/`)
      ? [
          change('the bucket stands in the address twice, and was signed once (ali-oss with sldEnable and an IP address sends it so)', {
            key: key.slice(bucket.length + 1),
          }),
        ]
      : []),
    change('the bucket was left out', { bucket: undefined }, true),
    ...buckets
      .filter((name) => name !== bucket)
      .slice(0, MAX_NAMES)
      .map((name) =>
        change(
          `the bucket ${name} was signed, and the address does not name it: the client could not put it before this host; give it a host with a name, such as localhost, or have it put the bucket into the path`,
          {
            bucket: name,
            key: [bucket, key].filter(Boolean).join('/'),
          },
        ),
      ),
    ...(bucket === undefined
      ? []
      : [change('the bucket was signed twice: it stands in the endpoint already', { key: `${bucket}/${key}` })]),
    change('the name of the object was signed with a "/" before it', { key: `/${key}` }),
    change('the name of the object was percent-encoded before signing', { key: encodeURI(key.toWellFormed()) }, true),
    change('the name of the object was percent-encoded before signing, "/" as well', { key: encodeURIComponent(key.toWellFormed()) }),
    change('the query was not signed', { query: [] }, true),
    ...query
      .slice(0, MAX_NAMES)
      .map(([name]) => change(`${name} of the query was not signed`, { query: query.filter(([each]) => each !== name) })),
    ...(type === undefined
      ? []
      : [change('Content-Type was not signed; it must not be set after signing', { headers: without('content-type') }, true)]),
    ...CONTENT_TYPES.filter((each) => each !== type).map((each) =>
      change(`the Content-Type signed is ${each}, and ${came}`, { headers: { ...headers, 'content-type': each } }),
    ),
    ...(headers['content-md5'] === undefined ? [] : [change('Content-MD5 was not signed', { headers: without('content-md5') })]),
    ...ossHeaders.slice(0, MAX_NAMES).map((name) => change(`${name} was not signed, or was added on the way`, { headers: without(name) })),
    change('no x-oss header was signed', { headers: without(...ossHeaders) }),
  ]
}
