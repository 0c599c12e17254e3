/** Keys of RAM users in copies of an account: nobody hands them out when the copy is made, and everybody who asks gets the same ones. */

import { describe, expect, test } from 'vitest'
import type { Account, Cloud } from '../../src/index.js'
import type { SigningKey } from '../../src/signing/sign.js'
import { lastingEmulator } from './durable-support.js'
import { asker, stateCloud } from './support.js'

const keyOf = ({ ram }: Account, name = 'alice'): SigningKey => {
  const { accessKeyId, accessKeySecret } = ram.keyOf(name) ?? {}
  return { accessKeyId: accessKeyId as string, accessKeySecret: accessKeySecret as string }
}

/** An account with a user, and a copy of it. */
async function copied() {
  const cloud = stateCloud()
  const account = cloud.createAccount({ seed: 'origin' })
  account.ram.putUser('alice', { allow: ['vod:Get*'] })
  account.ram.createAccessKey('alice')
  return { cloud, account, fork: await account.fork() }
}

/** The account that a key leads to, as a call sees it: the status of the answer, and whose log has it. */
async function leadsTo(cloud: Cloud, account: Account, key: SigningKey) {
  const { status } = await asker(cloud, account, key)('vod.GetMessageCallback')
  return { status, logged: account.log.all().at(-1)?.identity }
}

describe('a user of a copy', () => {
  test('has a key that leads to the copy', async () => {
    const { cloud, fork } = await copied()
    const arn = `acs:ram::${fork.accountId}:user/alice`
    expect(await leadsTo(cloud, fork, keyOf(fork))).toEqual({ status: 200, logged: arn })
    expect(cloud.account(keyOf(fork).accessKeyId)).toBe(fork)
  })

  test('is listed with the key', async () => {
    const { fork } = await copied()
    expect(fork.ram.users).toMatchObject([{ name: 'alice', key: keyOf(fork) }])
  })

  test('has the same key after the copy was taken back to a snapshot', async () => {
    const { cloud, fork } = await copied()
    await fork.snapshots.save('before')
    const key = keyOf(fork)
    fork.ram.putUser('bob', {})
    const bobs = fork.ram.createAccessKey('bob').accessKeyId
    await fork.snapshots.restore('before')
    expect(keyOf(fork)).toEqual(key)
    expect((await leadsTo(cloud, fork, key)).status).toBe(200)
    expect(() => cloud.account(bobs)).toThrow(RangeError)
  })

  test('has another key in a copy of the copy', async () => {
    const { cloud, account, fork } = await copied()
    fork.ram.putUser('bob', {})
    fork.ram.createAccessKey('bob')
    const second = await fork.fork()
    const keys = [keyOf(account), keyOf(fork), keyOf(second), keyOf(fork, 'bob'), keyOf(second, 'bob')]
    expect(new Set(keys.map(({ accessKeyId }) => accessKeyId)).size).toBe(5)
    expect(keys.slice(1).map(({ accessKeyId }) => cloud.account(accessKeyId))).toEqual([fork, second, fork, second])
  })

  test('is disabled on its own', async () => {
    const { cloud, account, fork } = await copied()
    fork.ram.setActive(keyOf(fork).accessKeyId, false)
    expect([(await leadsTo(cloud, fork, keyOf(fork))).status, (await leadsTo(cloud, account, keyOf(account))).status]).toEqual([400, 200])
    expect((await fork.fork()).ram.keyOf('alice')?.active).toBe(false)
    fork.ram.setActive(keyOf(fork).accessKeyId, true)
    expect((await leadsTo(cloud, fork, keyOf(fork))).status).toBe(200)
  })

  test('gets further keys as any user does', async () => {
    const { cloud, fork } = await copied()
    const first = keyOf(fork)
    const { accessKeyId, accessKeySecret } = fork.ram.createAccessKey('alice')
    expect(keyOf(fork)).toEqual({ accessKeyId, accessKeySecret })
    for (const key of [first, keyOf(fork)]) expect((await leadsTo(cloud, fork, key)).status).toBe(200)
  })

  test('has a key that leads nowhere once the copy is gone', async () => {
    const { cloud, account, fork } = await copied()
    const { accessKeyId } = keyOf(fork)
    cloud.disposeAccount(fork)
    expect(() => cloud.account(accessKeyId)).toThrow(RangeError)
    expect((await leadsTo(cloud, account, keyOf(account))).status).toBe(200)
  })

  test('takes the key along to another cloud', async () => {
    const { fork } = await copied()
    const document = await fork.export()
    const elsewhere = stateCloud()
    const account = elsewhere.createAccount()
    await account.import(document)
    expect(keyOf(account)).toEqual(keyOf(fork))
    expect((await leadsTo(elsewhere, account, keyOf(fork))).status).toBe(200)
    await account.snapshots.save('there')
    await account.snapshots.restore('there')
    expect((await leadsTo(elsewhere, account, keyOf(fork))).status).toBe(200)
  })

  test('keeps it from an import while the copy has it', async () => {
    const { cloud, fork } = await copied()
    const other = cloud.createAccount()
    await other.import(await fork.export())
    expect(keyOf(other).accessKeyId).not.toBe(keyOf(fork).accessKeyId)
    expect([cloud.account(keyOf(other).accessKeyId), cloud.account(keyOf(fork).accessKeyId)]).toEqual([other, fork])
  })

  test('has the same key after a restart, whether it was asked for or not', async () => {
    const emulator = await lastingEmulator()
    emulator.account.ram.putUser('alice', { allow: ['vod:Get*'] })
    emulator.account.ram.createAccessKey('alice')
    const forks = [await emulator.account.fork(), await emulator.account.fork()]
    const ids = forks.map(({ credentials }) => credentials.accessKeyId)
    const asked = keyOf(forks[0] as Account)
    await emulator.restart()
    const [first, second] = ids.map((id) => emulator.cloud.account(id)) as [Account, Account]
    expect(keyOf(first)).toEqual(asked)
    expect((await leadsTo(emulator.cloud, first, asked)).status).toBe(200)
    expect((await leadsTo(emulator.cloud, second, keyOf(second))).status).toBe(200)
  })
})
