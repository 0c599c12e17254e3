/** What is looked for in a reply: the outcome that a case names, and nothing that schema and wire do not know. */

import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import type { Action, Reply } from '../../src/index.js'
import type { Case, Named, Refused } from '../cases/case.js'
import { xmlItems } from '../cases/special.js'
import { fieldsOf } from '../compare/wire.js'
import type { Facts } from '../facts/facts.js'

/** Format of an answer. */
export type Format = 'JSON' | 'XML'

/** Types of answers, whatever is said of their characters. */
const TYPES: Readonly<Record<Format, RegExp>> = { JSON: /^application\/json\b/, XML: /^(?:text|application)\/xml\b/ }

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false })

/** Says in which way a reply is not what a case expects, or `undefined`. */
export function faultOf(
  action: Action,
  { outcome }: Pick<Case, 'outcome'>,
  reply: Reply,
  format: Format,
  facts: Facts,
): string | undefined {
  const type = reply.headers['content-type'] ?? ''
  if (!TYPES[format].test(type)) return `content-type is ${type}, and the body is to be ${format}`
  const body = bodyOf(reply, format)
  if (body === undefined) return `the body is no ${format}: ${String(reply.body).slice(0, 80)}`
  if ('code' in outcome) return faultOfRefusal(action, outcome, reply, body, format, facts)
  if (reply.status !== 200) {
    const error = (format === 'JSON' ? body : (body.Error ?? {})) as Record<string, unknown>
    return `refused: ${reply.status} ${error.Code}: ${reply.headers['x-emulator-reason'] ?? error.Message}`
  }
  const { RequestId } = (format === 'JSON' ? body : (body[`${action.name}Response`] ?? {})) as Body
  const id = reply.headers['x-acs-request-id']
  if (RequestId !== undefined && RequestId !== id) return `RequestId is ${RequestId}, and x-acs-request-id ${id}`
  return format === 'JSON' ? faultOfAnswer(action, body, facts) : faultOfXml(action, body, facts)
}

type Body = Record<string, unknown>

function bodyOf({ body }: Reply, format: Format): Body | undefined {
  try {
    return (format === 'JSON' ? JSON.parse(String(body)) : parser.parse(String(body))) as Body
  } catch {
    return undefined
  }
}

function faultOfRefusal(
  action: Action,
  outcome: Refused,
  { status, headers }: Reply,
  body: Body,
  format: Format,
  facts: Facts,
): string | undefined {
  const error = (format === 'JSON' ? body : (body.Error as Body | undefined)) ?? {}
  if (error.Code !== outcome.code)
    return `${status} ${error.Code ?? 'an answer'} instead of ${outcome.code}: ${headers['x-emulator-reason'] ?? ''}`
  if (status !== outcome.status) return `status ${status} instead of ${outcome.status}`
  if (error.RequestId !== headers['x-acs-request-id'] || error.HostId !== action.service.host)
    return 'RequestId or HostId is not that of the call'
  const documented = messagesOf(action, outcome.code, facts)
  if (documented.length > 0 && !documented.some((message) => isLike(String(error.Message), message)))
    return `the message is ${error.Message}, and ${documented[0]} is documented`
  return faultOfReason(outcome.names, headers['x-emulator-reason'] ?? '', paramsOf(action, facts))
}

/** The messages that manual and catalogue have for a code. */
const messagesOf = ({ id, service, errors }: Action, code: string, { manual, commonErrors }: Facts): string[] =>
  [manual.get(id)?.errors[code], commonErrors.get(service.name)?.[code], errors[code], service.errors[code]].flatMap(
    (row) => row?.message ?? [],
  )

/** Whether a message is as a row has it, in which `%s` or a name in braces stands for what only the call knows. */
function isLike(message: string, documented: string): boolean {
  let from = 0
  for (const piece of documented.split(/%s|\{\w+\}/)) {
    const found = message.indexOf(piece, from)
    if (found < 0 || (from === 0 && found > 0)) return false
    from = found + piece.length
  }
  return from === message.length || /(?:%s|\})$/.test(documented)
}

/** Says in which way a reason does not name what it must, or `undefined`; `params` are the names that it can begin with. */
function faultOfReason(names: Named, reason: string, params: ReadonlySet<string>): string | undefined {
  if (reason === '') return 'there is no reason'
  const first = /^\w*/.exec(reason)?.[0] ?? ''
  if ('none' in names) return params.has(first) ? `${first} is named, and it is about none: ${reason}` : undefined
  const { param, member } = names
  if (first !== param) return `${param} is not named: ${reason}`
  return member === undefined || memberIn(reason) === member ? undefined : `${member} is not named: ${reason}`
}

/** The path that a reason tells of what is wrong in the JSON of a parameter, without the numbers of elements. */
const memberIn = (reason: string): string | undefined =>
  /^\w+ at ([^ :]+): /
    .exec(reason)?.[1]
    ?.split('.')
    .filter((name) => !/^\d+$/.test(name))
    .join('.')

/** The parameters of an Action, by their names before any number. */
const paramsOf = ({ id }: Action, { manual, wire }: Facts): ReadonlySet<string> =>
  new Set(
    [...Object.keys(manual.get(id)?.params ?? {}), ...Object.keys(wire.get(id)?.params ?? {})].map((name) => name.split('.', 1)[0] ?? ''),
  )

/** An answer is what the schema says, and each of its fields is known to the manual or on the wire. */
function faultOfAnswer(action: Action, { RequestId, ...answer }: Body, { manual, wire }: Facts): string | undefined {
  if (typeof RequestId !== 'string') return 'there is no RequestId'
  const parsed = action.output.safeParse(answer)
  if (!parsed.success) return `not as its schema says: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`
  return strangerIn(action, answer, { manual, wire })
}

/** A field that neither the manual nor the wire nor the catalogue knows. */
function strangerIn(action: Action, answer: Body, { manual, wire }: Pick<Facts, 'manual' | 'wire'>): string | undefined {
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

function faultOfXml(action: Action, body: Body, facts: Facts): string | undefined {
  const { name, output } = action
  const root = body[`${name}Response`] as Body | '' | undefined
  if (root === undefined) return `the root is not ${name}Response`
  const { RequestId, ...answer } = root === '' ? {} : root
  if (typeof RequestId !== 'string') return 'there is no RequestId'
  const missing = Object.entries(output.shape).find(([field, schema]) => !(field in answer) && !canBeMissing(schema))
  if (missing !== undefined) return `${missing[0]} is missing`
  const named = xmlItems[action.id]
  if (named === undefined) return strangerIn(action, answer, facts)
  const { list, item } = named
  const elements = answer[list] as Body | '' | undefined
  if (elements === undefined || elements === '') return strangerIn(action, answer, facts)
  return item in elements ? strangerIn(action, { ...answer, [list]: elements[item] }, facts) : `${list} has no ${item} in it`
}

/** In XML, a list without elements is not there. */
const canBeMissing = (schema: unknown): boolean => {
  const inner = schema as z.ZodType
  return inner instanceof z.ZodArray || inner.safeParse(undefined).success || inner.safeParse([]).success
}
