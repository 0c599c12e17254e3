/** The OpenAPI 3.1 document of all Actions, derived from their definitions. */

import { z } from 'zod'
import type { Action } from '../actions/action.js'
import { factsOf } from '../params/param-type.js'
import type { Catalogue } from './catalogue.js'

type Json = Record<string, unknown>

/** Where the emulator answers at the paths of the document. */
const BASE = '/_emulator/actions'

const errorSchema: Json = {
  type: 'object',
  required: ['RequestId', 'HostId', 'Code', 'Message'],
  properties: {
    RequestId: { type: 'string' },
    HostId: { type: 'string' },
    Code: { type: 'string' },
    Message: { type: 'string' },
    Recommend: { type: 'string' },
  },
}

const DESCRIPTION =
  'Actions of the emulated services. The services themselves have one path, "/", and tell Actions by a parameter; OpenAPI tells operations by their ' +
  `paths. So each Action has a path of its own here, /<service>/<Action>, below ${BASE}, where the emulator answers: it takes the parameters as ` +
  'JSON, signs the call, and answers it as it answers every other.'

/** Makes the document. */
export function openApiDocument({ actions, services }: Catalogue, version: string): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'vod-viapi-emulator', version, description: DESCRIPTION, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: BASE }],
    security: [{}, { token: [] }],
    tags: [...services.values()].map(({ name, host }) => ({ name, description: host })),
    paths: Object.fromEntries(actions.map((action) => [`/${action.service.name}/${action.name}`, { post: operationOf(action) }])),
    components: {
      schemas: { Error: errorSchema },
      parameters: {
        accessKeyId: {
          name: 'accessKeyId',
          in: 'query',
          description: 'Access key that calls. Default: that of the default account.',
          schema: { type: 'string' },
        },
      },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'Where the emulator was started with `--control-token`.' } },
    },
  }
}

function operationOf({ service, name, id, summary, input, output, errors }: Action): Json {
  const properties = Object.fromEntries(Object.entries(input).map(([param, schema]) => [param, paramSchema(schema)]))
  const required = Object.keys(input).filter((param) => factsOf(input[param] as z.ZodType).required)
  return {
    operationId: id,
    summary,
    tags: [service.name],
    'x-action': { service: service.name, action: name, version: service.version, host: service.host },
    parameters: [{ $ref: '#/components/parameters/accessKeyId' }],
    requestBody: {
      required: required.length > 0,
      content: { 'application/json': { schema: { type: 'object', properties, required } } },
    },
    responses: { 200: { description: 'Success', content: { 'application/json': { schema: answerSchema(output) } } }, ...refusals(errors) },
  }
}

function answerSchema(output: z.ZodType): Json {
  const { $schema: _, ...answer } = z.toJSONSchema(output, { target: 'draft-2020-12', io: 'output' }) as Json & {
    properties?: Json
    required?: string[]
  }
  return {
    ...answer,
    properties: { RequestId: { type: 'string' }, ...answer.properties },
    required: ['RequestId', ...(answer.required ?? [])],
  }
}

/** What an Action is refused with, by status. */
function refusals(errors: Action['errors']): Json {
  const byStatus = new Map<number, string[]>()
  for (const [code, { status }] of Object.entries(errors)) byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(', '),
        content: {
          'application/json': {
            schema: { allOf: [{ $ref: '#/components/schemas/Error' }, { properties: { Code: { enum: codes } } }] },
          },
        },
      },
    ]),
  )
}

const TYPES: Readonly<Record<string, string>> = { Integer: 'integer', Long: 'integer', Float: 'number', Boolean: 'boolean' }

/** A parameter as it is written in JSON: what travels as text, a list or JSON itself is given as what it stands for. */
function paramSchema(schema: z.ZodType): Json {
  const facts = factsOf(schema)
  const { type, enum: choices, min, max, minLength, maxLength, lengthUnit, minItems, maxItems, format, items, fields } = facts
  if (format === 'json') return { description: 'JSON: as text, or as what it stands for.' }
  if (type === 'Array' || format === 'list') {
    const elements = items ? paramSchema(items) : { type: 'string', ...(choices && { enum: choices }) }
    const list = { type: 'array', items: elements, ...(minItems && { minItems }), ...(maxItems && { maxItems }) }
    return format === 'list' ? { anyOf: [{ type: 'string' }, list] } : list
  }
  if (fields !== undefined) {
    const required = Object.keys(fields).filter((name) => factsOf(fields[name] as z.ZodType).required)
    return {
      type: 'object',
      properties: Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, paramSchema(each)])),
      required,
    }
  }
  const counted = lengthUnit === 'characters' || lengthUnit === undefined
  return {
    type: TYPES[type] ?? 'string',
    ...(choices && { enum: choices }),
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
    ...(minLength !== undefined && counted && { minLength }),
    ...(maxLength !== undefined && lengthUnit === 'characters' && { maxLength }),
    ...(format === 'url' && { format: 'uri' }),
    ...(format === 'date-time' && { format }),
    ...(facts.default !== undefined && { default: facts.default }),
  }
}
