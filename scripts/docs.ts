/** Writes docs/actions.md from the catalogue. */

import { writeFileSync } from 'node:fs'
import { actionsMarkdown } from '../src/catalogue/markdown.js'
import { catalogue } from '../src/services/index.js'

writeFileSync('docs/actions.md', actionsMarkdown(catalogue))
