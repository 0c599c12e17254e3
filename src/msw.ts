/** The msw door: requests to the services' real hosts, and to those of the objects they hand out, are answered in process. */

import { type HttpHandler, HttpResponse, http } from 'msw'
import type { Cloud } from './cloud/cloud.js'
import { destinations, notEmulated, type PassThroughOptions } from './cloud/hosts.js'
import { held, sentBeforeReset } from './faults/wait.js'
import { unwritableReply } from './gateway/render.js'
import type { Call, Reply } from './http/call.js'
import { isObjectCall } from './oss/location.js'

/** What becomes of requests to Alibaba Cloud that are not for the emulated services. Those that pass are left to other handlers. */
export type MswOptions = PassThroughOptions

/**
 * Handlers for msw's `setupServer` that have a cloud answer every request to a service's own host, in any region, public or `-vpc`
 * (`https://videoseg.cn-shanghai.aliyuncs.com/`), to OSS buckets (`http://<bucket>.oss-cn-shanghai.aliyuncs.com/…`) and to play domains, over http and https.
 * Requests to all other hosts of Alibaba Cloud are refused, unless they are to pass; handlers for those come before these. What goes elsewhere is left alone.
 *
 * A request that a fault has hang ends with its `AbortSignal` or with the account; msw does not tell when a client of `node:http` goes away.
 */
export function mswHandlers(cloud: Cloud, options: MswOptions = {}): HttpHandler[] {
  const destination = destinations(cloud, options)
  return [
    http.all(
      ({ request }) => destination(hostOf(request)) === 'cloud',
      async ({ request }) => {
        const onBug = bugsOf(cloud, request)
        try {
          const reply = await held(await cloud.handle(await callOf(request, cloud)), () => request.signal)
          return responseOf(reply, request.method, onBug)
        } catch (error) {
          // Nobody waits for an answer.
          if (request.signal.aborted) return HttpResponse.error()
          onBug(error)
          return responseOf(unwritableReply(), request.method, onBug)
        }
      },
    ),
    http.all(
      ({ request }) => destination(hostOf(request)) === 'refused',
      ({ request }) => responseOf(notEmulated(cloud, hostOf(request)), request.method, bugsOf(cloud, request)),
    ),
  ]
}

const bugsOf =
  (cloud: Cloud, { method, url }: Request) =>
  (error: unknown): void =>
    cloud.onBug(error, `answering ${method} ${new URL(url).host}`)

const hostOf = ({ url }: Request): string => new URL(url).hostname

async function callOf(request: Request, cloud: Cloud): Promise<Call> {
  const { protocol, host, pathname, search } = new URL(request.url)
  // `fetch` adds the Host header after msw has seen the request.
  const headers: Call['headers'] = { host, ...Object.fromEntries(request.headers) }
  const call = {
    method: request.method,
    host: headers.host ?? host,
    path: pathname,
    query: search.slice(1),
    headers,
    secure: protocol === 'https:',
  }
  // OSS takes uploads of any size, and reads them itself.
  if (isObjectCall(call, cloud) && request.body)
    return { ...call, headers: { 'transfer-encoding': 'chunked', ...headers }, body: NOTHING, stream: request.body }
  return { ...call, body: new Uint8Array(await request.arrayBuffer()) }
}

const NOTHING = new Uint8Array()

function responseOf(reply: Reply, method: string, onBug: (error: unknown) => void): Response {
  const { status, body, stream, connection } = reply
  if (typeof connection === 'string') return HttpResponse.error()
  const headers = { 'content-length': String(Buffer.byteLength(body)), ...reply.headers }
  if (connection !== undefined) return new HttpResponse(ReadableStream.from(brokenOff(reply, connection.resetAfter)), { status, headers })
  const empty = method === 'HEAD' || status === 204 || status === 304
  return new HttpResponse(empty ? null : stream ? ReadableStream.from(reported(stream, onBug)) : body, { status, headers })
}

/** A body that comes piece by piece, and a bug if it does not. */
async function* reported(stream: AsyncIterable<Uint8Array>, onBug: (error: unknown) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    onBug(error)
    throw error
  }
}

async function* brokenOff(reply: Reply, bytes: number): AsyncGenerator<Uint8Array> {
  yield* sentBeforeReset(reply, bytes)
  throw new TypeError('terminated')
}
