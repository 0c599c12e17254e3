/** Scenarios of the user's own: what their files can have, and what is said of those that are wrong. */

import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { testCloud } from '../support/cloud.js'
import { placeholder, scenarioWorld } from './support.js'

const FILM = 'http://films.oss-cn-shanghai.aliyuncs.com/film.mp4'
const create = (Title: unknown = 'film') => ({ service: 'vod', action: 'CreateUploadVideo', params: { Title, FileName: 'film.mp4' } })
const down = { service: 'videoseg', error: 'ServiceUnavailable' }

describe('the list', () => {
  it('has the built-in ones and the own ones, and says which take the place of others', () => {
    const { account, folder } = scenarioWorld({ 'brown-out': { parameters: { every: 2 } }, mine: {} })
    const rows = account.scenarios.list()
    expect(rows.map(({ name }) => name)).toEqual(rows.map(({ name }) => name).toSorted())
    expect(rows.filter(({ source }) => source === 'own')).toEqual([
      {
        name: 'brown-out',
        description: 'is brown-out',
        parameters: { every: 2 },
        source: 'own',
        file: `${folder}/brown-out.json`,
        replacesBuiltIn: true,
        inForce: false,
      },
      {
        name: 'mine',
        description: 'is mine',
        parameters: {},
        source: 'own',
        file: `${folder}/mine.json`,
        replacesBuiltIn: false,
        inForce: false,
      },
    ])
    expect(rows.filter(({ source }) => source === 'built-in').length).toBeGreaterThan(8)
  })

  it('shows what is wrong with a file, and all others', () => {
    const { account, folder } = scenarioWorld({ broken: '{', mine: {} })
    const { name, problem } = account.scenarios.list().find((row) => row.problem !== undefined) ?? {}
    expect(name).toBe('broken')
    expect(problem).toContain(`${folder}/broken.json: is not JSON`)
  })

  it('says which are in force', async () => {
    const { account, apply } = scenarioWorld({ mine: { faults: [down] } })
    await apply('mine')
    expect(account.scenarios.list().flatMap(({ name, inForce }) => (inForce ? [name] : []))).toEqual(['mine'])
  })
})

describe('a file', () => {
  it('is read anew whenever the scenario is applied', async () => {
    const { write, apply, end, call } = scenarioWorld({ mine: { faults: [down] } })
    await apply('mine')
    await end('mine')
    write('mine', { faults: [{ ...down, error: 'InternalError' }] })
    await apply('mine')
    expect((await call('videoseg.SegmentVideoBody')).body.Code).toBe('InternalError')
  })

  it('can be looked at as it is', () => {
    const { account } = scenarioWorld({ mine: { parameters: { n: 1 }, faults: [{ ...down, every: placeholder('n') }] } })
    expect(account.scenarios.get('mine')).toEqual({
      description: 'is mine',
      parameters: { n: 1 },
      faults: [{ ...down, every: placeholder('n') }],
    })
  })

  it('takes the place of a built-in one', async () => {
    const { apply, call } = scenarioWorld({ 'no-balance': { faults: [down] } })
    await apply('no-balance')
    expect((await call('videoseg.SegmentVideoBody')).body.Code).toBe('ServiceUnavailable')
  })

  it('that is gone, folder and all, is refused, and the cloud goes on', async () => {
    const { folder, apply, call } = scenarioWorld({ mine: {} })
    rmSync(folder, { recursive: true })
    await expect(apply('brown-out')).rejects.toThrow(`the folder of scenarios ${folder} cannot be read`)
    expect((await call('videoseg.SegmentVideoBody')).status).toBe(400)
  })
})

it('a folder that cannot be read is refused when the cloud is created', () => {
  expect(() => testCloud({ scenarios: '/nowhere/at/all' })).toThrow(/\/nowhere\/at\/all cannot be read/)
})

