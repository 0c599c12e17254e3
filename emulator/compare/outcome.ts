/** Two answers to one request: where their status, their headers and their bodies differ. */

import type { Reply } from '../../src/index.js'
import type { EventOf } from '../record/format.js'
import type { ReadBody } from './answer.js'
import { Differ, type Difference, show } from './differ.js'
import { headDifferences } from './heads.js'
import type { Roles } from './roles.js'

const CONTENT_TYPE = 'header content-type'

/** Fields of a refusal that follow from its code. */
const OF_CODE = /^(?:Error\.)?(?:Code|Message|Recommend)$/

/** Characters of the reason for a refusal that are shown. */
const MAX_REASON = 200

/** Codes that say something of the signature, the time or the load of the upstream, which is over. */
const OF_THE_MOMENT =
  /^(?:Throttling|Signature|IncompleteSignature|InvalidAccessKey|InvalidTimeStamp|InvalidSecurityToken|MissingSecurityToken|SecurityTokenExpired|ServiceUnavailable|RequestTimeTooSkewed|Internal(?:Server)?Error$)/

/** The least status of what is in front of a service and has not reached it. */
const BAD_GATEWAY = 502

/** Why an answer says nothing of what was asked, but of the moment at which it was; `undefined` if it does. */
export function passingReason(status: number, recorded: ReadBody): string | undefined {
  const code = codeOf(recorded) ?? ''
  // OSS has one code for all that is denied.
  const isExpired = code === 'AccessDenied' && /\bexpired\b/i.test(memberOf(recorded, 'Message') ?? '')
  if (isExpired || OF_THE_MOMENT.test(code)) return `the upstream has refused the call for its signature, its time or its load (${code})`
  return status >= BAD_GATEWAY ? `the upstream was not there (status ${status})` : undefined
}

/** The error code of an answer, in JSON or in XML. */
const codeOf = (body: ReadBody): string | undefined => memberOf(body, 'Code')

function memberOf({ value }: ReadBody, name: 'Code' | 'Message'): string | undefined {
  const root = value as Record<string, unknown> | undefined
  const member = root?.[name] ?? (root?.Error as Record<string, unknown> | undefined)?.[name]
  return typeof member === 'string' ? member : undefined
}

/** True if the upstream has done what the emulator has refused. */
export const isRefusedHere = (reply: EventOf<'reply'>, differences: readonly Difference[]): boolean =>
  reply.status < 400 && differences.some(({ kind, here }) => kind === 'status' && !/^[123]/.test(here))

/** What two answers are to. */
export interface Asked {
  /** A request to OSS, not a call of an Action. */
  isObject: boolean
  method: string
}

/** Where an answer differs from the one that was recorded; what both teach about roles is learned. `recorded` and `here` are their bodies. */
export function differencesOf(
  asked: Asked,
  reply: EventOf<'reply'>,
  recorded: ReadBody,
  answered: Reply,
  here: ReadBody,
  roles: Roles,
): Difference[] {
  if (reply.status === answered.status) {
    const inHead = headDifferences(asked, reply.headers, answered.headers, roles)
    const inBody = bodyDifferences(recorded, here, roles)
    // Another format has another type, and another code has another message: that is not said again.
    if (recorded.format !== here.format) return [...inHead.filter(({ field }) => field !== CONTENT_TYPE), ...inBody]
    const isAnotherCode = inBody.some(({ kind }) => kind === 'code')
    return [...inHead, ...inBody.filter(({ field, kind }) => !isAnotherCode || kind === 'code' || !OF_CODE.test(field))]
  }
  const [theirs, ours] = [codeOf(recorded), codeOf(here)]
  const reason = answered.headers['x-emulator-reason']?.slice(0, MAX_REASON)
  const found: Difference = {
    field: '',
    kind: 'status',
    recorded: [reply.status, theirs].filter(Boolean).join(' '),
    here: [answered.status, ours, reason && `(${reason})`].filter(Boolean).join(' '),
  }
  // A success and a refusal have nothing in common; two refusals do.
  if (reply.status < 400 !== answered.status < 400) return [found]
  const inBody = bodyDifferences(recorded, here, roles)
  return [found, ...(theirs === ours ? inBody : inBody.filter(({ field }) => !OF_CODE.test(field)))]
}

function bodyDifferences(recorded: ReadBody, here: ReadBody, roles: Roles): Difference[] {
  if (recorded.format !== here.format) return [{ field: '', kind: 'kind', recorded: recorded.format, here: here.format }]
  if (recorded.value === undefined || here.value === undefined) return []
  return new Differ(recorded.format === 'XML')
    .compare(recorded.value, here.value, roles)
    .map((each) => ({ ...each, field: show(each.field).slice(1, -1) }))
}
