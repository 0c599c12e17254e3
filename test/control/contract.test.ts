/** The contract of the control API: what is declared is what is served, and what is answered is what is declared. */

import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildControlApp } from '../../emulator/control/index.js'
import { controlRoutes } from '../../src/control/index.js'
import type { Route, RouteName } from '../../src/control/route.js'
import { createCloud, settingsSchema } from '../../src/index.js'
import { VIDEO_URL } from '../support/cloud.js'
import { popCore, testEmulator } from '../support/sdk.js'

const routes = Object.entries(controlRoutes(settingsSchema)) as [RouteName, Route][]

// biome-ignore lint/suspicious/noExplicitAny: the document is what is tested
let document: any
let full: Awaited<ReturnType<typeof fullAccount>>
let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeAll(async () => {
  emulator = await testEmulator({ proxy: 0 })
  document = (await emulator.control('GET', '/control.json')).body
  ajv.addSchema({ $id: 'control', components: document.components })
  full = await fullAccount()
})
afterAll(() => emulator.close())

const ajv = addFormats.default(new Ajv2020({ strict: false, formats: { base64: true } }))

/** Problems of a value with a schema of the document. */
function problemsOf(schema: object, value: unknown): unknown[] {
  const own = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"control#/components/'))
  const validate = ajv.compile(own)
  return validate(value) ? [] : (validate.errors ?? [])
}

/** The operation of a route in the document. */
const operationOf = (name: RouteName) => {
  const [method = '', path = ''] = name.split(' ')
  return document.paths[`/_emulator${path === '/' ? '' : path}`][method.toLowerCase()]
}

test('control.json is an OpenAPI 3.1 document', async () => {
  const validator = new Validator()
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('every route that is served is declared, and every declared one is served', async () => {
  const served: string[] = []
  const app = buildControlApp(createCloud())
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.declared) served.push(`${method} ${url.replace(/^\/_emulator(?=\/.)/, '').replace(/:(\w+)/g, '{$1}')}`)
    else if (url.startsWith('/_emulator'))
      expect(['/_emulator', '/_emulator/', '/_emulator/*', '/_emulator/console', '/_emulator/console/*']).toContain(url)
  })
  await app.ready()
  await app.close()
  const unique = new Set(served.filter((each) => !each.startsWith('HEAD')).map((each) => each.replace(/ \/_emulator\/?$/, ' /')))
  expect([...unique].sort()).toEqual(routes.map(([name]) => name).sort())
})

test('operations have different names', () => {
  expect(new Set(routes.map(([, { id }]) => id)).size).toBe(routes.length)
})

test.each(routes.filter(([, { example }]) => example?.body !== undefined))(
  'the example of %s is as its schema says',
  (name, { example }) => {
    const { schema } = operationOf(name).requestBody.content['application/json']
    expect(problemsOf(schema, example?.body)).toEqual([])
  },
)

/** An account in which there is something of everything, and what the paths of its routes have. */
async function fullAccount() {
  const { body: key } = await emulator.control('POST', '/accounts', { clock: { mode: 'manual' }, world: 'demo' })
  const ask = (method: string, path: string, body?: unknown) => emulator.control(method, `${path}?accessKeyId=${key.accessKeyId}`, body)
  const call = popCore({ url: emulator.url, key, version: '2020-03-20' }, 'POST')
  const { RequestId: requestId } = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
  await call('SegmentVideoBody', { VideoUrl: 'nothing' }).catch(() => {})
  await ask('PUT', '/settings', { vod: { notification: { callbackType: 'MNS', queue: 'my-queue' } } })
  await ask('POST', '/ram/roles', { name: 'worker' })
  const { body: fault } = await ask('POST', '/faults', { service: 'vod', error: 'Throttling.User', when: { VideoId: { matches: '^a' } } })
  const { body: videos } = await ask('POST', '/actions/vod/GetVideoList', {})
  return { key, requestId, faultId: fault.id as string, videoId: videos.VideoList.Video[0].VideoId as string }
}

/** A call that stands in the log of the account. */
async function logged({ key }: { key: { accessKeyId: string } }) {
  const path = `/actions/videoseg/SegmentVideoBody?accessKeyId=${key.accessKeyId}`
  const { body } = await emulator.control('POST', path, { VideoUrl: VIDEO_URL })
  return { params: { requestId: body.RequestId } }
}

/** An object in a bucket of the account. */
async function stored({ key }: { key: { accessKeyId: string } }) {
  const { oss } = emulator.cloud.account(key.accessKeyId)
  oss.createBucket('test-uploads', 'cn-shanghai')
  await oss.putObject('test-uploads', 'film.mp4', Buffer.from('film'))
  return {}
}

