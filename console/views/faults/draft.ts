/** A fault as the form has it, and as it is sent. */

import type { FaultInput } from '../../../src/faults/fault.js'
import { readNumber } from '../../parts/json.js'
import type { Word } from '../../words/index.js'

/** What can happen, by what it happens to. */
export const effects = {
  calls: ['error', 'latency', 'hang', 'reset', 'midBody', 'truncate', 'garble', 'contentType', 'loseReply'],
  jobs: ['job.fail', 'job.timeout', 'job.exhaust', 'job.hold'],
  callbacks: ['callback.lose', 'callback.duplicate', 'callback.timeout', 'callback.reset', 'callback.status', 'callback.delay'],
  oss: ['oss.error', 'oss.latency', 'oss.reset'],
} as const

/** What happens. */
export type Effect = (typeof effects)[keyof typeof effects][number]

/** Its words. */
export const wordOf = (effect: Effect): Word => `effect.${effect}`

/** Fields of the form; what is empty is left out. */
export interface Draft {
  effect: Effect
  service: string
  action: string
  bucket: string
  key: string
  code: string
  status: string
  message: string
  length: string
  bytes: string
  type: string
  identity: string
  when: string
  every: string
  after: string
  times: string
}

export const NEW: Draft = {
  effect: 'error',
  service: '',
  action: '',
  bucket: '',
  key: '',
  code: '',
  status: '',
  message: '',
  length: '2s',
  bytes: '20',
  type: 'text/html',
  identity: '',
  when: '',
  every: '',
  after: '',
  times: '',
}

/** Fields that an effect has beside those that every fault has. */
export function fieldsOf(effect: Effect): ReadonlySet<keyof Draft> {
  const fields: (keyof Draft)[] = effect.startsWith('oss.')
    ? ['action', 'bucket', 'key']
    : effect.startsWith('callback.')
      ? []
      : ['service', 'action', 'identity']
  if (/error$|fail$/.test(effect)) fields.push('code', 'message')
  if (/error$|callback.status$/.test(effect)) fields.push('status')
  if (/latency$|delay$/.test(effect)) fields.push('length')
  if (effect === 'truncate') fields.push('bytes')
  if (effect === 'contentType') fields.push('type')
  return new Set(fields)
}

const lengthOf = (text: string): unknown => {
  const [, from, to] = /^\s*(\w[\w.]*)\s*[-–]\s*(\w[\w.]*)\s*$/.exec(text) ?? []
  return from !== undefined && to !== undefined ? { from, to } : text.trim()
}

const errorOf = ({ code, status, message }: Draft): unknown =>
  status === '' && message === ''
    ? code
    : { code, ...(status !== '' && { status: readNumber(status) }), ...(message !== '' && { message }) }

function happeningOf(draft: Draft): Record<string, unknown> {
  const { effect, code, message } = draft
  switch (effect) {
    case 'error':
      return { error: errorOf(draft) }
    case 'latency':
      return { latency: lengthOf(draft.length) }
    case 'midBody':
      return { reset: 'midBody' }
    case 'truncate':
      return { truncate: readNumber(draft.bytes) }
    case 'contentType':
      return { contentType: draft.type }
    case 'hang':
    case 'reset':
    case 'garble':
    case 'loseReply':
      return { [effect]: true }
    case 'job.fail':
      return { job: { fail: message === '' ? code : { code, message } } }
    case 'job.timeout':
    case 'job.exhaust':
    case 'job.hold':
      return { job: { [effect.slice(4)]: true } }
    case 'callback.status':
      return { callback: { status: readNumber(draft.status) } }
    case 'callback.delay':
      return { callback: { delay: draft.length.trim() } }
    case 'oss.error':
    case 'oss.latency':
    case 'oss.reset':
      return { oss: ossOf(draft) }
    default:
      return { callback: effect.slice('callback.'.length) }
  }
}

function ossOf({ effect, action, bucket, key, ...draft }: Draft): Record<string, unknown> {
  const happens =
    effect === 'oss.error'
      ? { error: errorOf(draft as Draft) }
      : effect === 'oss.latency'
        ? { latency: lengthOf(draft.length) }
        : { reset: true }
  return { ...(action !== '' && { operation: action }), ...(bucket !== '' && { bucket }), ...(key !== '' && { key }), ...happens }
}

function matchersOf(when: string): Record<string, string> | undefined {
  const pairs = when
    .split('\n')
    .map((line) => /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(line))
    .flatMap((match) => (match ? [[match[1], match[2]] as [string, string]] : []))
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs)
}

/** The fault that a form stands for; `custom`: its code is none that is documented where it happens. */
export function faultOf(draft: Draft, custom: boolean): FaultInput {
  const fields = fieldsOf(draft.effect)
  const given = (name: 'service' | 'action' | 'identity') => fields.has(name) && draft[name] !== '' && !draft.effect.startsWith('oss.')
  const when = matchersOf(draft.when)
  return {
    ...(given('service') && { service: draft.service }),
    ...(given('action') && { action: draft.action }),
    ...(given('identity') && { identity: draft.identity }),
    ...(when && { when }),
    ...(draft.every !== '' && { every: readNumber(draft.every) }),
    ...(draft.after !== '' && { after: readNumber(draft.after) }),
    ...(draft.times !== '' && { times: readNumber(draft.times) }),
    ...(custom && fields.has('code') && draft.code !== '' && { custom: true }),
    ...happeningOf(draft),
  } as FaultInput
}
