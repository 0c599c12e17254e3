/** The table of docs/events.md: every event type, how it is turned on, and what makes it happen here. */

import type { Catalogue } from '../../src/catalogue/catalogue.js'
import { definitionOf, type EventType, eventTypes, switchOf } from '../../src/events/types.js'
import { withGenerated } from './page.js'

/** Puts the table into the page, in place of the one that it has. */
export function eventsMarkdown(page: string, { byId }: Catalogue): string {
  const rows = (Object.keys(eventTypes) as EventType[]).map((type) => {
    const { when, actions } = definitionOf(type)
    const here = actions.filter((action) => byId.has(`vod.${action}`))
    return `| ${type} | ${switchOf(type)} | ${when} | ${here.length > 0 ? here.join(', ') : 'no Action yet: `POST /_emulator/events`'} |`
  })
  return withGenerated(page, 'events', [
    '| event | name in EventTypeList | sent when | Actions of this emulator that lead to it |',
    '|---|---|---|---|',
    ...rows,
  ])
}
