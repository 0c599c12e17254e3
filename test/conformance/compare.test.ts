/** The catalogue beside what manuals and interface files say: what they differ in is known, decided on, and may only become less. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decide } from '../../conformance/compare/choices.js'
import { compare } from '../../conformance/compare/compare.js'
import { lineOf } from '../../conformance/compare/difference.js'
import { readFacts } from '../../conformance/facts/facts.js'
import { builtIn } from '../../src/cloud/definition.js'

const { actions } = builtIn.catalogue
const facts = readFacts()
const differences = compare(actions, facts)

test('every Action of the manuals is there', () => {
  expect(facts.manual.size).toBe(181)
  expect([...facts.manual.keys()].filter((id) => !builtIn.catalogue.byId.has(id))).toEqual([])
})

test('every difference is known; if there are fewer by now, run "npm run conformance -- --accept"', () => {
  expect(differences.map(lineOf)).toEqual(JSON.parse(readFileSync('conformance/differences.json', 'utf8')))
})

test('of every difference somebody has decided whose word holds, and no decision is about nothing', () => {
  const { undecided, idle } = decide(differences, actions)
  expect({ undecided, idle }).toEqual({ undecided: [], idle: [] })
})
