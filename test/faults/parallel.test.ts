/** Many tests on one server at one time, each with its own account, clock, settings and faults: none sees another. */

import { expect, it, onTestFinished } from 'vitest'
import { createControl } from '../../src/client/index.js'
import type { FaultInput } from '../../src/index.js'
import { VIDEO_URL } from '../support/cloud.js'
import { TIMES } from '../support/fuzz.js'
import { popCore, type SdkCall, testEmulator } from '../support/sdk.js'

const TESTS = 30 * TIMES

/** What a call comes to: `ok`, or the code or name of what the SDK throws. */
const outcomeOf = async (call: SdkCall): Promise<string> => {
  try {
    await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    return 'ok'
  } catch (error) {
    const { code, name } = error as { code?: string; name: string }
    return code ?? name
  }
}

/** What tests ask for, in turn, and what they see of it. */
const plans: readonly { fault: FaultInput; sees: string; runs: boolean }[] = [
  { fault: { error: 'Throttling.User' }, sees: 'Throttling.User', runs: false },
  { fault: { error: { code: 'Own', status: 418, message: 'mine' }, custom: true }, sees: 'Own', runs: false },
  { fault: { hang: true }, sees: 'RequestTimeoutError', runs: false },
  { fault: { latency: '10m' }, sees: 'RequestTimeoutError', runs: true },
  { fault: { reset: true }, sees: 'ECONNRESET', runs: false },
  { fault: { reset: 'midBody' }, sees: 'ECONNRESET', runs: true },
  { fault: { truncate: 10 }, sees: 'SyntaxError', runs: true },
  { fault: { garble: true }, sees: 'SyntaxError', runs: true },
  { fault: { loseReply: true }, sees: 'ECONNRESET', runs: true },
  { fault: { latency: 5 }, sees: 'ok', runs: true },
]

it(`${TESTS} tests do not disturb each other`, async () => {
  const { url, close } = await testEmulator()
  onTestFinished(close)

  const run = async (number: number): Promise<void> => {
    const { fault, sees, runs } = plans[number % plans.length] as (typeof plans)[number]
    const created = await createControl({ endpoint: url, timeoutMs: 600_000 }).createAccount({ seed: number })
    const control = createControl({ ...created, endpoint: url, timeoutMs: 600_000 })
    const target = { url, key: created, version: '2020-03-20' }
    // Even the call that is to time out must have arrived by then, however busy the machine is.
    const [patient, impatient] = [popCore(target, 'POST', 120_000), popCore(target, 'POST', 8000)]
    const after = number % 3
    const hours = (number % 7) + 1
    await control.faults.add({ action: 'SegmentVideoBody', after, times: 1, ...fault })
    await control.clock.advance(`${hours}h`)
    await control.settings.change({ limits: { actions: { 'videoseg.*': { limit: after + 2, per: 'day' } } } })

    const outcomes: string[] = []
    for (let nth = 0; nth < after + 3; nth++)
      outcomes.push(await outcomeOf(nth === after && sees === 'RequestTimeoutError' ? impatient : patient))
    expect(outcomes).toEqual([...Array(after).fill('ok'), sees, 'ok', 'Throttling.User'])

    const begun = `2026-01-01T0${hours}:00:00.000Z`
    expect((await control.clock.get()).now).toBe(begun)
    const { fired } = await control.clock.advance('5s')
    expect(fired).toHaveLength(2 * (after + 1 + Number(runs)))
    const log = await control.requests()
    expect(log.map(({ time }) => time)).toEqual(Array(after + 3).fill(begun))
    expect(new Set(log.map(({ identity }) => identity))).toEqual(new Set([`acs:ram::${created.accountId}:root`]))
    expect(log.map(({ faults }) => faults?.length ?? 0)).toEqual([...Array(after).fill(0), 1, 0, 0])
    expect(await control.faults.list()).toMatchObject([{ id: 'fault-1', applied: 1 }])
  }
  await Promise.all(Array.from({ length: TESTS }, (_, number) => run(number)))
})
