/** A recorded request as the emulator is sent it: with its own ids, addresses and tickets in the place of the upstream's, and signed anew. */

import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { canonicalQuery, parsePairs, parseParams } from '../../src/http/encoding.js'
import type { Account, Call, Cloud } from '../../src/index.js'
import { isObjectCall, OSS_HOST } from '../../src/oss/location.js'
import { resignObject } from '../../src/oss/resign.js'
import { accessKeyIdOf, readCall } from '../../src/rpc/read.js'
import { resign } from '../../src/rpc/resign.js'
import type { SigningKey } from '../../src/signing/sign.js'
import { bytesOf, type EventOf } from '../record/format.js'
import { pathOfBody } from '../record/recording.js'
import type { Roles } from './roles.js'
import { translateValue } from './values.js'

/** What a request is made anew with. */
export interface Rebuilding {
  cloud: Cloud
  account: Account
  roles: Roles
  /** Where the recording is. */
  file: string
}

/** The request as it was recorded, with its body where that is not large. */
export function recordedCall({ body, method, host, path, query, headers, secure, bodySize }: EventOf<'call'>): Call {
  const bytes = body && !('file' in body) ? bytesOf(body) : new Uint8Array()
  return { method, host, path, query, headers, body: bytes, ...(secure && { secure }), ...(bodySize !== undefined && { bodySize }) }
}

/** A call of an Action. Throws a `ShapeError` if it is none. */
export function rebuildCall(event: EventOf<'call'>, { cloud, account, roles }: Rebuilding): Call {
  const recorded = recordedCall(event)
  const read = readCall(recorded)
  const translated = (encoded: string): string =>
    canonicalQuery(parsePairs(encoded).map(([name, value]) => [name, translateValue(roles, value, name)] as const))
  const form = read.hasForm ? Buffer.from(translated(Buffer.from(recorded.body).toString('utf8'))) : recorded.body
  const key = keyFor(accessKeyIdOf(read), account, roles) ?? account.credentials
  const call = { ...recorded, query: translated(recorded.query), body: form }
  return { ...resign(call, { catalogue: cloud.catalogue, provider: '', key, scheme: 'acs3' }).call, ...(event.secure && { secure: true }) }
}

/** A request to OSS. */
export async function rebuildObjectCall(event: EventOf<'call'>, rebuilding: Rebuilding): Promise<Call> {
  const { account, roles } = rebuilding
  const recorded = recordedCall(event)
  const handedOut = roles.url(`http://${event.host}${event.path}${event.query === '' ? '' : `?${event.query}`}`)
  // What names a key of its own is signed with that, also at an address that was handed out, such as that of a file to be uploaded.
  const place = handedOut === undefined ? undefined : new URL(handedOut)
  if (place && event.headers.authorization === undefined) return atUrl(recorded, place)
  const query = canonicalQuery(parsePairs(event.query).map(([name, value]) => [name, roles.translate(value)] as const))
  const call = await withBody(
    {
      ...recorded,
      host: place?.host ?? translateHost(roles, event.host),
      path: place?.pathname ?? translatePath(roles, event.path),
      query,
      headers: headersOf(roles, event),
    },
    event,
    rebuilding,
  )
  const key = keyFor(keyIdOf(event, recorded), account, roles)
  // With a signature that was handed out without its key, such as that of a form, nothing is to be signed.
  if (key === undefined) return call
  return resignObject(call, { key, now: account.clock.now(), region: OSS_HOST.exec(call.host)?.[2] ?? 'cn-shanghai' })
}

/** The id of the key that a recorded call is signed with; `undefined` if it names none. */
export function keyOf(event: EventOf<'call'>): string | undefined {
  const recorded = recordedCall(event)
  return isObjectCall(event) ? keyIdOf(event, recorded) : accessKeyIdOf(readCall(recorded))
}

