/** What faults do to a call and to its reply, whatever it is a call of. */

import type { ErrorSpec } from '../base/errors.js'
import type { Reply } from '../http/call.js'
import { headerText } from '../http/text.js'
import type { InjectedError, ReplyEffect } from './fault.js'
import type { Applied, FaultMatch } from './faults.js'

/** Ends the call with an error. */
export type Refuse = (error: InjectedError) => never

/** The end of a call that is not to be run; `undefined` if it is. */
export function insteadOfRunning({ error, hang, reset }: ReplyEffect, refuse: Refuse): Reply | undefined {
  if (error) return refuse(error)
  if (hang) return noReply('hang')
  return reset === true ? noReply('reset') : undefined
}

/** What the client sees of a call that was run and whose reply is lost. */
export function insteadOfReply({ see = 'reset' }: NonNullable<ReplyEffect['loseReply']>, refuse: Refuse): Reply {
  return typeof see === 'string' ? noReply(see) : refuse(see.error)
}

/** Nothing is sent. */
export const noReply = (connection: 'hang' | 'reset'): Reply => ({ status: 0, headers: {}, body: '', connection })

/** The row of an error that a test has asked for: what is documented, but for what it says itself. Messages may name a parameter. */
export const specOf = ({ status, message }: InjectedError, documented: ErrorSpec | undefined, param = ''): ErrorSpec => ({
  status: status ?? documented?.status ?? 400,
  message: message ?? documented?.message.replace('{param}', () => param) ?? '',
})

/** Why a call was refused by a fault. */
export const reasonOf = ({ id }: Applied<unknown>): string => `the fault ${id} asks for this error`

/** What goes wrong on the way to the client. Marks the reply with the faults that the call has met. */
export function applyToReply({ ids, latency, effect, ended }: FaultMatch, reply: Reply, method: string): Reply {
  const bodiless = method === 'HEAD' || reply.status === 204 || reply.status === 304 || (reply.body === '' && reply.stream === undefined)
  const { changed, reason } = effect ? damage(effect.effect, reply, bodiless) : { changed: reply }
  const why = [reason, latency > 0 && `the answer was held back for ${latency} ms`].filter((text) => text).join('; ')
  return {
    ...changed,
    headers: {
      ...changed.headers,
      'x-emulator-fault': headerText(ids.join(', ')),
      // What the services have to say goes first.
      ...(why !== '' && changed.headers['x-emulator-reason'] === undefined && { 'x-emulator-reason': why }),
    },
    ...((latency > 0 || changed.connection === 'hang') && { ended }),
    ...(latency > 0 && { delay: latency }),
  }
}

interface Damaged {
  changed: Reply
  /** What happened to it, or why nothing did. */
  reason?: string
}

function damage({ reset, truncate, garble, contentType }: ReplyEffect, reply: Reply, bodiless: boolean): Damaged {
  if (contentType !== undefined) return mislabelled(reply, contentType)
  if (reset === 'midBody') return brokenOff(reply, bodiless)
  if (!garble && truncate === undefined) return { changed: reply }
  if (bodiless) return { changed: reply, reason: 'there is no body to damage' }
  return truncate === undefined ? garbled(reply) : cutOff(reply, truncate)
}

function mislabelled(reply: Reply, contentType: string): Damaged {
  const { 'content-type': was = 'missing' } = reply.headers
  return { changed: { ...reply, headers: { ...reply.headers, 'content-type': contentType } }, reason: `the content type was ${was}` }
}

/** Of a body of one byte there is no middle, and where there is no body the connection breaks before the answer. */
function brokenOff(reply: Reply, bodiless: boolean): Damaged {
  const size = sizeOf(reply)
  const resetAfter = Math.floor(size / 2)
  if (bodiless || resetAfter === 0) return { changed: { ...reply, connection: 'reset' }, reason: 'the connection breaks' }
  return { changed: { ...reply, connection: { resetAfter } }, reason: `the connection breaks after ${resetAfter} of ${size} bytes` }
}

function cutOff(reply: Reply, most: number): Damaged {
  const size = sizeOf(reply)
  if (size <= most) return { changed: reply, reason: `the body has no more than ${most} bytes` }
  const headers = { ...reply.headers, 'content-length': String(most) }
  const bytes = reply.stream ? { body: '', stream: firstBytes(reply.stream, most) } : { body: Buffer.from(reply.body).subarray(0, most) }
  return { changed: { ...reply, headers, ...bytes }, reason: `the body was cut to ${most} of ${size} bytes` }
}

/** Bytes of the same number. What begins as text of ASCII begins as none then, so it is neither JSON nor XML. */
function garbled(reply: Reply): Damaged {
  const { stream } = reply
  const bytes = stream ? { stream: mapped(stream, garbledBytes) } : { body: garbledBytes(Buffer.from(reply.body)) }
  return { changed: { ...reply, ...bytes }, reason: 'the body was garbled' }
}

const garbledBytes = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xa5)

async function* mapped(stream: AsyncIterable<Uint8Array>, change: (piece: Uint8Array) => Uint8Array): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) yield change(piece)
}

const sizeOf = ({ headers, body, stream }: Reply): number => (stream ? Number(headers['content-length']) : Buffer.byteLength(body))

/** As much of a stream. */
export async function* firstBytes(stream: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let left = most
  if (left === 0) return
  for await (const piece of stream) {
    yield piece.subarray(0, left)
    left -= piece.byteLength
    if (left <= 0) return
  }
}
