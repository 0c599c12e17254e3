/** What is left of a scenario once it has ended. */

import { describe, expect, it } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { scenarioWorld } from './support.js'

const down = { service: 'videoseg', error: 'ServiceUnavailable' }
const suspended = (service: string) => ({ settings: { services: { [service]: 'suspended' } } })
const limit = (per: string) => ({ settings: { limits: { actions: { 'vod.*': { limit: 1, per } } } } })

it('takes back its faults, and those alone', async () => {
  const { account, apply, end } = scenarioWorld({ mine: { faults: [down, { ...down, every: 2 }] } })
  const own = account.faults.add({ service: 'vod', error: 'InternalError' })
  const { faults } = await apply('mine')
  expect(await end('mine')).toEqual({ name: 'mine', faults })
  expect(account.faults.list().map(({ id }) => id)).toEqual([own.id])
})

it('does not speak of faults that were taken back before', async () => {
  const { account, apply, end } = scenarioWorld({ mine: { faults: [down, { ...down, every: 2 }] } })
  const { faults } = await apply('mine')
  account.faults.remove(faults[0] as string)
  expect((await end('mine')).faults).toEqual([faults[1]])
})

it('leaves world and clock as they are', async () => {
  const { account, apply, end } = scenarioWorld({
    mine: { faults: [down], clock: { advance: '1h' }, world: { users: { alice: {} }, assets: [{ url: VIDEO_URL, defect: 'is empty' }] } },
  })
  await apply('mine')
  await end('mine')
  expect(account.clock.now()).toBe(Date.parse('2026-01-01T01:00:00Z'))
  expect(account.ram.keyOf('alice')).toBeDefined()
  expect(account.assets.list().rows).toHaveLength(1)
})

it('can be applied again afterwards', async () => {
  const { apply, end, call } = scenarioWorld({ mine: { faults: [down] } })
  await apply('mine')
  await end('mine')
  await apply('mine')
  expect((await call('videoseg.SegmentVideoBody')).body.Code).toBe('ServiceUnavailable')
})

describe('settings', () => {
  it('become what they were, set or not', async () => {
    const { account, apply, end } = scenarioWorld({
      mine: { settings: { services: { vod: 'suspended', videoseg: 'suspended' }, strictInputs: true, vod: { maxMedia: 1 } } },
    })
    account.settings.change({ services: { vod: 'notOpened', imageenhan: 'suspended' } })
    const before = account.settings.toJSON()
    await apply('mine')
    expect(account.settings.toJSON()).toMatchObject({ services: { vod: 'suspended', videoseg: 'suspended' }, strictInputs: true })
    await end('mine')
    expect(account.settings.toJSON()).toEqual(before)
  })

  it('that somebody has changed since stay', async () => {
    const { account, apply, end } = scenarioWorld({
      mine: { settings: { strictInputs: true, services: { vod: 'suspended', videoseg: 'suspended' } } },
    })
    await apply('mine')
    account.settings.change({ services: { vod: 'notOpened' }, maxUnfinishedJobs: 5 })
    await end('mine')
    expect(account.settings.toJSON()).toMatchObject({ services: { vod: 'notOpened' }, maxUnfinishedJobs: 5, strictInputs: false })
    expect(account.settings.toJSON().services.videoseg).toBeUndefined()
  })

  const both = { first: limit('minute'), second: limit('day') }

  it.each([
    ['the first ends first', ['first', 'second']],
    ['the last ends first', ['second', 'first']],
  ])('are as before two scenarios that changed the same when %s', async (_order, order) => {
    const { account, apply, end } = scenarioWorld(both)
    account.settings.change({ limits: { actions: { 'vod.*': { limit: 9, per: 'second' } } } })
    const before = account.settings.toJSON()
    await apply('first')
    await apply('second')
    for (const name of order) await end(name)
    expect(account.settings.toJSON()).toEqual(before)
  })

  it('of a scenario that came later hold on when an earlier one ends', async () => {
    const { account, apply, end } = scenarioWorld(both)
    await apply('first')
    await apply('second')
    await end('first')
    expect(account.settings.toJSON().limits?.actions).toEqual({ 'vod.*': { limit: 1, per: 'day' } })
  })

  it('of other scenarios that changed something else hold on', async () => {
    const { account, apply, end } = scenarioWorld({ first: suspended('vod'), second: suspended('videoseg') })
    await apply('first')
    await apply('second')
    await end('first')
    expect(account.settings.toJSON().services).toEqual({ videoseg: 'suspended' })
  })
})

describe('refused', () => {
  it('where it is not in force, with those that are', async () => {
    const { apply, end } = scenarioWorld({ mine: { faults: [down] } })
    await expect(end('mine')).rejects.toThrow('the scenario "mine" is not in force; none is')
    await apply('mine')
    await expect(end('brown-out')).rejects.toThrow('the scenario "brown-out" is not in force; in force: mine')
  })

  it('where it has neither faults nor settings', async () => {
    const { apply, end } = scenarioWorld({ mine: { world: { users: { alice: {} } } } })
    await apply('mine')
    await expect(end('mine')).rejects.toThrow('not in force')
  })
})

describe('a part of the state', () => {
  it('comes back with a snapshot, and can be ended then', async () => {
    const { account, apply } = scenarioWorld({ mine: { faults: [down], ...suspended('vod') } })
    await apply('mine')
    await account.snapshots.save('mine in force')
    await account.scenarios.end('mine')
    await account.snapshots.restore('mine in force')
    expect(account.scenarios.inForce).toEqual(['mine'])
    expect((await account.scenarios.end('mine')).faults).toHaveLength(1)
    expect(account.settings.toJSON().services.vod).toBeUndefined()
  })

  it('is nothing after a reset', async () => {
    const { account, apply } = scenarioWorld({ mine: { faults: [down] } })
    await apply('mine')
    await account.reset()
    expect(account.scenarios.inForce).toEqual([])
  })

  it('is there again after a reset where the account starts with it', async () => {
    const { account, call } = scenarioWorld({ mine: { faults: [down] } })
    await account.startWith(['mine'])
    await account.reset()
    expect(account.scenarios.inForce).toEqual(['mine'])
    expect((await call('videoseg.SegmentVideoBody')).body.Code).toBe('ServiceUnavailable')
  })
})

it('belongs to one account', async () => {
  const { cloud, apply, call } = scenarioWorld({ mine: { faults: [down] } })
  await apply('mine')
  const other = cloud.createAccount()
  expect(other.scenarios.inForce).toEqual([])
  expect((await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }, { account: other })).status).toBe(200)
})
