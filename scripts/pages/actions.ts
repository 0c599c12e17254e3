/** docs/actions.md: all Actions by service, with the errors that each service has for every one. */

import type { Catalogue } from '../../src/catalogue/catalogue.js'
import { type ActionDescription, describeActions, type ErrorDescription } from '../../src/catalogue/describe.js'
import { errorTable, limitOf, modeOf } from './action.js'
import { plain, table } from './page.js'
import type { Words } from './words/words.js'

/** Writes the page; a test fails when the committed one differs. */
export function actionsMarkdown(catalogue: Catalogue, words: Words): string {
  const actions = describeActions(catalogue)
  const { title, introduction, service, columns, sharedErrors } = words.actions
  const other = words.folder === 'docs' ? 'zh/actions.md' : '../actions.md'
  const lines = [`# ${title}`, '', `[${words.action.otherLanguage}](${other})`, '', ...introduction, '']
  for (const { name, version, host } of catalogue.services.values()) {
    const own = actions.filter((action) => action.service === name)
    const rows = own.map((each) => [
      `[${each.action}](actions/${name}/${each.action}.md)`,
      plain(words.summary(each)),
      modeOf(each, words),
      limitOf(each, words),
    ])
    lines.push(`## ${name}`, '', service(version, host, own.length), '', ...table(columns, rows), '')
    lines.push(sharedErrors, '', ...errorTable(errorsOfAll(own), words), '')
  }
  return `${lines.join('\n').trimEnd()}\n`
}

/** The errors that each of some Actions has. */
export const errorsOfAll = (actions: readonly ActionDescription[]): ErrorDescription[] =>
  actions[0]?.errors.filter(({ code }) => actions.every(({ errors }) => errors.some((error) => error.code === code))) ?? []

/** The services and the names of their Actions, for README.md. */
export function actionsOverview({ actions, services }: Catalogue): string[] {
  return [...services.values()].map(({ name }) => {
    const names = actions.filter(({ service }) => service.name === name).map((action) => action.name)
    return `- **${name}** (${names.length}): ${names.join(', ')}`
  })
}
