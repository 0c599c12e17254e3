/** The control API through its client. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import { type Caller, createClient, createControl, type NewAccount } from '../../src/client/index.js'
import { VIDEO_URL } from '../support/cloud.js'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator({ port: 0, clock: 'manual' })
})
afterAll(() => emulator.close())

const root = () => createControl({ endpoint: emulator.url })

/** An account of its own, with clients of both kinds. */
async function fresh(options?: NewAccount) {
  const account = await root().createAccount(options)
  return { account, control: createControl(account), client: createClient(account) }
}

const segment = (caller: Caller) => createClient(caller).videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })

describe('the emulator', () => {
  it('tells whether it runs', async () => {
    expect(await root().health()).toMatchObject({
      status: 'ok',
      name: 'vod-viapi-emulator',
      actions: emulator.cloud.catalogue.actions.length,
    })
  })

  it('tells its Actions', async () => {
    const actions = await root().actions()
    expect(actions.map(({ service, action }) => `${service}.${action}`)).toEqual([...emulator.cloud.catalogue.byId.keys()])
  })

  it('tells them as an OpenAPI document', async () => {
    expect(await root().openApi()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/), paths: expect.anything() })
  })
})

describe('accounts', () => {
  it('are created, and can call at once', async () => {
    await expect(segment(await root().createAccount())).resolves.toHaveProperty('RequestId')
  })

  it('start with the clock and the settings that are asked for', async () => {
    const { control } = await fresh({ clock: { mode: 'manual', now: '2030-01-01T00:00:00Z' }, settings: { strictInputs: true } })
    expect(await control.clock.get()).toEqual({ mode: 'manual', now: '2030-01-01T00:00:00.000Z', speed: 1, pending: 0 })
    expect(await control.settings.get()).toMatchObject({ strictInputs: true })
  })

  it('are disposed of, with their keys', async () => {
    const { account, control } = await fresh()
    expect(await control.disposeAccount()).toEqual({ accountId: account.accountId, disposed: true })
    await expect(segment(account)).rejects.toMatchObject({ code: 'InvalidAccessKeyId.NotFound', status: 404 })
  })

  it('are disposed of by anyone who knows a key of them', async () => {
    const { account } = await fresh()
    expect(await root().disposeAccount(account)).toMatchObject({ accountId: account.accountId })
  })

  it('are reset', async () => {
    const { account, control } = await fresh()
    await segment(account)
    await control.reset()
    expect(await control.jobs()).toEqual([])
  })
})

describe('the clock', () => {
  it('moves by a length of time, and tells what fell due', async () => {
    const { account, control } = await fresh()
    const { RequestId } = await segment(account)
    expect(await control.clock.advance('1s')).toEqual({
      mode: 'manual',
      now: '2026-01-01T00:00:01.000Z',
      speed: 1,
      pending: 1,
      fired: [{ at: '2026-01-01T00:00:01.000Z', what: `job ${RequestId} QUEUING → PROCESSING` }],
    })
  })

  it('moves to a time', async () => {
    const { control } = await fresh()
    expect(await control.clock.advanceTo('2026-02-01T00:00:00Z')).toMatchObject({ now: '2026-02-01T00:00:00.000Z', fired: [] })
  })

  it('changes its mode and speed', async () => {
    const { control } = await fresh()
    expect(await control.clock.set({ mode: 'system', speed: 60 })).toMatchObject({ mode: 'system', speed: 60 })
  })
})

describe('settings', () => {
  it('change what the services do', async () => {
    const { account, control } = await fresh()
    expect(await control.settings.change({ services: { videoseg: 'notOpened' } })).toMatchObject({ services: { videoseg: 'notOpened' } })
    await expect(segment(account)).rejects.toMatchObject({ code: 'InvalidApi.NotPurchase' })
  })
})

describe('the world of an account', () => {
  it('has assets', async () => {
    const { control } = await fresh()
    const asset = { url: VIDEO_URL, format: 'MP4', width: 640 }
    expect(await control.assets.put(asset, { url: 'http://example.com/a.png' })).toEqual([asset, { url: 'http://example.com/a.png' }])
    expect(await control.assets.list()).toHaveLength(2)
    expect(await control.assets.clear()).toEqual([])
  })

  it('has jobs', async () => {
    const { account, control } = await fresh()
    const { RequestId } = await segment(account)
    expect(await control.jobs()).toMatchObject([
      { id: RequestId, kind: 'videoseg.SegmentVideoBody', stage: 'QUEUING', submittedAt: '2026-01-01T00:00:00.000Z' },
    ])
  })

  it('remembers calls', async () => {
    const { account, control, client } = await fresh()
    const refused = await client.videoseg.GetAsyncJobResult({ JobId: 'x' }).catch((error) => error)
    await segment(account)
    expect(await control.requests()).toMatchObject([
      { requestId: refused.requestId, action: 'GetAsyncJobResult', status: 400, code: 'InvalidParameter.Format' },
      { action: 'SegmentVideoBody', status: 200, params: { VideoUrl: VIDEO_URL } },
    ])
  })

  it('is not that of another', async () => {
    const [one, other] = [await fresh(), await fresh()]
    await segment(one.account)
    expect(await other.control.requests()).toEqual([])
  })
})

describe('usage', () => {
  it('adds up what the account has called', async () => {
    const { account, control, client } = await fresh()
    await client.imageenhan.AssessSharpness({ ImageURL: 'http://my-bucket.oss-cn-shanghai.aliyuncs.com/a.jpg' })
    await client.imageenhan.AssessSharpness({ ImageURL: 'http://my-bucket.oss-cn-shanghai.aliyuncs.com/b.jpg' })
    expect(await control.usage()).toMatchObject({
      accountId: account.accountId,
      month: '2026-01',
      actions: [{ action: 'imageenhan.AssessSharpness', calls: 2, units: 2, cost: 0.004 }],
      total: 0.004,
    })
  })
})

