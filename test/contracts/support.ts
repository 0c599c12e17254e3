/** Pact files of the tests' own. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PactV3 } from '@pact-foundation/pact'
import { afterAll, vi } from 'vitest'
import { type InteractionReport, verifyPacts } from '../../contracts/index.js'

/** Pact files and folders for the tests of a file, which are gone after them. */
export function usePactFiles() {
  const root = mkdtempSync(join(tmpdir(), 'contracts-'))
  afterAll(() => rmSync(root, { recursive: true }))

  /** An empty folder. */
  const folder = (): string => mkdtempSync(join(root, 'test-'))

  /** Writes a Pact file, of specification 4 unless `pact` says otherwise, and returns its path. */
  function pactFile(interactions: readonly object[], pact: object = {}): string {
    const path = join(folder(), 'consumer-videoseg.json')
    const whole = {
      consumer: { name: 'consumer' },
      provider: { name: 'videoseg' },
      interactions,
      metadata: { pactSpecification: { version: '4.0' } },
      ...pact,
    }
    writeFileSync(path, JSON.stringify(whole))
    return path
  }

  /** Verifies interactions in one run, and returns what became of each. */
  async function verifyEach(interactions: readonly object[]): Promise<InteractionReport[]> {
    const report = await verifyPacts({ pacts: pactFile(interactions) })
    return report.interactions
  }

  return { folder, pactFile, verifyEach }
}

/** An interaction of specification 4: a call with these parameters that is answered with a status. */
export const call = (
  query: Readonly<Record<string, string>>,
  { status = 200, ...rest }: { status?: number; [field: string]: unknown } = {},
) => ({
  type: 'Synchronous/HTTP',
  description: 'a call',
  request: { method: 'GET', path: '/', query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])) },
  response: { status },
  ...rest,
})

/** The parameters of a call that succeeds in any account. */
export const SEGMENT = {
  Action: 'SegmentVideoBody',
  Version: '2020-03-20',
  VideoUrl: 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/videos/sample.mp4',
} as const

/**
 * Runs a client against the mock server of a pact, and lets the server finish its notes: it answers a moment before it notes that it was asked
 * (https://github.com/pact-foundation/pact-core-mock-server/issues/13), which a busy machine makes long. What it does not note, Pact tells.
 */
export const record = (pact: PactV3, run: (url: string) => Promise<unknown>): Promise<unknown> =>
  pact.executeTest(async ({ url, port }) => {
    await run(url)
    // biome-ignore lint/complexity/useLiteralKeys: Pact has no public way to ask
    const noted = (): boolean => pact['pact'].mockServerMatchedSuccessfully(port)
    await vi.waitUntil(noted, { timeout: 5000 }).catch(() => undefined)
  })