/** With which key a request is signed that was signed with another; `undefined` if the emulator has handed out one whose secret only it knows. */
function keyFor(theirs: string | undefined, { credentials }: Account, roles: Roles): SigningKey | undefined {
  const ours = theirs === undefined ? undefined : roles.ours(theirs)
  return ours === undefined ? credentials : roles.key(ours)
}

/** The key that a request to OSS names, wherever it does. */
function keyIdOf({ query, headers }: EventOf<'call'>, { body }: Call): string | undefined {
  const { authorization = '' } = headers
  const named = /^OSS ([^:]+):|\bCredential=([^/,\s]+)|\bAccessKeyId:([^,\s]+)/.exec(authorization)?.slice(1).find(Boolean)
  if (named !== undefined) return named
  const params = parseParams(query)
  const inUrl = params.get('OSSAccessKeyId') ?? params.get('x-oss-credential')?.split('/', 1)[0]
  if (inUrl !== undefined) return inUrl
  return /name="(?:OSSAccessKeyId|x-oss-credential)"\s*\r\n\r\n([^/\r\n]+)/i.exec(Buffer.from(body).toString('latin1', 0, 65_536))?.[1]
}

/** Headers say how long a body is and what it comes to, which changes with it. */
function headersOf(roles: Roles, { headers }: EventOf<'call'>): Record<string, string> {
  const { 'content-length': _, 'content-md5': __, 'transfer-encoding': ___, ...kept } = headers
  return Object.fromEntries(
    Object.entries(kept).map(([name, value]) => [name, name.startsWith('x-oss-') ? translateValue(roles, value, name) : value]),
  )
}

/** The body, with our values in texts; what is large goes as it is. */
async function withBody(call: Call, { body }: EventOf<'call'>, { roles, file }: Rebuilding): Promise<Call> {
  if (body === undefined) return { ...call, headers: { ...call.headers, 'content-length': '0' } }
  const isForm = /^multipart\/form-data/i.test(call.headers['content-type'] ?? '')
  if ('file' in body) {
    const path = pathOfBody(file, body)
    if (isForm) return sized({ ...call, body: translateForm(roles, await readFile(path)) })
    return { ...call, headers: { ...call.headers, 'content-length': String(body.size) }, stream: createReadStream(path) }
  }
  const bytes = bytesOf(body)
  if (isForm) return sized({ ...call, body: translateForm(roles, bytes) })
  // Of what OSS is sent, documents name parts and objects; files are files.
  const isDocument = 'text' in body && body.text.startsWith('<')
  return sized({ ...call, body: isDocument ? Buffer.from(roles.translate(body.text)) : bytes })
}

const sized = (call: Call): Call => ({ ...call, headers: { ...call.headers, 'content-length': String(call.body.byteLength) } })

/** Fields of a form with our values; files stay as they are. As Latin-1, whatever bytes they have come out as they have gone in. */
function translateForm(roles: Roles, bytes: Buffer): Buffer {
  const field = /(Content-Disposition: form-data; name="[^"]*"(?:\r\n[^\r\n]+)*\r\n\r\n)([^\r\n]*)(?=\r\n--)/gi
  const text = bytes
    .toString('latin1')
    .replace(field, (_whole, head: string, value: string) => head + translateValue(roles, value, nameIn(head)))
  return Buffer.from(text, 'latin1')
}

const nameIn = (head: string): string => /name="([^"]*)/i.exec(head)?.[1] ?? ''

/** A URL that the emulator has handed out, called as another was. */
const atUrl = (call: Call, { host, pathname, search }: URL): Call => ({
  ...call,
  host,
  path: pathname,
  query: search.slice(1),
  headers: { ...call.headers, host },
})

const translateHost = (roles: Roles, host: string): string => roles.ours(host) ?? roles.translate(host)

function translatePath(roles: Roles, path: string): string {
  try {
    const name = decodeURIComponent(path.slice(1))
    const translated = roles.translate(name)
    return translated === name ? path : `/${translated.split('/').map(encodeURIComponent).join('/')}`
  } catch {
    return path
  }
}
