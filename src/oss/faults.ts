/** What a test has asked to go wrong with a request to OSS. */

import { ApiError } from '../base/errors.js'
import { didYouMean } from '../base/nearest.js'
import { Received } from '../bytes/received.js'
import { insteadOfReply, insteadOfRunning, type Refuse, reasonOf, specOf } from '../faults/effects.js'
import type { ReplyEffect } from '../faults/fault.js'
import type { Applied, FaultMatch } from '../faults/faults.js'
import { forcedMatch } from '../faults/magic-keys.js'
import type { Call, Reply } from '../http/call.js'
import { type OssCode, OssError, ossErrors, refuseObject } from './errors.js'
import { codeNamed } from './magic-objects.js'
import type { Exchange, Operation } from './operation.js'

/** What a request meets; `undefined` if nothing goes wrong. Throws an {@link OssError} if its access key demands a code that OSS does not have. */
export function matchFaults({ name }: Operation, { account, bucket, key, query, signer }: Exchange): FaultMatch | undefined {
  const { forcedError } = signer?.key ?? {}
  if (forcedError !== undefined && !Object.hasOwn(ossErrors, forcedError))
    refuseObject('InvalidAccessKeyId', {
      reason: `the access key demands the code ${forcedError}, which OSS does not have${didYouMean(forcedError, Object.keys(ossErrors))}`,
    })
  const code = forcedError ?? codeNamed(key)
  if (code !== undefined) return forcedMatch(code)
  if (account.faults.none) return undefined
  const part = name.startsWith('UploadPart') ? Number(query.get('partNumber')) : undefined
  return account.faults.forObject({ operation: name, bucket, key, part, signer: signer?.key })
}

/** The end of a request that is not to be run; `undefined` if it is. Throws an {@link OssError} if that is its end. */
export const shortCircuit = (match: FaultMatch | undefined): Reply | undefined =>
  match?.effect && insteadOfRunning(match.effect.effect, refuserOf(match.effect))

/** What the client sees instead of the reply, if the reply is lost. Throws an {@link OssError} if that is what it sees. */
export function replaceReply(match: FaultMatch | undefined): Reply | undefined {
  const { loseReply } = match?.effect?.effect ?? {}
  return loseReply && match?.effect && insteadOfReply(loseReply, refuserOf(match.effect))
}

/** Runs an operation, as often as the fault says. What stores bytes that came in does the same with them again, which changes nothing. */
export async function runOperation(
  match: FaultMatch | undefined,
  operation: Operation,
  exchange: Exchange,
  received: unknown,
): Promise<Reply> {
  const reply = await operation.run(exchange, received as never)
  const { effects = 1 } = match?.effect?.effect.loseReply ?? {}
  for (let effect = 2; effect <= effects && !(received instanceof Received); effect++) {
    try {
      await operation.run(exchange, received as never)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }
  return reply
}

/** True if the connection breaks in the middle of what the client sends: of a request with a body, that one is meant. */
export const breaksInUpload = (match: FaultMatch | undefined, { stream, body, headers }: Call): boolean =>
  match?.effect?.effect.reset === 'midBody' && (body.byteLength > 0 || (stream !== undefined && headers['content-length'] !== '0'))

/** Takes half of what the client sends, or the first of it if nobody knows how much it is. */
export async function receiveHalf({ stream, headers }: Call): Promise<void> {
  const half = Number(headers['content-length'] ?? 0) / 2
  let size = 0
  try {
    for await (const piece of stream ?? []) {
      size += piece.byteLength
      if (size >= half) return
    }
  } catch {
    // The client was faster.
  }
}

const refuserOf =
  (fault: Applied<ReplyEffect>): Refuse =>
  (error) => {
    throw new OssError(error.code, { reason: reasonOf(fault) }, specOf(error, ossErrors[error.code as OssCode]))
  }
