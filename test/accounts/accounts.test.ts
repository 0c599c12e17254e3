/** Accounts: what is apart, what comes in which order, and what is the same every time. */

import { describe, expect, test } from 'vitest'
import { type Account, type Cloud, type CloudOptions, createCloud } from '../../src/index.js'
import type { JobKind } from '../../src/jobs/kind.js'
import { sign } from '../../src/signing/sign.js'
import { type CallOptions, download, NO_JOB, testCloud, VIDEO_URL } from '../support/cloud.js'
import { echoAction, product } from '../support/echo.js'

const SUBMIT = 'videoseg.SegmentVideoBody'
const POLL = 'videoseg.GetAsyncJobResult'

/** Two accounts of one cloud. */
function neighbours(options: CloudOptions = {}) {
  const world = testCloud(options)
  const [here, there] = [world.cloud.createAccount(), world.cloud.createAccount()]
  const poll = async (JobId: string, callOptions: CallOptions) => (await world.call(POLL, { JobId }, callOptions)).body
  return { ...world, here, there, poll }
}

describe('two accounts', () => {
  test('have ids, keys and secrets of their own', () => {
    const { here, there } = neighbours()
    expect(here.accountId).toMatch(/^\d{16}$/)
    for (const field of ['accessKeyId', 'accessKeySecret'] as const) expect(here.credentials[field]).not.toBe(there.credentials[field])
    expect(here.accountId).not.toBe(there.accountId)
  })

  test("do not see each other's jobs, not even by their ids", async () => {
    const { call, here, there, poll } = neighbours()
    const { RequestId } = (await call(SUBMIT, { VideoUrl: VIDEO_URL }, { account: here })).body
    expect((await poll(RequestId, { account: here })).Data.Status).toBe('QUEUING')
    const [theirs, nobodys] = [await poll(RequestId, { account: there }), await poll(NO_JOB, { account: there })]
    expect([theirs.Code, theirs.Message]).toEqual([nobodys.Code, nobodys.Message])
  })

  test("do not reach each other's results by replacing the key in the URL", async () => {
    const { call, cloud, here, there, poll } = neighbours()
    const finish = async (account: Account): Promise<URL> => {
      const { RequestId } = (await call(SUBMIT, { VideoUrl: VIDEO_URL }, { account })).body
      await account.clock.advance(5000)
      return new URL(JSON.parse((await poll(RequestId, { account })).Data.Result).VideoUrl)
    }
    const [mine, theirs] = [await finish(here), await finish(there)]
    expect((await download(cloud, mine.href)).status).toBe(200)
    const mixed = new URL(mine)
    mixed.pathname = theirs.pathname
    expect((await download(cloud, mixed.href)).status).toBe(403)
    mixed.searchParams.set('OSSAccessKeyId', theirs.searchParams.get('OSSAccessKeyId') ?? '')
    expect((await download(cloud, mixed.href)).status).toBe(403)
    // The whole signature of the other, on an object that only the first has.
    const borrowed = new URL(theirs)
    borrowed.pathname = mine.pathname
    expect((await download(cloud, borrowed.href)).status).toBe(403)
  })

  test('have clocks, files, settings, nonces and call logs of their own', async () => {
    const { call, here, there } = neighbours()
    await here.clock.advance(60_000)
    await here.putAssets([{ url: VIDEO_URL }])
    here.settings.change({ services: { videoseg: 'suspended' }, strictInputs: true })
    const nonce = 'the same'
    const [mine, theirs] = [
      await call(SUBMIT, { VideoUrl: VIDEO_URL }, { account: here, nonce }),
      await call(SUBMIT, { VideoUrl: VIDEO_URL }, { account: there, nonce }),
    ]
    expect([mine.status, theirs.status]).toEqual([403, 200])
    expect(there.clock.now()).toBe(here.clock.now() - 60_000)
    expect(there.assets.list().total).toBe(0)
    expect([here.log.all().length, there.log.all().length]).toEqual([1, 1])
  })

  test('of one seed have RAM keys of their own', async () => {
    const { cloud } = testCloud()
    const accounts = ['same', 'same'].map((seed) => cloud.createAccount({ seed }))
    const keys = accounts.map(({ ram }) => {
      ram.putUser('alice', {})
      return ram.createAccessKey('alice').accessKeyId
    })
    expect(keys.map((key) => cloud.account(key).accountId)).toEqual(accounts.map(({ accountId }) => accountId))
  })

  test('of which one is asked about does not tell of the other', () => {
    const { cloud } = neighbours()
    expect(() => cloud.account('nobody')).toThrow(new RangeError('No account has the access key "nobody".'))
    expect(cloud.account()).toBe(cloud.account('testAccessKeyId'))
  })
})

