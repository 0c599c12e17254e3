/** Every row of the manual's error table, and every code that the catalogue says a real situation leads to, has its situation here. */

import { describe, expect, test } from 'vitest'
import { describeActions } from '../../src/index.js'
import { answerWithoutRoom, type CallOptions, NO_JOB } from '../support/cloud.js'
import { acs3Post, rpcGet, timestamp } from '../support/wire.js'
import { exampleOf, fileUrl, type Params, useImageWorlds } from './support.js'

const { imageWorld } = useImageWorlds()

type World = ReturnType<typeof imageWorld>
type Provoke = (world: World) => Promise<string>

/** The status and code of a call of AssessExposure. */
const assess =
  (params: Params, options?: CallOptions): Provoke =>
  async ({ call }) => {
    const { status, body } = await call('imageenhan.AssessExposure', params, options)
    return `${status} ${body.Code}`
  }
const onUrl = (ImageURL: string): Provoke => assess({ ImageURL })
const IMAGE = fileUrl('a.jpg')
/** The same, of an image that is declared like this. */
const on =
  (facts: Parameters<World['declare']>[1]): Provoke =>
  async (world) => {
    await world.declare(IMAGE, facts)
    return onUrl(IMAGE)(world)
  }
/** The status and code of a call that is written by hand. */
const byHand =
  (write: () => ReturnType<typeof rpcGet>): Provoke =>
  async ({ cloud }) => {
    const { status, body } = await cloud.handle(write())
    return `${status} ${JSON.parse(String(body)).Code}`
  }
const HOST = { host: 'imageenhan.cn-shanghai.aliyuncs.com' }
const rpc = (changes: Parameters<typeof rpcGet>[0]): Provoke => byHand(() => rpcGet({ Version: '2019-09-30', ...changes }, HOST))

const sessionOf = ({ account }: World) => {
  account.ram.putRole('worker', {})
  const { accessKeyId, accessKeySecret, securityToken = '' } = account.ram.assumeRole('worker')
  return { accessKeyId, accessKeySecret, securityToken }
}
const inSession =
  (change: (world: World, key: ReturnType<typeof sessionOf>) => Partial<ReturnType<typeof sessionOf>>): Provoke =>
  (world) => {
    const key = sessionOf(world)
    return assess({ ImageURL: IMAGE }, { key: { ...key, ...change(world, key) } })(world)
  }
const withSettings =
  (settings: Parameters<World['account']['settings']['change']>[0], provoke: Provoke): Provoke =>
  (world) => {
    world.account.settings.change(settings)
    return provoke(world)
  }

/** The table of chapter 8, in its order, and the code of the manual's example of an error. */
const table: Readonly<Record<string, Provoke>> = {
  '400 InvalidImage.Download': on({ defect: 'cannot be downloaded' }),
  '400 InvalidImage.Region': on({ region: 'cn-beijing' }),
  '400 InvalidImage.URL': onUrl('nothing'),
  '400 InvalidImage.Content': on({ defect: 'cannot be decoded' }),
  '400 IllegalUrlParameter': onUrl('https://www.example.com/a.jpg'),
  '400 InvalidImage.Unsafe': onUrl('http://127.0.0.1/a.jpg'),
  '400 ParameterError': assess({}),
  '400 InvalidImage.Resolution': on({ width: 1000, height: 1000 }),
  '400 Throttling.User': withSettings({ limits: { actions: { '*': { limit: 0, per: 'second' } } } }, onUrl(IMAGE)),
  '400 InvalidParameter.TooLarge': on({ bytes: 3 * 1024 ** 2 }),
  '403 InvalidApi.NotPurchase': withSettings({ services: { imageenhan: 'notOpened' } }, onUrl(IMAGE)),
  '403 AuthFailed': (world) => {
    world.account.ram.putUser('alice', {})
    return assess({ ImageURL: IMAGE }, { key: world.account.ram.createAccessKey('alice') })(world)
  },
  '403 RamRoleAuth': inSession(() => ({})),
  '404 InvalidAction.NotFound': rpc({ Action: 'AssessBeauty' }),
  '404 InvalidAccessKeyId.NotFound': rpc({ AccessKeyId: 'nobody' }),
  '408 Timeout': on({ defect: 'never finishes' }),
  '413 InvalidContentLength': byHand(() => ({ ...acs3Post(HOST), body: new Uint8Array(5_000_000) })),
  '500 InternalServerError': on({ defect: 'fails every time' }),
  '503 ServiceUnavailable': withSettings({ maxUnfinishedJobs: 0 }, async ({ call }) => {
    const { status, body } = await call('imageenhan.RecolorHDImage', exampleOf('RecolorHDImage'))
    return `${status} ${body.Code}`
  }),
  '400 UnsupportedOperation': byHand(() =>
    rpcGet({ Action: 'AssessExposure', Version: '2019-09-30' }, { host: 'imageenhan.cn-beijing.aliyuncs.com' }),
  ),
}

