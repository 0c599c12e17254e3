/** What the proxy does not let through: told to the client, and to the call log. */

import { randomUUID } from 'node:crypto'
import { ApiError } from '../../src/base/errors.js'
import { didYouMean } from '../../src/base/nearest.js'
import type { Call, Cloud } from '../../src/index.js'
import { REFUSED_BY_PROXY } from '../../src/log/record.js'
import { ClosedAddressError } from './reachable.js'
import { shownTarget, type Target } from './target.js'

const NOTHING = new Uint8Array()

const errors = {
  HostNotEmulated: { status: 403, message: 'The host is not emulated.' },
  AddressNotReachable: { status: 403, message: 'The address is not reached through the proxy.' },
  BadTarget: { status: 400, message: 'A proxy is asked for a host with a port, or for the URL of one.' },
  BadGateway: { status: 502, message: 'The host was not reached.' },
  ClientClosedRequest: { status: 499, message: 'The client went away.' },
  GatewayTimeout: { status: 504, message: 'The host has not answered in time.' },
} as const

/** Errors of the proxy. No SDK tries again after one of the first two. */
export type ProxyErrorCode = keyof typeof errors

/** An error of the proxy; `reason` stands for the usual message. */
export const proxyError = (code: ProxyErrorCode, reason: string): ApiError => new ApiError(code, errors[code], { message: reason })

/** The error of a host that the cloud does not answer for, where nothing is let out. */
export function notEmulated({ catalogue }: Cloud, { hostname }: Target): ApiError {
  const [name = ''] = hostname.split('.', 1)
  const meant = hostname.endsWith('.aliyuncs.com') ? didYouMean(name, catalogue.services.keys()) : ''
  return proxyError(
    'HostNotEmulated',
    `${hostname} is not emulated${meant || '.'} The request was not sent, because nothing is let out (--offline).`,
  )
}

/** The error of what went wrong on the way to a host. */
export const unreachable = (target: Target, error: Error): ApiError =>
  error instanceof ClosedAddressError
    ? proxyError('AddressNotReachable', error.message)
    : proxyError('BadGateway', `${shownTarget(target)} was not reached: ${error.message}`)

/** What a client is told. */
export interface Told {
  status: number
  headers: Record<string, string>
  answer: { Code: string; Message: string }
}

/**
 * Says what a client is told, and puts what was refused into the call log: of the default account, because nobody is known to have called. What was
 * sent on and did not arrive was not refused, and what is no request to a proxy asks for nothing.
 */
export function refusal(cloud: Cloud, { method, target }: { method: string; target: Target | undefined }, error: ApiError): Told {
  const { code, status, message } = error
  const requestId = randomUUID().toUpperCase()
  if (status === 403) {
    const account = cloud.account()
    const object = target === undefined ? '' : shownTarget(target)
    const call: Call = { method, host: target?.hostname ?? '', path: '/', query: '', headers: {}, body: NOTHING }
    const operation = { ...REFUSED_BY_PROXY, object }
    account.log.add({
      requestId,
      at: account.clock.now(),
      call,
      action: undefined,
      operation,
      identity: undefined,
      status,
      error,
      elapsedMs: 0,
    })
  }
  return {
    status,
    headers: { 'x-emulator-reason': message.replace(/[^\x20-\x7e]/g, '?'), 'x-emulator-request-id': requestId },
    answer: { Code: code, Message: message },
  }
}
