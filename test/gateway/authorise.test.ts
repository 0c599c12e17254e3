/** Who may call what: states of a service, RAM users, roles, sessions, keys. */

import { describe, expect, test } from 'vitest'
import { type CallOptions, schemes, testCloud, VIDEO_URL } from '../support/cloud.js'

const SUBMIT = 'videoseg.SegmentVideoBody'
const COVER = 'videorecog.GenerateVideoCover'

const world = () => {
  const { call, ...rest } = testCloud()
  const codeOf = async (id: string, options?: CallOptions): Promise<string> => {
    const { status, body } = await call(id, { VideoUrl: VIDEO_URL, IsGif: false, JobId: 'x' }, options)
    return status === 200 ? 'ok' : `${status} ${body.Code}`
  }
  return { codeOf, ...rest }
}

describe.each(schemes)('%s', (scheme) => {
  test.each(['notOpened', 'suspended'] as const)('a service that is %s is closed, others are open', async (state) => {
    const { codeOf, account } = world()
    account.settings.change({ services: { videoseg: state } })
    expect(await codeOf(SUBMIT, { scheme })).toBe('403 InvalidApi.NotPurchase')
    expect(await codeOf(COVER, { scheme })).toBe('ok')
    account.settings.change({ services: { videoseg: 'open' } })
    expect(await codeOf(SUBMIT, { scheme })).toBe('ok')
  })

  test('the state of all services at once, and of one apart', async () => {
    const { codeOf, account } = world()
    account.settings.change({ services: { '*': 'suspended', videorecog: 'open' } })
    expect([await codeOf(SUBMIT, { scheme }), await codeOf(COVER, { scheme })]).toEqual(['403 InvalidApi.NotPurchase', 'ok'])
  })

  test.each([
    ['nothing', {}, false, false],
    ['everything', { allow: ['*'] }, true, true],
    ['one service', { allow: ['videoseg:*'] }, true, false],
    ['Actions by a pattern, in any letter case', { allow: ['*:segment*'] }, true, false],
    ['exactly one Action', { allow: ['videorecog:GenerateVideoCover'] }, false, true],
    ['a prefix without a star', { allow: ['videoseg:Segment'] }, false, false],
    ['everything but what is denied', { allow: ['*'], deny: ['videoseg:Seg*'] }, false, true],
    ['what is denied though it is allowed', { allow: ['videoseg:SegmentVideoBody'], deny: ['*'] }, false, false],
    ['a pattern with signs of regular expressions', { allow: ['.*'] }, false, false],
  ])('a user and a role who may do %s', async (_title, permissions, submits, covers) => {
    const { codeOf, account } = world()
    account.ram.putUser('alice', permissions)
    account.ram.putRole('worker', permissions)
    const user = account.ram.createAccessKey('alice')
    const role = account.ram.assumeRole('worker')
    const expected = (allowed: boolean, code: string) => (allowed ? 'ok' : `403 ${code}`)
    expect(await codeOf(SUBMIT, { scheme, key: user })).toBe(expected(submits, 'NoPermission'))
    expect(await codeOf(COVER, { scheme, key: user })).toBe(expected(covers, 'NoPermission'))
    const { accessKeyId, accessKeySecret, securityToken = '' } = role
    const key = { accessKeyId, accessKeySecret, securityToken }
    expect(await codeOf(SUBMIT, { scheme, key })).toBe(expected(submits, 'AuthFailed'))
    expect(await codeOf(COVER, { scheme, key })).toBe(expected(covers, 'AuthFailed'))
  })

  test('changed permissions hold for keys and sessions that there are already', async () => {
    const { codeOf, account } = world()
    account.ram.putUser('alice', {})
    account.ram.putRole('worker', {})
    const [key, session] = [account.ram.createAccessKey('alice'), account.ram.assumeRole('worker')]
    expect([await codeOf(SUBMIT, { scheme, key }), await codeOf(SUBMIT, { scheme, key: session })]).toEqual([
      '403 NoPermission',
      '403 AuthFailed',
    ])
    account.ram.putUser('alice', { allow: ['*'] })
    account.ram.putRole('worker', { allow: ['*'] })
    expect([await codeOf(SUBMIT, { scheme, key }), await codeOf(SUBMIT, { scheme, key: session })]).toEqual(['ok', 'ok'])
  })

  test("a session ends on the account's clock", async () => {
    const { codeOf, account } = world()
    account.ram.putRole('worker', { allow: ['*'] })
    const { accessKeyId, accessKeySecret, securityToken = '' } = account.ram.assumeRole('worker', 900)
    const key = { accessKeyId, accessKeySecret, securityToken }
    await account.clock.advance(899_999)
    expect(await codeOf(SUBMIT, { scheme, key })).toBe('ok')
    await account.clock.advance(1)
    expect(await codeOf(SUBMIT, { scheme, key })).toBe('403 InvalidSecurityToken.Expired')
  })

  test('a permanent key takes no token', async () => {
    const { codeOf, account } = world()
    account.ram.putRole('worker', { allow: ['*'] })
    const { securityToken = '' } = account.ram.assumeRole('worker')
    expect(await codeOf(SUBMIT, { scheme, key: { ...account.credentials, securityToken } })).toBe(
      '403 InvalidSecurityToken.MismatchWithAccessKey',
    )
  })

  test('a disabled key is refused until it is enabled again', async () => {
    const { codeOf, account } = world()
    account.ram.putUser('alice', { allow: ['*'] })
    const key = account.ram.createAccessKey('alice')
    account.ram.setActive(key.accessKeyId, false)
    expect(await codeOf(SUBMIT, { scheme, key })).toBe('400 InvalidAccessKeyId.Inactive')
    expect(await codeOf(SUBMIT, { scheme })).toBe('ok')
    account.ram.setActive(key.accessKeyId, true)
    expect(await codeOf(SUBMIT, { scheme, key })).toBe('ok')
  })
})

test.each([899, 43_201, Number.NaN])('a session of %d seconds is refused', (seconds) => {
  const { account } = world()
  account.ram.putRole('worker', {})
  expect(() => account.ram.assumeRole('worker', seconds)).toThrow('900 to 43200')
})

test('the log names who called', async () => {
  const { codeOf, account } = world()
  account.ram.putUser('alice', {})
  await codeOf(SUBMIT, { key: account.ram.createAccessKey('alice') })
  expect(account.log.all()[0]).toMatchObject({
    identity: 'acs:ram::1234567890123456:user/alice',
    reason: 'acs:ram::1234567890123456:user/alice is not allowed to call videoseg:SegmentVideoBody',
  })
})