/** What else the gateway in front of the service can answer. */
const gateway: Readonly<Record<string, Provoke>> = {
  '400 MissingParameter': rpc({ SignatureNonce: undefined, Signature: 'x' }),
  '400 InvalidParameter': rpc({ SignatureMethod: 'MD5' }),
  '400 InvalidTimeStamp.Format': rpc({ Timestamp: 'now' }),
  '400 InvalidTimeStamp.Expired': rpc({ Timestamp: timestamp(-60) }),
  '400 SignatureNonceUsed': async (world) => {
    const call = rpcGet({ Version: '2019-09-30' }, HOST)
    await world.cloud.handle(call)
    return byHand(() => call)(world)
  },
  '400 SignatureDoesNotMatch': rpc({ Signature: 'x' }),
  '400 IncompleteSignature': rpc({ Signature: undefined }),
  '400 InvalidVersion': rpc({ Version: '2020-03-20' }),
  '400 InvalidAccessKeyId.Inactive': (world) => {
    world.account.ram.setActive('testAccessKeyId', false)
    return onUrl(IMAGE)(world)
  },
  '403 InvalidSecurityToken.Expired': async (world) => {
    const key = sessionOf(world)
    await world.account.clock.advance('1h')
    return assess({ ImageURL: IMAGE }, { key })(world)
  },
  '403 InvalidSecurityToken.Malformed': inSession(() => ({ securityToken: 'x' })),
  '403 InvalidSecurityToken.MismatchWithAccessKey': inSession((world) => ({ securityToken: sessionOf(world).securityToken })),
  '400 MissingSecurityToken': async (world) => {
    const { accessKeyId, accessKeySecret } = sessionOf(world)
    return assess({ ImageURL: IMAGE }, { key: { accessKeyId, accessKeySecret } })(world)
  },
  // Of a data folder that is full.
  '500 InternalError': async () => {
    const { status, body } = await answerWithoutRoom('imageenhan.AssessExposure', { ImageURL: IMAGE })
    return `${status} ${body.Code}`
  },
  '400 UnsupportedHTTPMethod': byHand(() => ({ ...rpcGet({ Version: '2019-09-30' }, HOST), method: 'PUT' })),
}

test.each(Object.entries({ ...table, ...gateway }))('%s', async (expected, provoke) => {
  expect(await provoke(imageWorld())).toBe(expected)
})

describe('the catalogue', () => {
  const actions = describeActions(imageWorld().cloud.catalogue).filter(({ service }) => service === 'imageenhan')

  test('every error that it says a situation leads to is provoked above, and no other', () => {
    const known = actions.flatMap(({ errors }) => errors.filter(({ provokedBy }) => provokedBy === 'state'))
    const codes = new Set(known.map(({ status, code }) => `${status} ${code}`))
    expect([...codes].sort()).toEqual(Object.keys({ ...table, ...gateway }).sort())
  })

  test('there is none that only a fault leads to', () => {
    expect(actions.flatMap(({ errors }) => errors.filter(({ provokedBy }) => provokedBy === 'fault'))).toEqual([])
  })

  test('no Action has a code of its own', () => {
    const lists = actions.map(({ errors }) => errors.map(({ code }) => code).join())
    expect(new Set(lists).size).toBe(1)
  })
})

describe('further situations', () => {
  test.each<[string, string, Provoke]>([
    ['an unknown image, if inputs are strict', '400 InvalidImage.Download', withSettings({ strictInputs: true }, onUrl(IMAGE))],
    ['a bucket in another region', '400 InvalidImage.Region', onUrl('http://b.oss-cn-beijing.aliyuncs.com/a.jpg')],
    ['an image that is declared to be in another region', '400 InvalidImage.Region', on({ region: 'cn-beijing' })],
    ['an image that is declared unsafe', '400 InvalidImage.Unsafe', on({ defect: 'is unsafe' })],
    ['overdue payments', '403 InvalidApi.NotPurchase', withSettings({ services: { '*': 'suspended' } }, onUrl(IMAGE))],
    ['control characters', '400 ParameterError', onUrl('\u0007')],
  ])('%s: %s', async (_situation, expected, provoke) => {
    expect(await provoke(imageWorld())).toBe(expected)
  })

  test('what is checked first: the parameters, then all URLs, then what they lead to', async () => {
    const { declare, call } = imageWorld()
    const broken = fileUrl('broken.jpg')
    await declare(broken, { defect: 'cannot be decoded' })
    const unsafe = 'http://127.0.0.1/a.jpg'
    const reasonFor = async (params: Params): Promise<string> => {
      const { body, headers } = await call('imageenhan.ErasePerson', params)
      return `${body.Code} ${headers['x-emulator-reason']?.split(' ')[0]}`
    }
    expect(await reasonFor({ ImageURL: unsafe })).toBe('ParameterError UserMask')
    expect(await reasonFor({ ImageURL: broken, UserMask: unsafe })).toBe('InvalidImage.Unsafe UserMask')
    expect(await reasonFor({ ImageURL: IMAGE, UserMask: broken })).toBe('InvalidImage.Content UserMask')
  })

  test('a refused call leaves nothing behind', async () => {
    const { call, account } = imageWorld()
    await call('imageenhan.RecolorImage', { Url: IMAGE, ColorCount: 9 })
    await call('imageenhan.RecolorHDImage', { Url: IMAGE, Degree: 2 })
    await call('imageenhan.GetAsyncJobResult', { JobId: NO_JOB })
    expect(account.jobs.records.count).toBe(0)
    expect(account.usage.report().total).toBe(0)
  })
})
