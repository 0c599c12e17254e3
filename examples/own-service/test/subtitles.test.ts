/** The service is one like those of the package: whatever those can do, it can, over HTTP as through msw. */

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setupServer } from 'msw/node'
import { createCloud } from 'vod-viapi-emulator'
import { type Caller, createClient, createControl, type SigningKey } from 'vod-viapi-emulator/client'
import { formatReport, pactsOf, renderPact, verifyPacts } from 'vod-viapi-emulator/contracts'
import { type Emulator, startEmulator } from 'vod-viapi-emulator/emulator'
import { mswHandlers } from 'vod-viapi-emulator/msw'
import { subtitles } from '../src/subtitles.js'

const VideoUrl = 'http://films.oss-cn-shanghai.aliyuncs.com/film.mp4'
const CALLBACK = 'http://app.example/subtitles'

/** Bodies of the callbacks that have arrived. */
const received: unknown[] = []
let emulator: Emulator
const network = setupServer()

before(async () => {
  const deliver = async ({ body }: { body: string }) => ({ status: received.push(JSON.parse(body)) && 200 })
  emulator = await startEmulator({ port: 0, clock: 'manual', products: [subtitles], deliver })
  network.use(...mswHandlers(emulator.cloud))
  network.listen({ onUnhandledRequest: 'bypass' })
})
after(async () => {
  network.close()
  await emulator.close()
})

const products = [subtitles] as const
const doors = {
  HTTP: (key: SigningKey) => createClient({ products, ...key, endpoint: emulator.url }),
  // Without an endpoint, the service's own host is called.
  msw: ({ accessKeyId, accessKeySecret }: SigningKey) => createClient({ products, accessKeyId, accessKeySecret }),
}

