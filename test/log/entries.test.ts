/** What the log says of a call: who made it, what it was answered, and what has come of it. */

import { expect, it, test } from 'vitest'
import { integer } from '../../src/params/scalars.js'
import { download, testCloud, VIDEO_URL } from '../support/cloud.js'
import { echoAction, product } from '../support/echo.js'
import { vodWorld } from '../vod/support.js'

it('names the jobs that a call has started', async () => {
  const { account, call } = testCloud()
  const { body } = await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  await call('videoseg.GetAsyncJobResult', { JobId: body.RequestId })
  const [submitted, asked] = account.log.all()
  expect(submitted?.jobs).toEqual([{ id: body.RequestId, kind: 'videoseg.SegmentVideoBody' }])
  expect(asked).not.toHaveProperty('jobs')
})

it('names the jobs that its jobs have started, and the events of all of them, once there are any', async () => {
  const { account, call } = testCloud()
  await call('vod.UploadMediaByURL', { UploadURLs: VIDEO_URL })
  expect(account.log.all()[0]?.events ?? []).toEqual([])
  await account.clock.advance('1h')
  const [entry] = account.log.all()
  expect(entry?.jobs?.map(({ kind }) => kind)[0]).toBe('vod.UploadMediaByURL')
  expect(entry?.events?.map(({ type }) => type)).toEqual(expect.arrayContaining(['UploadByURLComplete', 'VideoAnalysisComplete']))
  expect(entry?.events?.map(({ id }) => id)).toEqual(account.events.list().map(({ id }) => id))
})

it('names what an upload has led to', async () => {
  const { account, upload } = vodWorld()
  await upload()
  await account.clock.advance('1h')
  const [put] = account.log.find({ service: 'oss', action: 'PutObject' })
  expect(put?.events?.map(({ type }) => type)).toEqual(expect.arrayContaining(['FileUploadComplete', 'VideoAnalysisComplete']))
  expect(account.log.find({ action: 'CreateUploadVideo' })[0]?.events?.map(({ type }) => type) ?? []).not.toContain('FileUploadComplete')
})

test.each(['rpc', 'acs3'] as const)('a call signed with %s shows its access key', async (scheme) => {
  const { account, call } = testCloud()
  await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }, { scheme })
  expect(account.log.all()[0]).toMatchObject({ accessKeyId: account.credentials.accessKeyId, identity: expect.stringMatching(/:root$/) })
})

test('what was answered is kept but not shown', async () => {
  const { account, call } = testCloud()
  const { body } = await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  expect(account.log.records()[0]?.answer).toBe(JSON.stringify(body))
  expect(account.log.all()[0]).not.toHaveProperty('answer')
})

test('answers count for the bytes that the log keeps', async () => {
  const long = echoAction(
    'Long',
    { Length: integer() },
    { run: ({ input }) => ({ Long: 'x'.repeat((input as { Length: number }).Length) }) },
  )
  const { account, call } = testCloud({ products: [product([long])] })
  for (let count = 0; count < 5; count++) await call('echo.Long', { Length: 1_000_000 })
  expect(account.log.count({ action: 'Long' })).toBe(3)
  expect(account.log.forgotten).toBe(2)
})

test('a call that met a bug says what the client was answered, and where to find what was thrown', async () => {
  const broken = echoAction(
    'Broken',
    {},
    {
      run: () => {
        throw new Error('an oversight')
      },
    },
  )
  const { account, call } = testCloud({ products: [product([broken])], onBug: () => {} })
  const { body } = await call('echo.Broken')
  const [entry] = account.log.all()
  expect(entry).toMatchObject({
    code: 'InternalError',
    message: body.Message,
    reason: expect.stringMatching(/^a bug: what was thrown is told to onBug/),
  })
})

test('the bytes of an object do not stand in the log', async () => {
  const { cloud, account, call } = testCloud()
  const { body } = await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  await account.clock.advance('5s')
  const { body: result } = await call('videoseg.GetAsyncJobResult', { JobId: body.RequestId })
  await download(cloud, JSON.parse(result.Data.Result).VideoUrl)
  expect(account.log.records().at(-1)).toMatchObject({ operation: { name: 'GetObject' }, status: 200 })
  expect(account.log.records().at(-1)?.answer ?? '').toBe('')
})

test('clear forgets all calls', async () => {
  const { account, call } = testCloud()
  await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL, Extra: '1' })
  account.log.clear()
  expect(account.log.all()).toEqual([])
  expect((await account.settle({ only: ['unknownParams'] })).ok).toBe(true)
  await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  expect(account.log.count()).toBe(1)
})

test('a call that a fault was applied to names it, and can be asked for by it', async () => {
  const { account, call } = testCloud()
  account.faults.add({ action: 'SegmentVideoBody', times: 1, error: 'Throttling.User' })
  for (let count = 0; count < 2; count++) await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  expect(account.log.all().map(({ faults, code }) => ({ faults, code }))).toEqual([{ faults: ['fault-1'], code: 'Throttling.User' }, {}])
  expect(account.log.find({ fault: 'fault-1' })).toHaveLength(1)
  expect(account.log.find({ fault: '*' })).toHaveLength(1)
})

test('headers are kept whatever they are called', async () => {
  const { account, cloud } = testCloud()
  const headers = JSON.parse('{"__proto__": "a", "constructor": "b", "": "c"}') as Record<string, string>
  await cloud.handle({ method: 'GET', host: '127.0.0.1', path: '/', query: 'Action=None', headers, body: new Uint8Array() })
  expect(Object.entries(account.log.records()[0]?.call.headers ?? {})).toEqual(Object.entries(headers))
})
