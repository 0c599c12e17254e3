import { describe, expect, test } from 'vitest'
import { exampleOf, fileUrl, jobWorld } from './support.js'

const ACTION = 'EraseVideoLogo'
const VideoUrl = fileUrl('in.mp4')

type World = ReturnType<typeof jobWorld>
type Settings = NonNullable<NonNullable<Parameters<typeof jobWorld>[0]>['settings']>

/** The code that a call of the Action gets, at once or from its job. */
const codeOf = async ({ outcome }: World, params: object = {}): Promise<string> => {
  const { refused, ErrorCode } = await outcome(ACTION, exampleOf(ACTION, { VideoUrl, ...params }))
  return refused ?? ErrorCode
}

const withParams = (params: object) => () => codeOf(jobWorld(), params)

const withDefect = (defect: 'cannot be downloaded' | 'cannot be decoded' | 'shows something else' | 'is empty' | 'fails every time') => {
  return async (): Promise<string> => {
    const world = jobWorld()
    await world.declare(VideoUrl, { defect })
    return codeOf(world)
  }
}

const withSettings = (settings: Settings) => () => codeOf(jobWorld({ settings }))

/** A RAM user, or a session of a role, that may do nothing. */
const asNobody = (kind: 'user' | 'role') => async (): Promise<string> => {
  const world = jobWorld()
  const { ram } = world.account
  if (kind === 'user') ram.putUser('nobody', {})
  else ram.putRole('nobody', {})
  const key = kind === 'user' ? ram.createAccessKey('nobody') : ram.assumeRole('nobody')
  return (await world.outcome(ACTION, exampleOf(ACTION), { key })).refused
}

/** A real situation for each code of the manual's table, and for the codes that it needs beyond. */
const situations: Readonly<Record<string, () => Promise<string>>> = {
  InvalidParameter: withParams({ 'Boxes.1.W': 2 }),
  'InvalidParameter.Format': withParams({ 'Boxes.1.W': 'wide' }),
  MissingParameter: withParams({ VideoUrl: undefined }),
  'InvalidParameter.BadRequest': withParams({ VideoUrl: 'http://\u0001' }),
  'InvalidFile.Resolution': async () => {
    const world = jobWorld()
    await world.declare(VideoUrl, { width: 4000, height: 3000 })
    return codeOf(world)
  },
  'InvalidFile.Download': withDefect('cannot be downloaded'),
  'InvalidFile.Decode': withDefect('cannot be decoded'),
  'InvalidFile.Category': withDefect('shows something else'),
  'InvalidFile.Content': withDefect('is empty'),
  'InvalidFile.Type': withParams({ VideoUrl: fileUrl('in.txt') }),
  'InvalidFile.Unsafe': withParams({ VideoUrl: 'http://169.254.169.254/latest/meta-data' }),
  'InvalidFile.URL': withParams({ VideoUrl: 'nowhere' }),
  'InvalidFile.Region': withParams({ VideoUrl: 'http://bucket.oss-us-west-1.aliyuncs.com/in.mp4' }),
  'InternalServerError.Algo': withDefect('fails every time'),
  'InternalServerError.Busy': withSettings({ maxUnfinishedJobs: 0 }),
  'InvalidApi.NotPurchase': withSettings({ services: { videoenhan: 'notOpened' } }),
  NoPermission: asNobody('user'),
  AuthFailed: asNobody('role'),
  UnsupportedOperation: async () => {
    const { call } = jobWorld()
    return (await call(`videoenhan.${ACTION}`, exampleOf(ACTION), { host: 'videoenhan.cn-beijing.aliyuncs.com' })).body.Code
  },
}

test.each(Object.entries(situations))('%s', async (code, provoke) => {
  expect(await provoke()).toBe(code)
})

test('a service that is cut off for unpaid bills is refused as one that was never opened', async () => {
  expect(await withSettings({ services: { '*': 'suspended' } })()).toBe('InvalidApi.NotPurchase')
})

test('a URL that nobody has declared cannot be downloaded where inputs are strict', async () => {
  expect(await withSettings({ strictInputs: true })()).toBe('InvalidFile.Download')
})

test('a job that does not finish in time', async () => {
  const { outcome, declare } = jobWorld()
  await declare(VideoUrl, { defect: 'never finishes' })
  expect(await outcome(ACTION, { VideoUrl })).toMatchObject({ Status: 'TIMEOUT_FAILED', ErrorCode: 'InternalServerError.Algo' })
})

test('a job that is not this account’s', async () => {
  const { call, cloud } = jobWorld()
  const { RequestId } = (await call(`videoenhan.${ACTION}`, exampleOf(ACTION), { account: cloud.createAccount() })).body
  const { status, body } = await call('videoenhan.GetAsyncJobResult', { JobId: RequestId })
  expect({ status, code: body.Code }).toEqual({ status: 400, code: 'InvalidParameter' })
})

describe('the table', () => {
  const { cloud } = jobWorld()
  const errors = cloud.catalogue.services.get('videoenhan')?.errors ?? {}
  const manual = [
    ['InvalidParameter', 400],
    ['InvalidParameter.Format', 400],
    ['MissingParameter', 400],
    ['InvalidParameter.BadRequest', 400],
    ['InvalidFile.Resolution', 400],
    ['InvalidFile.Download', 400],
    ['InvalidFile.Decode', 400],
    ['InvalidFile.Category', 400],
    ['InvalidFile.Content', 400],
    ['InvalidFile.Type', 400],
    ['InvalidFile.Unsafe', 400],
    ['InvalidFile.URL', 400],
    ['InvalidFile.Region', 400],
    ['InternalServerError', 500],
    ['InternalServerError.Model', 500],
    ['InternalServerError.Algo', 500],
    ['InternalServerError.Busy', 500],
  ] as const

  test.each(manual)('has %s with status %i, and a situation or a reason why there is none', (code, status) => {
    expect(errors[code]?.status).toBe(status)
    expect(code in situations || errors[code]?.faultOnly !== undefined).toBe(true)
  })
})
