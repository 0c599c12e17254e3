/** Writes contracts/pacts from the catalogue, and the vocabulary of provider states into docs/contracts.md, in every language. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { pactsOf, renderPact } from '../contracts/generate/pacts.js'
import { builtIn } from '../src/cloud/definition.js'
import { languages } from './pages/index.js'
import { withVocabulary } from './pages/provider-states.js'

const FOLDER = 'contracts/pacts'

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER)
for (const [service, pact] of pactsOf({ ...builtIn, providerStates: builtIn.states }))
  writeFileSync(`${FOLDER}/${service}.json`, renderPact(pact))
for (const words of languages) {
  const path = `${words.folder}/contracts.md`
  writeFileSync(path, withVocabulary(readFileSync(path, 'utf8'), words))
}