/** A gate that an Action waits at until a test opens it. */
function gates() {
  const waiting: (() => void)[] = []
  return {
    /** Lets the next waiting call through. */
    open: () => waiting.shift()?.(),
    wait: () => new Promise<void>((resolve) => waiting.push(resolve)),
    get waiting() {
      return waiting.length
    },
  }
}

/** Everything that can happen without time passing has happened. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('calls of one account', () => {
  test('are served one at a time, in the order in which they came', async () => {
    const gate = gates()
    const events: string[] = []
    const slow = echoAction(
      'Slow',
      {},
      {
        run: async ({ call }) => {
          const name = new URLSearchParams(call.query).get('Name')
          events.push(`${name} begins`)
          await gate.wait()
          events.push(`${name} ends`)
          return {}
        },
      },
    )
    const { call } = testCloud({ products: [product([slow])] })
    const calls = ['A', 'B', 'C'].map((Name) => call('echo.Slow', { Name }, { method: 'GET' }))
    for (let turn = 0; turn < 3; turn++) {
      await settled()
      expect(gate.waiting).toBe(1)
      gate.open()
    }
    await Promise.all(calls)
    expect(events).toEqual(['A begins', 'A ends', 'B begins', 'B ends', 'C begins', 'C ends'])
  })

  test('go on after one that fails', async () => {
    const fails = echoAction(
      'Fails',
      {},
      {
        run: () => {
          throw new Error('a bug')
        },
      },
    )
    const bugs: unknown[] = []
    const { call, account } = testCloud({ products: [product([fails])], onBug: (error) => bugs.push(error) })
    const [failed, fine] = await Promise.all([call('echo.Fails'), call(SUBMIT, { VideoUrl: VIDEO_URL })])
    expect([failed.status, failed.body.Code, fine.status]).toEqual([500, 'InternalError', 200])
    expect(JSON.stringify(failed)).not.toContain('a bug')
    expect(bugs).toEqual([new Error('a bug')])
    expect(account.log.all()[0]?.reason).toContain('a bug')
  })

  test('that hang do not hold up another account; in the own one even a refusal waits, so that RequestIds follow the order of calls', async () => {
    const gate = gates()
    const slow = echoAction(
      'Slow',
      {},
      {
        run: async () => {
          await gate.wait()
          return {}
        },
      },
    )
    const { call, here, there } = neighbours({ products: [product([slow])] })
    const hanging = call('echo.Slow', {}, { account: here })
    await settled()
    expect((await call(SUBMIT, { VideoUrl: VIDEO_URL }, { account: there })).status).toBe(200)
    let refused = false
    const wrong = call(SUBMIT, {}, { account: here, key: { ...here.credentials, accessKeySecret: 'wrong' } }).finally(() => {
      refused = true
    })
    await settled()
    expect(refused).toBe(false)
    gate.open()
    expect([(await hanging).status, (await wrong).status]).toEqual([200, 400])
  })
})

/** The same calls, one after the other; the bytes of all answers. */
async function session(options: CloudOptions, url = VIDEO_URL): Promise<string> {
  const { cloud, account, send } = testCloud(options)
  const second = cloud.createAccount()
  const bodies: string[] = []
  const keep = async (reply: ReturnType<typeof send>): Promise<string> => {
    const { status, headers, body } = await reply
    bodies.push(JSON.stringify([status, headers, String(body)]))
    return String(body)
  }
  const { RequestId } = JSON.parse(await keep(send('videorecog.GenerateVideoCover', { VideoUrl: url, IsGif: true })))
  await account.clock.advance(5000)
  const answer = JSON.parse(await keep(send('videorecog.GetAsyncJobResult', { JobId: RequestId })))
  await keep(download(cloud, JSON.parse(answer.Data.Result).Outputs[0].ImageURL))
  await keep(send(SUBMIT, { VideoUrl: 'wrong' }, { format: 'XML' }))
  await keep(send(SUBMIT, { VideoUrl: url }, { account: second, scheme: 'acs3' }))
  await keep(cloud.handle({ method: 'GET', host: 'x', path: '/', query: '', headers: {}, body: new Uint8Array() }))
  const { ram } = second
  ram.putRole('worker', {})
  const { accessKeyId, accessKeySecret, securityToken } = ram.assumeRole('worker')
  bodies.push(second.accountId, JSON.stringify(second.credentials), accessKeyId, accessKeySecret, securityToken)
  return bodies.join('\n')
}

