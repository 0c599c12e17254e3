/** Step: from a call to its parameters. */

import type { Format, Service } from '../actions/action.js'
import { refuseCall } from '../base/gateway-errors.js'
import { atMost, type CallBounds, mostBounds } from '../http/bounds.js'
import type { Call } from '../http/call.js'
import { eachPair, type Pairs, parsePairs } from '../http/encoding.js'
import type { WireParams } from '../params/decoder.js'

/** A call that has been read. The log shows refused ones, too, so nothing is refused here. */
export class ReadCall {
  /** Parameters of query and form by name; of a name given twice, the first counts. */
  readonly params: WireParams
  /** How many there are, those of names given twice included. */
  readonly count: number
  /** Signature generation: `rpc` has its fields among the parameters, `acs3` in headers. */
  readonly scheme: 'rpc' | 'acs3'
  readonly #form: string
  readonly #most: number

  /** Reads query and form, no further than the bounds go. */
  constructor(
    readonly call: Call,
    { maxBodyBytes, maxParameters }: CallBounds,
  ) {
    const { query, body, headers } = call
    const readable = isForm(call) && body.byteLength <= maxBodyBytes
    this.#form = readable ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8') : ''
    this.#most = maxParameters
    const params = new Map<string, string>()
    const add = (name: string, value: string): void => {
      if (!params.has(name)) params.set(name, value)
    }
    this.count = eachPair(query, maxParameters, add) + eachPair(this.#form, maxParameters, add)
    this.params = params
    this.scheme = headers.authorization?.startsWith('ACS3-') ? 'acs3' : 'rpc'
  }

  /** All parameters of the query, in order of appearance. Made anew each time: most calls are signed as they are sent, and need none. */
  get query(): Pairs {
    return parsePairs(this.call.query, this.#most)
  }

  /** Those of the form. */
  get form(): Pairs {
    return parsePairs(this.#form, this.#most)
  }

  get hasForm(): boolean {
    return this.#form !== ''
  }

  /** Action and Version as named by the call. */
  get action(): string | undefined {
    return this.#named('x-acs-action', 'Action')
  }

  get version(): string | undefined {
    return this.#named('x-acs-version', 'Version')
  }

  #named(header: string, param: string): string | undefined {
    return (this.scheme === 'acs3' ? this.call.headers[header] : undefined) || this.params.get(param) || undefined
  }
}

/** Reads a call. Never refuses. */
export const readCall = (call: Call, bounds: CallBounds = mostBounds): ReadCall => new ReadCall(call, bounds)

const isForm = ({ headers, body }: Call): boolean =>
  body.byteLength > 0 && /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')

/** Refuses methods other than GET and POST, and calls that hold more than they may. */
export function checkMethodAndSize({ call, count }: ReadCall, bounds: CallBounds): void {
  if (call.method !== 'GET' && call.method !== 'POST')
    refuseCall('UnsupportedHTTPMethod', { reason: `${call.method} is not supported; use GET or POST` })
  const size = Math.max(call.bodySize ?? 0, call.body.byteLength)
  if (size > bounds.maxBodyBytes)
    refuseCall('InvalidContentLength', { reason: `a body may have ${atMost(bounds, 'maxBodyBytes', 'bytes')}` })
  if (count > bounds.maxParameters)
    refuseCall('InvalidContentLength', { reason: `a call may have ${atMost(bounds, 'maxParameters', 'parameters')}` })
}

/** The format that a call asks for, else the default of its signature and service. */
export function formatOf({ params, scheme }: Pick<ReadCall, 'params' | 'scheme'>, service: Service | undefined): Format {
  const asked = params.get('Format')?.toUpperCase()
  if (asked === 'JSON' || asked === 'XML') return asked
  return scheme === 'acs3' ? 'JSON' : (service?.defaultFormat ?? 'XML')
}

/** The access key id that a call names, if it names one. */
export function accessKeyIdOf({ scheme, call, params }: ReadCall): string | undefined {
  if (scheme === 'rpc') return params.get('AccessKeyId') || undefined
  return /\bCredential=([^,\s]+)/.exec(call.headers.authorization ?? '')?.[1]
}
