/** The msw door: requests to the services' real hosts, and to those of the objects they hand out, are answered in process. */

import { type HttpHandler, HttpResponse, http } from 'msw'
import { didYouMean } from './base/nearest.js'
import type { Cloud } from './cloud/cloud.js'
import { held, sentBeforeReset } from './faults/wait.js'
import { unwritableReply } from './gateway/render.js'
import type { Call, Reply } from './http/call.js'
import { isObjectCall } from './oss/location.js'
import { Wildcard } from './patterns/wildcard.js'

/** What becomes of requests to Alibaba Cloud that are not for the emulated services. */
export interface MswOptions {
  /**
   * Hosts of `aliyuncs.com` that are left to other handlers, and reach the real cloud if there are none: `dysmsapi.aliyuncs.com`, `*.log.aliyuncs.com`; `true`:
   * all of them. Default: none. A request to such a host is refused, so that no test reaches the real cloud by mistake.
   */
  passThrough?: boolean | readonly string[]
}

/**
 * Handlers for msw's `setupServer` that have a cloud answer every request to a service's own host, in any region, public or `-vpc`
 * (`https://videoseg.cn-shanghai.aliyuncs.com/`), to OSS buckets (`http://<bucket>.oss-cn-shanghai.aliyuncs.com/…`) and to play domains, over http and https.
 * Requests to all other hosts of Alibaba Cloud are refused, unless they are to pass; handlers for those come before these. What goes elsewhere is left alone.
 *
 * A request that a fault has hang ends with its `AbortSignal` or with the account; msw does not tell when a client of `node:http` goes away.
 */
export function mswHandlers(cloud: Cloud, { passThrough = false }: MswOptions = {}): HttpHandler[] {
  const passes = passing(passThrough)
  return [
    http.all(
      ({ request }) => cloud.hasHost(hostOf(request)),
      async ({ request }) => {
        const onBug = (error: unknown): void => cloud.onBug(error, `answering ${request.method} ${new URL(request.url).host}`)
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
      ({ request }) => ALIBABA_CLOUD.test(hostOf(request)) && !passes(hostOf(request)),
      ({ request }) => notEmulated(cloud, hostOf(request)),
    ),
  ]
}

const ALIBABA_CLOUD = /(?:^|\.)aliyuncs\.com$/

const hostOf = ({ url }: Request): string => new URL(url).hostname

/** Tells the hosts that are to pass. */
function passing(passThrough: boolean | readonly string[]): (host: string) => boolean {
  if (typeof passThrough === 'boolean') return () => passThrough
  const patterns = passThrough.map((pattern) => new Wildcard(pattern.toLowerCase()))
  return (host) => patterns.some((pattern) => pattern.test(host))
}

/** In the form of the gateway's errors, because that is what the SDKs show. No SDK tries again after it. */
function notEmulated({ catalogue }: Cloud, host: string): Response {
  const [name = ''] = host.split('.', 1)
  const meant = didYouMean(name, catalogue.services.keys())
  const Message = `${host} is not emulated${meant || '.'} The request was not sent; passThrough lets it out.`
  return HttpResponse.json({ Code: 'HostNotEmulated', Message }, { status: 404, headers: { 'x-emulator-reason': Message } })
}

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
