/** Writes docs/actions.md from the catalogue, and the table of docs/events.md. */

import { readFileSync, writeFileSync } from 'node:fs'
import { actionsMarkdown } from '../src/catalogue/markdown.js'
import { eventsMarkdown } from '../src/events/markdown.js'
import { catalogue } from '../src/services/index.js'

writeFileSync('docs/actions.md', actionsMarkdown(catalogue))
writeFileSync('docs/events.md', eventsMarkdown(readFileSync('docs/events.md', 'utf8'), catalogue))
