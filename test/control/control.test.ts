/** The control API over HTTP. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { popCore, testEmulator } from '../support/sdk.js'

const version = '2020-03-20'
const OTHER_VIDEO = VIDEO_URL.replace('sample', 'other')
let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeAll(async () => {
  emulator = await testEmulator()
})
afterAll(() => emulator.close())

const control: (typeof emulator)['control'] = (...args) => emulator.control(...args)

/** A fresh account, and control calls that choose it. */
async function fresh(body?: unknown) {
  const created = await control('POST', '/accounts', body)
  const key = created.body as { accountId: string; accessKeyId: string; accessKeySecret: string }
  const ask = (method: string, path: string, asked?: unknown) => control(method, `${path}?accessKeyId=${key.accessKeyId}`, asked)
  const call = popCore({ url: emulator.url, key, version }, 'POST')
  return { created, key, ask, call }
}

test('GET /health', async () => {
  const { status, body } = await control('GET', '/health')
  expect(status).toBe(200)
  expect(body).toMatchObject({ status: 'ok', name: 'vod-viapi-emulator', actions: emulator.cloud.catalogue.actions.length })
})

describe('accounts', () => {
  test('POST /accounts creates an empty one', async () => {
    const { created, key, ask, call } = await fresh()
    expect(created.status).toBe(201)
    expect(Object.keys(key)).toEqual(['accountId', 'accessKeyId', 'accessKeySecret'])
    expect((await ask('GET', '/jobs')).body).toEqual([])
    expect((await ask('GET', '/requests')).body).toEqual([])
    await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    expect((await ask('GET', '/jobs')).body).toHaveLength(1)
    expect((await ask('GET', '/requests')).body).toHaveLength(1)
  })

  test('POST /accounts takes seed, clock and settings', async () => {
    const options = { seed: 'x', clock: { mode: 'manual', now: '2030-01-01T00:00:00Z' }, settings: { maxUnfinishedJobs: 0 } }
    const [one, two] = [await fresh(options), await fresh(options)]
    expect((await one.ask('GET', '/clock')).body.now).toBe('2030-01-01T00:00:00.000Z')
    await expect(one.call('SegmentVideoBody', { VideoUrl: VIDEO_URL })).rejects.toMatchObject({ code: 'InternalServerError.Busy' })
    await two.ask('PUT', '/settings', { maxUnfinishedJobs: 1 })
    await one.ask('PUT', '/settings', { maxUnfinishedJobs: 1 })
    const submit = async ({ call }: typeof one) => (await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })).RequestId
    await expect(two.call('SegmentVideoBody', {})).rejects.toThrow()
    expect(await submit(one)).toBe(await submit(two))
  })

  test('DELETE /accounts disposes of one', async () => {
    const { key, ask, call } = await fresh()
    expect(await ask('DELETE', '/accounts')).toEqual({ status: 200, body: { accountId: key.accountId, disposed: true } })
    await expect(call('SegmentVideoBody', { VideoUrl: VIDEO_URL })).rejects.toMatchObject({ code: 'InvalidAccessKeyId.NotFound' })
    expect((await ask('GET', '/clock')).status).toBe(400)
    expect((await ask('DELETE', '/accounts')).status).toBe(400)
  })

  test('POST /reset takes one back to its start', async () => {
    const { key, ask, call } = await fresh()
    const first = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await ask('PUT', '/assets', { url: VIDEO_URL })
    await ask('POST', '/clock/advance', { by: '1h' })
    expect((await ask('POST', '/reset')).body).toEqual({ accountId: key.accountId, reset: true })
    expect((await ask('GET', '/assets')).body).toEqual([])
    expect((await ask('GET', '/clock')).body.now).toBe('2026-01-01T00:00:00.000Z')
    expect(await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })).toEqual(first)
  })

  test('without ?accessKeyId= the default account is meant', async () => {
    const { body: key } = await control('PUT', '/access-keys', { accessKeyId: 'testAccessKeyId', active: true })
    expect(key).toEqual({ accessKeyId: 'testAccessKeyId', active: true })
    const before = (await control('GET', '/clock')).body.now
    await (await fresh()).ask('POST', '/clock/advance', { by: '1h' })
    expect((await control('GET', '/clock?accessKeyId=testAccessKeyId')).body.now).toBe(before)
  })
})

