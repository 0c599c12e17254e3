/** What was forwarded, in the call log: of the default account, because whose key it is signed with only the upstream knows. */

import { randomUUID } from 'node:crypto'
import { ApiError } from '../../src/base/errors.js'
import type { Call, Cloud } from '../../src/index.js'
import { addressOf, isObjectCall } from '../../src/oss/location.js'
import { readRequest } from '../../src/oss/request.js'
import { findOperation } from '../../src/oss/server/operations.js'
import { namedBy } from '../../src/rpc/find.js'
import { readCall } from '../../src/rpc/read.js'
import { bytesOf } from '../record/format.js'
import { fieldIn, refusalIn } from '../record/refusal.js'
import type { Kept } from './exchange.js'

const NOTHING = new Uint8Array()

/** Adds an exchange to the log; `error`: why there is no answer, or no whole one. */
export function logForwarded(cloud: Cloud, { call: head, body, answer, elapsedMs }: Kept, error: ApiError | undefined): void {
  const account = cloud.account()
  const isObject = isObjectCall(head)
  const call: Call = { ...head, body: body && !isObject && !('file' in body) ? bytesOf(body) : NOTHING }
  const text = answer && 'text' in answer.body ? answer.body.text : undefined
  account.log.add({
    requestId: requestIdOf(answer?.headers, text) ?? randomUUID().toUpperCase(),
    at: account.clock.now(),
    call,
    action: isObject ? undefined : namedBy(cloud.catalogue, readCall(call))[0],
    ...(isObject && { operation: { service: 'oss', name: operationOf(call), object: objectOf(call) } }),
    identity: undefined,
    status: answer?.status ?? error?.status ?? 0,
    answer: text,
    answerHeaders: answer?.headers,
    error: error ?? (answer && refusalIn(answer.status, text)),
    elapsedMs,
    source: 'upstream',
  })
}

/** Name of the operation of OSS; `undefined` if it has none here. */
function operationOf(call: Call): string | undefined {
  try {
    return findOperation(readRequest(call, undefined)).name
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

function objectOf(call: Call): string {
  const { bucket, key = '' } = addressOf(call) ?? {}
  return bucket === undefined ? call.path.slice(1) : `${bucket}/${key}`
}

const requestIdOf = (headers: Readonly<Record<string, string>> = {}, text = ''): string | undefined =>
  headers['x-acs-request-id'] ?? headers['x-oss-request-id'] ?? fieldIn(text, 'RequestId')
