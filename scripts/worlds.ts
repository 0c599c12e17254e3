/** Writes fixtures/worlds. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { worldFiles } from './worlds/files.js'

mkdirSync('fixtures/worlds', { recursive: true })
for (const [path, text] of Object.entries(worldFiles())) writeFileSync(path, text)