describe('a seed', () => {
  test('and the same calls give the same bytes', async () => {
    expect(await session({ seed: 7 })).toBe(await session({ seed: 7 }))
    expect(await session({ seed: 'seven' })).toBe(await session({ seed: 'seven' }))
  })

  test('gives other bytes than another', async () => {
    const [seven, eight] = [await session({ seed: 7 }), await session({ seed: 8 })]
    const ids = (text: string) => new Set(text.match(/[0-9A-F]{8}-[0-9A-F-]{27}/g))
    expect([...ids(seven)].filter((id) => ids(eight).has(id))).toEqual([])
  })

  test('gives an account the same ids whatever other accounts do', async () => {
    const ids = async (stray: number): Promise<string[]> => {
      const { call, here, there, cloud } = neighbours({ seed: 1 })
      for (let made = 0; made < stray; made++) {
        await call(SUBMIT, { VideoUrl: VIDEO_URL }, { account: there })
        await cloud.handle({ method: 'GET', host: 'x', path: '/', query: '', headers: {}, body: new Uint8Array() })
      }
      const { RequestId } = (await call(SUBMIT, { VideoUrl: VIDEO_URL }, { account: here })).body
      return [RequestId, cloud.createAccount().credentials.accessKeyId]
    }
    expect(await ids(0)).toEqual(await ids(3))
  })
})

describe('reset', () => {
  test('takes an account back to its start', async () => {
    const { call, account, poll } = neighbours({ settings: { strictInputs: true } })
    account.ram.putUser('alice', { allow: ['*'] })
    const alice = account.ram.createAccessKey('alice')
    const submit = () => call(SUBMIT, { VideoUrl: VIDEO_URL }, { account, nonce: 'once' })
    const first = (await submit()).body.RequestId
    await account.putAssets([{ url: VIDEO_URL }])
    await account.clock.advance(1000)
    account.settings.change({ services: { '*': 'suspended' }, strictInputs: false })

    await account.reset()

    expect((await poll(first, { account })).Code).toMatch(/^InvalidParameter/)
    expect(account.clock.now()).toBe(Date.parse('2026-01-01T00:00:00Z'))
    expect(account.clock.pending).toBe(0)
    expect([account.assets.list().total, account.jobs.unfinished]).toEqual([0, 0])
    expect(account.settings.toJSON()).toMatchObject({ services: {}, strictInputs: true })
    expect((await call(SUBMIT, {}, { account, key: alice })).body.Code).toBe('InvalidAccessKeyId.NotFound')
    expect((await submit()).status).toBe(200)
  })

  test('makes the same calls give the same bytes again', async () => {
    const { call, account } = neighbours()
    const first = (await call(SUBMIT, { VideoUrl: VIDEO_URL })).body
    await account.reset()
    expect((await call(SUBMIT, { VideoUrl: VIDEO_URL })).body).toEqual(first)
  })

  test('leaves other accounts alone', async () => {
    const { call, here, there, poll } = neighbours()
    const { RequestId } = (await call(SUBMIT, { VideoUrl: VIDEO_URL }, { account: there })).body
    await here.reset()
    expect((await poll(RequestId, { account: there })).Data.Status).toBe('QUEUING')
  })

  test('waits for the call that is being served', async () => {
    const gate = gates()
    const slow = echoAction(
      'Slow',
      {},
      {
        run: async ({ account }) => {
          await gate.wait()
          return { Now: account.clock.now() }
        },
      },
    )
    const { call, account } = testCloud({ products: [product([slow])] })
    await account.clock.advance(1000)
    const serving = call('echo.Slow')
    await settled()
    const resetting = account.reset()
    gate.open()
    expect((await serving).body.Now).toBe(Date.parse('2026-01-01T00:00:01Z'))
    await resetting
    expect(account.clock.now()).toBe(Date.parse('2026-01-01T00:00:00Z'))
  })
})

describe('disposing of an account', () => {
  const codeFor = async (cloud: Cloud, account: Account) => {
    const { body } = await cloud.handle(
      sign('rpc', { host: '127.0.0.1', version: '2020-03-20', action: 'GetAsyncJobResult', key: account.credentials }),
    )
    return JSON.parse(String(body)).Code
  }

  test('makes its keys unknown, those of its users and sessions too', async () => {
    const { cloud, here, there, call } = neighbours()
    here.ram.putUser('alice', { allow: ['*'] })
    const alice = here.ram.createAccessKey('alice')
    cloud.disposeAccount(here)
    expect(await codeFor(cloud, here)).toBe('InvalidAccessKeyId.NotFound')
    expect((await call(POLL, {}, { key: alice })).body.Code).toBe('InvalidAccessKeyId.NotFound')
    expect(() => cloud.account(alice.accessKeyId)).toThrow(RangeError)
    expect(await codeFor(cloud, there)).toBe('MissingParameter')
  })

  test('makes its results unreachable', async () => {
    const { cloud, call, here, poll } = neighbours()
    const { RequestId } = (await call(SUBMIT, { VideoUrl: VIDEO_URL }, { account: here })).body
    await here.clock.advance(5000)
    const { VideoUrl } = JSON.parse((await poll(RequestId, { account: here })).Data.Result)
    cloud.disposeAccount(here)
    expect((await download(cloud, VideoUrl)).status).toBe(403)
  })

  test('is not possible for the default account', () => {
    const { cloud, account } = neighbours()
    expect(() => cloud.disposeAccount(account)).toThrow(RangeError)
  })

  test('answers the call that is being served, and refuses those that wait', async () => {
    const gate = gates()
    const slow = echoAction(
      'Slow',
      {},
      {
        run: async () => {
          await gate.wait()
          return {}
        },
      },
    )
    const { cloud, call, here } = neighbours({ products: [product([slow])], clock: { mode: 'system', speed: 1_000_000 } })
    const calls = [call('echo.Slow', {}, { account: here }), call(SUBMIT, { VideoUrl: VIDEO_URL }, { account: here })]
    await settled()
    cloud.disposeAccount(here)
    gate.open()
    expect((await Promise.all(calls)).map(({ status, body }) => [status, body.Code])).toEqual([
      [200, undefined],
      [404, 'InvalidAccessKeyId.NotFound'],
    ])
  })
})

