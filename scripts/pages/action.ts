/** docs/actions/<service>/<Action>.md: what there is to know of one Action before calling it. */

import type { ActionDescription, ErrorDescription, ParamDescription } from '../../src/catalogue/describe.js'
import type { Example } from './examples.js'
import { limitsOf } from './limits.js'
import { plain, table } from './page.js'
import type { Words } from './words/words.js'

/** Where the page is, from the folder of its language. */
export const pathOf = ({ service, action }: Pick<ActionDescription, 'service' | 'action'>): string => `actions/${service}/${action}.md`

/** Writes the page; `errors` are those that not every Action of the service has. */
export function actionMarkdown(
  described: ActionDescription & { host: string },
  errors: readonly ErrorDescription[],
  example: Example,
  words: Words,
): string {
  const { service, version, host, action, source, note, accepts, facts, params } = described
  const say = words.action
  const here = pathOf(described)
  const other = words.folder === 'docs' ? `../../zh/${here}` : `../../../${here}`
  const about = [service, version, `\`${host}\``, modeOf(described, words), limitOf(described, words), sourceOf(source, words)]
  const lines = [
    `# ${action}`,
    '',
    `[${say.otherLanguage}](${other}) · [${say.allActions}](../../actions.md)`,
    '',
    plain(words.summary(described)),
    '',
    ...table(say.columns, [about]),
    '',
    ...(note === undefined ? [] : [plain(words.sentence(note)), '']),
    ...(facts.length === 0 ? [] : [say.facts('../../facts.md'), '']),
    `## ${say.parameters}`,
    '',
    ...(params.length === 0 ? [say.noParameters] : parameterTable(params, words)),
    '',
    ...(accepts.length === 0 ? [] : [say.accepts(accepts), '']),
    `## ${say.example}`,
    '',
    ...exampleLines(action, example, words),
    `## ${say.errors}`,
    '',
    say.sharedErrors(service, `../../actions.md#${service}`, errors.length > 0),
    '',
    ...(errors.length === 0 ? [] : errorTable(errors, words)),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function sourceOf(source: string, { action, sentence }: Words): string {
  const [, product, chapter] = /^(\w+) manual ([\d.]+)$/.exec(source) ?? []
  return product === undefined || chapter === undefined ? sentence(source) : action.manual(product, chapter)
}

/** Whether an answer is all there is, or a job follows. */
export const modeOf = ({ async: asynchronous }: ActionDescription, { action: { modes } }: Words): string =>
  modes[asynchronous ? 'asynchronous' : 'synchronous']

/** How often an Action may be called. */
export const limitOf = ({ limit }: ActionDescription, { action }: Words): string => (limit ? action.limit(limit) : action.unlimited)

/** Errors with status, text, and what leads to them. */
export const errorTable = (
  errors: readonly ErrorDescription[],
  { action: { errorColumns, provokedBy, colon }, sentence }: Words,
): string[] =>
  table(
    errorColumns,
    errors.map(({ status, code, message, provokedBy: by, why }) => [
      String(status),
      `\`${code}\``,
      plain(message),
      `${provokedBy[by]}${why === undefined ? '' : `${colon}${plain(sentence(why))}`}`,
    ]),
  )

const parameterTable = (params: readonly ParamDescription[], words: Words): string[] =>
  table(
    words.action.parameterColumns,
    params.map((param) => [
      param.name,
      param.type,
      param.required ? words.yes : words.no,
      param.default === undefined ? '' : `\`${JSON.stringify(param.default)}\``,
      plain(limitsOf(param, words)),
    ]),
  )

function exampleLines(action: string, { states, params, answer }: Example, { action: { given, answer: answers } }: Words): string[] {
  return [
    ...(states.length === 0 ? [] : [given(states.map((state) => `\`${state}\``)), '']),
    '```js',
    `await client.request('${action}', ${objectOf(params)})`,
    '```',
    '',
    answers,
    '',
    '```json',
    JSON.stringify(answer, null, 2),
    '```',
    '',
  ]
}

/** Parameters as they stand in code. */
function objectOf(params: Readonly<Record<string, string>>): string {
  const members = Object.entries(params).map(([name, value]) => `${/^\w+$/.test(name) ? name : quoted(name)}: ${quoted(value)}`)
  if (members.length === 0) return '{}'
  const line = `{ ${members.join(', ')} }`
  return line.length <= 100 ? line : `{\n${members.map((member) => `  ${member},\n`).join('')}}`
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
