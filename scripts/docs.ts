/** Writes what the documentation takes from the definitions: docs/actions.md, and parts of other pages. */

import { readFileSync, writeFileSync } from 'node:fs'
import { generatedPages } from '../src/catalogue/pages.js'
import { catalogue } from '../src/services/index.js'

for (const [path, write] of Object.entries(generatedPages)) writeFileSync(path, write(readFileSync(path, 'utf8'), catalogue))