describe('clock', () => {
  test('POST /clock/advance answers what fell due', async () => {
    const { ask, call } = await fresh()
    const { RequestId } = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    expect((await ask('GET', '/clock')).body).toEqual({ mode: 'manual', now: '2026-01-01T00:00:00.000Z', speed: 1, pending: 1 })
    expect((await ask('POST', '/clock/advance', { by: '2s' })).body).toEqual({
      mode: 'manual',
      now: '2026-01-01T00:00:02.000Z',
      speed: 1,
      pending: 1,
      fired: [{ at: '2026-01-01T00:00:01.000Z', what: `job ${RequestId} QUEUING → PROCESSING` }],
    })
    expect((await ask('POST', '/clock/advance', { to: '2026-01-01T00:00:05Z' })).body).toMatchObject({
      pending: 0,
      fired: [{ at: '2026-01-01T00:00:05.000Z' }],
    })
    expect((await ask('POST', '/clock/advance', { by: 500 })).body).toMatchObject({ now: '2026-01-01T00:00:05.500Z', fired: [] })
  })

  test('PUT /clock changes time, mode and speed', async () => {
    const { ask, call } = await fresh()
    await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    const { body } = await ask('PUT', '/clock', { now: '2026-01-01T00:00:03Z' })
    expect([body.now, body.fired.length]).toEqual(['2026-01-01T00:00:03.000Z', 1])
    expect((await ask('PUT', '/clock', { mode: 'system', speed: 1000 })).body).toMatchObject({ mode: 'system', speed: 1000 })
    expect((await ask('PUT', '/clock', { mode: 'manual' })).body).toMatchObject({ mode: 'manual', speed: 1000 })
  })
})

describe('world', () => {
  test('PUT /assets declares one or several, DELETE forgets them', async () => {
    const { ask } = await fresh()
    expect((await ask('PUT', '/assets', { url: VIDEO_URL, format: 'mp4' })).body).toEqual([{ url: VIDEO_URL, format: 'MP4' }])
    await ask('PUT', '/assets', [{ url: OTHER_VIDEO }, { url: VIDEO_URL, bytes: 7 }])
    expect((await ask('GET', '/assets')).body).toEqual([{ url: OTHER_VIDEO }, { url: VIDEO_URL, bytes: 7 }])
    expect((await ask('DELETE', '/assets')).body).toEqual([])
  })

  test('GET /jobs shows each with its instants', async () => {
    const { ask, call } = await fresh()
    const { RequestId } = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await ask('POST', '/clock/advance', { by: '5s' })
    expect((await ask('GET', '/jobs')).body).toMatchObject([
      {
        id: RequestId,
        kind: 'videoseg.SegmentVideoBody',
        submittedAt: '2026-01-01T00:00:00.000Z',
        endedAt: '2026-01-01T00:00:05.000Z',
        ending: 'succeeded',
        input: { VideoUrl: VIDEO_URL },
      },
    ])
  })

  test('GET /requests shows each call with what came of it', async () => {
    const { key, ask, call } = await fresh()
    await call('SegmentVideoBody', { VideoUrl: VIDEO_URL, Extra: 1 })
    await expect(call('SegmentVideoBody', { VideoUrl: 'nothing' })).rejects.toThrow()
    const { body } = await ask('GET', '/requests')
    expect(body).toMatchObject([
      {
        time: '2026-01-01T00:00:00.000Z',
        method: 'POST',
        service: 'videoseg',
        action: 'SegmentVideoBody',
        status: 200,
        identity: `acs:ram::${key.accountId}:root`,
        params: { VideoUrl: VIDEO_URL },
        unknownParams: ['Extra'],
      },
      { status: 400, code: 'InvalidFile.URL', reason: 'VideoUrl is not an absolute http or https URL' },
    ])
    expect(body[0].params).not.toHaveProperty('Signature')
  })

  test('a call that leads to no account stands in the log of the default account', async () => {
    await control('POST', '/reset')
    await fetch(`${emulator.url}/?Action=Nope`)
    expect((await control('GET', '/requests')).body).toMatchObject([{ action: 'Nope', code: 'MissingParameter' }])
  })

  test('the log keeps the latest thousand calls', async () => {
    const { ask, key } = await fresh()
    for (let batch = 0; batch < 11; batch++)
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => fetch(`${emulator.url}/?Action=A${batch * 100 + index}&AccessKeyId=${key.accessKeyId}`)),
      )
    const { body } = await ask('GET', '/requests')
    expect(body).toHaveLength(1000)
    const numbers = body.map(({ action }: { action: string }) => Number(action.slice(1)))
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(100)
  })
})

