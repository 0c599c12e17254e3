/** The catalogue as data: what `GET /_emulator/actions` answers and docs/actions.md is written from. */

import type { z } from 'zod'
import type { Action, Limit } from '../actions/action.js'
import type { ErrorSpec } from '../base/errors.js'
import { factsAbout } from '../facts/observed.js'
import { factsOf, type ParamFacts, type ParamTypeFacts } from '../params/param-type.js'
import type { Billing } from '../usage/billing.js'
import type { Catalogue } from './catalogue.js'

/** A parameter by its name on the wire, flat: `Boxes.N.W`. */
export interface ParamDescription
  extends Pick<
    ParamTypeFacts,
    | 'enum'
    | 'min'
    | 'max'
    | 'minLength'
    | 'maxLength'
    | 'lengthUnit'
    | 'minItems'
    | 'maxItems'
    | 'itemMaxLength'
    | 'format'
    | 'separator'
    | 'ownLimit'
  > {
  name: string
  type: string
  required: boolean
  default?: unknown
}

/** An error that an Action can answer with. */
export interface ErrorDescription {
  code: string
  status: number
  message: string
  /** `state`: some real situation leads to it; `fault`: only an injected fault does. */
  provokedBy: 'state' | 'fault'
  /** Why only a fault leads to it. */
  why?: string
}

/** An Action as the catalogue shows it. */
export interface ActionDescription {
  service: string
  version: string
  action: string
  summary: string
  source: string
  /** How what the emulator does falls short of what the service does, where it does. */
  note?: string
  async: boolean
  limit: Limit | null
  /** What a successful call or job costs; null: calls are not counted. */
  billing: Billing | null
  params: ParamDescription[]
  /** Parameters that official clients know and the manual does not: they are accepted, and change nothing. */
  accepts: string[]
  /** Ids of the facts on which the service of today and its manual disagree here: those of docs/facts.md. */
  facts: string[]
  errors: ErrorDescription[]
}

/** Describes every Action. */
export const describeActions = ({ actions }: Catalogue): ActionDescription[] => actions.map(describeAction)

function describeAction({ service, name, summary, source, note, job, limit, billing, input, accepts, errors }: Action): ActionDescription {
  return {
    service: service.name,
    version: service.version,
    action: name,
    summary,
    source,
    ...(note !== undefined && { note }),
    async: job !== undefined,
    limit: limit ?? null,
    billing: billing ?? null,
    params: Object.entries(input).flatMap(([param, schema]) => describeParam(param, schema)),
    accepts: [...accepts],
    facts: factsAbout(`${service.name}.${name}`),
    errors: Object.entries(errors).map(([code, spec]) => describeError(code, spec)),
  }
}

/** The flat names that one field of a definition has on the wire. */
export function describeParam(name: string, schema: z.ZodType): ParamDescription[] {
  const facts = factsOf(schema)
  if (facts.type !== 'Array') return [flat(name, facts)]
  const items = factsOf(facts.items as z.ZodType)
  const { minItems, maxItems, ownLimit } = facts
  const bounds = { ...(minItems && { minItems }), ...(maxItems && { maxItems }), ...(ownLimit && { ownLimit }) }
  if (items.fields === undefined) return [{ ...flat(`${name}.N`, items), required: facts.required, ...bounds }]
  return Object.entries(items.fields).map(([field, fieldSchema]) => {
    const described = flat(`${name}.N.${field}`, factsOf(fieldSchema))
    return { ...described, required: facts.required && described.required, ...bounds }
  })
}

function flat(
  name: string,
  { type, required, items: _items, fields: _fields, codes: _codes, allowEmpty: _allowEmpty, ...rest }: ParamFacts,
): ParamDescription {
  return { name, type, required, ...rest }
}

function describeError(code: string, { status, message, faultOnly }: ErrorSpec): ErrorDescription {
  return { code, status, message, ...(faultOnly === undefined ? { provokedBy: 'state' } : { provokedBy: 'fault', why: faultOnly }) }
}
