/** Half of a surrogate pair, which no reply can carry: it is refused wherever a test gives text, and crashes nothing where a caller does. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemOf } from '../../src/base/problem.js'
import { checkReply } from '../fuzz/support.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'

const HALF = '\ud800'

type Account = ReturnType<typeof testCloud>['account']

describe('in the process', () => {
  it.each<{ what: string; set: (account: Account) => unknown; says: string }>([
    {
      what: 'code',
      set: ({ faults }) => faults.add({ custom: true, error: { code: `A${HALF}`, status: 400, message: 'a' } }),
      says: 'error.code: has half',
    },
    {
      what: 'message',
      set: ({ faults }) => faults.add({ error: { code: 'InternalError', message: HALF } }),
      says: 'error.message: has half of a surrogate pair, which is no character',
    },
    {
      what: 'code that the client sees',
      set: ({ faults }) => faults.add({ custom: true, loseReply: { see: { error: { code: HALF, status: 400, message: 'a' } } } }),
      says: 'loseReply.see.error.code: has half',
    },
    { what: 'value', set: ({ faults }) => faults.add({ when: { VideoUrl: HALF }, hang: true }), says: 'when.VideoUrl: has half' },
    { what: 'name of a parameter', set: ({ faults }) => faults.add({ when: { [HALF]: 'a' }, hang: true }), says: 'when.\ufffd: has half' },
    { what: 'identity', set: ({ faults }) => faults.add({ identity: HALF, hang: true }), says: 'identity: has half' },
    { what: 'key', set: ({ faults }) => faults.add({ oss: { key: HALF, hang: true } }), says: 'oss.key: has half' },
    {
      what: 'result of a job',
      set: ({ faults }) => faults.add({ action: 'DetectVideoShot', job: { finish: { a: [HALF] } } }),
      says: 'job.finish.a.0: has half',
    },
    { what: 'RAM user', set: ({ ram }) => ram.putUser(HALF, {}), says: 'name: has half' },
    { what: 'permission', set: ({ ram }) => ram.putRole('a', { allow: [HALF] }), says: 'allow.0: has half' },
    { what: 'asset', set: (account) => account.putAssets([{ url: `http://a.b/${HALF}` }]), says: '0.url: has half' },
    { what: 'snapshot', set: ({ snapshots }) => snapshots.save(HALF), says: 'The name of a snapshot' },
    {
      what: 'parameter of a scenario',
      set: ({ scenarios }) => scenarios.apply('brown-out', { service: HALF }),
      says: 'has half',
    },
    { what: 'setting', set: async ({ settings }) => settings.change({ jobs: { '*': { stages: { [HALF]: 1 } } } }), says: 'has half' },
  ])('$what', async ({ set, says }) => {
    const { account } = testCloud()
    const problem = await Promise.resolve()
      .then(() => set(account))
      .then(() => 'nothing', problemOf)
    expect(problem).toContain(says)
    expect(account.faults.list()).toEqual([])
  })
})

describe('over HTTP', () => {
  let emulator: Awaited<ReturnType<typeof testEmulator>>
  beforeAll(async () => {
    emulator = await testEmulator()
  })
  afterAll(() => emulator.close())

  it.each<{ method: string; path: string; body: unknown }>([
    { method: 'POST', path: '/faults', body: { custom: true, error: { code: HALF, status: 400, message: 'a' } } },
    { method: 'POST', path: '/accounts', body: { seed: HALF } },
    { method: 'POST', path: '/accounts', body: { [HALF]: 1 } },
    { method: 'PUT', path: '/assets', body: { url: `http://a.b/${HALF}` } },
    { method: 'POST', path: '/requests/find', body: { params: { A: HALF } } },
    { method: 'POST', path: '/snapshots', body: { name: HALF } },
  ])('$method $path', async ({ method, path, body }) => {
    const refused = await emulator.control(method, path, body)
    expect(refused.status).toBe(400)
    expect(refused.body.error).toContain('has half of a surrogate pair')
  })
})

it('a caller that sends it gets an answer that can be read', async () => {
  const { cloud, send } = testCloud()
  for (const id of ['videoseg.SegmentVideoBody', 'vod.CreateUploadVideo']) {
    const params = { VideoUrl: VIDEO_URL, Title: JSON.stringify(HALF), UserData: `{"a":"\\ud800"}`, FileName: 'a.mp4', Tags: '\\udc00' }
    checkReply(cloud, { method: 'POST' }, await send(id, params))
  }
})