test('settings can be read and changed, each by itself', async () => {
  const { ask } = await fresh()
  expect((await ask('GET', '/settings')).body).toMatchObject({ services: {}, limits: { enabled: true, actions: {} }, strictInputs: false })
  await ask('PUT', '/settings', { services: { videoseg: 'suspended' } })
  await ask('PUT', '/settings', { services: { videorecog: 'notOpened' }, jobs: { '*': { stages: { QUEUING: '2s' } } } })
  expect((await ask('GET', '/settings')).body).toMatchObject({
    services: { videoseg: 'suspended', videorecog: 'notOpened' },
    jobs: { '*': { stages: { QUEUING: 2000 } } },
  })
})

test('identities: users with keys, roles with sessions, keys that can be disabled', async () => {
  const { key, ask } = await fresh()
  const user = await ask('POST', '/ram/users', { name: 'alice', allow: ['videoseg:*'] })
  expect([user.status, user.body.arn]).toEqual([201, `acs:ram::${key.accountId}:user/alice`])
  const call = popCore({ url: emulator.url, key: user.body, version }, 'GET')
  expect(await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })).toHaveProperty('RequestId')
  const again = await ask('POST', '/ram/users', { name: 'alice', deny: ['*'] })
  expect(again.body).toEqual(user.body)
  await expect(call('SegmentVideoBody', { VideoUrl: VIDEO_URL })).rejects.toMatchObject({ code: 'NoPermission' })
  await ask('PUT', '/access-keys', { accessKeyId: user.body.accessKeyId, active: false })
  await expect(call('SegmentVideoBody', { VideoUrl: VIDEO_URL })).rejects.toMatchObject({ code: 'InvalidAccessKeyId.Inactive' })

  expect((await ask('POST', '/ram/roles', { name: 'worker' })).body).toEqual({ arn: `acs:ram::${key.accountId}:role/worker` })
  const session = await ask('POST', '/sts/sessions', { role: 'worker', durationSeconds: 900 })
  expect([session.status, session.body.Credentials.Expiration]).toEqual([201, '2026-01-01T00:15:00Z'])
})

