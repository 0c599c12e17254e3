/** docs/actions.md: the catalogue for people. */

import type { Catalogue } from '../../src/catalogue/catalogue.js'
import { type ActionDescription, describeActions, type ErrorDescription, type ParamDescription } from '../../src/catalogue/describe.js'

/** Writes the page; a test fails when the committed one differs. */
export function actionsMarkdown(catalogue: Catalogue): string {
  const actions = describeActions(catalogue)
  const services = [...catalogue.services.values()]
  const lines = ['# Actions', '', 'Written from the catalogue by `npm run docs`; do not edit.', '']
  for (const { name, version, host } of services) {
    const own = actions.filter(({ service }) => service === name)
    lines.push(`## ${name}`, '', `Version ${version}, \`${host}\`, ${own.length} Actions.`, '', ...sharedErrors(own))
    for (const action of own) lines.push(...actionLines(action, own))
  }
  return `${lines.join('\n').trimEnd()}\n`
}

/** The services and the names of their Actions, for README.md. */
export function actionsOverview({ actions, services }: Catalogue): string[] {
  return [...services.values()].map(({ name }) => {
    const names = actions.filter(({ service }) => service.name === name).map((action) => action.name)
    return `- **${name}** (${names.length}): ${names.join(', ')}`
  })
}

function sharedErrors(actions: readonly ActionDescription[]): string[] {
  const shared =
    actions[0]?.errors.filter(({ code }) => actions.every((action) => action.errors.some((error) => error.code === code))) ?? []
  return ['Errors of every Action:', '', ...errorTable(shared), '']
}

function actionLines(
  { action, summary, source, note, accepts, async: asynchronous, limit, params, errors }: ActionDescription,
  all: readonly ActionDescription[],
): string[] {
  const own = errors.filter(({ code }) => !all.every((other) => other.errors.some((error) => error.code === code)))
  return [
    `### ${action}`,
    '',
    `${summary} (${source})`,
    '',
    `${asynchronous ? 'Asynchronous' : 'Synchronous'}; ${limit ? `${limit.limit} calls per ${limit.per}` : 'no documented limit'}.`,
    '',
    ...(note === undefined ? [] : [note, '']),
    ...(accepts.length > 0 ? [`Known to official clients, not to the manual, and without effect: ${accepts.join(', ')}.`, ''] : []),
    '| parameter | type | required | limits |',
    '|---|---|---|---|',
    ...params.map((param) => `| ${param.name} | ${param.type} | ${param.required ? 'yes' : 'no'} | ${limits(param)} |`),
    '',
    ...(own.length > 0 ? [...errorTable(own), ''] : []),
  ]
}

const errorTable = (errors: readonly ErrorDescription[]): string[] => [
  '| status | code | provoked by |',
  '|---|---|---|',
  ...errors.map(({ status, code, provokedBy, why }) => `| ${status} | ${code} | ${provokedBy}${why ? `: ${why}` : ''} |`),
]

function limits({
  enum: choices,
  min,
  max,
  minLength,
  maxLength,
  lengthUnit,
  maxItems,
  itemMaxLength,
  format,
  separator,
  ownLimit,
  default: fallback,
}: ParamDescription): string {
  return [
    choices && `one of ${choices.join(', ')}`,
    min !== undefined && `at least ${min}`,
    max !== undefined && `at most ${max}`,
    minLength !== undefined && `at least ${minLength} ${lengthUnit}`,
    maxLength !== undefined && `${format === 'list' ? 'each ' : ''}at most ${maxLength} ${lengthUnit}`,
    maxItems !== undefined && `at most ${maxItems} elements`,
    itemMaxLength !== undefined && `each at most ${itemMaxLength} ${lengthUnit}`,
    format === 'list' ? `separated by "${separator}"` : format,
    ownLimit && "a limit of the emulator's own",
    fallback !== undefined && `default ${JSON.stringify(fallback)}`,
  ]
    .filter(Boolean)
    .join(', ')
}
