/** Whether the emulator keeps the pacts that consumer.test.js has written. In a shell: npx vod-viapi-emulator verify pacts */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatReport, verifyPacts } from 'vod-viapi-emulator/contracts'

test('imageenhan answers as this application expects', async () => {
  const report = await verifyPacts({ pacts: 'pacts', provider: 'imageenhan' })
  assert.ok(report.ok, formatReport(report))
  assert.equal(report.interactions.length, 5)
})
