/** Writes what the documentation takes from the definitions: the pages of the Actions, and parts of other pages. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { builtIn } from '../src/cloud/definition.js'
import { actionPages } from './pages/action-pages.js'
import { generatedPages, languages } from './pages/index.js'

for (const [path, write] of Object.entries(generatedPages)) writeFileSync(path, write(existing(path), builtIn))

for (const { folder } of languages) rmSync(`${folder}/actions`, { recursive: true, force: true })
for (const [path, page] of actionPages(builtIn, languages)) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, page)
}

/** A page as it is; one that is generated as a whole need not be there yet. */
function existing(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