describe('event notifications', () => {
  const start = { VideoId: 'v1', Status: 'success', StreamName: 's', DomainName: 'd', AppName: 'a' } as const

  it('are made to happen, listed and forgotten', async () => {
    const { control } = await fresh()
    const event = await control.events.notify('LiveRecordVideoComposeStart', start, { userData: '{"Extend":"mine"}' })
    expect(event).toMatchObject({ state: 'notSent', time: '2026-01-01T00:00:00.000Z', payload: { VideoId: 'v1', Extend: 'mine' } })
    expect(await control.events.list()).toEqual([event])
    expect(await control.events.clear()).toEqual([])
    expect(await control.events.list()).toEqual([])
  })

  it('are read from a queue, and deleted from it', async () => {
    const { control, client } = await fresh()
    await client.vod.SetMessageCallback({
      CallbackType: 'MNS',
      MnsEndpoint: 'http://1.mns.cn-shanghai.aliyuncs.com/',
      MnsQueueName: 'q',
      EventTypeList: 'ALL',
    })
    for (const VideoId of ['v1', 'v2']) await control.events.notify('LiveRecordVideoComposeStart', { ...start, VideoId })
    await control.clock.advance(0)
    const messages = await control.queues.receive('q', { count: 2, hiddenFor: '5s' })
    expect(messages.map(({ body }) => JSON.parse(body).VideoId)).toEqual(['v1', 'v2'])
    expect(messages[0]?.nextVisibleTime).toBe('2026-01-01T00:00:05.000Z')
    expect(await control.queues.delete('q', messages[0]?.receiptHandle as string)).toEqual({ deleted: true })
    expect(await control.queues.list()).toEqual([{ queue: 'q', active: 0, hidden: 1 }])
    expect(await control.queues.receive('q')).toEqual([])
  })
})

describe('identities', () => {
  it('change what a user may do', async () => {
    const { control } = await fresh()
    const alice = await control.ram.putUser({ name: 'alice' })
    await expect(segment(alice)).rejects.toMatchObject({ code: 'NoPermission' })
    expect(await control.ram.putUser({ name: 'alice', allow: ['*'] })).toEqual(alice)
    await expect(segment(alice)).resolves.toHaveProperty('RequestId')
  })

  it('have roles, of which there are sessions', async () => {
    const { account, control } = await fresh()
    expect(await control.ram.putRole({ name: 'editor', allow: ['*'] })).toEqual({ arn: `acs:ram::${account.accountId}:role/editor` })
    await expect(segment(await control.ram.assumeRole({ role: 'editor', durationSeconds: 900 }))).resolves.toHaveProperty('RequestId')
  })

  it('lose and regain a key', async () => {
    const { account, control } = await fresh()
    await control.ram.setKeyActive(account.accessKeyId, false)
    await expect(segment(account)).rejects.toMatchObject({ code: 'InvalidAccessKeyId.Inactive' })
    await control.ram.setKeyActive(account.accessKeyId, true)
    await expect(segment(account)).resolves.toHaveProperty('RequestId')
  })
})

describe('what cannot be', () => {
  it.each<[what: string, call: (control: ReturnType<typeof root>) => Promise<unknown>, name: string, reason: string]>([
    ['a time that has passed', ({ clock }) => clock.advanceTo('2020-01-01T00:00:00Z'), 'POST /_emulator/clock/advance', 'does not go back'],
    ['a length of time that is none', ({ clock }) => clock.advance('soon'), 'POST /_emulator/clock/advance', '10m'],
    [
      'a setting of an unknown service',
      ({ settings }) => settings.change({ services: { ecs: 'open' } }),
      'PUT /_emulator/settings',
      'services.ecs',
    ],
    ['an asset without a URL', ({ assets }) => assets.put({ url: 'video.mp4' }), 'PUT /_emulator/assets', 'url'],
    ['a message that is not hidden', ({ queues }) => queues.delete('a/b?', 'x'), 'POST /_emulator/queues/a%2Fb%3F/delete', 'receiptHandle'],
    ['more messages than one read takes', ({ queues }) => queues.receive('q', { count: 17 }), 'POST /_emulator/queues/q/receive', 'count'],
    ['a session of an unknown role', ({ ram }) => ram.assumeRole({ role: 'x' }), 'POST /_emulator/sts/sessions', 'no RAM role "x"'],
    ['the end of the default account', (control) => control.disposeAccount(), 'DELETE /_emulator/accounts', 'which account'],
  ])('is refused with a reason: %s', async (_what, call, name, reason) => {
    await expect(call(root())).rejects.toMatchObject({
      name: 'CallError',
      code: 'Control.Refused',
      call: name,
      status: 400,
      message: expect.stringContaining(reason),
    })
  })

  it('is refused for an account that does not exist', async () => {
    await expect(createControl({ endpoint: emulator.url, accessKeyId: 'nobody & co' }).jobs()).rejects.toMatchObject({
      code: 'Control.Refused',
      message: 'No account has the access key "nobody & co".',
    })
  })

  it('is told apart from an emulator that is not there', async () => {
    const stopped = await startEmulator({ port: 0 })
    await stopped.close()
    await expect(createControl({ endpoint: stopped.url }).health()).rejects.toMatchObject({
      code: 'Client.Connection',
      call: 'GET /_emulator/health',
    })
  })
})
