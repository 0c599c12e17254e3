/** What is generated, or holds a generated part: pages, and the rule of the floors; `npm run docs` writes them, and a test fails when one is stale. */

import type { CloudDefinition } from '../../src/cloud/definition.js'
import { actionsMarkdown, actionsOverview } from './actions.js'
import { conformanceMarkdown } from './conformance.js'
import { chinese as conformanceChinese, english as conformanceEnglish } from './conformance-words.js'
import { controlMarkdown } from './control.js'
import { eventsMarkdown } from './events.js'
import { factsMarkdown } from './facts.js'
import { biomeFloors, floorsMarkdown } from './floors.js'
import { jobsMarkdown } from './jobs.js'
import { magicMarkdown } from './magic-inputs.js'
import { withGenerated } from './page.js'
import { scenariosMarkdown } from './scenarios.js'
import { chinese } from './words/chinese.js'
import { english } from './words/english.js'
import type { Words } from './words/words.js'

type Writer = (page: string, definition: CloudDefinition) => string

/** The languages of the pages, that of the definitions first. */
export const languages: readonly Words[] = [english, chinese]

/** Pages that are there in every language, by their names in its folder. */
const translated: Readonly<Record<string, (page: string, definition: CloudDefinition, words: Words) => string>> = {
  'actions.md': (_page, { catalogue }, words) => actionsMarkdown(catalogue, words),
  'configuration.md': jobsMarkdown,
  'control.md': (_page, { settings }, words) => controlMarkdown(settings.schema, words),
  'events.md': eventsMarkdown,
  'facts.md': factsMarkdown,
  'faults.md': magicMarkdown,
  'scenarios.md': scenariosMarkdown,
}

/** The pages that are there in every language, in one, by path from the root of the project. */
export const pagesIn = (words: Words): Record<string, Writer> =>
  Object.fromEntries(
    Object.entries(translated).map(([name, write]): [string, Writer] => [
      `${words.folder}/${name}`,
      (page, definition) => write(page, definition, words),
    ]),
  )

const withOverview: Writer = (page, { catalogue }) => withGenerated(page, 'actions', actionsOverview(catalogue))

/** By path from the root of the project: what makes the page of what it is. The pages of single Actions are those of action-pages.ts. */
export const generatedPages: Readonly<Record<string, Writer>> = {
  'biome.floors.json': biomeFloors,
  'docs/architecture.md': floorsMarkdown,
  'docs/conformance.md': (_page, definition) => conformanceMarkdown(definition, conformanceEnglish),
  'docs/zh/conformance.md': (_page, definition) => conformanceMarkdown(definition, conformanceChinese),
  'README.md': withOverview,
  'README.zh-CN.md': withOverview,
  ...Object.assign({}, ...languages.map(pagesIn)),
}
