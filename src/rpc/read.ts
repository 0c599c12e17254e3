/** Step: from a call to its parameters. */

import type { Format, Service } from '../actions/action.js'
import { refuseCall } from '../base/gateway-errors.js'
import { atMost, type CallBounds, mostBounds } from '../http/bounds.js'
import type { Call } from '../http/call.js'
import { type Pairs, parsePairs } from '../http/encoding.js'
import type { WireParams } from '../params/decoder.js'

/** A call that has been read. */
export interface ReadCall {
  call: Call
  query: Pairs
  form: Pairs
  /** Parameters of query and form by name; of a name given twice, the first counts. */
  params: WireParams
  /** Signature generation: `rpc` has its fields among the parameters, `acs3` in headers. */
  scheme: 'rpc' | 'acs3'
  /** Action and Version as named by the call. */
  action: string | undefined
  version: string | undefined
}

/** Reads query and form, no further than the bounds go. Never refuses: what it makes of a call is also what the log shows of a refused one. */
export function readCall(call: Call, { maxBodyBytes, maxParameters }: CallBounds = mostBounds): ReadCall {
  const { body } = call
  const query = parsePairs(call.query, maxParameters)
  const readable = isForm(call) && body.byteLength <= maxBodyBytes
  const form = readable ? parsePairs(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'), maxParameters) : []
  const params = new Map<string, string>()
  for (const [name, value] of query) if (!params.has(name)) params.set(name, value)
  for (const [name, value] of form) if (!params.has(name)) params.set(name, value)
  const scheme = call.headers.authorization?.startsWith('ACS3-') ? 'acs3' : 'rpc'
  const named = (header: string, param: string): string | undefined =>
    (scheme === 'acs3' ? call.headers[header] : undefined) || params.get(param) || undefined
  return { call, query, form, params, scheme, action: named('x-acs-action', 'Action'), version: named('x-acs-version', 'Version') }
}

const isForm = ({ headers, body }: Call): boolean =>
  body.byteLength > 0 && /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')

/** Refuses methods other than GET and POST, and calls that hold more than they may. */
export function checkMethodAndSize({ call, query, form }: ReadCall, bounds: CallBounds): void {
  if (call.method !== 'GET' && call.method !== 'POST')
    refuseCall('UnsupportedHTTPMethod', { reason: `${call.method} is not supported; use GET or POST` })
  const size = Math.max(call.bodySize ?? 0, call.body.byteLength)
  if (size > bounds.maxBodyBytes)
    refuseCall('InvalidContentLength', { reason: `a body may have ${atMost(bounds, 'maxBodyBytes', 'bytes')}` })
  if (query.length + form.length > bounds.maxParameters)
    refuseCall('InvalidContentLength', { reason: `a call may have ${atMost(bounds, 'maxParameters', 'parameters')}` })
}

/** The format that a call asks for, else the default of its signature and service. */
export function formatOf({ params, scheme }: ReadCall, service: Service | undefined): Format {
  const asked = params.get('Format')?.toUpperCase()
  if (asked === 'JSON' || asked === 'XML') return asked
  return scheme === 'acs3' ? 'JSON' : (service?.defaultFormat ?? 'XML')
}

/** The access key id that a call names, if it names one. */
export function accessKeyIdOf({ scheme, call, params }: ReadCall): string | undefined {
  if (scheme === 'rpc') return params.get('AccessKeyId') || undefined
  return /\bCredential=([^,\s]+)/.exec(call.headers.authorization ?? '')?.[1]
}
