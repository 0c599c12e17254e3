import { describe, expect, test } from 'vitest'
import type { SigningKey } from '../../src/signing/sign.js'
import { asker, BUCKET, busy, interview, oss, part, speaker, stateCloud } from './support.js'

/** A busy account with a snapshot of it. */
async function saved() {
  const cloud = stateCloud()
  const account = cloud.account()
  const traces = await busy(cloud)
  await account.snapshots.save('busy')
  return { cloud, account, traces, call: speaker(cloud, account) }
}

describe('a snapshot', () => {
  test('brings back everything, and what was under way goes on from there', async () => {
    const { cloud, account, traces } = await saved()
    const first = await interview(cloud, account, traces)
    await account.snapshots.restore('busy')
    expect(await interview(cloud, account, traces)).toEqual(first)
  })

  test('can be restored any number of times', async () => {
    const { account } = await saved()
    const before = await account.export()
    for (let round = 0; round < 3; round++) {
      await account.clock.advance('1h')
      await account.snapshots.restore('busy')
      expect(await account.export()).toEqual(before)
    }
  })

  test('has the bytes of what was deleted since, files included', async () => {
    const { cloud, account } = await saved()
    await oss(cloud, account.credentials, 'PUT', { bucket: BUCKET, key: 'large' }, { body: part(1) })
    await account.snapshots.save('large')
    await oss(cloud, account.credentials, 'DELETE', { bucket: BUCKET, key: 'large' })
    expect((await oss(cloud, account.credentials, 'GET', { bucket: BUCKET, key: 'large' })).status).toBe(404)
    await account.snapshots.restore('large')
    expect((await oss(cloud, account.credentials, 'GET', { bucket: BUCKET, key: 'large' })).body).toBe(part(1).toString('latin1'))
  })

  test('takes no room of the account, and gives files back when it is deleted', async () => {
    const { cloud, account } = await saved()
    account.settings.change({ maxObjectBytes: account.oss.storage.used + part(1).length })
    for (const name of ['a', 'b', 'c']) {
      expect((await oss(cloud, account.credentials, 'PUT', { bucket: BUCKET, key: 'large' }, { body: part(1) })).status).toBe(200)
      await account.snapshots.save(name)
      await oss(cloud, account.credentials, 'DELETE', { bucket: BUCKET, key: 'large' })
    }
    const document = await account.snapshots.restore('a').then(() => account.export())
    account.snapshots.delete('a')
    await account.reset()
    await expect(account.import(document)).rejects.toThrow(/nothing here has the bytes/)
  })

  test('has users with the keys that they had, and sessions that were open', async () => {
    const { cloud, account, traces } = await saved()
    const alice = account.ram.keyOf('alice') as SigningKey
    account.ram.createAccessKey('alice')
    account.ram.putUser('alice', { deny: ['*'] })
    const later = account.ram.assumeRole('viewer')
    await account.snapshots.restore('busy')
    expect(account.ram.keyOf('alice')?.accessKeyId).toBe(alice.accessKeyId)
    expect((await asker(cloud, account, alice)('vod.GetPlayInfo', { VideoId: traces.video })).status).toBe(200)
    expect((await asker(cloud, account, traces.session)('vod.GetPlayInfo', { VideoId: traces.video })).status).toBe(200)
    expect((await asker(cloud, account, later)('vod.GetPlayInfo', { VideoId: traces.video })).status).toBe(404)
  })

  test('outlives a reset', async () => {
    const { account } = await saved()
    await account.reset()
    expect(account.vod.videos.count).toBe(0)
    await account.snapshots.restore('busy')
    expect(account.vod.videos.count).toBe(2)
  })

  test('that is deleted while it is restored is restored in full', async () => {
    const { cloud, account } = await saved()
    await oss(cloud, account.credentials, 'PUT', { bucket: BUCKET, key: 'large' }, { body: part(1) })
    await account.snapshots.save('large')
    await oss(cloud, account.credentials, 'DELETE', { bucket: BUCKET, key: 'large' })
    const restored = account.snapshots.restore('large')
    account.snapshots.delete('large')
    await restored
    expect((await oss(cloud, account.credentials, 'GET', { bucket: BUCKET, key: 'large' })).body).toBe(part(1).toString('latin1'))
    expect(account.snapshots.list().map(({ name }) => name)).toEqual(['busy'])
    const document = await account.export()
    await account.reset()
    account.snapshots.delete('busy')
    await expect(account.import(document)).rejects.toThrow(/nothing here has the bytes/)
  })

  test('is of the account alone', async () => {
    const { cloud, account } = await saved()
    expect(cloud.createAccount().snapshots.list()).toEqual([])
    expect((await account.fork()).snapshots.list()).toEqual([])
  })

  test('under a name that is taken replaces the other one', async () => {
    const { account } = await saved()
    await account.clock.advance('1h')
    account.ram.putUser('carol', {})
    await account.snapshots.save('busy')
    await account.reset()
    await account.snapshots.restore('busy')
    expect(account.ram.users.map(({ name }) => name)).toEqual(['alice', 'bob', 'carol'])
    expect(account.snapshots.list()).toEqual([{ name: 'busy', time: '2026-01-01T01:00:31.500Z' }])
  })
})

describe('the list of snapshots', () => {
  test('has them in the order in which they were saved, with the time of the clock', async () => {
    const { account } = await saved()
    await account.clock.advance('1h')
    await account.snapshots.save('an hour later')
    expect(account.snapshots.list()).toEqual([
      { name: 'busy', time: '2026-01-01T00:00:31.500Z' },
      { name: 'an hour later', time: '2026-01-01T01:00:31.500Z' },
    ])
    account.snapshots.delete('busy')
    expect(account.snapshots.list().map(({ name }) => name)).toEqual(['an hour later'])
  })

  test('has a hundred at most', async () => {
    const { snapshots } = stateCloud().account()
    for (let number = 0; number < 100; number++) await snapshots.save(`${number}`)
    await expect(snapshots.save('one more')).rejects.toThrow('An account has at most 100 snapshots; delete one first.')
    await snapshots.save('7')
    snapshots.delete('3')
    expect(await snapshots.save('one more')).toMatchObject({ name: 'one more' })
  })

  test.each(['', 'x'.repeat(101), '.', '..', '\ud800'])('has no snapshot called %j', async (name) => {
    await expect(stateCloud().account().snapshots.save(name)).rejects.toThrow('The name of a snapshot has 1 to 100 characters, and')
  })

  test('says which there are when one is asked for that is not there', async () => {
    const { account } = await saved()
    const before = await account.export()
    const message = 'The account has no snapshot "idle"; it has "busy".'
    await expect(account.snapshots.restore('idle')).rejects.toThrow(new RangeError(message))
    expect(() => account.snapshots.delete('idle')).toThrow(new RangeError(message))
    expect(await account.export()).toEqual(before)
  })
})
