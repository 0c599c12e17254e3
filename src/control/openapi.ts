/** The control API as an OpenAPI 3.1 document, derived from its declarations. */

import { z } from 'zod'
import { JsonSchemas } from './json-schema.js'
import { chapters, pageSchema, type Route, type RouteName, type Routes, refusalSchema, refusals } from './route.js'

type Json = Record<string, unknown>

/** Makes the document of routes; paths are those of the emulator. */
export function controlDocument(routes: Routes, version: string): Json {
  const schemas = new JsonSchemas()
  const paths: Record<string, Json> = {}
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const [method = '', path = ''] = name.split(' ')
    const full = `/_emulator${path === '/' ? '' : path}`
    paths[full] = { ...paths[full], [method.toLowerCase()]: operationOf(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'vod-viapi-emulator: control API',
      version,
      description: 'What a test asks of the emulator itself: accounts, clocks, faults, the call log and more. JSON in and out.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{}, { token: [] }],
    tags: Object.entries(chapters).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'Where the emulator was started with `--control-token`.' } },
    },
  }
}

const accessKeyId = (required: boolean): Json => ({
  name: 'accessKeyId',
  in: 'query',
  ...(required && { required }),
  description: `Any access key of the account that the call is about.${required ? '' : ' Default: the default account.'}`,
  schema: { type: 'string' },
})

function operationOf(route: Route, schemas: JsonSchemas): Json {
  const { chapter, id, summary, details, about = 'chosen', params, query, body, pagedBy, example } = route
  const parameters = [
    ...parametersOf('path', params, schemas, example?.params),
    ...parametersOf('query', query, schemas, example?.query),
    ...(pagedBy === undefined ? [] : parametersOf('query', pageSchema, schemas)),
    ...(about === 'none' ? [] : [accessKeyId(about === 'named')]),
  ]
  return {
    operationId: id,
    tags: [chapter],
    summary,
    ...(details !== undefined && { description: details }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        ...(body.safeParse({}).success ? {} : { required: true }),
        content: {
          'application/json': { schema: schemas.of(body, 'input'), ...(example?.body !== undefined && { example: example.body }) },
        },
      },
    }),
    responses: responsesOf(route, schemas),
  }
}

/** Parameters in the path or behind the question mark; of those that may have any name, how they are written. */
function parametersOf(place: 'path' | 'query', shape: z.ZodObject | undefined, schemas: JsonSchemas, example: object = {}): Json[] {
  const named = Object.entries((shape?.shape ?? {}) as Record<string, z.ZodType>).map(([name, schema]) => {
    const { description, ...rest } = schemas.of(schema, 'input') as { description?: string }
    const given = (example as Json)[name]
    return {
      name,
      in: place,
      ...(place === 'path' || !schema.safeParse(undefined).success ? { required: true } : {}),
      ...(description !== undefined && { description }),
      schema: rest,
      ...(given !== undefined && { example: given }),
    }
  })
  if (shape?.def.catchall === undefined) return named
  const others = { type: 'object', additionalProperties: { type: 'string' } }
  return [
    ...named,
    { name: 'params', in: 'query', style: 'form', explode: true, description: 'Further parameters, by their own names.', schema: others },
  ]
}

const headersOf = ({ pagedBy }: Route): Json =>
  pagedBy === undefined
    ? {}
    : {
        headers: {
          'x-total-count': { description: 'How many elements the list has in all.', schema: { type: 'integer' } },
          link: { description: 'Where the list goes on, if it does: `<…>; rel="next"`.', schema: { type: 'string' } },
        },
      }

/** OpenAPI 3.1 has no word for the data of server-sent events. */
const eventStream = (data: Json): Json => ({
  'text/event-stream': { schema: { type: 'string', description: 'Server-sent events.' }, 'x-event-data': data },
})

function responsesOf(route: Route, schemas: JsonSchemas): Json {
  const { status = 200, answer, otherAnswers = {}, otherStatuses = {}, stream } = route
  const json = (schema: z.ZodType): Json => ({ 'application/json': { schema: schemas.of(schema, 'output') } })
  const texts = Object.fromEntries(
    Object.entries(otherAnswers).map(([type, description]) => [type, { schema: { type: 'string', description } }]),
  )
  return {
    [status]: {
      description: 'What was asked for.',
      ...headersOf(route),
      content: {
        ...(answer instanceof z.ZodNever ? {} : json(answer)),
        ...texts,
        ...(stream && eventStream(schemas.of(stream, 'output'))),
      },
    },
    ...Object.fromEntries(
      Object.entries(otherStatuses).map(([each, { description, schema }]) => [each, { description, content: json(schema) }]),
    ),
    ...Object.fromEntries(Object.entries(refusals).map(([each, description]) => [each, { description, content: json(refusalSchema) }])),
  }
}
