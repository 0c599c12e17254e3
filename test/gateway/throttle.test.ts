import { describe, expect, test } from 'vitest'
import { perSecond } from '../../src/actions/action.js'
import type { SettingsInput } from '../../src/index.js'
import { schemes, testCloud } from '../support/cloud.js'
import { echoAction, product } from '../support/echo.js'

type Limits = NonNullable<SettingsInput['limits']>

const limited = (limits: Limits) => {
  const { call, account, cloud } = testCloud()
  account.settings.change({ limits })
  /** Codes of so many calls one after the other: `ok` for one that got as far as its parameters. */
  const codes = async (count: number, action = 'videoseg.GetAsyncJobResult', as = account): Promise<string[]> => {
    const all: string[] = []
    for (let made = 0; made < count; made++) {
      const { body } = await call(action, {}, { account: as, scheme: schemes[made % 2] ?? 'rpc' })
      all.push(body.Code === 'MissingParameter' ? 'ok' : body.Code)
    }
    return all
  }
  return { codes, account, cloud }
}

const REFUSED = 'Throttling.User'

describe.each([
  ['second', 999, 1],
  ['minute', 59_999, 1],
  ['day', 86_399_999, 1],
] as const)('a limit per %s', (per, last, rest) => {
  test('admits as many calls as it says, until the window is over', async () => {
    const { codes, account } = limited({ actions: { 'videoseg.GetAsyncJobResult': { limit: 2, per } } })
    expect(await codes(3)).toEqual(['ok', 'ok', REFUSED])
    await account.clock.advance(last)
    expect(await codes(1)).toEqual([REFUSED])
    await account.clock.advance(rest)
    expect(await codes(3)).toEqual(['ok', 'ok', REFUSED])
  })
})

const one = { limit: 1, per: 'day' } as const

test('the most specific limit counts', async () => {
  const { codes } = limited({
    actions: { '*': one, 'videoseg.*': { limit: 2, per: 'day' }, 'videoseg.GetAsyncJobResult': { limit: 3, per: 'day' } },
  })
  const admitted = async (action: string) => (await codes(5, action)).filter((code) => code === 'ok').length
  expect(await admitted('videoseg.GetAsyncJobResult')).toBe(3)
  expect(await admitted('videoseg.SegmentVideoBody')).toBe(2)
  expect(await admitted('videorecog.DetectVideoShot')).toBe(1)
})

test('each Action is counted by itself', async () => {
  const { codes } = limited({ actions: { '*': one } })
  expect(await codes(2)).toEqual(['ok', REFUSED])
  expect(await codes(1, 'videoseg.SegmentVideoBody')).toEqual(['ok'])
})

test('each account is counted by itself', async () => {
  const { codes, cloud } = limited({ actions: { '*': one } })
  const other = cloud.createAccount({ settings: { limits: { actions: { '*': one } } } })
  expect(await codes(2)).toEqual(['ok', REFUSED])
  expect(await codes(2, undefined, other)).toEqual(['ok', REFUSED])
})

test('null lifts a limit for one Action', async () => {
  const { codes } = limited({ actions: { '*': { limit: 0, per: 'day' }, 'videoseg.GetAsyncJobResult': null } })
  expect(await codes(3)).toEqual(['ok', 'ok', 'ok'])
  expect(await codes(1, 'videoseg.SegmentVideoBody')).toEqual([REFUSED])
})

test('switching throttling off lifts all limits, switching it on brings them back', async () => {
  const { codes, account } = limited({ enabled: false, actions: { '*': one } })
  expect(await codes(3)).toEqual(['ok', 'ok', 'ok'])
  account.settings.change({ limits: { enabled: true } })
  expect(await codes(2)).toEqual(['ok', REFUSED])
})

test('the documented limit of an Action applies without any setting', async () => {
  const { call } = testCloud({ products: [product([echoAction('Limited', {}, { limit: perSecond(1) })])] })
  const statuses = [(await call('echo.Limited')).status, (await call('echo.Limited')).status]
  expect(statuses).toEqual([200, 400])
})

test('a limit for what does not exist is refused when it is set', () => {
  expect(() => testCloud({ settings: { limits: { actions: { 'videoseg.Nope': one } } } })).toThrow('videoseg.Nope')
})

test('a limit that was set can be taken back, for one Action too', async () => {
  const { codes, account } = limited({ actions: { '*': { limit: 1, per: 'day' } } })
  expect(await codes(2)).toEqual(['ok', REFUSED])
  account.settings.change({ limits: { actions: { 'videoseg.GetAsyncJobResult': 'documented' } } })
  expect(await codes(2)).toEqual(['ok', 'ok'])
  expect(await codes(2, 'videorecog.GetAsyncJobResult')).toEqual(['ok', REFUSED])
})

describe('calls that are counted together', () => {
  test('have a limit beside those of their Actions', async () => {
    const { codes, account } = limited({ together: { 'videoseg.*': { limit: 2, per: 'minute' } } })
    expect(await codes(1)).toEqual(['ok'])
    expect(await codes(2, 'videoseg.SegmentVideoBody')).toEqual(['ok', REFUSED])
    expect(await codes(1, 'videorecog.GetAsyncJobResult')).toEqual(['ok'])
    await account.clock.advance('1m')
    expect(await codes(1)).toEqual(['ok'])
  })

  test('are those for which there is no more specific name', async () => {
    const two = { limit: 2, per: 'day' } as const
    const { codes } = limited({ together: { '*': one, 'videoseg.*': two, 'videoseg.SegmentHalfBody': null } })
    expect(await codes(3, 'videoseg.SegmentHalfBody')).toEqual(['ok', 'ok', 'ok'])
    expect(await codes(3)).toEqual(['ok', 'ok', REFUSED])
    expect(await codes(2, 'videorecog.GetAsyncJobResult')).toEqual(['ok', REFUSED])
  })

  test('are not counted where throttling is off', async () => {
    const { codes } = limited({ enabled: false, together: { '*': one } })
    expect(await codes(2)).toEqual(['ok', 'ok'])
  })
})
