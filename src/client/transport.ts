/** From a call to a JSON document: over HTTP or to a cloud in the same process, with every way to fail told apart. */

import { isError } from '../base/realm.js'
import type { Cloud } from '../cloud/cloud.js'
import { held } from '../faults/wait.js'
import type { Call, Reply } from '../http/call.js'
import { parseJson } from '../params/structures.js'
import { CallError } from './error.js'

/** How a single call may differ from the others of its client. */
export interface CallOptions {
  /** Milliseconds to wait for the answer, instead of the client's. */
  timeoutMs?: number | undefined
  /** Gives the call up when it is aborted; the call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** Milliseconds to wait for an answer unless told otherwise. */
export const USUAL_TIMEOUT_MS = 10_000

/** Hands a call over and resolves with the reply. */
export type Send = (call: Call, signal: AbortSignal) => Promise<Reply>

/** The origin of an endpoint: `http://127.0.0.1:4010`. Throws a `TypeError` if it is not one. */
export function originOf(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '')
    throw new TypeError(`An endpoint is an http or https URL without a path, such as http://127.0.0.1:4010, not "${endpoint}".`)
  return url.origin
}

/**
 * Sends over HTTP. With the platform's own fetch, which is undici: msw intercepts that one, and not the one of the undici package,
 * so calls to the services' real hosts can be answered in process.
 */
export const overHttp =
  (protocol: string): Send =>
  async ({ method, host, path, query, headers, body }, signal) => {
    const { host: _host, ...rest } = headers
    const response = await fetch(`${protocol}//${host}${path}${query === '' ? '' : `?${query}`}`, {
      method,
      headers: rest as Record<string, string>,
      ...(body.byteLength > 0 && { body }),
      redirect: 'manual',
      signal,
    })
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  }

/** Hands over to a cloud in the same process. */
export const inProcess =
  (cloud: Pick<Cloud, 'handle'>): Send =>
  (call, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const giveUp = () => reject(signal.reason)
      signal.addEventListener('abort', giveUp, { once: true })
      const receive = async (): Promise<Reply> => held(await cloud.handle(call), () => signal)
      receive().then((reply) => {
        // As long as somebody listens, a signal and what it holds are kept until its time is up.
        signal.removeEventListener('abort', giveUp)
        if (reply.connection === undefined) resolve(reply)
        else reject(new Error('the cloud was asked to reset it'))
      }, reject)
    })

/** Sends a call and waits for the reply. Throws a {@link CallError} if there is none, or the signal's reason. */
export async function exchange(
  name: string,
  send: Send,
  call: Call,
  { timeoutMs = USUAL_TIMEOUT_MS, signal }: CallOptions,
): Promise<Reply> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    return await send(call, signal ? AbortSignal.any([signal, timeout]) : timeout)
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    if (timeout.aborted) throw new CallError('Client.Timeout', `${call.host} did not answer within ${timeoutMs} ms.`, { call: name, cause })
    throw new CallError('Client.Connection', `The connection to ${call.host} failed: ${describeFailure(cause)}`, { call: name, cause })
  }
}

/** The document of a reply, or `undefined` if it holds no JSON object or array. */
export function documentOf({ body }: Reply): Record<string, unknown> | undefined {
  const document = parseJson(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'))
  return typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : undefined
}

/** The error for a reply that nobody behind the endpoint would give. */
export function unexpected(name: string, { host }: Call, { status, headers, body }: Reply): CallError {
  const text = String(body).replace(/\s+/g, ' ').trim()
  const shown = text === '' ? 'an empty body' : `${headers['content-type'] ?? 'a body without a type'}: ${excerpt(text)}`
  return new CallError('Client.Answer', `${host} answered ${status} with ${shown}`, { call: name, status })
}

const MAX_SHOWN = 200

const excerpt = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text)

/** `fetch failed` says nothing; its cause does. */
function describeFailure(error: unknown): string {
  const cause = isError(error) && isError(error.cause) ? error.cause : error
  const { code, message } = cause as { code?: unknown; message?: string }
  return message || String(code ?? cause)
}
