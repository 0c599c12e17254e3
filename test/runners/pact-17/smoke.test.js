import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { formatReport, verifyPacts } from 'vod-viapi-emulator/contracts'

test('a pact is verified', async () => {
  const report = await verifyPacts({ pacts: fileURLToPath(new URL('../pact.json', import.meta.url)) })
  assert.deepEqual(
    report.interactions.map(({ outcome }) => outcome),
    ['ok', 'ok', 'failed'],
    formatReport(report),
  )
})
