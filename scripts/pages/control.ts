/** docs/control.md: every route of the control API. */

import type { SettingsSchema } from '../../src/account/types.js'
import { controlRoutes } from '../../src/control/index.js'
import { controlDocument } from '../../src/control/openapi.js'
import type { Chapter, Route, RouteName } from '../../src/control/route.js'
import type { ControlWords } from './control-words.js'

/** A JSON Schema, as far as it is shown. */
interface Schema {
  type?: string
  $ref?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: unknown
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  enum?: unknown[]
  const?: unknown
}

interface Operation {
  parameters?: { name: string; in: 'path' | 'query'; required?: boolean; description?: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema; 'x-event-data'?: Schema }> }>
}

/** Writes the page in a language; a test fails when the committed one differs. */
export function controlMarkdown(settings: SettingsSchema['schema'], words: ControlWords): string {
  const routes = Object.entries(controlRoutes(settings)) as [RouteName, Route][]
  const { paths, components } = controlDocument(Object.fromEntries(routes), '') as {
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, Schema> }
  }
  const operationOf = (name: RouteName): Operation => {
    const [method = '', path = ''] = name.split(' ')
    return paths[`/_emulator${path === '/' ? '' : path}`]?.[method.toLowerCase()] as Operation
  }
  const lines = [...words.introduction]
  for (const [chapter, title] of Object.entries(words.chapters) as [Chapter, string][]) {
    lines.push(`## ${title}`, '')
    for (const [name, route] of routes) if (route.chapter === chapter) lines.push(...routeLines(name, route, operationOf(name), words))
  }
  lines.push(`## ${words.named}`, '')
  for (const [name, schema] of Object.entries(components.schemas))
    if (schema.properties ?? schema.anyOf) lines.push(...componentLines(name, schema, words))
  return `${lines.join('\n').trimEnd()}\n`
}

/** What an answer with a name holds. */
const componentLines = (name: string, schema: Schema, words: ControlWords): string[] => [
  `### ${name}`,
  '',
  ...(schema.properties ? memberLines(schema, words) : [`${typeOf(schema)}.`, '']),
]

const memberLines = ({ properties = {}, required = [] }: Schema, { member }: ControlWords): string[] => [
  `| ${member.join(' | ')} |`,
  '|---|---|---|',
  ...Object.entries(properties).map(
    ([each, schema]) => `| \`${each}${required.includes(each) ? '' : '?'}\` | ${typeOf(schema)} | ${oneLine(schema.description)} |`,
  ),
  '',
]

function routeLines(name: RouteName, route: Route, operation: Operation, words: ControlWords): string[] {
  const { id, summary, details, about, pagedBy, example, status = 200 } = route
  const rows = rowsOf(operation, words)
  return [
    `### ${name}`,
    '',
    [
      words.summaries?.[id] ?? summary,
      details,
      about === 'none' && words.noAccount,
      pagedBy !== undefined && `${words.paged} \`${pagedBy}\`.`,
    ]
      .filter(Boolean)
      .join(' '),
    '',
    ...(rows.length > 0 ? [`| ${words.sent.join(' | ')} |`, '|---|---|---|---|', ...rows, ''] : []),
    `${words.answers} ${status}: ${answerOf(operation, status)}.`,
    '',
    ...(example ? [words.example, '', '```sh', curlOf(name, example), '```', ''] : []),
  ]
}

function rowsOf({ parameters = [], requestBody }: Operation, words: ControlWords): string[] {
  const row = (name: string, place: 'path' | 'query' | 'body', schema: Schema, required: boolean): string =>
    `| \`${name}\` | ${words.places[place]} | ${typeOf(schema)} | ${[required && place !== 'path' ? `${words.required}.` : '', oneLine(schema.description)].filter(Boolean).join(' ')} |`
  const ofPage = new Set(['limit', 'after', 'order', 'accessKeyId'])
  const isPaged = parameters.some(({ name }) => name === 'after')
  const body = requestBody?.content['application/json']?.schema
  return [
    ...parameters
      .filter(({ name, required }) => required || !(ofPage.has(name) && (isPaged || name === 'accessKeyId')))
      .map((each) => row(each.name, each.in, { ...each.schema, description: each.description ?? '' }, each.required === true)),
    ...(body?.properties
      ? Object.entries(body.properties).map(([name, schema]) => row(name, 'body', schema, body.required?.includes(name) === true))
      : body
        ? [row('…', 'body', body, false)]
        : []),
  ]
}

function answerOf({ responses }: Operation, status: number): string {
  const contents = Object.entries(responses[status]?.content ?? {})
  return contents
    .map(([type, { schema, 'x-event-data': data }]) =>
      type === 'application/json'
        ? typeOf(schema, true)
        : `\`${type}\` (${data ? `each is a ${typeOf(data)}` : schema.description?.replace(/\.$/, '')})`,
    )
    .join('; ')
}

/** A type in a few words; `deep`: with the members of an object. */
function typeOf(schema: Schema, deep = false): string {
  const { $ref, type, properties, items, anyOf, oneOf, enum: choices, const: only } = schema
  const name = $ref?.split('/').at(-1)
  if (name !== undefined) return name === 'AnyJson' ? 'any' : `[${name}](#${name.toLowerCase()})`
  if (only !== undefined) return `\`${JSON.stringify(only)}\``
  if (choices !== undefined) return choices.map((each) => `\`${each}\``).join(', ')
  const several = anyOf ?? oneOf
  if (several !== undefined) return [...new Set(several.map((each) => typeOf(each, deep)))].join(' or ')
  if (type === 'array') return `list of ${typeOf(items ?? {}, deep)}`
  if (type === 'object' && properties !== undefined && deep)
    return `\`{ ${Object.entries(properties)
      .map(([name]) => (schema.required?.includes(name) ? name : `${name}?`))
      .join(', ')} }\``
  return type ?? 'any'
}

const oneLine = (text = ''): string => text.replaceAll('\n', ' ').replaceAll('|', '\\|')

/** How it is called from a shell. */
function curlOf(name: RouteName, { params = {}, query = {}, body }: NonNullable<Route['example']>): string {
  const [method = '', path = ''] = name.split(' ')
  const filled = Object.entries(params).reduce((all, [each, value]) => all.replace(`{${each}}`, String(value)), path)
  const search = new URLSearchParams(query as Record<string, string>).toString()
  const url = `http://127.0.0.1:4010/_emulator${filled}${search === '' ? '' : `?${search}`}`
  const quoted = /[?&]/.test(url) ? `'${url}'` : url
  if (body === undefined) return `curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted}`
  return `curl${method === 'POST' ? '' : ` -X ${method}`} ${quoted} --json '${JSON.stringify(body)}'`
}
