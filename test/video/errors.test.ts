/** Every error that the catalogue says a real situation leads to has its situation here, for each of the two services. */

import { describe, expect, test } from 'vitest'
import { createCloud, describeActions } from '../../src/index.js'
import { answerWithoutRoom, NO_JOB, VIDEO_URL } from '../support/cloud.js'
import { acs3Post, rpcGet, timestamp } from '../support/wire.js'
import { jobWorld, type SubmitId } from './support.js'

type World = ReturnType<typeof jobWorld>
type Provoke = (world: World, submit: SubmitId) => Promise<string | undefined>

/** The code of a call's answer. */
const refused = async (answer: Promise<{ body: { Code?: string } }>): Promise<string | undefined> => (await answer).body.Code
/** The code of a call that is written by hand. */
const byHand = async ({ cloud }: World, call: ReturnType<typeof rpcGet>): Promise<string> =>
  JSON.parse(String((await cloud.handle(call)).body)).Code
/** The code of a job on a declared file. */
const failed =
  (asset: Parameters<World['outcome']>[1]): Provoke =>
  async ({ outcome }, submit) => {
    const end = await outcome(submit, asset)
    return end.refused ?? end.ErrorCode
  }
/** The code of a call that submits a URL. */
const submitted =
  (url: string): Provoke =>
  (world, submit) =>
    refused(world.submit(submit, url))

const session = ({ account }: World) => {
  account.ram.putRole('worker', {})
  return account.ram.assumeRole('worker')
}

/** The fields of signature 1.0 for the service under test. */
const at = (submit: SubmitId) => ({ host: `${submit.split('.')[0]}.cn-shanghai.aliyuncs.com` })

