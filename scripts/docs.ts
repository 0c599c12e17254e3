/** Writes what the documentation takes from the definitions: docs/actions.md, and parts of other pages. */

import { readFileSync, writeFileSync } from 'node:fs'
import { builtIn } from '../src/cloud/definition.js'
import { generatedPages } from './pages/index.js'

for (const [path, write] of Object.entries(generatedPages)) writeFileSync(path, write(readFileSync(path, 'utf8'), builtIn))