describe('parameters', () => {
  const parameters = { times: 2, code: 'ServiceUnavailable', user: 'alice' }
  const mine = {
    parameters,
    faults: [{ service: 'videoseg', times: placeholder('times'), error: placeholder('code') }],
    world: { users: { [placeholder('user')]: { allow: ['*'] } } },
  }
  const codes = async ({ call }: ReturnType<typeof scenarioWorld>) => {
    const all: unknown[] = []
    for (let index = 0; index < 3; index++) all.push((await call('videoseg.SegmentVideoBody')).body.Code)
    return all
  }

  it('have the values of the file', async () => {
    const world = scenarioWorld({ mine })
    await world.apply('mine')
    expect(await codes(world)).toEqual(['ServiceUnavailable', 'ServiceUnavailable', 'MissingParameter'])
    expect(world.account.ram.keyOf('alice')).toBeDefined()
  })

  it('have those that the one who applies it gives', async () => {
    const world = scenarioWorld({ mine })
    await world.apply('mine', { times: 1, code: 'InternalError', user: 'bob' })
    expect(await codes(world)).toEqual(['InternalError', 'MissingParameter', 'MissingParameter'])
    expect(world.account.ram.keyOf('alice')).toBeUndefined()
  })

  it.each([
    ['that there are not', { tmies: 1 }, /mine\.json: there is no parameter tmies; did you mean "times"\?$/],
    ['of a value that cannot be there', { times: 0 }, /mine\.json: faults\.0\.times: /],
    ['that are lists', { times: [1] as never }, /mine\.json: times: is a text, a number, true or false$/],
  ])('%s are refused', async (_what, given, says) => {
    const { apply } = scenarioWorld({ mine })
    await expect(apply('mine', given)).rejects.toThrow(says)
  })
})

describe('the world', () => {
  it('is there for the calls that come after it', async () => {
    const { apply, call, account } = scenarioWorld({
      mine: {
        world: {
          assets: [{ url: FILM, defect: 'cannot be downloaded' }],
          users: { reader: { allow: ['vod:Get*'] } },
          roles: { worker: { allow: ['*'] } },
          calls: [create(), { service: 'vod', action: 'RefreshUploadVideo', params: { VideoId: placeholder('calls.0.VideoId') } }],
        },
      },
    })
    const { calls } = await apply('mine')
    expect(calls[1]?.VideoId).toBe(calls[0]?.VideoId)
    const { body } = await call('videoseg.SegmentVideoBody', { VideoUrl: FILM })
    await account.clock.advance('1m')
    expect((await call('videoseg.GetAsyncJobResult', { JobId: body.RequestId })).body.Data.ErrorCode).toBe('InvalidFile.Download')
    const reader = account.ram.keyOf('reader')
    expect(
      (await call('vod.CreateUploadVideo', { Format: 'JSON', Title: 'x', FileName: 'x.mp4' }, { key: reader as never })).body.Code,
    ).toBe('Forbidden')
    expect(account.ram.assumeRole('worker')).toBeDefined()
  })

  it('is made before faults and settings are in force, and its calls are not in the log', async () => {
    const { apply, account } = scenarioWorld({
      mine: {
        settings: { services: { vod: 'suspended' } },
        faults: [{ service: 'vod', error: 'ServiceUnavailable' }],
        world: { calls: [create()] },
      },
    })
    const { calls } = await apply('mine')
    expect(calls[0]).toMatchObject({ RequestId: expect.any(String), VideoId: expect.any(String) })
    expect(account.log.all()).toEqual([])
  })

  it('tells faults whom they are for', async () => {
    const { apply, call } = scenarioWorld({
      mine: {
        world: { calls: [create()] },
        faults: [{ service: 'vod', action: 'GetVideoPlayAuth', when: { VideoId: placeholder('calls.0.VideoId') }, error: 'InternalError' }],
      },
    })
    const { calls } = await apply('mine')
    const code = async (VideoId: unknown) => (await call('vod.GetVideoPlayAuth', { Format: 'JSON', VideoId: VideoId as string })).body.Code
    expect([await code(calls[0]?.VideoId), await code('another')]).toEqual(['InternalError', 'InvalidVideo.NotFound'])
  })
})

