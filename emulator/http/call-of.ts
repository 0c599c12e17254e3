/** What arrives on a socket, as the call that it stands for. */

import type { IncomingMessage } from 'node:http'
import { ownText } from '../../src/base/own-text.js'
import type { Call, Cloud } from '../../src/index.js'
import { addressOf } from '../../src/oss/location.js'
import { cameOverTls } from './reached.js'

const NOTHING = new Uint8Array()

/** The call that a request stands for, as far as its head says it; it has no body yet. */
export function callOf(request: IncomingMessage): Call {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  const { headers, socket } = request
  const call: Call = {
    method: request.method ?? 'GET',
    host: headers.host ?? '',
    path: mark < 0 ? url : ownText(url.slice(0, mark), url),
    query: mark < 0 ? '' : url.slice(mark + 1),
    // The one header that Node keeps as a list.
    headers: (headers['set-cookie'] ? { ...headers, 'set-cookie': headers['set-cookie'].join(', ') } : headers) as Call['headers'],
    body: NOTHING,
  }
  if (cameOverTls(request)) call.secure = true
  const { remoteAddress } = socket
  if (remoteAddress !== undefined)
    call.clientAddress = remoteAddress.startsWith(MAPPED) ? remoteAddress.slice(MAPPED.length) : remoteAddress
  return call
}

/** Before an address of IPv4 that comes in where IPv6 is spoken. */
const MAPPED = '::ffff:'

/** True for a request whose host names a bucket: its objects may have any name. */
export const namesBucket = ({ host = '' }: { host?: string | undefined }, { addresses }: Pick<Cloud, 'addresses'>): boolean =>
  addressOf({ host, path: '/' }, addresses)?.bucket !== undefined
