/** The msw door: requests to the services' real hosts, and to those of the objects they hand out, are answered in process. */

import { delay, type HttpHandler, HttpResponse, http } from 'msw'
import type { Cloud } from './cloud.js'
import type { Call, Reply } from './gateway/call.js'
import { serviceOfHost } from './gateway/find.js'
import { OSS_HOST } from './oss/location.js'

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
  return {
    method: request.method,
    host: headers.host ?? host,
    path: pathname,
    query: search.slice(1),
    headers,
    body: new Uint8Array(await request.arrayBuffer()),
  }
}

async function responseOf({ status, headers, body, connection }: Reply, method: string): Promise<Response> {
  if (connection === 'hang') await delay('infinite')
  if (connection !== undefined) return HttpResponse.error()
  return new HttpResponse(method === 'HEAD' ? null : body, {
    status,
    headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
  })
}
