/** Recording in process and over HTTP, and what a replay finds. */

import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { formatReport, RecordingError, type ReplayReport, record, replay } from '../../emulator/index.js'
import { createControl } from '../../src/client/control.js'
import type { ParamValue } from '../../src/http/flatten-params.js'
import { type Call, type Cloud, type CloudOptions, createCloud, type FaultInput, type Reply } from '../../src/index.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { sign } from '../../src/signing/sign.js'
import { decode, putFile, sample } from '../vod/support.js'
import { caller, folder, linesOf, recordingEmulator, recordingFile, writeLines } from './support.js'

/** Calls a cloud without any network. */
function within(cloud: Cloud, key = cloud.account().credentials) {
  return (action: string, params: { [name: string]: ParamValue } = {}): Promise<Reply> =>
    cloud.handle(sign('rpc', { host: 'vod.cn-shanghai.aliyuncs.com', version: '2017-03-21', action, params, key }))
}

const bodyOf = (reply: Reply) => JSON.parse(String(reply.body))

/** A cloud whose calls are recorded, until `end` is called. */
function recordedCloud(options: CloudOptions = {}) {
  const cloud = createCloud({ seed: 7, clock: 'manual', ...options })
  onTestFinished(() => cloud.dispose())
  const file = recordingFile()
  const recorder = record(cloud, file)
  return { cloud, file, call: within(cloud), end: () => recorder.close() }
}

const identical = (calls: number): Partial<ReplayReport> => ({ calls, compared: calls, difference: undefined, cut: false })

describe('a recording', () => {
  test('of answers that vary, and of bounds of its own, is replayed to the same bytes', async () => {
    const { file, call, end } = recordedCloud({ settings: { vary: { seed: 7, also: ['*'] } }, maxParameters: 30 })
    for (const _ of Array(20)) {
      await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
      await call('GetCategories', Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`P${index}`, 'x'])))
    }
    end()
    expect(await replay(file)).toMatchObject(identical(40))
  })

  test('is made in process, with the accounts that a test creates and the clocks that it moves', async () => {
    const { cloud, file, call, end } = recordedCloud({ settings: { vod: { maxMedia: 3 } } })
    const account = cloud.createAccount({ seed: 'mine', clock: { mode: 'manual', now: Date.parse('2030-01-01T00:00:00Z') } })
    const other = within(cloud, account.credentials)
    const ticket = bodyOf(await other('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' }))
    await putFile(cloud, ticket, sample('sample.mp4'))
    await account.clock.advance('1m')
    expect(bodyOf(await other('GetPlayInfo', { VideoId: ticket.VideoId })).VideoBase.Status).toBe('Normal')
    await call('GetPlayInfo', { VideoId: ticket.VideoId })
    cloud.disposeAccount(account)
    await other('GetPlayInfo', { VideoId: ticket.VideoId })
    end()
    await call('GetPlayInfo', { VideoId: 'after its end' })
    expect(await replay(file)).toMatchObject(identical(5))
  })

  test('has the worlds that its accounts begin with', async () => {
    const world = join(folder(), 'world.json')
    writeFileSync(world, readFileSync('fixtures/worlds/demo.json'))
    const { cloud, file, call, end } = recordedCloud({ world })
    const other = within(cloud, cloud.createAccount({ world }).credentials)
    expect([bodyOf(await call('SearchMedia', {})).Total, bodyOf(await other('SearchMedia', {})).Total]).toEqual([38, 38])
    end()
    rmSync(world)
    expect(await replay(file)).toMatchObject(identical(2))
  })

  test('has every line before the answer goes out, whatever becomes of the process', async () => {
    const { file, call } = recordedCloud()
    await call('GetPlayInfo', { VideoId: 'none' })
    expect(linesOf(file).map(({ type, format }) => type ?? format)).toEqual(['vod-viapi-emulator/recording', 'call', 'reply'])
  })

  test('begins before the first call', async () => {
    const cloud = createCloud()
    onTestFinished(() => cloud.dispose())
    await within(cloud)('GetPlayInfo')
    expect(() => record(cloud, recordingFile())).toThrow(RangeError)
  })

  test('has large bodies beside it', async () => {
    const { url, file, close, cloud } = await recordingEmulator({ clock: 'manual' })
    const call = caller(url, cloud.account().credentials)
    const { body: ticket } = await call('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
    const film = Buffer.alloc(300_000, 'film')
    expect((await putOverHttp(url, ticket, film)).status).toBe(200)
    await close()
    const [name = ''] = readdirSync(`${file}.bodies`)
    expect(readFileSync(join(`${file}.bodies`, name)).equals(film)).toBe(true)
    expect(await replay(file)).toMatchObject(identical(2))

    rmSync(join(`${file}.bodies`, name))
    await expect(replay(file)).rejects.toThrow(/bodies\/call-2 is not there/)
  })

  test('has control calls that answer that a check has failed', async () => {
    const { url, file, close } = await recordingEmulator()
    await expect(createControl({ endpoint: url }).requests.verify({ action: 'GetPlayInfo' })).rejects.toThrow('there was none')
    await close()
    expect(await replay(file)).toMatchObject(identical(0))
  })

  test('has control calls where they took effect', async () => {
    const { url, file, close, cloud } = await recordingEmulator({ clock: 'manual' })
    const call = caller(url, cloud.account().credentials)
    const control = createControl({ endpoint: url })
    const ask = () => call('vod.GetPlayInfo', { VideoId: 'none' })
    await Promise.all([ask(), ask(), control.settings.change({ services: { vod: 'suspended' } }), ask(), control.reset(), ask()])
    const user = await control.ram.putUser({ name: 'guest', allow: [] })
    await caller(url, user)('vod.GetPlayInfo', { VideoId: 'none' })
    await expect(control.clock.advanceTo('2020-01-01T00:00:00Z')).rejects.toThrow()
    await close()
    expect(await replay(file)).toMatchObject(identical(5))
  })
})

