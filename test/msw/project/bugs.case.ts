import { createClient } from '../../../src/client/index.js'
import { defineProduct, defineService, z } from '../../../src/index.js'
import { emulatorTest } from '../../../src/vitest.js'

const service = defineService({ name: 'broken', version: '2026-01-01', regions: ['cn-shanghai'] })
const broken = service.action('Break', {
  summary: 'Breaks.',
  source: 'tests',
  input: {},
  output: z.object({}),
  run: () => {
    throw new Error('planted in an Action')
  },
})
const products = [defineProduct({ name: 'broken', actions: [broken] })]

const test = emulatorTest({ products })

test('a call meets a bug, and the code under test does not mind', async ({ cloud, account }) => {
  const client = createClient({ cloud, products, ...account.credentials })
  await client.broken.Break({}).catch(() => {})
})

test('what comes after it is not to blame', ({ account, expect }) => {
  expect(account.log.all()).toEqual([])
})
