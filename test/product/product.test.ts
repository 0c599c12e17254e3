/** What holds for a product of one's own, where its definition says nothing or something that cannot be. */

import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/client/index.js'
import {
  createCloud,
  defineEvent,
  defineProduct,
  defineService,
  defineSettings,
  type EventDefinition,
  type JobKind,
  type NotifyOptions,
  type Product,
  type Route,
  text,
  urlChannel,
  z,
} from '../../src/index.js'
import { serviceOfHost } from '../../src/rpc/find.js'
import { testCloud } from '../support/cloud.js'

const service = defineService({ name: 'green-cip2', version: '2022-03-02', regions: ['cn-shanghai'] })
const moderate = service.action('Moderate', {
  summary: 'Looks at a text.',
  source: 'tests',
  input: { Text: text() },
  output: z.object({ Labels: z.string() }),
  run: () => ({ Labels: 'none' }),
})
const moderation = defineProduct({ name: 'moderation', actions: [moderate] })

describe('a service that has nothing but a name, a version and regions', () => {
  const { cloud, account, call, send } = testCloud({ products: [moderation] })

  test('is called at its host, by its client', async () => {
    const client = createClient({ cloud, products: [moderation], ...account.credentials })
    expect((await client['green-cip2'].Moderate({ Text: 'hello' })).Labels).toBe('none')
    const [entry] = account.log.find({ service: 'green-cip2' })
    expect([entry?.host, entry?.action]).toEqual(['green-cip2.cn-shanghai.aliyuncs.com', 'Moderate'])
  })

  test.each(['green-cip2.cn-shanghai.aliyuncs.com', 'green-cip2-vpc.cn-shanghai.aliyuncs.com', 'green-cip2.localhost:4010'])(
    'has the host %s',
    (host) => expect(serviceOfHost(cloud.catalogue, host)?.service).toBe('green-cip2'),
  )

  test('answers in XML unless asked otherwise, and with common codes', async () => {
    const { headers } = await send('green-cip2.Moderate', { Text: 'hello' }, { format: 'XML' })
    expect(headers['content-type']).toMatch('text/xml')
    expect((await call('green-cip2.Moderate')).body.Code).toBe('MissingParameter')
    expect((await call('green-cip2.Moderate', { Text: '\u0007' })).body.Code).toBe('InvalidParameter')
    expect((await call('green-cip2.Moderate', {}, { host: 'green-cip2.cn-beijing.aliyuncs.com' })).body.Code).toBe('InvalidAction.NotFound')
  })

  test.each([
    ['notOpened', 403],
    ['suspended', 403],
  ] as const)('that is %s is forbidden', async (state, status) => {
    const { call } = testCloud({ products: [moderation], settings: { services: { 'green-cip2': state } } })
    const answer = await call('green-cip2.Moderate', { Text: 'hello' })
    expect([answer.status, answer.body.Code]).toEqual([status, 'Forbidden'])
  })
})

test.each(['JSON', 'XML'] as const)(
  'an error of its own whose code and message are half of a character is answered all the same, as %s',
  async (format) => {
    const half = 'Half\uD800'
    const broken = service.action('Break', {
      summary: 'Fails.',
      source: 'tests',
      input: {},
      output: z.object({}),
      errors: { [half]: { status: 404, message: half } },
      run: ({ fail }) => fail(half, { reason: half }),
    })
    const bugs: unknown[] = []
    const { send } = testCloud({ products: [defineProduct({ name: 'broken', actions: [broken] })], onBug: (error) => bugs.push(error) })
    const { status, headers, body } = await send('green-cip2.Break', {}, { format })
    expect([status, headers['x-emulator-reason'], bugs]).toEqual([404, 'Half%EF%BF%BD', []])
    expect(String(body).toWellFormed()).toContain('q=Half%EF%BF%BD')
  },
)