/** Uploads as a client does that sends a body with its length. */
function putOverHttp(url: string, ticket: { UploadAddress: string; UploadAuth: string }, body: Uint8Array): Promise<Response> {
  const { Bucket: bucket = '', FileName: key = '' } = decode(ticket.UploadAddress)
  const { AccessKeyId, AccessKeySecret = '', SecurityToken = '' } = decode(ticket.UploadAuth)
  const date = new Date().toUTCString()
  const headers = { 'x-oss-date': date, 'x-oss-security-token': SecurityToken }
  const text = v1StringToSign({ method: 'PUT', headers, date, bucket, key, query: [] })
  const authorization = `OSS ${AccessKeyId}:${v1Signature(AccessKeySecret, text)}`
  return fetch(`${url}/${bucket}/${key}`, { method: 'PUT', headers: { ...headers, authorization }, body })
}

describe('faults are replayed without being suffered', () => {
  test('a regular expression with flags finds what it found', async () => {
    const { file, call } = recordedCloud({ faults: [{ action: 'GetPlayInfo', when: { VideoId: /^NONE$/i }, error: 'Throttling.User' }] })
    expect(bodyOf(await call('GetPlayInfo', { VideoId: 'none' })).Code).toBe('Throttling.User')
    expect(await replay(file)).toMatchObject(identical(1))
  })

  test.each<[string, FaultInput]>([
    ['an answer that never comes', { action: 'GetPlayInfo', hang: true }],
    ['an answer that comes in an hour', { action: 'GetPlayInfo', latency: '1h' }],
    ['a connection that breaks', { action: 'GetPlayInfo', reset: true }],
    ['an answer that breaks off', { action: 'GetPlayInfo', reset: 'midBody' }],
  ])('%s', async (_name, fault) => {
    const { cloud, file, call } = recordedCloud({ faults: [fault] })
    await Promise.all([call('GetPlayInfo', { VideoId: 'none' }), call('GetUploadDetails', { MediaIds: 'none' })])
    expect(linesOf(file).find(({ type, call: number }) => type === 'reply' && number === 1).rest).not.toEqual({})
    expect(cloud.account().faults.list()).toMatchObject([{ applied: 1 }])
    expect(await replay(file)).toMatchObject(identical(2))
  })
})

