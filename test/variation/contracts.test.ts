/** Documented variation and contracts: what the documents allow breaks no promise. */

import { expect, test } from 'vitest'
import { formatReport, verifyPacts } from '../../contracts/index.js'
import { createCloud } from '../../src/index.js'

test('every contract is kept while answers vary', async () => {
  const { ok, interactions } = await verifyPacts({ pacts: 'contracts/pacts', cloud: createCloud({ settings: { vary: { seed: 1 } } }) })
  const failed = interactions.filter(({ outcome }) => outcome === 'failed')
  expect(failed, formatReport({ ok, interactions: failed })).toEqual([])
}, 120_000)
