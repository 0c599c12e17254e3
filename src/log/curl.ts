/** A call as a command line for curl, to be pasted into bash. */

import type { Account } from '../account/types.js'
import type { Call } from '../http/call.js'
import { accessKeyIdOf, readCall } from '../rpc/read.js'
import { resign, ShapeError } from '../rpc/resign.js'
import { baseOf, requestTarget } from './address.js'
import type { CallRecord } from './record.js'

/** How a command line is made of a call. */
export interface CurlOptions {
  /** True: with a signature of now instead of the one that was sent, which is refused once 15 minutes have passed or its nonce has been used. */
  resign?: boolean | undefined
  /** Where to send it, such as `http://127.0.0.1:4010`. Default: to the host that the call was for, over https if it is one of the services' own. */
  endpoint?: string | undefined
}

/** What curl writes by itself, and what is about one connection. */
const LEFT_OUT = new Set([
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
])

/** Makes the command line. Throws a `RangeError` if the call is to be signed anew and cannot be. */
export function curlOf(record: CallRecord, account: Account, { resign = false, endpoint }: CurlOptions = {}): string {
  const call = resign ? signedAnew(record, account) : record.call
  const base = (endpoint ?? baseOf(record.call.host)).replace(/(?<!\/)\/+$/, '')
  const { target, isPath } = requestTarget(call)
  const url = isPath ? `${base}${target}` : `${base}/`
  const missing = missingBody(record)
  const words = [
    'curl',
    // What curl would take for a list, or tidy up.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(/\/\.\.?(?:\/|$)/.test(call.path) ? ['--path-as-is'] : []),
    // What is no path, or goes on where a URL ends.
    ...(isPath ? [] : ['--request-target', quote(bytesOf(target))]),
    ...(call.method === 'HEAD' ? ['--head'] : ['--request', quote(bytesOf(call.method))]),
    quote(bytesOf(url)),
    ...headersOf(call, base).flatMap((header) => ['--header', quote(bytesOf(header))]),
    ...(missing === undefined ? dataOf(call.body) : ['--data-binary', '@FILE']),
  ]
  return `${words.join(' ')}${missing === undefined ? '' : ` # FILE: ${missing}`}`
}

function signedAnew({ call, action, operation }: CallRecord, { ram, cloud: { catalogue } }: Account): Call {
  const refuse = (why: string): never => {
    throw new RangeError(`the call cannot be signed anew: ${why}`)
  }
  if (operation) refuse('it is one to OSS')
  const accessKeyId = accessKeyIdOf(readCall(call))
  const key = accessKeyId === undefined ? undefined : ram.find(accessKeyId)
  if (key === undefined)
    return refuse(accessKeyId === undefined ? 'it names no access key' : `the account has no access key ${accessKeyId}`)
  try {
    return resign(call, { catalogue, provider: action?.service.name ?? '', key, scheme: 'acs3' }).call
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    return refuse(error.message)
  }
}

/** What a body that the log does not have was: uploads are not kept in it, nor is what was too large to be read. */
function missingBody({ call: { headers, body, bodySize }, operation }: CallRecord): string | undefined {
  if (body.byteLength > 0) return undefined
  const length = headers['content-length']
  const sent = bodySize !== undefined || (operation && ((length ?? '0') !== '0' || headers['transfer-encoding'] !== undefined))
  return sent ? `a body of ${length ?? 'some'} bytes, which the log has not kept` : undefined
}

function headersOf({ host, headers, body }: Call, base: string): string[] {
  const sent = Object.entries(headers).filter(([name, value]) => value !== undefined && !LEFT_OUT.has(name))
  return [
    ...(new URL(base).host === host.toLowerCase() ? [] : [headers.host === undefined && host === '' ? 'host:' : written('host', host)]),
    ...sent.map(([name, value = '']) => written(name, value)),
    // These are what curl sends unless told otherwise; a colon without a value takes one out.
    ...['accept', 'user-agent'].filter((name) => !headers[name]).map((name) => `${name}:`),
    ...(body.byteLength > 0 && headers['content-type'] === undefined ? ['content-type:'] : []),
  ]
}

/** A header; one without a value is written with a semicolon. */
const written = (name: string, value: string): string => (value === '' ? `${name};` : `${name}: ${value}`)

/** Bytes of the longest argument that a command can be given; systems have their limit at 128 KiB, or further up. */
const LONGEST_ARGUMENT = 100_000

/** No argument of a command can hold a zero byte, or more than so much; such a body comes from a file that is none. */
function dataOf(body: Uint8Array): string[] {
  if (body.byteLength === 0) return []
  if (body.includes(0)) return ['--data-binary', `@<(printf '${[...body].map((byte) => `\\x${hex(byte)}`).join('')}')`]
  if (body.byteLength > LONGEST_ARGUMENT) return ['--data-binary', `@<(printf %s ${quote(body)})`]
  return ['--data-raw', quote(body)]
}

/** Text of HTTP heads is one byte a character. */
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')

/** Quotes bytes for bash, in one line: as they are where they are plain, else as `$'…'` with every other byte written out. */
function quote(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1')
  if (/^[\w./:@%+=-]+$/.test(text)) return text
  if (/^[\x20-\x26\x28-\x7e]*$/.test(text)) return `'${text}'`
  // An apostrophe or an exclamation mark would mean something to the history of an interactive shell.
  return `$'${text.replace(/[^\x20-\x7e]|['\\!]/g, (character) => `\\x${hex(character.charCodeAt(0))}`)}'`
}
