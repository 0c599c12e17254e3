/** The page control.md: every route of the control API. */

import type { SettingsSchema } from '../../src/account/types.js'
import { controlRoutes } from '../../src/control/index.js'
import { controlDocument } from '../../src/control/openapi.js'
import { chapters, type Route, type RouteName } from '../../src/control/route.js'
import type { Words } from './words/words.js'

/** What may be any JSON, and is not described. */
const ANY = 'AnyJson'

/** A JSON Schema, as far as it is shown. */
interface Schema {
  type?: string | string[]
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
export function controlMarkdown(settings: SettingsSchema['schema'], words: Words): string {
  const routes = Object.entries(controlRoutes(settings)) as [RouteName, Route][]
  const { paths, components } = controlDocument(Object.fromEntries(routes), '') as {
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, Schema> }
  }
  const operationOf = (name: RouteName): Operation => {
    const [method = '', path = ''] = name.split(' ')
    return paths[`/_emulator${path === '/' ? '' : path}`]?.[method.toLowerCase()] as Operation
  }
  const lines = [...words.control.introduction, '']
  for (const [chapter, title] of Object.entries(chapters)) {
    lines.push(`## ${words.sentence(title)}`, '')
    for (const [name, route] of routes) if (route.chapter === chapter) lines.push(...routeLines(name, route, operationOf(name), words))
  }
  lines.push(`## ${words.control.named}`, '')
  for (const [name, schema] of Object.entries(components.schemas)) if (name !== ANY) lines.push(...componentLines(name, schema, words))
  return `${lines.join('\n').trimEnd()}\n`
}

/** What an answer with a name holds. */
const componentLines = (name: string, schema: Schema, words: Words): string[] => [
  `### ${name}`,
  '',
  ...(schema.properties
    ? memberLines(schema, words)
    : [[`${typeOf(schema, words)}${words.control.stop}`, meaningOf(schema, words)].filter(Boolean).join(words.control.space), '']),
]

const memberLines = ({ properties = {}, required = [] }: Schema, words: Words): string[] => [
  `| ${words.control.member.join(' | ')} |`,
  '|---|---|---|',
  ...Object.entries(properties).map(
    ([each, schema]) => `| \`${each}${required.includes(each) ? '' : '?'}\` | ${typeOf(schema, words)} | ${meaningOf(schema, words)} |`,
  ),
  '',
]

function routeLines(name: RouteName, route: Route, operation: Operation, words: Words): string[] {
  const { control, sentence } = words
  const { summary, details, about, pagedBy, example, status = 200 } = route
  const rows = rowsOf(operation, words)
  return [
    `### ${name}`,
    '',
    [
      sentence(summary),
      details !== undefined && sentence(details),
      about === 'none' && control.noAccount,
      pagedBy !== undefined && control.paged(pagedBy),
    ]
      .filter(Boolean)
      .join(control.space),
    '',
    ...(rows.length > 0 ? [`| ${control.sent.join(' | ')} |`, '|---|---|---|---|', ...rows, ''] : []),
    control.answers(status, answerOf(operation, status, words)),
    '',
    ...(example ? [control.example, '', '```sh', curlOf(name, example), '```', ''] : []),
  ]
}

function rowsOf({ parameters = [], requestBody }: Operation, words: Words): string[] {
  const { control } = words
  const row = (name: string, place: 'path' | 'query' | 'body', schema: Schema, required: boolean, deep = false): string =>
    `| \`${name}\` | ${control.places[place]} | ${typeOf(schema, words, deep)} | ${[required && place !== 'path' ? control.required : '', meaningOf(schema, words)].filter(Boolean).join(control.space)} |`
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
        ? [row('…', 'body', body, false, true)]
        : []),
  ]
}

function answerOf({ responses }: Operation, status: number, words: Words): string {
  const { otherAnswer, eachEvent, semicolon } = words.control
  const contents = Object.entries(responses[status]?.content ?? {})
  return contents
    .map(([type, { schema, 'x-event-data': data }]) =>
      type === 'application/json'
        ? typeOf(schema, words, true)
        : otherAnswer(type, data ? eachEvent(typeOf(data, words)) : meaningOf(schema, words).replace(/[.。]$/, '')),
    )
    .join(semicolon)
}

/** A type in a few words; `deep`: with the members of an object. */
function typeOf(schema: Schema, words: Words, deep = false): string {
  const { any, comma, listOf, or, orListOf } = words.control
  const { $ref, type, properties, items, anyOf, oneOf, enum: choices, const: only } = schema
  const name = $ref?.split('/').at(-1)
  if (name !== undefined) return name === ANY ? any : `[${name}](#${name.toLowerCase()})`
  if (only !== undefined) return `\`${JSON.stringify(only)}\``
  if (choices !== undefined) return choices.map((each) => `\`${each}\``).join(comma)
  const several = anyOf ?? oneOf
  if (several !== undefined) {
    const types = new Set(several.map((each) => typeOf(each, words, deep)))
    // One or several of the same: said once.
    const [one = '', list] = types
    return types.size === 2 && list === listOf(one) ? orListOf(one) : [...types].join(or)
  }
  if (type === 'array') return listOf(typeOf(items ?? {}, words, deep))
  if (type === 'object' && properties !== undefined && deep)
    return `\`{ ${Object.entries(properties)
      .map(([name]) => (schema.required?.includes(name) ? name : `${name}?`))
      .join(', ')} }\``
  return Array.isArray(type) ? type.join(or) : (type ?? any)
}

/** What a parameter, a member or an answer is, as a cell of a table has it. */
const meaningOf = ({ description }: Schema, { sentence }: Words): string =>
  description === undefined || description === '' ? '' : sentence(description).replaceAll('\n', ' ').replaceAll('|', '\\|')

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
