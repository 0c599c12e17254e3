/** Delivery over HTTP: the port through which it leaves the cloud, and the request that is sent. */

import { isError } from '../base/realm.js'
import { ON_BEHALF } from '../http/on-behalf.js'

/** One callback, ready to be sent by POST. */
export interface DeliveryRequest {
  url: string
  headers: Record<string, string>
  /** The event as JSON, or what else is to be sent. */
  body: string
  /** Characters of the answer that are wanted. Default: none, only its status counts. */
  wanted?: number
  /** Aborted when the receiver's time is up, or when nobody waits for the answer any more. */
  signal: AbortSignal
}

/**
 * Sends a callback and resolves with the receiver's answer, and what is wanted of its body; a redirect is an answer and is not followed. Rejects if
 * there is none.
 */
export type Deliver = (request: DeliveryRequest) => Promise<{ status: number; body?: string }>

/** Sends with the `fetch` of the process, so that what intercepts that (msw, for one) sees callbacks as it sees any other request. */
export const deliverByFetch: Deliver = async ({ url, headers, body, wanted = 0, signal }) => {
  const response = await fetch(url, { method: 'POST', headers: { ...headers, ...ON_BEHALF }, body, signal, redirect: 'manual' })
  if (wanted > 0) return { status: response.status, body: await startOf(response, wanted) }
  // Only the status counts, whatever becomes of the body.
  await response.body?.cancel().catch(() => {})
  return { status: response.status }
}

/** The first characters of a body. */
async function startOf({ body }: Response, most: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of body ?? []) {
    text += decoder.decode(piece as Uint8Array, { stream: true })
    if (text.length >= most) break
  }
  return text.slice(0, most)
}

/** Says in one line why there was no answer. `fetch` has the reason in the cause of its error. */
export function describeFailure(error: unknown): string {
  if (!isError(error)) return String(error)
  const { cause } = error
  if (!isError(cause)) return error.message
  // Of several addresses of a host, the first says enough.
  if ('errors' in cause && Array.isArray(cause.errors)) return describeFailure(cause.errors[0])
  return cause.message !== '' ? `${error.message}: ${cause.message}` : error.message
}