const situations: Record<string, Provoke> = {
  MissingParameter: submitted(''),
  InvalidParameter: (world, submit) => refused(world.call(`${submit.split('.')[0]}.GetAsyncJobResult`, { JobId: NO_JOB })),
  'InvalidParameter.Format': (world, submit) =>
    // IsGif belongs to one of the services; the other has the job's id, which has a form as well.
    refused(
      submit === 'videorecog.GenerateVideoCover'
        ? world.call(submit, { VideoUrl: VIDEO_URL, IsGif: 'maybe' })
        : world.call('videoseg.GetAsyncJobResult', { JobId: 'nope' }),
    ),
  'InvalidParameter.BadRequest': submitted('\u0007'),
  'InvalidTimeStamp.Format': (world, submit) => byHand(world, rpcGet({ Timestamp: 'now' }, at(submit))),
  'InvalidTimeStamp.Expired': (world, submit) => byHand(world, rpcGet({ Timestamp: timestamp(-60) }, at(submit))),
  SignatureNonceUsed: async (world, submit) => {
    const call = rpcGet({}, at(submit))
    await world.cloud.handle(call)
    return byHand(world, call)
  },
  SignatureDoesNotMatch: (world, submit) => byHand(world, rpcGet({ Signature: 'x' }, at(submit))),
  IncompleteSignature: (world, submit) => byHand(world, rpcGet({ Signature: undefined }, at(submit))),
  InvalidVersion: (world, submit) => byHand(world, rpcGet({ Version: '2019-09-30' }, at(submit))),
  'InvalidAction.NotFound': (world, submit) => byHand(world, rpcGet({ Action: 'Nope' }, at(submit))),
  'InvalidAccessKeyId.NotFound': (world, submit) => byHand(world, rpcGet({ AccessKeyId: 'nobody' }, at(submit))),
  'InvalidAccessKeyId.Inactive': (world, submit) => {
    world.account.ram.setActive('testAccessKeyId', false)
    return refused(world.submit(submit))
  },
  'InvalidSecurityToken.Expired': async (world, submit) => {
    const key = session(world)
    await world.account.clock.advance(3_600_000)
    return refused(world.submit(submit, VIDEO_URL, { key }))
  },
  'InvalidSecurityToken.Malformed': (world, submit) =>
    refused(world.submit(submit, VIDEO_URL, { key: { ...session(world), securityToken: 'x' } })),
  'InvalidSecurityToken.MismatchWithAccessKey': (world, submit) => {
    const { securityToken } = session(world)
    return refused(world.submit(submit, VIDEO_URL, { key: { ...session(world), securityToken } }))
  },
  MissingSecurityToken: (world, submit) => {
    const { accessKeyId, accessKeySecret } = session(world)
    return refused(world.submit(submit, VIDEO_URL, { key: { accessKeyId, accessKeySecret } }))
  },
  UnsupportedHTTPMethod: (world, submit) => byHand(world, { ...rpcGet({}, at(submit)), method: 'PUT' }),
  InvalidContentLength: (world, submit) => byHand(world, { ...acs3Post({ host: at(submit).host }), body: new Uint8Array(5_000_000) }),
  'Throttling.User': (world, submit) => {
    world.account.settings.change({ limits: { actions: { '*': { limit: 0, per: 'second' } } } })
    return refused(world.submit(submit))
  },
  'InvalidFile.Resolution': failed({ width: 50, height: 50 }),
  'InvalidFile.Download': failed({ defect: 'cannot be downloaded' }),
  'InvalidFile.Decode': failed({ defect: 'cannot be decoded' }),
  'InvalidFile.Category': failed({ defect: 'shows something else' }),
  'InvalidFile.Content': failed({ defect: 'is empty' }),
  'InvalidFile.Type': submitted(VIDEO_URL.replace('mp4', 'exe')),
  'InvalidFile.Unsafe': submitted('http://127.0.0.1/a.mp4'),
  'InvalidFile.URL': submitted('nothing'),
  'InvalidFile.Region': submitted(VIDEO_URL.replace('shanghai', 'beijing')),
  'InternalServerError.Algo': failed({ defect: 'fails every time' }),
  'InternalServerError.Busy': (world, submit) => {
    world.account.settings.change({ maxUnfinishedJobs: 0 })
    return refused(world.submit(submit))
  },
  'InvalidApi.NotPurchase': (world, submit) => {
    world.account.settings.change({ services: { '*': 'notOpened' } })
    return refused(world.submit(submit))
  },
  NoPermission: (world, submit) => {
    world.account.ram.putUser('alice', {})
    return refused(world.submit(submit, VIDEO_URL, { key: world.account.ram.createAccessKey('alice') }))
  },
  AuthFailed: (world, submit) => refused(world.submit(submit, VIDEO_URL, { key: session(world) })),
  // Of a data folder that is full.
  InternalError: (_world, submit) => refused(answerWithoutRoom(submit, { VideoUrl: VIDEO_URL, IsGif: false })),
  UnsupportedOperation: (world, submit) => byHand(world, rpcGet({}, { host: `${submit.split('.')[0]}.cn-beijing.aliyuncs.com` })),
}

/** Which Action of each service shows the situations; those about the content of files need one with limits. */
const services: Record<string, SubmitId> = { videoseg: 'videoseg.SegmentHalfBody', videorecog: 'videorecog.GenerateVideoCover' }

const catalogue = describeActions(createCloud().catalogue)

describe.each(Object.entries(services))('%s', (service, submit) => {
  const errors = new Map(
    catalogue.filter((action) => action.service === service).flatMap((action) => action.errors.map((error) => [error.code, error])),
  )
  const provokable = [...errors.values()].filter(({ provokedBy }) => provokedBy === 'state').map(({ code }) => code)

  test.each(provokable)('%s is provoked', async (code) => {
    expect(Object.keys(situations), 'an error without a situation').toContain(code)
    expect(await situations[code]?.(jobWorld(), submit)).toBe(code)
  })

  test('what only a fault provokes says why', () => {
    const faults = [...errors.values()].filter(({ provokedBy }) => provokedBy === 'fault')
    expect(faults.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['ServiceUnavailable', 'InternalServerError', 'InternalServerError.Model']),
    )
    for (const { why } of faults) expect(why).toMatch(/\w+ \w+/)
  })
})