/** Routes whose requests are made of what there is. */
type Made = { params?: object; body?: unknown }
const made: Partial<Record<RouteName, (account: Awaited<ReturnType<typeof fullAccount>>) => Made | Promise<Made>>> = {
  'PUT /access-keys': ({ key }) => ({ body: { accessKeyId: key.accessKeyId, active: true } }),
  'DELETE /faults/{id}': ({ faultId }) => ({ params: { id: faultId } }),
  'GET /jobs/{id}': ({ requestId }) => ({ params: { id: requestId } }),
  'GET /oss/objects': stored,
  'GET /oss/url': stored,
  'POST /events/{id}/send': async ({ key }) => {
    const callback = { CallbackType: 'MNS', MnsEndpoint: 'http://1.mns.cn-shanghai.aliyuncs.com', MnsQueueName: 'q', EventTypeList: 'ALL' }
    await emulator.control('POST', `/actions/vod/SetMessageCallback?accessKeyId=${key.accessKeyId}`, callback)
    const fields = { VideoId: 'v', Size: 1, FileUrl: 'http://a.example/v' }
    const { body } = await emulator.control('POST', `/events?accessKeyId=${key.accessKeyId}`, { type: 'FileUploadComplete', fields })
    return { params: { id: body.id } }
  },
  'POST /jobs/{id}/script': ({ requestId }) => ({ params: { id: requestId }, body: { hold: true } }),
  'POST /jobs/{id}/release': ({ requestId }) => ({ params: { id: requestId } }),
  'GET /requests/{requestId}': logged,
  'GET /requests/{requestId}/curl': logged,
  'GET /objects/{bucket}/{key}': async ({ key }) => {
    const objects = [{ bucket: 'my-bucket', key: 'a/page.html', text: '<script>alert(1)</script>' }]
    const world = { description: 'A page.', buckets: [{ name: 'my-bucket', region: 'cn-shanghai' }], objects }
    await emulator.control('POST', `/worlds?accessKeyId=${key.accessKeyId}`, world)
    return { params: { bucket: 'my-bucket', key: 'a/page.html' } }
  },
  'POST /requests/{requestId}/fork': async ({ key }) => {
    await emulator.control('PUT', `/settings?accessKeyId=${key.accessKeyId}`, { history: 1 })
    return logged({ key })
  },
  'POST /plays': ({ videoId }) => ({ body: { videoId, viewers: 3 } }),
}

/** Routes that need others to be called first. */
const before: Partial<Record<RouteName, readonly [method: string, path: string, body?: unknown]>> = {
  'POST /jobs/{id}/release': ['POST', '/jobs/{id}/script', { hold: true }],
  'DELETE /scenarios/{name}': ['POST', '/scenarios/brown-out', {}],
  'POST /snapshots/{name}/restore': ['POST', '/snapshots', { name: 'before-upload' }],
  'DELETE /snapshots/{name}': ['POST', '/snapshots', { name: 'before-upload' }],
}

/** Refusals are answers, too: these cannot be had otherwise. */
const refused = new Set<RouteName>(['POST /queues/{queue}/delete', 'PUT /state'])

/** The beginning of an answer that does not end by itself. */
async function firstOf({ body }: Response): Promise<string> {
  const reader = (body as ReadableStream<Uint8Array>).getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return new TextDecoder().decode(value)
}

test('what the live stream tells is as it is declared', async () => {
  const { body: key } = await emulator.control('POST', `/accounts/fork?accessKeyId=${full.key.accessKeyId}`)
  const about = `?accessKeyId=${key.accessKeyId}`
  const changes: unknown[] = []
  const stop = emulator.cloud.follow((change) => changes.push(JSON.parse(JSON.stringify(change))))
  await logged({ key })
  await emulator.control('POST', `/faults${about}`, { service: 'vod', error: 'Throttling.User' })
  await emulator.control('POST', `/actions/vod/GetVideoList${about}`, {})
  await emulator.control('POST', `/clock/advance${about}`, { by: '1h' })
  await emulator.control('POST', `/events${about}`, {
    type: 'FileUploadComplete',
    fields: { VideoId: 'v', Size: 1, FileUrl: 'http://a.example/v' },
  })
  await emulator.control('PUT', `/settings${about}`, { strictInputs: true })
  await emulator.control('DELETE', `/events${about}`)
  await emulator.control('POST', `/reset${about}`)
  stop()
  const { 'x-event-data': schema } = operationOf('GET /live').responses[200].content['text/event-stream']
  expect(changes.flatMap((change) => problemsOf(schema, change))).toEqual([])
  const types = new Set(changes.map((change) => (change as { type: string }).type))
  expect([...types].sort()).toEqual(['account', 'call', 'clock', 'event', 'fault', 'job', 'records', 'settings'])
})

const filled = (path: string, params: object): string =>
  Object.entries(params).reduce((all, [name, value]) => all.replace(`{${name}}`, encodeURIComponent(String(value))), path)

test.each(routes)('%s answers as it is declared', async (name, { example = {}, query, pagedBy, stream }) => {
  const { body: key } = await emulator.control('POST', `/accounts/fork?accessKeyId=${full.key.accessKeyId}`)
  const account = { ...full, key }
  const asked = { ...example, ...(await made[name]?.(account)) }
  const [method = '', path = ''] = name.split(' ')
  const send = async (by: string, to: string, body: unknown) => {
    const search = new URLSearchParams({ accessKeyId: account.key.accessKeyId, ...(to === path ? (asked.query ?? {}) : {}) })
    return fetch(`${emulator.url}/_emulator${filled(to, { queue: 'my-queue', ...asked.params })}?${search}`, {
      method: by,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
  }
  const first = before[name]
  if (first) expect((await send(...([...first, undefined].slice(0, 3) as [string, string, unknown]))).status).toBeLessThan(300)
  const response = await send(method, path, asked.body)
  expect(response.status < 400, response.ok ? '' : await response.clone().text()).toBe(!refused.has(name))
  const type = response.headers.get('content-type')?.split(';', 1)[0] ?? ''
  const content = operationOf(name).responses[response.status].content[type]
  const body = stream ? await firstOf(response) : type === 'application/json' ? await response.json() : await response.text()
  expect(problemsOf(content.schema, body)).toEqual([])
  if (pagedBy !== undefined && method === 'GET') expect(response.headers.get('x-total-count')).toBe(String((body as unknown[]).length))
  if (query === undefined || query.def.catchall === undefined) {
    const odd = await fetch(`${emulator.url}/_emulator${filled(path, { queue: 'q', ...asked.params })}?colour=green`, { method })
    expect([odd.status, ((await odd.json()) as { error: string }).error]).toEqual([400, expect.stringMatching(/accessKeyId|colour/)])
  }
})