describe('the clock', () => {
  const at = (now: string) => ({ mode: 'manual', now, speed: 1, fired: [] })

  it('moves by a length of time', async () => {
    const { apply } = scenarioWorld({ mine: { clock: { advance: '90m' } } })
    expect((await apply('mine')).clock).toEqual(at('2026-01-01T01:30:00.000Z'))
    expect((await apply('mine')).clock).toEqual(at('2026-01-01T03:00:00.000Z'))
  })

  it('moves to a time, and takes a mode and a speed', async () => {
    const { apply, account } = scenarioWorld({ mine: { clock: { now: '2026-02-01T00:00:00Z', mode: 'system', speed: 60 } } })
    expect((await apply('mine')).clock).toMatchObject({ mode: 'system', speed: 60 })
    expect(account.clock.now()).toBeGreaterThanOrEqual(Date.parse('2026-02-01T00:00:00Z'))
  })

  it('says what fell due on the way, deliveries included', async () => {
    const { apply, call } = scenarioWorld({ mine: { clock: { advance: '1m' } } })
    await call('videoseg.SegmentVideoBody', { VideoUrl: FILM })
    const { clock } = await apply('mine')
    expect(clock.fired.map(({ what }) => what)).toEqual([expect.stringMatching(/QUEUING → PROCESSING/), expect.stringMatching(/→ end/)])
  })

  it('is where times of faults count from', async () => {
    const { apply, call, account } = scenarioWorld({
      mine: { clock: { advance: '1h' }, faults: [{ ...down, between: { from: '+1m', until: '+2m' } }] },
    })
    await apply('mine')
    const codes: unknown[] = []
    for (const by of ['0s', '59s', '1s', '59s', '1s']) {
      await account.clock.advance(by)
      codes.push((await call('videoseg.SegmentVideoBody')).body.Code)
    }
    expect(codes).toEqual(['MissingParameter', 'MissingParameter', 'ServiceUnavailable', 'ServiceUnavailable', 'MissingParameter'])
  })
})

