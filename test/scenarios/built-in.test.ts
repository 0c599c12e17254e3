/** Each built-in scenario, as the official SDKs show it to who uses them. */

import { readFileSync } from 'node:fs'
import AliOss from 'ali-oss'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import { type Caller, type Control, createControl } from '../../src/client/index.js'
import { ScenarioFiles } from '../../src/scenarios/files.js'
import type { SigningKey } from '../../src/signing/sign.js'
import { eventCloud, receiver } from '../events/support.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'
import { openApi, popCore, type SdkCall } from '../support/sdk.js'
import { decode, sample, vodWorld } from '../vod/support.js'

let emulator: Emulator
let caller: Caller
let control: Control
beforeAll(async () => {
  emulator = await startEmulator({ port: 0, clock: 'manual' })
})
beforeEach(async () => {
  caller = await createControl({ endpoint: emulator.url }).createAccount()
  control = createControl(caller)
})
afterAll(() => emulator.close())

const videoseg = (key: SigningKey = caller): SdkCall => popCore({ url: emulator.url, key, version: '2020-03-20' }, 'POST')
const vod = (key: SigningKey = caller): SdkCall => openApi({ url: emulator.url, key, version: '2017-03-21' }, 'form')

/** Clients of OSS hide behind no types what they can do. */
// biome-ignore lint/suspicious/noExplicitAny: the types of the client leave out much of it
type Oss = any

/** The official client of OSS, with the credential and the place of an upload. */
function ossFor({ UploadAddress, UploadAuth }: { UploadAddress: string; UploadAuth: string }): { client: Oss; object: string } {
  const { AccessKeyId = '', AccessKeySecret = '', SecurityToken = '' } = decode(UploadAuth)
  const { Bucket, FileName = '' } = decode(UploadAddress)
  const client = new AliOss({
    endpoint: emulator.url,
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    stsToken: SecurityToken,
    bucket: Bucket as string,
    region: 'oss-cn-shanghai',
    refreshSTSToken: async () => ({ accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, stsToken: SecurityToken }),
    refreshSTSTokenInterval: 1e9,
  })
  return { client, object: FileName }
}

/** What a client makes of a call: `ok`, or the message of what it throws, which begins with the code if there is one. */
const outcome = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    ({ code, message }) => (code !== undefined && String(message).startsWith(code) ? message : `${code}: ${message}`),
  )

/** The outcomes of so many calls, one after the other. */
async function outcomes(count: number, call: () => Promise<unknown>): Promise<string[]> {
  const all: string[] = []
  for (let index = 0; index < count; index++) all.push(await outcome(call()))
  return all
}

const refused = (code: string) => expect.stringMatching(new RegExp(`^${code}:`))
const BROKEN = expect.stringMatching(/ECONNRESET|aborted|socket hang up/)
const UNREADABLE = expect.stringMatching(/JSON|Bad string|Unexpected/)

const film = { Title: 'film', FileName: 'film.mp4' }
const segment = () => videoseg()('SegmentVideoBody', { VideoUrl: VIDEO_URL })
const create = () => vod()('CreateUploadVideo', film)

it('brown-out: every third call is refused, and calling again helps', async () => {
  await control.scenarios.apply('brown-out', { fastest: 1, slowest: 2 })
  const unavailable = refused('ServiceUnavailable')
  expect(await outcomes(7, segment)).toEqual(['ok', 'ok', unavailable, 'ok', 'ok', unavailable, 'ok'])
})

it('brown-out: every call takes its time', async () => {
  const { account, send } = testCloud()
  await account.scenarios.apply('brown-out', { fastest: '40s', slowest: '40s' })
  // The door waits so long; here nobody does.
  const { headers } = await send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  expect(headers['x-emulator-reason']).toBe('the answer was held back for 40000 ms')
})

it('throttled-account: more than one call a second is refused', async () => {
  await control.scenarios.apply('throttled-account')
  expect(await outcomes(3, segment)).toEqual(['ok', refused('Throttling.User'), refused('Throttling.User')])
  await control.clock.advance('1s')
  expect(await outcomes(2, segment)).toEqual(['ok', refused('Throttling.User')])
})

