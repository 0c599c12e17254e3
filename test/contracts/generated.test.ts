/** The pacts that are derived from the catalogue. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { eventPactsOf, formatReport, objectPact, pactsOf, renderPact, verifyPacts } from '../../contracts/index.js'
import { languages } from '../../scripts/pages/index.js'
import { withVocabulary } from '../../scripts/pages/provider-states.js'
import { builtIn } from '../../src/cloud/definition.js'
import { createCloud } from '../../src/index.js'
import { integer, oneOf, text } from '../../src/params/scalars.js'
import { csv, repeated, repeatedObject, url } from '../../src/params/structures.js'
import { echoAction, product } from '../support/echo.js'
import { usePactFiles } from './support.js'

const { folder } = usePactFiles()

const PACTS = 'contracts/pacts'

const { catalogue } = builtIn
const contracts = { catalogue, providerStates: builtIn.states }

describe('what is committed', () => {
  test('contracts/pacts are what catalogue and examples say; if not, run "npm run contracts"', () => {
    const committed = new Map(readdirSync(PACTS).map((name) => [name, readFileSync(join(PACTS, name), 'utf8')]))
    const pacts = [...pactsOf(contracts), ...eventPactsOf(builtIn), ['oss', objectPact()] as const]
    const derived = new Map(pacts.map(([name, pact]) => [`${name}.json`, renderPact(pact)]))
    expect(committed).toEqual(derived)
  })

  test.each(languages)(
    'the table of provider states in $folder/contracts.md is what the code says; if not, run "npm run contracts"',
    (words) => {
      const page = readFileSync(`${words.folder}/contracts.md`, 'utf8')
      expect(page).toBe(withVocabulary(page, words))
    },
  )

  test('every file in fixtures/examples is of an Action, or of an event type', () => {
    const files = readdirSync('fixtures/examples', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
    const actions = catalogue.actions.map(({ service, name }) => `${service.name}/${name}.json`)
    const events = [...builtIn.eventTypes].flatMap(([product, types]) => types.map(({ type }) => `${product}/events/${type}.json`))
    const known = new Set([...actions, ...events])
    expect(files.filter((name) => !known.has(name))).toEqual([])
  })

  test('every event type has a message, and one for success and failure each where it has both', () => {
    const told = [...eventPactsOf(builtIn).values()].flatMap(({ interactions }) => interactions.map(({ contents }) => contents.content))
    const outcomes = told.map((content) => {
      const { EventType, Status } = content as { EventType: string; Status: string }
      return `${EventType} ${Status}`
    })
    const lacking = [...builtIn.eventTypes.values()].flat().flatMap(({ type, fields }) => {
      const wanted = fields instanceof z.ZodDiscriminatedUnion ? ['success', 'fail'] : ['']
      return wanted.map((status) => `${type} ${status}`).filter((each) => !outcomes.some((outcome) => outcome.startsWith(each)))
    })
    expect(lacking).toEqual([])
  })

  test('every Action has a call that succeeds and one that is refused', () => {
    const pacts = pactsOf(contracts)
    const lacking = catalogue.actions.filter(({ name, service }) => {
      const own = pacts.get(service.name)?.interactions.filter(({ request }) => request.query.Action?.[0] === name) ?? []
      return !own.some(({ response }) => response.status === 200) || !own.some(({ response }) => response.status >= 400)
    })
    expect(lacking).toEqual([])
  })

  test.each(['acs3', 'rpc'] as const)('the emulator keeps every contract, called with %s', async (scheme) => {
    const { ok, interactions } = await verifyPacts({ pacts: PACTS, scheme })
    const failed = interactions.filter(({ outcome }) => outcome === 'failed')
    expect(failed, formatReport({ ok, interactions: failed })).toEqual([])
  })
})

test('an Action without an example has both interactions, with parameters that its definition allows', async () => {
  const actions = [
    echoAction('OfScalars', {
      Name: text({ minLength: 8 }),
      Count: integer({ min: 3 }),
      Ratio: integer({ max: -1 }),
      Kind: oneOf(['first', 'second']),
      Url: url(),
      Optional: text().optional(),
    }),
    echoAction('OfLists', {
      Codes: csv(oneOf(['a', 'b']), { minItems: 2 }),
      Urls: csv(url()),
      Ids: repeated(integer(), { minItems: 2 }),
      Boxes: repeatedObject({ W: integer().optional() }),
    }),
    echoAction('OfNothing', {}),
  ]
  const cloud = createCloud({ products: [product(actions)] })
  const path = join(folder(), 'echo.json')
  const pact = pactsOf(cloud).get('echo')
  writeFileSync(path, JSON.stringify(pact))
  const report = await verifyPacts({ pacts: path, cloud })
  expect(report.ok, formatReport(report)).toBe(true)
  expect(pact?.interactions.map(({ description }) => description).slice(-6)).toEqual([
    'OfLists: a made-up call',
    'OfLists: a call without Codes: MissingParameter',
    'OfNothing: a made-up call',
    'OfNothing: a call, given an access key that does not exist: InvalidAccessKeyId.NotFound',
    'OfScalars: a made-up call',
    'OfScalars: a call without Name: MissingParameter',
  ])
})
