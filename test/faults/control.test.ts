/** Faults over the control API, from the start of an account and from the configuration file; limits at run time. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { OptionError, readOptions } from '../../emulator/options.js'
import { createControl } from '../../src/client/index.js'
import { createCloud, type FaultInput } from '../../src/index.js'
import { VIDEO_URL } from '../support/cloud.js'
import { popCore, testEmulator } from '../support/sdk.js'

let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeAll(async () => {
  emulator = await testEmulator()
})
afterAll(() => emulator.close())

/** A fresh account: control calls that choose it, the typed client for it, and calls by pop-core. */
async function fresh(options: object = {}) {
  const { body: key } = await emulator.control('POST', '/accounts', options)
  const path = (route: string): string => `${route}?accessKeyId=${key.accessKeyId}`
  const ask = (method: string, route: string, body?: unknown) => emulator.control(method, path(route), body)
  const segment = popCore({ url: emulator.url, key, version: '2020-03-20' }, 'POST')
  const vod = popCore({ url: emulator.url, key, version: '2017-03-21' }, 'POST')
  /** The code of a call to an Action of VOD. */
  const code = (action: string): Promise<string> =>
    vod(action, { VideoId: '0'.repeat(32) }).then(
      () => 'ok',
      (error) => error.code,
    )
  return {
    ask,
    code,
    segment: () => segment('SegmentVideoBody', { VideoUrl: VIDEO_URL }),
    control: createControl({ endpoint: emulator.url, ...key }),
  }
}

const BUSY = { service: 'videoseg', action: 'SegmentVideoBody', error: 'Throttling.User', times: 1 } as const

describe('/_emulator/faults', () => {
  it('POST sets one and answers 201 with it and its id', async () => {
    const { ask, segment } = await fresh()
    expect(await ask('POST', '/faults', BUSY)).toEqual({ status: 201, body: { id: 'fault-1', ...BUSY, matched: 0, applied: 0 } })
    await expect(segment()).rejects.toMatchObject({ code: 'Throttling.User' })
    expect((await ask('GET', '/faults')).body).toEqual([{ id: 'fault-1', ...BUSY, matched: 1, applied: 1 }])
    await segment()
  })

  it('POST sets several, or none', async () => {
    const { ask } = await fresh()
    const { status, body } = await ask('POST', '/faults', [BUSY, { latency: '2s' }])
    expect([status, body.map(({ id }: { id: string }) => id)]).toEqual([201, ['fault-1', 'fault-2']])
    expect((await ask('POST', '/faults', [BUSY, { action: 'Nope', hang: true }])).status).toBe(400)
    expect((await ask('GET', '/faults')).body).toHaveLength(2)
  })

  it('DELETE takes one back, or all', async () => {
    const { ask, segment } = await fresh()
    await ask('POST', '/faults', [BUSY, BUSY, BUSY])
    const left = await ask('DELETE', '/faults/fault-2')
    expect([left.status, left.body.map(({ id }: { id: string }) => id)]).toEqual([200, ['fault-1', 'fault-3']])
    expect(await ask('DELETE', '/faults')).toEqual({ status: 200, body: [] })
    await segment()
  })

  it.each<[method: string, route: string, body: unknown, error: string]>([
    ['POST', '/faults', undefined, 'has exactly one of error, latency'],
    [
      'POST',
      '/faults',
      { ...BUSY, action: 'SegmentVideoBodi' },
      'there is no Action SegmentVideoBodi of videoseg; did you mean "SegmentVideoBody"?',
    ],
    ['POST', '/faults', { ...BUSY, tims: 1 }, 'there is no field "tims"; did you mean "times"?'],
    ['POST', '/faults', [BUSY, { ...BUSY, times: 0 }], '1.times: '],
    ['DELETE', '/faults/fault-9', undefined, 'there is no fault "fault-9"'],
    ['POST', '/accounts', { faults: [{ error: 'Nope' }] }, 'no Action that this fault is for documents Nope'],
    ['POST', '/accounts', { faults: [{}] }, 'faults.0: has exactly one of'],
  ])('%s %s with %j is refused', async (method, route, body, error) => {
    const { ask } = await fresh()
    const answer = await ask(method, route, body)
    expect(answer.status).toBe(400)
    expect(answer.body.error).toContain(error)
    expect((await ask('GET', '/faults')).body).toEqual([])
  })

  it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded'])(
    'a body of the type %s is refused with what it should be',
    async (type) => {
      const headers = type === undefined ? undefined : { 'content-type': type }
      const body = new TextEncoder().encode(JSON.stringify(BUSY))
      const response = await fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', body, ...(headers && { headers }) })
      expect(response.status).toBe(400)
      expect(await response.json()).toEqual({ error: 'a body is JSON, with the header content-type: application/json' })
    },
  )

  it('the typed client does the same', async () => {
    const { control, segment } = await fresh()
    const { id } = await control.faults.add({ when: { VideoUrl: /mp4$/ }, error: 'Throttling.User', times: 1 })
    await expect(segment()).rejects.toMatchObject({ code: 'Throttling.User' })
    expect(await control.requests.find({ fault: id })).toHaveLength(1)
    const [second] = await control.faults.addAll([{ latency: 1 }, { hang: true }])
    await control.faults.remove(second?.id ?? '')
    expect((await control.faults.list()).map((fault) => fault.id)).toEqual(['fault-1', 'fault-3'])
    await expect(control.faults.remove('fault-9')).rejects.toMatchObject({ code: 'Control.Refused' })
    expect(await control.faults.clear()).toEqual([])
  })
})

