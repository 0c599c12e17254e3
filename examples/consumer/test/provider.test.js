/** Whether the emulator keeps the pacts that the other tests have written. In a shell: npx vod-viapi-emulator verify pacts */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatReport, verifyPacts } from 'vod-viapi-emulator/contracts'

for (const [provider, count] of Object.entries({ imageenhan: 5, vod: 2, oss: 1 }))
  test(`${provider} is as this application expects`, async () => {
    const report = await verifyPacts({ pacts: 'pacts', provider })
    assert.ok(report.ok, formatReport(report))
    assert.equal(report.interactions.length, count)
  })