describe('bad requests get 400 with a reason, and change nothing', () => {
  test.each<[method: string, path: string, body: unknown, reason: RegExp]>([
    ['POST', '/accounts', { colour: 'green' }, /colour/],
    ['POST', '/accounts', { clock: { mode: 'sundial' } }, /clock\.mode/],
    ['POST', '/accounts', { settings: { services: { nope: 'open' } } }, /nope: there is no such service/],
    ['POST', '/accounts', [], /object/],
    ['DELETE', '/accounts', undefined, /accessKeyId/],
    ['DELETE', '/accounts?accessKeyId=testAccessKeyId', undefined, /default account/],
    ['DELETE', '/accounts?accessKeyId=nobody', undefined, /"nobody"/],
    ['GET', '/clock?accessKeyId=nobody', undefined, /"nobody"/],
    ['GET', '/clock?accessKeyId=', undefined, /access key/],
    ['PUT', '/clock', { now: 'later' }, /now.*2026-01-01T00:00:00Z/],
    ['PUT', '/clock', { now: '2020-01-01T00:00:00Z' }, /does not go back/],
    ['PUT', '/clock', { speed: 0 }, /speed/],
    ['PUT', '/clock', { mode: 'manual', direction: 'back' }, /direction/],
    ['POST', '/clock/advance', {}, /"by"/],
    ['POST', '/clock/advance', undefined, /"by"/],
    ['POST', '/clock/advance', { by: 'a while' }, /"by"|duration/],
    ['POST', '/clock/advance', { by: -1 }, /"by"|duration/],
    ['POST', '/clock/advance', { by: 1e300 }, /"by"|duration/],
    ['POST', '/clock/advance', { by: '1s', to: '2030-01-01T00:00:00Z' }, /either/],
    ['POST', '/clock/advance', { to: '2020-01-01T00:00:00Z' }, /does not go back/],
    ['PUT', '/settings', { limits: { actions: { 'videoseg.Nope': null } } }, /videoseg\.Nope/],
    ['PUT', '/settings', { limits: { actions: { '*': { limit: -1, per: 'second' } } } }, /limits\.actions/],
    ['PUT', '/settings', { limits: { actions: { '*': { limit: 1, per: 'week' } } } }, /limits\.actions\.\*: is \{"limit": 2/],
    ['PUT', '/settings', { limits: { enable: false } }, /limits: there is no field "enable"; did you mean "enabled"\?/],
    ['PUT', '/settings', { maxUnfinishedJobs: 1e9 }, /maxUnfinishedJobs/],
    ['PUT', '/settings', { jobs: { '*': { timeout: 'soon' } } }, /jobs.*timeout/],
    ['PUT', '/settings', { jobs: { nope: {} } }, /nope/],
    ['PUT', '/settings', 7, /object/],
    ['PUT', '/assets', { url: 'nothing' }, /url/],
    ['PUT', '/assets', [{ url: VIDEO_URL }, { url: VIDEO_URL, defect: 'is odd' }], /1.*defect|defect.*1/],
    ['PUT', '/assets', { url: VIDEO_URL, size: 7 }, /size/],
    ['PUT', '/assets', null, /./],
    ['POST', '/ram/users', { name: 'a/b' }, /name/],
    ['POST', '/ram/users', { name: 'a', allow: ['(a+)+$'] }, /pattern/],
    ['POST', '/ram/roles', {}, /name/],
    ['POST', '/sts/sessions', { role: 'nobody' }, /"nobody"/],
    ['POST', '/sts/sessions', { role: 'worker', durationSeconds: 1 }, /900|worker/],
    ['PUT', '/access-keys', { accessKeyId: 'nobody', active: false }, /"nobody"/],
    ['PUT', '/access-keys', { accessKeyId: 'testAccessKeyId' }, /active/],
  ])('%s %s %j', async (method, path, asked, reason) => {
    const state = async () => [await control('GET', '/settings'), await control('GET', '/assets'), await control('GET', '/clock')]
    const before = await state()
    const { status, body } = await control(method, path, asked)
    expect([status, Object.keys(body)]).toEqual([400, ['error']])
    expect(body.error).toMatch(reason)
    expect(body.error).not.toContain('\n')
    expect(await state()).toEqual(before)
  })

  test.each([
    ['broken JSON', '{"by":', 'application/json'],
    ['another type of body', '<by>1s</by>', 'text/xml'],
    ['a form', 'by=1s', 'application/x-www-form-urlencoded'],
    ['a body that would change every object', '{"by":"1s","__proto__":{"polluted":true}}', 'application/json'],
  ])('%s', async (_title, body, type) => {
    const response = await fetch(`${emulator.url}/_emulator/clock/advance`, { method: 'POST', body, headers: { 'content-type': type } })
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: string }).error).toMatch(/\w+ \w+/)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

test.each([
  ['GET', '/nope'],
  ['PUT', '/'],
  ['POST', ''],
  ['PATCH', '/clock'],
  ['DELETE', '/clock'],
  ['POST', '/health'],
  ['GET', '/clock/advance'],
])('%s /_emulator%s does not exist', async (method, path) => {
  const { status, body } = await control(method, path)
  expect([status, Object.keys(body)]).toEqual([404, ['error']])
})