it('expired-credentials: a session that was handed out has expired, and a new one has not', async () => {
  await control.ram.putRole({ name: 'worker', allow: ['*'] })
  const session = () => control.ram.assumeRole({ role: 'worker', durationSeconds: 43_200 })
  const old = await session()
  const call = (key: SigningKey) => outcome(videoseg(key)('SegmentVideoBody', { VideoUrl: VIDEO_URL }))
  expect(await call(old)).toBe('ok')

  await control.scenarios.apply('expired-credentials')

  expect(await call(old)).toEqual(refused('InvalidSecurityToken.Expired'))
  expect(await call(await session())).toBe('ok')
  expect(await call(caller)).toBe('ok')
})

it('expired-credentials: an upload goes on once its credential was refreshed', async () => {
  const ticket = await create()
  await control.scenarios.apply('expired-credentials')
  const put = ({ client, object }: ReturnType<typeof ossFor>) => outcome(client.put(object, sample('sample.mp4')))
  expect(await put(ossFor(ticket))).toEqual(refused('SecurityTokenExpired'))
  const { UploadAuth } = await vod()('RefreshUploadVideo', { VideoId: ticket.VideoId })
  expect(await put(ossFor({ ...ticket, UploadAuth }))).toBe('ok')
})

it('disabled-key: no key is accepted, in OSS neither', async () => {
  const { client, object } = ossFor(await create())
  await control.scenarios.apply('disabled-key')
  expect(await outcomes(2, segment)).toEqual([refused('InvalidAccessKeyId.Inactive'), refused('InvalidAccessKeyId.Inactive')])
  expect(await outcome(client.put(object, sample('sample.mp4')))).toEqual(refused('InvalidAccessKeyId'))
})

it('disabled-key: of one user, the others are not concerned', async () => {
  const alice = await control.ram.putUser({ name: 'alice', allow: ['*'] })
  const bob = await control.ram.putUser({ name: 'bob', allow: ['*'] })
  await control.scenarios.apply('disabled-key', { identity: 'alice' })
  const call = (key: SigningKey) => outcome(videoseg(key)('SegmentVideoBody', { VideoUrl: VIDEO_URL }))
  expect(await Promise.all([alice, bob].map(call))).toEqual([refused('InvalidAccessKeyId.Inactive'), 'ok'])
})

it('slow-transcoding: a video goes through its stages one by one, and is there in the end', async () => {
  const { account, upload, status, advance } = vodWorld()
  await account.scenarios.apply('slow-transcoding')
  const id = await upload()
  const seen: string[] = []
  for (const by of ['299s', '1s', '69m', '1m']) {
    await advance(by)
    seen.push(await status(id))
  }
  expect(seen).toEqual(['UploadSucc', 'Transcoding', 'Transcoding', 'Normal'])
})

it('stuck-jobs: jobs stay queued, even when the scenario has ended, until they are released', async () => {
  const status = async (JobId: string) => (await videoseg()('GetAsyncJobResult', { JobId })).Data.Status
  await control.scenarios.apply('stuck-jobs')
  const { RequestId: stuck } = await segment()
  await control.clock.advance('2 days')
  expect(await status(stuck)).toBe('QUEUING')

  await control.scenarios.end('stuck-jobs')
  const { RequestId: next } = await segment()
  await control.clock.advance('1m')
  expect([await status(stuck), await status(next)]).toEqual(['QUEUING', 'PROCESS_SUCCESS'])

  await control.jobs.release()
  await control.clock.advance('1m')
  expect(await status(stuck)).toBe('PROCESS_SUCCESS')
})

it('lost-callbacks: nothing arrives, until the scenario ends', async () => {
  const { account, listen, upload } = eventCloud()
  const { url, arrivals } = await receiver()
  await listen({ CallbackType: 'HTTP', CallbackURL: `${url}/lost` })
  await account.scenarios.apply('lost-callbacks')
  await upload('v1')
  await account.clock.advance('1h')
  await account.scenarios.end('lost-callbacks')
  await upload('v2')
  await account.clock.advance(0)
  expect(arrivals.map(({ body }) => body.VideoId)).toEqual(['v2'])
})

