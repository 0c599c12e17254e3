/** A pact is about calls of Actions: whatever else it has the verifier send is refused, and does nothing. */

import { expect, test } from 'vitest'
import { verifyPacts } from '../../contracts/index.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'
import { call, SEGMENT, usePactFiles } from './support.js'

const { pactFile } = usePactFiles()

const paths = ['/_emulator/reset', '/_emulator/health', '/%5Femulator/reset', '/_pact/states', '/bucket/key', '/vod']

test('interactions that call something else fail, each by its name, and those beside them do not', async () => {
  const { cloud, account } = testCloud()
  await account.putAssets([{ url: VIDEO_URL }])
  const strangers = paths.map((path) => ({ ...call({}), description: `calls ${path}`, request: { method: 'POST', path } }))
  // What is sent can be decided as late as when it is sent.
  const late = {
    ...call({}),
    description: 'calls what a generator gives',
    request: { method: 'POST', path: '/', generators: { path: { type: 'Regex', regex: '/_emulator/reset' } } },
  }
  const report = await verifyPacts({ pacts: pactFile([...strangers, late, call(SEGMENT)]), cloud })
  const found = report.interactions.map(({ description, outcome, problems }) => ({ description, outcome, problems }))
  expect(found).toEqual([
    ...paths.map((path) => ({
      description: `calls ${path}`,
      outcome: 'failed',
      problems: [expect.stringContaining(`its path is ${path}; every Action is called at the path /`)],
    })),
    {
      description: 'calls what a generator gives',
      outcome: 'failed',
      problems: [expect.stringMatching(/^its path is \/_emulator\/reset/)],
    },
    { description: 'a call', outcome: 'ok', problems: [] },
  ])
  expect(account.assets.list().rows).toHaveLength(1)
})
