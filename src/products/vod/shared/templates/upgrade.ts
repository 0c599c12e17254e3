/** Template groups in documents of state version 2, which had most members of a template as they were written, and checked few of them. */

import { draftOf } from '../../../../state/draft.js'
import type { Json, JsonEntry } from '../../../../state/part.js'
import type { Upgrade } from '../../../../state/upgrade.js'
import { templateRecords } from './records.js'
import { templateSchema } from './transcode-template.js'

/** Takes away what a template cannot say; it had no effect, or not the one that was meant. */
export const checkTemplates: Upgrade = ({ tables }) => {
  const { name } = templateRecords.templateGroups
  const entries = tables[name]
  if (entries !== undefined) tables[name] = entries.map(([key, group]): JsonEntry => [key, checkedGroup(group)])
}

function checkedGroup(group: Json): Json {
  const { templates } = group as { templates?: Json }
  return Array.isArray(templates) ? { ...(group as Record<string, Json>), templates: templates.map(checkedTemplate) } : group
}

/** Without the members that are wrong, or those that they are part of. */
function checkedTemplate(given: Json): Json {
  const template = draftOf(given)
  for (let above = 0; above < LEVELS; above++)
    for (const { path } of templateSchema.safeParse(template).error?.issues ?? [])
      remove(template, path.slice(0, Math.max(1, path.length - above)))
  return template
}

/** How deep structures are inside a template. */
const LEVELS = 6

function remove(document: unknown, path: readonly PropertyKey[]): void {
  let holder = document
  for (const name of path.slice(0, -1)) holder = (holder as Record<PropertyKey, unknown> | undefined)?.[name]
  if (typeof holder === 'object' && holder !== null) delete (holder as Record<PropertyKey, unknown>)[path.at(-1) as PropertyKey]
}