test("a team's own key pairs lead to the default account", async () => {
  const mine = { accessKeyId: 'ourKey', accessKeySecret: 'ourSecret' }
  const { call, cloud, account } = testCloud({ accessKeys: [mine] })
  expect(cloud.account('ourKey')).toBe(account)
  expect((await call(POLL, {}, { key: mine })).body.Code).toBe('MissingParameter')
  await account.reset()
  expect((await call(POLL, {}, { key: mine })).body.Code).toBe('MissingParameter')
})

test.each(['system', 'manual'] as const)('a %s clock does not run beyond the year 9999', async (clock) => {
  const { call, account } = testCloud({ clock })
  await expect(account.clock.advanceTo(Date.parse('9999-12-31T23:59:59.999Z') + 1)).rejects.toThrow(RangeError)
  await account.clock.advanceTo(Date.parse('9999-12-31T23:59:59.999Z'))
  expect((await call(SUBMIT, { VideoUrl: VIDEO_URL })).status).toBe(200)
  expect(account.log.all()[0]?.time).toBe('9999-12-31T23:59:59.999Z')
})

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('a clock does not move by %d milliseconds', async (milliseconds) => {
  const { account } = testCloud()
  await expect(account.clock.advance(milliseconds)).rejects.toThrow(RangeError)
  expect(account.clock.now()).toBe(Date.parse('2026-01-01T00:00:00Z'))
})

test('a system clock finishes jobs by itself', async () => {
  const { call, account } = testCloud({ clock: { mode: 'system', speed: 1_000_000 } })
  const { RequestId } = (await call(SUBMIT, { VideoUrl: VIDEO_URL })).body
  await expect.poll(() => account.jobs.get(RequestId)?.ending).toBe('succeeded')
})

test('work that throws fails its own job, harms nothing else, and is told of', async () => {
  const job: JobKind = {
    name: 'echo.Job',
    stages: [{ name: 'PROCESSING', duration: 1000 }],
    timeout: '1h',
    attempts: 1,
    work: () => {
      throw new Error('a bug')
    },
  }
  const start = echoAction(
    'Job',
    {},
    {
      job,
      run: async ({ account, requestId }) => {
        await account.jobs.start(job, requestId, {})
        return {}
      },
    },
  )
  const bugs: unknown[] = []
  const { call, account } = testCloud({ products: [product([start])], onBug: (error) => bugs.push(error) })
  const { RequestId } = (await call('echo.Job')).body
  await call(SUBMIT, { VideoUrl: VIDEO_URL })
  expect(await account.clock.advance(60_000)).toHaveLength(3)
  expect(account.jobs.get(RequestId)).toMatchObject({ ending: 'failed', error: { code: 'InternalError' } })
  expect([account.jobs.unfinished, bugs]).toEqual([0, [new Error('a bug')]])
})

test.each([
  [{ jobs: { 'vod.Nope': { timeout: '1h' } } }, /vod\.Nope: there is no such kind of job/],
  [{ limits: { actions: { 'vod.GetPlayInf': null } } }, /did you mean "vod\.GetPlayInfo"/],
  [{ services: { vodd: 'open' as const } }, /services\.vodd: there is no such service/],
])('settings for what does not exist are refused, and change nothing: %j', (settings, problem) => {
  const account = createCloud().account()
  const before = account.settings.toJSON()
  expect(() => account.settings.change(settings)).toThrow(problem)
  expect(account.settings.toJSON()).toEqual(before)
})

test('a cloud that has ended knows no keys', async () => {
  const cloud = createCloud()
  const account = cloud.account()
  cloud.dispose()
  const { status } = await cloud.handle(
    sign('rpc', { host: '127.0.0.1', version: '2020-03-20', action: 'GetAsyncJobResult', key: account.credentials }),
  )
  expect(status).toBe(404)
})
