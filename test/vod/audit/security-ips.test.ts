/** Addresses that may play what is under review: SetAuditSecurityIp and ListAuditSecurityIp. */

import { describe, expect, test } from 'vitest'
import { vodWorld } from '../support.js'

const START = '2026-01-01T00:00:00Z'

/** `count` addresses that differ. */
const addresses = (count: number, block = 0): string => Array.from({ length: count }, (_, index) => `10.${block}.0.${index + 1}`).join(',')

function world() {
  const { call, refusal, advance, account } = vodWorld({ settings: { limits: { enabled: false } } })
  const set = (Ips: string, params: Record<string, string> = {}) => call('SetAuditSecurityIp', { Ips, ...params })
  const list = async (params: Record<string, string> = {}) => (await call('ListAuditSecurityIp', params)).body.SecurityIpList
  const ipsOf = async (SecurityGroupName = 'Default') => (await list({ SecurityGroupName }))[0].Ips
  return { set, list, ipsOf, refusal, advance, account }
}

test('addresses are appended to the group Default, replaced and deleted; times are those of the clock', async () => {
  const { set, list, ipsOf, advance } = world()
  expect(await list()).toEqual([])
  expect((await set('192.168.0.1, 30.27.14.0/24')).status).toBe(200)
  expect(await list()).toEqual([
    { SecurityGroupName: 'Default', Ips: '192.168.0.1,30.27.14.0/24', CreationTime: START, ModificationTime: START },
  ])
  await advance('1h')
  await set('192.168.0.1,192.168.0.2')
  expect(await list()).toEqual([
    {
      SecurityGroupName: 'Default',
      Ips: '192.168.0.1,30.27.14.0/24,192.168.0.2',
      CreationTime: START,
      ModificationTime: '2026-01-01T01:00:00Z',
    },
  ])
  await set('30.27.14.0/24,9.9.9.9', { OperateMode: 'Delete' })
  expect(await ipsOf()).toBe('192.168.0.1,192.168.0.2')
  await set('172.16.0.0/1', { OperateMode: 'Cover' })
  expect(await ipsOf()).toBe('172.16.0.0/1')
})

test('all groups are listed, or the one that is named; what is to be deleted from no group makes none', async () => {
  const { set, list } = world()
  await set('10.0.0.1', { SecurityGroupName: 'office' })
  await set('10.0.0.2', { SecurityGroupName: 'lab' })
  await set('10.0.0.3', { SecurityGroupName: 'nobody', OperateMode: 'Delete' })
  expect((await list()).map(({ SecurityGroupName }: { SecurityGroupName: string }) => SecurityGroupName)).toEqual(['office', 'lab'])
  expect((await list({ SecurityGroupName: 'lab' })).map(({ Ips }: { Ips: string }) => Ips)).toEqual(['10.0.0.2'])
})

test('groups belong to the state: they are exported, and a copy of the account has its own', async () => {
  const { set, account } = world()
  await set('10.0.0.1')
  const fork = await account.fork()
  await set('10.0.0.2')
  expect([fork, account].map(({ vod }) => vod.securityIps.get('Default')?.ips)).toEqual([['10.0.0.1'], ['10.0.0.1', '10.0.0.2']])
  expect((await fork.export()).tables['vod.securityIps']).toHaveLength(1)
})

describe('refused', () => {
  test.each([
    ['no address', 'SetAuditSecurityIp', { Ips: '' }, 'IpsIsEmpty'],
    ['no parameter', 'SetAuditSecurityIp', {}, 'IpsIsEmpty'],
    ['an empty one among others', 'SetAuditSecurityIp', { Ips: '10.0.0.1,,10.0.0.2' }, 'InvalidParameter'],
    ['a number too large', 'SetAuditSecurityIp', { Ips: '10.0.0.256' }, 'InvalidParameter'],
    ['an IPv6 address', 'SetAuditSecurityIp', { Ips: '::1' }, 'InvalidParameter'],
    ['a block of everything', 'SetAuditSecurityIp', { Ips: '10.0.0.0/0' }, 'InvalidParameter'],
    ['a prefix of 33 bits', 'SetAuditSecurityIp', { Ips: '10.0.0.0/33' }, 'InvalidParameter'],
    ['another mode', 'SetAuditSecurityIp', { Ips: '10.0.0.1', OperateMode: 'Replace' }, 'InvalidParameter'],
    ['101 addresses', 'SetAuditSecurityIp', { Ips: addresses(101) }, 'IpsExceededMax'],
    ['so many that they are no list any more', 'SetAuditSecurityIp', { Ips: '10.0.0.1,'.repeat(1999) + addresses(101) }, 'IpsExceededMax'],
    ['a group that is not there', 'ListAuditSecurityIp', { SecurityGroupName: 'nobody' }, 'SecurityIp.NotFound'],
  ])('%s', async (_case, action, params, code) => {
    const { refusal, list } = world()
    expect((await refusal(action, params as Record<string, string>)).code).toBe(code)
    expect(await list()).toEqual([])
  })

  test('an address beyond the hundredth of a group; the group stays as it was', async () => {
    const { set, refusal, ipsOf } = world()
    await set(addresses(100))
    expect((await refusal('SetAuditSecurityIp', { Ips: '10.9.9.9' })).code).toBe('IpsExceededMax')
    expect(await ipsOf()).toBe(addresses(100))
    expect((await set('10.0.0.1')).status).toBe(200)
  })

  test('an eleventh group', async () => {
    const { set, refusal, list } = world()
    for (let group = 0; group < 10; group++) await set(addresses(1, group), { SecurityGroupName: `group ${group}` })
    expect((await refusal('SetAuditSecurityIp', { Ips: '10.9.9.9' })).code).toBe('SecurityIpGroupExceededMax')
    expect(await list()).toHaveLength(10)
  })
})
