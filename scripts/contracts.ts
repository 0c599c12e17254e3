/** Writes contracts/pacts from the catalogue and the event types, and the vocabulary of provider states into docs/contracts.md. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { eventPactsOf, objectPact, pactsOf, renderPact } from '../contracts/generate/pacts.js'
import { builtIn } from '../src/cloud/definition.js'
import { withVocabulary } from './pages/provider-states.js'

const FOLDER = 'contracts/pacts'
const PAGE = 'docs/contracts.md'

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER)
const services = pactsOf({ ...builtIn, providerStates: builtIn.states })
for (const [name, pact] of [...services, ...eventPactsOf(builtIn), ['oss', objectPact()] as const])
  writeFileSync(`${FOLDER}/${name}.json`, renderPact(pact))
writeFileSync(PAGE, withVocabulary(readFileSync(PAGE, 'utf8')))
