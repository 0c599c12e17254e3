/** The msw door: requests to the services' real hosts, and to those of the objects they hand out, are answered in process. */

import { delay, type HttpHandler, HttpResponse, http } from 'msw'
import type { Cloud } from './cloud.js'
import type { Call, Reply } from './gateway/call.js'
import { serviceOfHost } from './gateway/find.js'
import { isObjectCall, OSS_HOST } from './oss/location.js'

/**
 * Handlers for msw's `setupServer` that have a cloud answer every request to a service's own host, in any region, public or `-vpc`
 * (`https://videoseg.cn-shanghai.aliyuncs.com/`), and to OSS buckets (`http://<bucket>.oss-cn-shanghai.aliyuncs.com/…`), over http and https.
 * Requests to all other hosts are left alone.
 */
export function mswHandlers(cloud: Cloud): HttpHandler[] {
  return [
    http.all(
      ({ request }) => isRealHost(cloud, new URL(request.url).hostname),
      async ({ request }) => responseOf(await cloud.handle(await callOf(request)), request.method),
    ),
  ]
}

/** Hosts such as `videoseg.localhost` belong to an emulator that listens there. */
const isRealHost = ({ catalogue }: Cloud, hostname: string): boolean =>
  OSS_HOST.test(hostname) || (hostname.endsWith('.aliyuncs.com') && serviceOfHost(catalogue, hostname) !== undefined)

async function callOf(request: Request): Promise<Call> {
  const { host, pathname, search } = new URL(request.url)
  // `fetch` adds the Host header after msw has seen the request.
  const headers: Call['headers'] = { host, ...Object.fromEntries(request.headers) }
  const call = { method: request.method, host: headers.host ?? host, path: pathname, query: search.slice(1), headers }
  // OSS takes uploads of any size, and reads them itself.
  if (isObjectCall(call) && request.body)
    return { ...call, headers: { 'transfer-encoding': 'chunked', ...headers }, body: NOTHING, stream: request.body }
  return { ...call, body: new Uint8Array(await request.arrayBuffer()) }
}

const NOTHING = new Uint8Array()

async function responseOf({ status, headers, body, stream, connection }: Reply, method: string): Promise<Response> {
  if (connection === 'hang') await delay('infinite')
  if (connection !== undefined) return HttpResponse.error()
  const empty = method === 'HEAD' || status === 204 || status === 304
  return new HttpResponse(empty ? null : stream ? ReadableStream.from(stream) : body, {
    status,
    headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
  })
}