describe('refused, with the file and the place, and nothing has changed', () => {
  const unless = {
    settings: { strictInputs: true },
    faults: [down],
    world: { users: { alice: {} }, calls: [create()] },
    clock: { advance: 1 },
  }

  it.each<[what: string, file: object | string, says: RegExp]>([
    ['a file that is not JSON', '{', /bad\.json: is not JSON: /],
    ['a file that is a list', '[]', /bad\.json: .*object/],
    ['a file without a description', '{}', /bad\.json: description: /],
    ['a field that there is not', { ...unless, fault: [] }, /bad\.json: .*"fault"/],
    ['a field of the world that there is not', { ...unless, world: { user: {} } }, /bad\.json: world: .*"user"/],
    ['a field of a fault that there is not', { ...unless, faults: [{ ...down, evrey: 2 }] }, /bad\.json: faults\.0: .*"evrey"/],
    ['a setting that there is not', { ...unless, settings: { strict: true } }, /bad\.json: settings: .*"strict"/],
    [
      'a placeholder without a parameter',
      { ...unless, parameters: { times: 1 }, faults: [{ ...down, times: placeholder('tims') }] },
      /bad\.json: \$\{tims\}: there is no parameter tims; did you mean "times"\?/,
    ],
    [
      'a fault of an Action that does not exist',
      { ...unless, faults: [down, { action: 'SegmentVideoBodi', hang: true }] },
      /bad\.json: faults\.1\.action: .*did you mean "SegmentVideoBody"/,
    ],
    [
      'a fault with a code that is not documented',
      { ...unless, faults: [{ ...down, error: 'ServiceUnavailabel' }] },
      /bad\.json: faults\.0\.error: .*did you mean "ServiceUnavailable"/,
    ],
    [
      'a fault whose time is over',
      { ...unless, faults: [{ ...down, between: { until: '2020-01-01T00:00:00Z' } }] },
      /bad\.json: faults\.0\.between: /,
    ],
    ['a time that is none', { ...unless, faults: [{ ...down, between: { until: '+soon' } }] }, /bad\.json: faults\.0\.between\.until: /],
    [
      'a setting of a service that does not exist',
      { ...unless, settings: { services: { vdo: 'suspended' } } },
      /bad\.json: services\.vdo: /,
    ],
    [
      'a setting of an Action that does not exist',
      { ...unless, settings: { limits: { actions: { 'vod.GetPlay': null } } } },
      /bad\.json: vod\.GetPlay: .*did you mean "vod\.GetPlayInfo"/,
    ],
    ['a time that has passed', { ...unless, clock: { now: '2025-12-31T00:00:00Z' } }, /bad\.json: clock\.now: .*2026-01-01T00:00:00\.000Z/],
    ['a time beyond the end', { ...unless, clock: { advance: 8_000 * 365 * 86_400_000 } }, /bad\.json: clock: /],
    ['two moves of the clock', { ...unless, clock: { now: '2027-01-01T00:00:00Z', advance: 1 } }, /bad\.json: clock: has now or advance/],
    [
      'a call of an Action that does not exist',
      { ...unless, world: { calls: [{ service: 'vod', action: 'CreateUploadVido' }] } },
      /bad\.json: world\.calls\.0: .*did you mean "vod\.CreateUploadVideo"/,
    ],
    [
      'a parameter of a call that there is not',
      { ...unless, world: { calls: [{ ...create(), params: { Titel: 'x' } }] } },
      /bad\.json: world\.calls\.0\.params: .*did you mean "Title"/,
    ],
    [
      'a call that is refused',
      { ...unless, world: { ...unless.world, calls: [create(), create(''.padEnd(200, 'x'))] } },
      /bad\.json: world\.calls\.1 \(vod\.CreateUploadVideo\): \w+.*Title/,
    ],
    [
      'a call that refers to what was not answered',
      { ...unless, world: { ...unless.world, calls: [create(), create(placeholder('calls.0.VideoIdd'))] } },
      /bad\.json: world\.calls\.1 .*\$\{calls\.0\.VideoIdd\}: nothing of this name was answered/,
    ],
    [
      'a fault that refers to what was not answered',
      { ...unless, faults: [{ service: 'vod', action: 'GetPlayInfo', when: { VideoId: placeholder('calls.5.VideoId') }, hang: true }] },
      /bad\.json: \$\{calls\.5\.VideoId\}: /,
    ],
  ])('%s', async (_what, file, says) => {
    const { apply, call, everything } = scenarioWorld({ bad: file })
    await call('videoseg.SegmentVideoBody', { VideoUrl: FILM })
    const before = await everything()
    await expect(apply('bad')).rejects.toThrow(says)
    await expect(apply('bad')).rejects.toThrow(RangeError)
    expect(await everything()).toEqual(before)
  })

  it('a name that there is not', async () => {
    const { apply, account } = scenarioWorld({})
    await expect(apply('brownout')).rejects.toThrow('there is no scenario "brownout"; did you mean "brown-out"?')
    await expect(apply('../../package')).rejects.toThrow('there is no scenario "../../package"')
    expect(() => account.scenarios.get('brownout')).toThrow('did you mean "brown-out"?')
  })

  it('one that is in force', async () => {
    const { apply, everything } = scenarioWorld({})
    await apply('brown-out')
    const before = await everything()
    await expect(apply('brown-out', { every: 2 })).rejects.toThrow('the scenario "brown-out" is in force already; end it first')
    expect(await everything()).toEqual(before)
  })
})