it('erratic-callbacks: some arrive twice, some late', async () => {
  const { account, listen, upload } = eventCloud()
  const { url, arrivals } = await receiver()
  await listen({ CallbackType: 'HTTP', CallbackURL: `${url}/erratic` })
  await account.scenarios.apply('erratic-callbacks')
  for (const id of ['v1', 'v2', 'v3', 'v4', 'v5', 'v6']) {
    await upload(id)
    await account.clock.advance('1s')
  }
  const ids = () => arrivals.map(({ body }) => body.VideoId)
  expect(ids()).toEqual(['v1', 'v2', 'v2', 'v3', 'v4', 'v4', 'v6', 'v6'])
  await account.clock.advance('10m')
  expect(ids().slice(8)).toEqual(['v5'])
})

it('region-outage: nothing is served for ten minutes', async () => {
  const { client, object } = ossFor(await create())
  await control.scenarios.apply('region-outage')
  const put = () => outcome(client.put(object, sample('sample.mp4')))
  const unavailable = refused('ServiceUnavailable')
  expect(await outcomes(4, segment)).toEqual([unavailable, BROKEN, unavailable, BROKEN])
  expect(await put()).toEqual(unavailable)
  await control.clock.advance('599s')
  expect(await outcomes(2, create)).toEqual([unavailable, BROKEN])
  await control.clock.advance('1s')
  expect([...(await outcomes(2, segment)), await put()]).toEqual(['ok', 'ok', 'ok'])
})

it('no-balance: each service says that it is suspended', async () => {
  await control.scenarios.apply('no-balance')
  expect(await outcomes(1, create)).toEqual([refused('OperationDenied.Suspended')])
  expect(await outcomes(1, segment)).toEqual([refused('InvalidApi.NotPurchase')])
  await control.scenarios.end('no-balance')
  expect([...(await outcomes(1, create)), ...(await outcomes(1, segment))]).toEqual(['ok', 'ok'])
})

it('no-balance: of one service, the others are open', async () => {
  await control.scenarios.apply('no-balance', { service: 'vod' })
  expect([...(await outcomes(1, create)), ...(await outcomes(1, segment))]).toEqual([refused('OperationDenied.Suspended'), 'ok'])
})

it('flaky-uploads: an upload in parts goes through for who resumes it', async () => {
  const { client, object } = ossFor(await create())
  await control.scenarios.apply('flaky-uploads')
  let checkpoint: unknown
  const progress = (_done: number, reached: unknown): void => {
    checkpoint = reached
  }
  const upload = () => client.multipartUpload(object, Buffer.alloc(250_000), { partSize: 100 * 1024, parallel: 1, progress, checkpoint })
  const failed = expect.stringContaining('InternalError')
  expect(await outcomes(2, upload)).toEqual([failed, 'ok'])
  expect((await client.head(object)).res.headers['content-length']).toBe('250000')
})

it('flaky-uploads: every third upload in one piece breaks off', async () => {
  const { client, object } = ossFor(await create())
  await control.scenarios.apply('flaky-uploads')
  expect(await outcomes(4, () => client.put(object, sample('sample.mp4')))).toEqual(['ok', 'ok', BROKEN, 'ok'])
})

it('half-broken-network: answers break off, are cut and are something else', async () => {
  await control.scenarios.apply('half-broken-network')
  for (const call of [create, segment]) await call().catch(() => {})
  expect(await outcomes(4, create)).toEqual([BROKEN, UNREADABLE, UNREADABLE, BROKEN])
})

it('half-broken-network: calls whose answers are broken have taken effect', async () => {
  await control.scenarios.apply('half-broken-network', { every: 1 })
  expect(await outcomes(1, segment)).toEqual([BROKEN])
  expect(await control.jobs()).toHaveLength(1)
})

it('lost-replies: who calls again has created two', async () => {
  await control.scenarios.apply('lost-replies', { action: 'SegmentVideoBody' })
  expect(await outcomes(3, segment)).toEqual(['ok', BROKEN, 'ok'])
  expect(await control.jobs()).toHaveLength(3)
})

it('lost-replies: creating is meant unless another Action is named', async () => {
  await control.scenarios.apply('lost-replies')
  expect([...(await outcomes(2, create)), ...(await outcomes(2, segment))]).toEqual(['ok', BROKEN, 'ok', 'ok'])
})

it.each([...new ScenarioFiles(undefined).all().keys()])('%s is tested here', (name) => {
  expect(readFileSync(import.meta.filename, 'utf8')).toContain(`it('${name}: `)
})
