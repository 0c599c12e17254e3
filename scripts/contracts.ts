/** Writes contracts/pacts from the catalogue and the event types, and the vocabulary of provider states into docs/contracts.md, in every language. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { eventPactsOf, objectPact, pactsOf, renderPact } from '../contracts/generate/pacts.js'
import { builtIn } from '../src/cloud/definition.js'
import { languages } from './pages/index.js'
import { withVocabulary } from './pages/provider-states.js'

const FOLDER = 'contracts/pacts'

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER)
const services = pactsOf({ ...builtIn, providerStates: builtIn.states })
for (const [name, pact] of [...services, ...eventPactsOf(builtIn), ['oss', objectPact()] as const])
  writeFileSync(`${FOLDER}/${name}.json`, renderPact(pact))
for (const words of languages) {
  const path = `${words.folder}/contracts.md`
  writeFileSync(path, withVocabulary(readFileSync(path, 'utf8'), words))
}