for (const [door, open] of Object.entries(doors))
  describe(door, () => {
    let account: Caller
    let client: ReturnType<typeof open>['subtitle']
    let control: ReturnType<typeof createControl>
    beforeEach(async () => {
      received.length = 0
      account = await createControl({ endpoint: emulator.url }).createAccount({ settings: { subtitle: { callbackUrl: CALLBACK } } })
      control = createControl(account)
      client = open(account).subtitle
    })

    test('a subtitle is made by a job, and its event arrives', async () => {
      const { SubtitleId } = await client.SubmitSubtitleJob({ VideoUrl, Language: 'en' })
      assert.equal((await client.GetSubtitle({ SubtitleId })).Status, 'Processing')
      await control.clock.advance('20s')
      const { Status, Language, Content } = await client.GetSubtitle({ SubtitleId })
      assert.deepEqual([Status, Language, Content?.split('\n')[0]], ['Success', 'en', 'WEBVTT'])
      assert.deepEqual(received, [{ EventType: 'SubtitleComplete', EventTime: '2026-01-01T00:00:20Z', SubtitleId, Status: 'Success' }])
    })

    test('errors: those of the gateway, and its own', async () => {
      await assert.rejects(client.SubmitSubtitleJob({ VideoUrl: 'nowhere' }), { code: 'InvalidParameter', status: 400 })
      await assert.rejects(client.GetSubtitle({ SubtitleId: 'none' }), { code: 'InvalidSubtitle.NotFound', status: 404 })
      await control.ram
        .putUser({ name: 'bob', allow: ['subtitle:Get*'] })
        .then((bob) => assert.rejects(open(bob).subtitle.SubmitSubtitleJob({ VideoUrl }), { code: 'Forbidden', status: 403 }))
    })

    test('a setting, which is checked', async () => {
      await control.settings.change({ subtitle: { maxSubtitles: 0 } })
      await assert.rejects(client.SubmitSubtitleJob({ VideoUrl }), { code: 'QuotaExceeded.Subtitle' })
      assert.deepEqual((await control.settings.get()).subtitle, { maxSubtitles: 0, callbackUrl: CALLBACK })
      await assert.rejects(control.settings.change({ subtitle: { maxSubtitles: -1 } }), /settings|subtitle\.maxSubtitles/)
    })

    test('its limit, and the state of the service', async () => {
      await control.settings.change({ limits: { actions: { 'subtitle.GetSubtitle': { limit: 0, per: 'second' } } } })
      await assert.rejects(client.GetSubtitle({ SubtitleId: 'x' }), { code: 'Throttling.User' })
      await control.settings.change({ services: { subtitle: 'notOpened' } })
      await assert.rejects(client.SubmitSubtitleJob({ VideoUrl }), { code: 'Forbidden' })
    })

    test('a fault of an Action', async () => {
      await control.faults.add({ service: 'subtitle', action: 'Submit*', when: { Language: 'en' }, error: 'QuotaExceeded.Subtitle' })
      await assert.rejects(client.SubmitSubtitleJob({ VideoUrl, Language: 'en' }), { code: 'QuotaExceeded.Subtitle' })
      await client.SubmitSubtitleJob({ VideoUrl })
      await assert.rejects(control.faults.add({ action: 'GetSubtitel', error: 'InternalError' }), /did you mean "?GetSubtitle/)
    })

    test('a fault of its job', async () => {
      await control.faults.add({ action: 'SubmitSubtitleJob', when: { Language: 'zh' }, job: { fail: { code: 'InvalidVideo.NoSpeech' } } })
      const { SubtitleId } = await client.SubmitSubtitleJob({ VideoUrl })
      await control.clock.advance('20s')
      assert.equal((await client.GetSubtitle({ SubtitleId })).Status, 'Fail')
      assert.equal((await control.jobs())[0]?.error?.code, 'InvalidVideo.NoSpeech')
    })

    test('a fault of its callback', async () => {
      await control.faults.add({ when: { EventType: 'SubtitleComplete', Status: 'Success' }, callback: 'lose' })
      await client.SubmitSubtitleJob({ VideoUrl })
      await control.clock.advance('20s')
      assert.deepEqual(received, [])
      assert.equal((await control.events.list())[0]?.attempts.length, 1)
    })

    test('the call log, with its jobs and events', async () => {
      const { SubtitleId } = await client.SubmitSubtitleJob({ VideoUrl })
      await control.clock.advance('20s')
      const [entry] = await control.requests.find({ service: 'subtitle', action: 'SubmitSubtitleJob', params: { VideoUrl } })
      assert.deepEqual(entry?.jobs, [{ id: SubtitleId, kind: 'subtitle.SubmitSubtitleJob' }])
      assert.deepEqual(
        entry?.events?.map(({ type }) => type),
        ['SubtitleComplete'],
      )
      assert.equal((await control.requests.pact({ consumer: 'player' })).interactions.length, 1)
    })

    test('export and import', async () => {
      const { SubtitleId } = await client.SubmitSubtitleJob({ VideoUrl })
      const other = await control.createAccount()
      await createControl(other).state.import(await control.state.export())
      await createControl(other).clock.advance('20s')
      assert.equal((await open(other).subtitle.GetSubtitle({ SubtitleId })).Status, 'Success')
      assert.equal((await client.GetSubtitle({ SubtitleId })).Status, 'Processing')
    })

    test('a fork', async () => {
      const { SubtitleId } = await client.SubmitSubtitleJob({ VideoUrl })
      const copy = await control.fork()
      await createControl(copy).clock.advance('20s')
      assert.equal((await open(copy).subtitle.GetSubtitle({ SubtitleId })).Status, 'Success')
      assert.equal((await client.GetSubtitle({ SubtitleId })).Status, 'Processing')
    })
  })

test('the catalogue', async () => {
  const actions = (await createControl({ endpoint: emulator.url }).actions()).filter(({ service }) => service === 'subtitle')
  assert.deepEqual(
    actions.map(({ action, async: asynchronous }) => [action, asynchronous]),
    [
      ['GetSubtitle', false],
      ['SubmitSubtitleJob', true],
    ],
  )
})

test('the OpenAPI document', async () => {
  const { paths } = (await createControl({ endpoint: emulator.url }).openApi()) as {
    paths: Record<string, { post: { 'x-action': unknown; responses: Record<string, { description: string }> } }>
  }
  const path = paths['/subtitle/GetSubtitle']
  assert.deepEqual(path?.post['x-action'], {
    service: 'subtitle',
    action: 'GetSubtitle',
    version: '2024-05-01',
    host: 'subtitle.cn-shanghai.aliyuncs.com',
  })
  assert.match(path?.post.responses['404']?.description ?? '', /InvalidSubtitle\.NotFound/)
})

test('its host is answered through msw, in its region', async () => {
  const ask = (host: string) => fetch(`https://${host}/?Action=GetSubtitle&Version=2024-05-01`)
  assert.equal((await ask('subtitle-vpc.cn-shanghai.aliyuncs.com')).status, 400)
  assert.match(await (await ask('subtitle.cn-beijing.aliyuncs.com')).text(), /InvalidAction\.NotFound/)
})

test('contracts: a Pact file that the emulator keeps', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'subtitles-'))
  const cloud = createCloud({ products })
  try {
    const pact = pactsOf(cloud).get('subtitle')
    assert.ok(pact)
    const succeeding = pact.interactions.filter(({ response }) => response.status === 200)
    assert.deepEqual(
      succeeding.map(({ description }) => description.split(':')[0]),
      ['GetSubtitle', 'SubmitSubtitleJob'],
    )
    writeFileSync(join(folder, 'subtitle.json'), renderPact(pact))
    const report = await verifyPacts({ pacts: folder, cloud })
    assert.ok(report.ok, formatReport(report))
  } finally {
    cloud.dispose()
    rmSync(folder, { recursive: true })
  }
})
