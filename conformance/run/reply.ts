/** What is looked for in a reply: the outcome that a case names, and nothing that schema and wire do not know. */

import { XMLParser } from 'fast-xml-parser'
import type { Action, Reply } from '../../src/index.js'
import type { Case, Refused } from '../cases/case.js'
import { fieldsOf } from '../compare/wire.js'
import type { Facts } from '../facts/facts.js'

/** Format of an answer. */
export type Format = 'JSON' | 'XML'

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false })

/** Says in which way a reply is not what a case expects, or `undefined`. */
export function faultOf(
  action: Action,
  { outcome }: Pick<Case, 'outcome'>,
  reply: Reply,
  format: Format,
  facts: Facts,
): string | undefined {
  const body = bodyOf(reply, format)
  if (body === undefined) return `the body is no ${format}: ${String(reply.body).slice(0, 80)}`
  if ('code' in outcome) return faultOfRefusal(action, outcome, reply, body, format)
  if (reply.status !== 200) {
    const error = (format === 'JSON' ? body : (body.Error ?? {})) as Record<string, unknown>
    return `refused: ${reply.status} ${error.Code}: ${reply.headers['x-emulator-reason'] ?? error.Message}`
  }
  return format === 'JSON' ? faultOfAnswer(action, body, facts) : faultOfXml(action, body)
}

type Body = Record<string, unknown>

function bodyOf({ body }: Reply, format: Format): Body | undefined {
  try {
    return (format === 'JSON' ? JSON.parse(String(body)) : parser.parse(String(body))) as Body
  } catch {
    return undefined
  }
}

function faultOfRefusal(action: Action, outcome: Refused, { status, headers }: Reply, body: Body, format: Format): string | undefined {
  const error = (format === 'JSON' ? body : (body.Error as Body | undefined)) ?? {}
  if (error.Code !== outcome.code)
    return `${status} ${error.Code ?? 'an answer'} instead of ${outcome.code}: ${headers['x-emulator-reason'] ?? ''}`
  if (status !== outcome.status) return `status ${status} instead of ${outcome.status}`
  if (error.RequestId !== headers['x-acs-request-id'] || error.HostId !== action.service.host)
    return 'RequestId or HostId is not that of the call'
  if (outcome.param === undefined) return undefined
  const reason = headers['x-emulator-reason'] ?? ''
  if (!reason.startsWith(outcome.param)) return `${outcome.param} is not named: ${reason}`
  const { member } = outcome
  return member === undefined || reason.includes(member) ? undefined : `${member} is not named: ${reason}`
}

/** An answer is what the schema says, and each of its fields is known to the manual or on the wire. */
function faultOfAnswer(action: Action, { RequestId, ...answer }: Body, { manual, wire }: Facts): string | undefined {
  if (typeof RequestId !== 'string') return 'there is no RequestId'
  const parsed = action.output.safeParse(answer)
  if (!parsed.success) return `not as its schema says: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`
  const known = new Set(
    [...Object.keys(manual.get(action.id)?.response ?? {}), ...Object.keys(wire.get(action.id)?.response ?? {})].map(plain),
  )
  if (known.size === 0) return undefined
  const declared = new Set([...fieldsOf(action).keys()].map(plain))
  const stranger = pathsOf(answer).find((path) => !known.has(path) && !declared.has(path))
  return stranger === undefined ? undefined : `neither manual nor wire know ${stranger}`
}

const plain = (path: string): string => path.replaceAll('[]', '')

function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsOf(each, path))
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, path === '' ? name : `${path}.${name}`))
}

function faultOfXml({ name, output }: Action, body: Body): string | undefined {
  const root = body[`${name}Response`] as Body | '' | undefined
  if (root === undefined) return `the root is not ${name}Response`
  const fields = root === '' ? {} : root
  if (typeof fields.RequestId !== 'string') return 'there is no RequestId'
  const stranger = Object.keys(fields).find((field) => field !== 'RequestId' && !(field in output.shape))
  return stranger === undefined ? undefined : `its schema does not know ${stranger}`
}