describe('from the start', () => {
  it('an account has its faults, and has them again after a reset', async () => {
    const { ask, control, segment } = await fresh({ faults: [BUSY] })
    for (let round = 0; round < 2; round++) {
      await expect(segment()).rejects.toMatchObject({ code: 'Throttling.User' })
      await segment()
      await ask('POST', '/reset')
    }
    await control.faults.clear()
    await segment()
  })

  it('a time that has passed by the time of a reset is no reason not to reset', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2030-01-01T00:00:00Z') })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const account = createCloud({ faults: [{ between: { until: '2030-01-02T00:00:00Z' }, hang: true }] }).account()
    vi.setSystemTime('2030-01-03T00:00:00Z')
    await account.reset()
    expect(account.faults.list()).toHaveLength(1)
  })

  it('all accounts of a cloud have those of the cloud, unless they are given others', () => {
    const cloud = createCloud({ faults: [BUSY] })
    const faults = [cloud.account(), cloud.createAccount(), cloud.createAccount({ faults: [] })].map(({ faults }) => faults.list().length)
    expect(faults).toEqual([1, 1, 0])
  })

  it('what can never happen is refused, and no account is left behind', () => {
    expect(() => createCloud({ faults: [{ action: 'Nope', hang: true }] })).toThrow(RangeError)
    const cloud = createCloud()
    const { accessKeyId } = createCloud().createAccount().credentials
    expect(() => cloud.createAccount({ faults: [{ action: 'Nope', hang: true }] })).toThrow('there is no Action Nope')
    expect(() => cloud.account(accessKeyId)).toThrow(RangeError)
  })

  const configured = (faults: unknown, field = 'faults') => {
    const folder = mkdtempSync(join(tmpdir(), 'faults-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'config.json')
    writeFileSync(file, JSON.stringify({ [field]: faults }))
    return () => readOptions(['--config', file])
  }

  it('the configuration file has them', () => {
    const faults: FaultInput[] = [BUSY, { when: { VideoUrl: { matches: 'mp4$' } }, latency: '2s' }]
    const options = configured(faults)()
    expect(
      createCloud({ faults: options.faults ?? [] })
        .account()
        .faults.list(),
    ).toMatchObject(faults)
  })

  it('a configuration file with a fault that cannot be is refused', () => {
    expect(configured([{ hang: 'yes' }])).toThrow(OptionError)
    expect(configured([{ hang: true, tims: 1 }])).toThrow('faults.0: there is no field "tims"; did you mean "times"?')
    expect(configured([], 'fautls')).toThrow('there is no field "fautls"; did you mean "faults"?')
  })
})

describe('limits at run time, with pop-core', () => {
  const NOT_FOUND = 'InvalidVideo.NotFound'

  it('GetPlayInfo 2 per second now', async () => {
    const { code, control } = await fresh()
    await control.settings.change({ limits: { actions: { 'vod.GetPlayInfo': { limit: 2, per: 'second' } } } })
    expect([await code('GetPlayInfo'), await code('GetPlayInfo'), await code('GetPlayInfo')]).toEqual([
      NOT_FOUND,
      NOT_FOUND,
      'Throttling.User',
    ])
    await control.clock.advance('1s')
    expect(await code('GetPlayInfo')).toBe(NOT_FOUND)
    await control.settings.change({ limits: { actions: { 'vod.GetPlayInfo': 'documented' } } })
    for (let call = 0; call < 10; call++) expect(await code('GetPlayInfo')).toBe(NOT_FOUND)
  })

  it('no limits at all', async () => {
    const { code, control } = await fresh({ settings: { limits: { actions: { '*': { limit: 1, per: 'minute' } } } } })
    expect([await code('GetPlayInfo'), await code('GetPlayInfo')]).toEqual([NOT_FOUND, 'Throttling.User'])
    await control.settings.change({ limits: { enabled: false } })
    for (let call = 0; call < 10; call++) expect(await code('GetPlayInfo')).toBe(NOT_FOUND)
  })

  it('throttle the next 3', async () => {
    const { code, control } = await fresh()
    await control.faults.add({ action: 'GetPlayInfo', error: 'Throttling.User', times: 3 })
    const codes: string[] = []
    for (let call = 0; call < 4; call++) codes.push(await code('GetPlayInfo'))
    expect(codes).toEqual(['Throttling.User', 'Throttling.User', 'Throttling.User', NOT_FOUND])
  })
})
