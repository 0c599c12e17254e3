/** What is generated, or holds a generated part: pages, and the rule of the floors; `npm run docs` writes them, and a test fails when one is stale. */

import type { CloudDefinition } from '../../src/cloud/definition.js'
import { actionsMarkdown, actionsOverview } from './actions.js'
import { conformanceMarkdown } from './conformance.js'
import { chinese as conformanceChinese, english as conformanceEnglish } from './conformance-words.js'
import { controlMarkdown } from './control.js'
import { english } from './control-words.js'
import { eventsMarkdown } from './events.js'
import { factsMarkdown } from './facts.js'
import { biomeFloors, floorsMarkdown } from './floors.js'
import { jobsMarkdown } from './jobs.js'
import { magicMarkdown } from './magic-inputs.js'
import { withGenerated } from './page.js'
import { scenariosMarkdown } from './scenarios.js'

const withOverview = (page: string, { catalogue }: CloudDefinition): string => withGenerated(page, 'actions', actionsOverview(catalogue))

/** By path from the root of the project: what makes the page of what it is. */
export const generatedPages: Readonly<Record<string, (page: string, definition: CloudDefinition) => string>> = {
  'biome.floors.json': biomeFloors,
  'docs/actions.md': (_page, { catalogue }) => actionsMarkdown(catalogue),
  'docs/architecture.md': floorsMarkdown,
  'docs/configuration.md': jobsMarkdown,
  'docs/conformance.md': (_page, definition) => conformanceMarkdown(definition, conformanceEnglish),
  'docs/conformance.zh-CN.md': (_page, definition) => conformanceMarkdown(definition, conformanceChinese),
  'docs/control.md': (_page, { settings }) => controlMarkdown(settings.schema, english),
  'docs/events.md': eventsMarkdown,
  'docs/facts.md': factsMarkdown,
  'docs/facts.zh-CN.md': factsMarkdown,
  'docs/faults.md': magicMarkdown,
  'docs/scenarios.md': scenariosMarkdown,
  'README.md': withOverview,
  'README.zh-CN.md': withOverview,
}
