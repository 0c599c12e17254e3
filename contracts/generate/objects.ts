/** What OSS promises to who uploads with the ticket that VOD hands out: the interactions of contracts/pacts/oss.json. */

import { createHash } from 'node:crypto'
import type { Matcher, MatchingRules, ObjectInteraction, PactState } from '../format/pact.js'

/** An upload, in short. */
interface Example {
  what: string
  state: PactState
  method: 'PUT' | 'POST' | 'DELETE'
  /** Default: that of the file. */
  path?: string
  /** Values of states stand in them as the name in braces. */
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: string
  /** Of the answer; `etag`: what was hashed for it. */
  status: number
  etag?: string
  /** Elements of an answer in XML: a value that counts, or a matcher for it. */
  xml?: { root: string; elements: Record<string, string | Matcher> }
}

const TICKET: PactState = { name: 'an upload ticket' }
const IN_PARTS: PactState = { name: 'an upload ticket with an upload in parts' }
const WITH_PART: PactState = { ...IN_PARTS, params: { parts: ['film'] } }

/** What a state gives, by its name. */
const BUCKET = `\${Bucket}`
const FILE_NAME = `\${FileName}`
const UPLOAD_ID = `\${UploadId}`

const FILE = `/${BUCKET}/${FILE_NAME}`
const VIDEO = { 'Content-Type': 'video/mp4' }
const XML = { 'Content-Type': 'application/xml' }

const md5 = (text: string): string => createHash('md5').update(text).digest('hex').toUpperCase()

