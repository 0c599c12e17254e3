/** The pages of all Actions, in every language. */

import { describeActions } from '../../src/catalogue/describe.js'
import type { CloudDefinition } from '../../src/cloud/definition.js'
import { actionMarkdown, pathOf } from './action.js'
import { errorsOfAll } from './actions.js'
import { exampleOf } from './examples.js'
import type { Words } from './words/words.js'

/** What each page says, by its path from the root of the project. */
export function actionPages(definition: CloudDefinition, languages: readonly Words[]): Map<string, string> {
  const { catalogue } = definition
  const all = describeActions(catalogue)
  // What is true of every Action is said once, in the page of the facts.
  const isPeculiar = (fact: string): boolean => !all.every(({ facts }) => facts.includes(fact))
  const pages = new Map<string, string>()
  for (const service of catalogue.services.values()) {
    const own = all.filter((each) => each.service === service.name)
    const shared = new Set(errorsOfAll(own).map(({ code }) => code))
    for (const described of own) {
      const action = catalogue.byId.get(`${service.name}.${described.action}`)
      if (action === undefined) continue
      const example = exampleOf(action, definition)
      const errors = described.errors.filter(({ code }) => !shared.has(code))
      const page = { ...described, host: service.host, facts: described.facts.filter(isPeculiar) }
      for (const words of languages) pages.set(`${words.folder}/${pathOf(described)}`, actionMarkdown(page, errors, example, words))
    }
  }
  return pages
}