test('a host of its own is answered by a route, before OSS and the gateway are asked', async () => {
  const route: Route = {
    name: 'status page',
    serve: ({ host }, { defaultAccount }) =>
      host === 'status.example.com'
        ? Promise.resolve({ status: 200, headers: {}, body: `account ${defaultAccount.accountId}` })
        : undefined,
  }
  const { cloud, account } = testCloud({ products: [{ ...moderation, routes: [route] }] })
  const get = (host: string) => cloud.handle({ method: 'GET', host, path: '/', query: '', headers: { host }, body: new Uint8Array() })
  expect((await get('status.example.com')).body).toBe(`account ${account.accountId}`)
  expect((await get('green-cip2.cn-shanghai.aliyuncs.com')).status).toBe(400)
})

test('a client that is not given the product does not have its service', () => {
  const client = createClient({ cloud: createCloud({ products: [moderation] }), accessKeyId: 'a', accessKeySecret: 'b' })
  expect(Object.keys(client)).not.toContain('green-cip2')
})

const event = (type: string): EventDefinition =>
  defineEvent({ type, when: 'a test says so', actions: [], fields: z.object({ Word: z.string() }), channel: urlChannel(() => undefined) })
const kind = (name: string): JobKind => ({
  name,
  stages: [{ name: 'Working', duration: '1s' }],
  timeout: '1m',
  attempts: 1,
  work: () => ({ result: 1 }),
})

test.each<[string, Partial<Product>, string]>([
  ['Actions', { actions: [moderate, moderate] }, 'two Actions are called "green-cip2.Moderate"'],
  [
    'sections of the settings',
    { settings: { vod: defineSettings({ schema: z.object({}), defaults: {} }) } },
    'two sections of the settings are called "vod"',
  ],
  ['event types', { events: [event('FileUploadComplete')] }, 'two event types are called "FileUploadComplete"'],
  [
    'kinds of jobs',
    { jobs: [kind('green-cip2.Moderate'), kind('green-cip2.Moderate')] },
    'two kinds of jobs are called "green-cip2.Moderate"',
  ],
])('two %s of one name are refused when the cloud is created', (_what, extra, message) => {
  expect(() => createCloud({ products: [{ ...moderation, ...extra }] })).toThrow(message)
})

describe('events over one URL', () => {
  const told = defineEvent({
    type: 'Told',
    when: 'a test says so',
    actions: [],
    fields: z.object({ Word: z.string() }),
    channel: urlChannel((account) => `http://app.example/${account.accountId}`),
  })
  const world = () => {
    const sent: { url: string; body: unknown }[] = []
    const { account } = testCloud({
      products: [{ ...moderation, events: [told, event('Untold')] }],
      deliver: async ({ url, body }) => ({ status: sent.push({ url, body: JSON.parse(body) }) && 200 }),
    })
    const notify = (definition: typeof told, fields: { Word: string }, options?: NotifyOptions) =>
      account.turn.take(() => account.events.notify(definition, fields, options))
    return { account, sent, notify }
  }

  test('go to the one that the account has, or to the one that the job was given', async () => {
    const { account, sent, notify } = world()
    await notify(told, { Word: 'a' })
    await notify(told, { Word: 'b' }, { userData: { callbackUrl: 'http://other.example/' } })
    await account.events.settled()
    const said = { EventType: 'Told', EventTime: '2026-01-01T00:00:00Z' }
    expect(sent).toEqual([
      { url: `http://app.example/${account.accountId}`, body: { ...said, Word: 'a' } },
      { url: 'http://other.example/', body: { ...said, Word: 'b' } },
    ])
  })

  test('go to nobody where there is none, and say so', async () => {
    const { account, sent } = world()
    const record = await account.turn.take(() => account.events.notify('Untold' as never, { Word: 'a' } as never))
    expect(record).toMatchObject({ state: 'notSent', route: { to: 'nobody', note: 'no URL is set for Untold' } })
    expect(sent).toEqual([])
  })

  test('that the product does not list are refused at once', async () => {
    const { notify } = world()
    await expect(notify(event('Unlisted') as typeof told, { Word: 'a' })).rejects.toThrow('there are no events of the type "Unlisted"')
    await expect(notify(event('Told') as typeof told, { Word: 'a' })).rejects.toThrow('another event type is called Told')
  })
})