const form = (fields: Record<string, string>): string =>
  [
    ...Object.entries(fields).map(([name, value]) => `--form\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
    '--form\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\nContent-Type: video/mp4\r\n\r\nfilm\r\n--form--\r\n',
  ].join('')

const examples: readonly Example[] = [
  { what: 'PutObject: the file in one piece', state: TICKET, method: 'PUT', headers: VIDEO, body: 'film', status: 200, etag: 'film' },
  {
    what: 'PutObject: the file in one piece, signed with V4',
    state: TICKET,
    method: 'PUT',
    headers: { ...VIDEO, 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' },
    body: 'film',
    status: 200,
    etag: 'film',
  },
  {
    what: 'PutObject: the file to a signed URL',
    state: TICKET,
    method: 'PUT',
    query: { Expires: '1767229200', OSSAccessKeyId: 'STS.any', Signature: 'any' },
    headers: VIDEO,
    body: 'film',
    status: 200,
    etag: 'film',
  },
  {
    what: 'PutObject: the file to a URL signed with V4',
    state: TICKET,
    method: 'PUT',
    query: { 'x-oss-signature-version': 'OSS4-HMAC-SHA256', 'x-oss-credential': 'any', 'x-oss-signature': 'any' },
    headers: VIDEO,
    body: 'film',
    status: 200,
    etag: 'film',
  },
  {
    what: 'PutObject: another object than that of the ticket: AccessDenied',
    state: TICKET,
    method: 'PUT',
    path: `/${BUCKET}/another.mp4`,
    headers: VIDEO,
    body: 'film',
    status: 403,
    xml: { root: 'Error', elements: { Code: 'AccessDenied', Message: { match: 'type' } } },
  },
  {
    what: 'PostObject: the file by form',
    state: TICKET,
    method: 'POST',
    path: `/${BUCKET}`,
    headers: { 'Content-Type': 'multipart/form-data; boundary=form' },
    body: form({ key: FILE_NAME, success_action_status: '200' }),
    status: 200,
    etag: 'film',
  },
  {
    what: 'InitiateMultipartUpload: an upload in parts',
    state: TICKET,
    method: 'POST',
    query: { uploads: '' },
    headers: VIDEO,
    status: 200,
    xml: { root: 'InitiateMultipartUploadResult', elements: { UploadId: { match: 'type' } } },
  },
  {
    what: 'UploadPart: a part',
    state: IN_PARTS,
    method: 'PUT',
    query: { partNumber: '1', uploadId: UPLOAD_ID },
    headers: VIDEO,
    body: 'film',
    status: 200,
    etag: 'film',
  },
  {
    what: 'CompleteMultipartUpload: all parts that there are',
    state: WITH_PART,
    method: 'POST',
    query: { uploadId: UPLOAD_ID },
    headers: XML,
    body: `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"${md5('film')}"</ETag></Part></CompleteMultipartUpload>`,
    status: 200,
    xml: { root: 'CompleteMultipartUploadResult', elements: { Location: { match: 'type' }, ETag: { match: 'type' } } },
  },
  {
    what: 'CompleteMultipartUpload: a part that has not arrived: InvalidPart',
    state: IN_PARTS,
    method: 'POST',
    query: { uploadId: UPLOAD_ID },
    headers: XML,
    body: `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"${md5('film')}"</ETag></Part></CompleteMultipartUpload>`,
    status: 400,
    xml: { root: 'Error', elements: { Code: 'InvalidPart', Message: { match: 'type' } } },
  },
  {
    what: 'AbortMultipartUpload: an upload that is given up',
    state: WITH_PART,
    method: 'DELETE',
    query: { uploadId: UPLOAD_ID },
    status: 204,
  },
]

/** Stand-ins for the values of states, against a mock server. */
const SAMPLES: Readonly<Record<string, string>> = {
  Bucket: 'outin-0000.oss',
  FileName: 'sv/0000/0000.mp4',
  UploadId: '0004B9894A22E5B1888A1E29F8236E2D',
}

const sampled = (text: string): string => text.replace(/\$\{(\w+)\}/g, (_, name: string) => SAMPLES[name] ?? name)

const isFilledIn = (text: string): boolean => text !== sampled(text)

const stated = (expression: string) => ({ type: 'ProviderState', expression }) as const

const anyOf = (match: Matcher): MatchingRules[string] => ({ matchers: [match], combine: 'AND' })

/** The interactions, without signatures, or with one in whose place verification puts its own. */
export const objectInteractions = (): ObjectInteraction[] =>
  examples.map(({ what, state, method, path = FILE, query = {}, headers = {}, body, status, etag, xml }) => {
    const given = Object.entries(query).filter(([, value]) => isFilledIn(value))
    const { 'Content-Type': contentType = 'text/plain' } = headers
    return {
      type: 'Synchronous/HTTP',
      description: what,
      providerStates: [state],
      request: {
        method,
        path: sampled(path),
        query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [sampled(value)]])),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
        ...(body !== undefined && { body: { content: body, contentType, encoded: false } }),
        generators: {
          path: stated(path),
          ...(given.length > 0 && { query: Object.fromEntries(given.map(([name, value]) => [name, stated(value)])) }),
        },
      },
      response: {
        status,
        headers: { 'x-oss-request-id': ['5C3D9175B6FC201293AD0000'], ...(etag !== undefined && { ETag: [`"${md5(etag)}"`] }) },
        ...(xml && { body: { content: xmlOf(xml), contentType: 'application/xml', encoded: false } }),
        matchingRules: {
          header: { 'x-oss-request-id': anyOf({ match: 'regex', regex: '^[0-9A-F]{24}$' }) },
          ...(xml && { body: rulesOf(xml) }),
        },
      },
    }
  })

const xmlOf = ({ root, elements }: NonNullable<Example['xml']>): string => {
  const inner = Object.entries(elements).map(([name, value]) => `<${name}>${typeof value === 'string' ? value : 'any'}</${name}>`)
  return `<?xml version="1.0" encoding="UTF-8"?><${root}>${inner.join('')}</${root}>`
}

const rulesOf = ({ root, elements }: NonNullable<Example['xml']>): MatchingRules =>
  Object.fromEntries(
    Object.entries(elements).flatMap(([name, value]) => (typeof value === 'string' ? [] : [[`$.${root}.${name}['#text']`, anyOf(value)]])),
  )