describe('an upload', () => {
  test('that says nothing of its length was handed over as a whole', async () => {
    const { cloud, file, call } = recordedCloud()
    const ticket = bodyOf(await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' }))
    const { handle } = cloud
    const whole = {
      handle({ headers: { 'content-length': _, ...headers }, ...sent }: Call) {
        return handle({ ...sent, headers })
      },
    }
    expect((await putFile(whole, ticket, Buffer.alloc(20))).status).toBe(200)
    expect(await replay(file)).toMatchObject(identical(2))
  })

  test('that breaks off breaks off in the replay, too, while others go on', async () => {
    const { cloud, file, call } = recordedCloud()
    const ticket = bodyOf(await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' }))
    let breakOff = () => {}
    const broken = new Promise<void>((_resolve, reject) => {
      breakOff = () => reject(new Error('the client has gone'))
    })
    async function* half() {
      yield Buffer.from('half of it')
      await broken
    }
    const streaming = { handle: (sent: Call) => cloud.handle({ ...sent, body: new Uint8Array(), stream: half() }) }
    const upload = putFile(streaming, ticket, Buffer.alloc(20))
    await call('GetUploadDetails', { MediaIds: ticket.VideoId })
    await cloud.account().clock.advance('1h')
    breakOff()
    expect((await upload).status).toBe(400)
    expect(linesOf(file).map(({ type, call: number }) => [type, number].join(' ').trim())).toEqual([
      '',
      'call 1',
      'reply 1',
      'call 2',
      'call 3',
      'reply 3',
      'body 2',
      'reply 2',
    ])
    expect(await replay(file)).toMatchObject(identical(3))
  })
})

describe('a replay reports', () => {
  /** A recording of three calls, and the lines of it. */
  async function three() {
    const { file, call, end } = recordedCloud()
    await call('GetPlayInfo', { VideoId: 'first' })
    await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
    await call('GetPlayInfo', { VideoId: 'third' })
    end()
    const lines = linesOf(file)
    const replies = lines.filter(({ type }) => type === 'reply')
    return { file, lines, second: replies[1], report: () => writeLines(file, lines) ?? replay(file) }
  }

  test('a status', async () => {
    const { second, report } = await three()
    second.status = 201
    const { difference } = await report()
    expect(difference).toEqual({
      what: 'call 2, vod.CreateUploadVideo',
      at: Date.parse('2026-01-01T00:00:00Z'),
      where: 'the status',
      expected: '201',
      actual: '200',
    })
  })

  test('a header', async () => {
    const { second, report } = await three()
    second.headers['x-more'] = 'yes'
    expect((await report()).difference).toMatchObject({ where: 'the header x-more', expected: 'yes', actual: 'not there' })
  })

  test('a byte of the body, with the name of the field', async () => {
    const { second, report } = await three()
    const { text } = second.body
    const at = text.indexOf('"VideoId":"') + 15
    second.body.text = `${text.slice(0, at)}!${text.slice(at + 1)}`
    const made = await report()
    expect(made.difference).toMatchObject({ what: 'call 2, vod.CreateUploadVideo', where: `the body at byte ${at} ($.VideoId)` })
    expect(made.difference?.expected).toContain('!')
    expect(formatReport(made).split('\n')).toEqual([
      `call 2, vod.CreateUploadVideo at 2026-01-01T00:00:00.000Z: the body at byte ${at} ($.VideoId) differs`,
      expect.stringMatching(/^ {2}recorded …/),
      expect.stringMatching(/^ {2}replayed …/),
    ])
  })

  test('a control call with another outcome', async () => {
    const { file, lines } = await three()
    const { account, at, receivedAt } = lines[1]
    const control = {
      type: 'control',
      control: 1,
      account,
      at,
      receivedAt,
      method: 'PUT',
      url: '/_emulator/settings',
      body: { text: '{"no":1}' },
    }
    writeLines(file, [lines[0], control, { type: 'controlled', control: 1, ok: true }, ...lines.slice(1)])
    expect((await replay(file)).difference).toMatchObject({
      what: 'control call 1, PUT /_emulator/settings',
      expected: 'accepted',
      actual: 'refused',
    })
  })

  test('that the last line ends in the middle, and replays the rest', async () => {
    const { file } = await three()
    truncateSync(file, readFileSync(file).byteLength - 20)
    const report = await replay(file)
    expect(report).toEqual({ calls: 3, compared: 2, difference: undefined, cut: true, recordedWith: undefined })
    expect(formatReport(report)).toBe('3 calls, 2 of them with a recorded reply, identical')
  })

  test('that another version has recorded it', async () => {
    const { lines, report } = await three()
    lines[0].package = '0.0.1'
    expect(await report()).toMatchObject({ recordedWith: '0.0.1', difference: undefined })
  })

  test('every call that it makes', async () => {
    const { file } = await three()
    const names: string[] = []
    await replay(file, { onReply: ({ call, name, reply }) => names.push(`${call} ${name} ${reply.status}`) })
    expect(names).toEqual(['1 vod.GetPlayInfo 404', '2 vod.CreateUploadVideo 200', '3 vod.GetPlayInfo 404'])
  })
})

describe('a file that cannot be replayed', () => {
  const header = { format: 'vod-viapi-emulator/recording', version: 1, package: '0.1.0', startedAt: 0, cloud: {}, scenario: [] }

  test.each<[string, string, RegExp]>([
    ['that is empty', '', /it is no recording: it is empty/],
    ['of something else', '{"log":{"version":"1.2"}}\n', /it is no recording: its first line does not say "format"/],
    ['that is not JSON', 'GET / HTTP/1.1\n', /it is no recording/],
    ['of another version', JSON.stringify({ ...header, version: 2 }), /a recording of version 2, and this emulator reads version 1/],
    ['with a line of no known type', `${JSON.stringify(header)}\n{"type":"wish"}\n`, /line 2: /],
    ['with half a line in the middle', `${JSON.stringify(header)}\n{"type":"di\n{"type":"dispose","account":"x"}\n`, /line 2 is not JSON/],
    [
      'with options that cannot be',
      JSON.stringify({ ...header, cloud: { settings: { strictInputs: 3 } } }),
      /the recorded options cannot be: strictInputs/,
    ],
  ])('%s', async (_name, content, says) => {
    const file = join(folder(), 'recording')
    writeFileSync(file, content)
    const failure = await replay(file).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(RecordingError)
    expect((failure as Error).message).toMatch(says)
  })

  test('that is not there', async () => {
    await expect(replay('/nowhere/recording')).rejects.toThrow(/nowhere/)
  })
})
