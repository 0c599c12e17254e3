/** The OpenAPI 3.1 document of all Actions, derived from their definitions. */

import { z } from 'zod'
import type { Action } from '../actions/action.js'
import type { Catalogue } from './catalogue.js'
import { describeParam, type ParamDescription } from './describe.js'

type Json = Record<string, unknown>

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

/** Makes the document. All Actions have the path `/` in reality; a fragment keeps them apart, as OpenAPI wants a path each. */
export function openApiDocument({ actions, services }: Catalogue, version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'vod-viapi-emulator',
      version,
      description:
        'Actions of the emulated services. Each is called at the path "/" with the parameters Action and Version; the fragment in the paths below only tells them apart.',
    },
    tags: [...services.values()].map(({ name, host }) => ({ name, description: host })),
    paths: Object.fromEntries(actions.map((action) => [`/#${action.id}`, pathItem(action)])),
    components: { schemas: { Error: errorSchema } },
  }
}

function pathItem(action: Action): Json {
  const { service, name, id, summary, input, output, errors } = action
  const properties: Json = { Action: { const: name }, Version: { const: service.version } }
  const required = ['Action', 'Version']
  for (const param of Object.entries(input).flatMap(([param, schema]) => describeParam(param, schema))) {
    properties[param.name] = paramSchema(param)
    if (param.required) required.push(param.name)
  }
  const answer = z.toJSONSchema(output, { target: 'draft-2020-12', io: 'output' }) as {
    properties?: Json
    required?: string[]
    $schema?: string
  }
  delete answer.$schema
  const byStatus = new Map<number, string[]>()
  for (const [code, { status }] of Object.entries(errors)) byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  return {
    servers: service.regions.map((region) => ({ url: `https://${service.name}.${region}.aliyuncs.com` })),
    post: {
      operationId: id,
      summary,
      tags: [service.name],
      requestBody: {
        required: true,
        content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties, required } } },
      },
      responses: {
        200: {
          description: 'Success',
          content: {
            'application/json': {
              schema: {
                ...answer,
                properties: { RequestId: { type: 'string' }, ...answer.properties },
                required: ['RequestId', ...(answer.required ?? [])],
              },
            },
          },
        },
        ...Object.fromEntries(
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
        ),
      },
    },
  }
}

const TYPES: Readonly<Record<string, string>> = { Integer: 'integer', Long: 'integer', Float: 'number', Boolean: 'boolean' }

function paramSchema({ type, enum: choices, min, max, maxLength, lengthUnit, format, default: fallback }: ParamDescription): Json {
  return {
    type: format === 'list' ? 'string' : (TYPES[type] ?? 'string'),
    ...(choices && format !== 'list' && { enum: choices }),
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
    ...(maxLength !== undefined && format !== 'list' && lengthUnit === 'characters' && { maxLength }),
    ...(format === 'url' && { format: 'uri' }),
    ...(format === 'date-time' && { format }),
    ...(fallback !== undefined && { default: fallback }),
  }
}
