/** How much a cloud and an account may hold of what only the control of a test creates: what is too much is refused, and changes nothing. */

import { expect, it } from 'vitest'
import { testCloud } from '../support/cloud.js'

it('accounts: others can be created once one is disposed of', async () => {
  const { cloud, account } = testCloud()
  const last = Array.from({ length: 9999 }, () => cloud.createAccount()).at(-1)
  expect(() => cloud.createAccount()).toThrow('there are 10000 accounts; dispose of those that are of no more use')
  await expect(account.fork()).rejects.toThrow('there are 10000 accounts; dispose of those that are of no more use')
  if (last) cloud.disposeAccount(last)
  expect((await account.fork()).accountId).toBe(account.accountId)
})

it('RAM users and roles: those that there are can still be changed', () => {
  const { ram } = testCloud().account
  for (let number = 1; number <= 10_000; number++) {
    ram.putUser(`user-${number}`, {})
    ram.putRole(`role-${number}`, {})
  }
  expect(() => ram.putUser('user-0', {})).toThrow('an account may have 10000 RAM users')
  expect(() => ram.putRole('role-0', {})).toThrow('an account may have 10000 RAM roles')
  expect(ram.putUser('user-1', { deny: ['vod:*'] }).may('vod:GetPlayInfo')).toBe(false)
  expect(ram.users).toHaveLength(10_000)
})

it('access keys of a RAM user', () => {
  const { ram } = testCloud().account
  ram.putUser('ann', {})
  const keys = Array.from({ length: 100 }, () => ram.createAccessKey('ann'))
  expect(() => ram.createAccessKey('ann')).toThrow('a RAM user may have 100 access keys')
  expect(ram.keyOf('ann')).toEqual(keys.at(-1))
})

it('assets: those that there are can be declared anew, and one too many refuses all', async () => {
  const { account } = testCloud()
  const urls = (from: number, count: number) => Array.from({ length: count }, (_, index) => ({ url: `http://a.b/${from + index}.mp4` }))
  await account.putAssets(urls(0, 99_999))
  await expect(account.putAssets(urls(99_999, 2))).rejects.toThrow('an account may have 100000 assets, and has 99999')
  expect(account.assets.count).toBe(99_999)
  await account.putAssets([...urls(0, 10), ...urls(99_999, 1)])
  expect(account.assets.count).toBe(100_000)
})
