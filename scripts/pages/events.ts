/** The table of docs/events.md: every event type, how it is turned on, and what makes it happen here. */

import type { CloudDefinition } from '../../src/cloud/definition.js'
import { type Notifiable, switchOf } from '../../src/products/vod/shared/notification/route.js'
import { table, withGenerated } from './page.js'
import type { Words } from './words/words.js'

/** Puts the table into the page, in place of the one that it has. */
export function eventsMarkdown(
  page: string,
  { catalogue, services: { eventTypes } }: CloudDefinition,
  { events, sentence }: Words,
): string {
  const byName = [...eventTypes.values()].sort((a, b) => (a.type < b.type ? -1 : 1))
  const rows = byName.map((event: Notifiable) => {
    const { type, when, actions } = event
    const here = actions.filter((action) => catalogue.byName.has(action))
    return [type, switchOf(event), sentence(when), here.length > 0 ? here.join(', ') : events.noAction]
  })
  return withGenerated(page, 'events', table(events.columns, rows))
}
