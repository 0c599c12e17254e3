/** How much there may be of what accounts hold, and of accounts. */

import { expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../../emulator/server/app.js'
import { testCloud } from '../support/cloud.js'

/** A cloud, and a function that makes a control call; answers status, and why it was refused. */
function controlled() {
  const world = testCloud()
  onTestFinished(() => world.cloud.dispose())
  const app = buildApp(world.cloud)
  const control = async (method: 'POST' | 'PUT', path: string, body?: object) => {
    const { statusCode, json } = await app.inject({ method, url: `/_emulator${path}`, ...(body && { body }) })
    return { status: statusCode, error: json().error }
  }
  return { ...world, control }
}

test('accounts of a cloud, forks among them', async () => {
  const { cloud, account, control } = controlled()
  const accounts = Array.from({ length: 9998 }, () => cloud.createAccount())
  await account.fork()
  const refusal = { status: 400, error: 'A cloud has at most 10000 accounts, copies included; dispose of some first.' }
  expect([await control('POST', '/accounts'), await control('POST', '/accounts/fork')]).toEqual([refusal, refusal])
  cloud.disposeAccount(accounts[0] as (typeof accounts)[number])
  expect((await control('POST', '/accounts')).status).toBe(201)
})

test('RAM users and roles of an account, and keys of a user', async () => {
  const { account, control } = controlled()
  for (let number = 0; number < 5000; number++) {
    account.ram.putUser(`user-${number}`, {})
    account.ram.putRole(`role-${number}`, {})
  }
  expect([await control('POST', '/ram/users', { name: 'alice' }), await control('POST', '/ram/roles', { name: 'viewer' })]).toEqual([
    { status: 400, error: 'An account has at most 5000 RAM users.' },
    { status: 400, error: 'An account has at most 5000 RAM roles.' },
  ])
  expect((await control('POST', '/ram/users', { name: 'user-7', allow: ['*'] })).status).toBe(201)
  for (let key = 1; key < 10; key++) account.ram.createAccessKey('user-7')
  expect(() => account.ram.createAccessKey('user-7')).toThrow('A RAM user has at most 10 access keys.')
})

test('files that an account knows', async () => {
  const { account, control } = controlled()
  const files = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ url: `http://a.example.com/${from + index}` }))
  await account.putAssets(files(0, 99_999))
  const error = 'An account knows at most 100000 files, and these would be 100001; forget some first.'
  expect(await control('PUT', '/assets', files(99_999, 2))).toEqual({ status: 400, error })
  expect(account.assets.count).toBe(99_999)
  await account.putAssets([...files(0, 1000), ...files(99_999, 1)])
  expect(account.assets.count).toBe(100_000)
  expect((await control('PUT', '/assets', { url: `http://a.example.com/${'a'.repeat(9000)}` })).status).toBe(400)
})

test('what a document brings', async () => {
  const { account, control } = controlled()
  const document = await account.export()
  const users = Array.from({ length: 5001 }, (_, index) => [`user-${index}`, { keys: [] }])
  const tables = { ...document.tables, 'ram.users': users }
  expect(await control('PUT', '/state', { ...document, tables })).toEqual({ status: 400, error: 'An account has at most 5000 RAM users.' })
  expect(account.ram.users).toEqual([])
})
