/** A session becomes a Pact file that verification finds kept; what cannot be in it is listed. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test, vi } from 'vitest'
import { formatReport, type RecordedPact, recordPact, verifyPacts } from '../../contracts/index.js'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import { runVerify } from '../../emulator/verify.js'
import { createClient, createControl } from '../../src/client/index.js'
import { usePactFiles } from '../contracts/support.js'
import { NO_JOB, testCloud, VIDEO_URL } from '../support/cloud.js'

const { folder } = usePactFiles()

/** Writes a Pact file and returns its path. */
function written(pact: RecordedPact): string {
  const path = join(folder(), 'recorded.json')
  writeFileSync(path, JSON.stringify(pact))
  return path
}

/** What was recorded and what was not: of each interaction, its description and the states it starts from. */
const outline = ({ interactions, metadata }: RecordedPact) => ({
  interactions: interactions.map(({ description, providerStates = [] }) => [description, ...providerStates.map(({ name }) => name)]),
  leftOut: metadata['vod-viapi-emulator'].leftOut.map(({ call, reason }) => `${call.split(' ', 1)}: ${reason}`),
})

async function expectKept(pact: RecordedPact): Promise<void> {
  const report = await verifyPacts({ pacts: written(pact) })
  expect(report.ok, formatReport(report)).toBe(true)
  expect(report.interactions).toHaveLength(pact.interactions.length)
}

/** A session with videoseg: a job from its beginning to its end, and refusals of several kinds. */
async function visionSession() {
  const { account, call } = testCloud()
  const broken = VIDEO_URL.replace('sample', 'broken')
  await account.putAssets([{ url: broken, defect: 'cannot be decoded' }])
  const { body } = await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  const poll = () => call('videoseg.GetAsyncJobResult', { JobId: body.RequestId }, { scheme: 'acs3' })
  await poll()
  await account.clock.advance('1s')
  await poll()
  await account.clock.advance('10s')
  await poll()
  await poll()
  const failing = await call('videoseg.SegmentVideoBody', { VideoUrl: broken })
  await account.clock.advance('10s')
  await call('videoseg.GetAsyncJobResult', { JobId: failing.body.RequestId })
  await call('videoseg.GetAsyncJobResult', { JobId: NO_JOB })
  await call('videoseg.SegmentVideoBody', { VideoUrl: 'nothing' })
  await call('videoseg.SegmentVideoBody', {})
  account.settings.change({ services: { videoseg: 'notOpened' } })
  await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  account.settings.change({ services: { videoseg: 'open' }, limits: { actions: { '*': { limit: 0, per: 'second' } } } })
  await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
  return { account, call }
}

it('records a session with a vision service: each call once, in the states it started from', async () => {
  const { account } = await visionSession()
  const pact = await recordPact(account, { consumer: 'cutter' })
  expect(outline(pact)).toEqual({
    interactions: [
      ['SegmentVideoBody: recorded call 1'],
      ['GetAsyncJobResult: recorded call 2', 'a queued videoseg.SegmentVideoBody job'],
      ['GetAsyncJobResult: recorded call 3', 'a running videoseg.SegmentVideoBody job'],
      ['GetAsyncJobResult: recorded call 4', 'a finished videoseg.SegmentVideoBody job'],
      ['SegmentVideoBody: recorded call 5', 'an asset'],
      ['GetAsyncJobResult: recorded call 6', 'an asset', 'a failed videoseg.SegmentVideoBody job'],
      ['GetAsyncJobResult: recorded call 7: InvalidParameter'],
      ['SegmentVideoBody: recorded call 8: InvalidFile.URL'],
      ['SegmentVideoBody: recorded call 9: MissingParameter'],
      ['SegmentVideoBody: recorded call 10: InvalidApi.NotPurchase', 'the service videoseg is not opened'],
      ['SegmentVideoBody: recorded call 11: Throttling.User', 'the limit of videoseg.SegmentVideoBody is used up'],
    ],
    leftOut: [],
  })
  expect(pact).toMatchObject({ consumer: { name: 'cutter' }, provider: { name: 'videoseg' } })
  await expectKept(pact)
})

it('writes a file that the command verifies', async () => {
  const { account } = await visionSession()
  const path = written(await recordPact(account, { consumer: 'cutter' }))
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  onTestFinished(() => out.mockRestore())
  expect(await runVerify([path, '--scheme', 'rpc'])).toBe(0)
  expect(out.mock.calls.join('')).toContain('11 interactions: 11 ok, 0 failed')
})

it('writes what verification finds broken once the answers are others', async () => {
  const { account } = await visionSession()
  const pact = await recordPact(account, { consumer: 'cutter' })
  const finished = pact.interactions[3]?.response.body.content as { Data: { Status: string } }
  expect(finished.Data.Status).toBe('PROCESS_SUCCESS')
  finished.Data.Status = 'PROCESS_DONE'
  const { interactions } = await verifyPacts({ pacts: written(pact) })
  expect(interactions.filter(({ outcome }) => outcome === 'failed').map(({ description }) => description)).toEqual([
    'GetAsyncJobResult: recorded call 4',
  ])
})

it('records a session with VOD', async () => {
  const { account, call } = testCloud()
  const { body } = await call('vod.UploadMediaByURL', { UploadURLs: VIDEO_URL })
  await call('vod.GetURLUploadInfos', { JobIds: body.UploadJobs[0].JobId })
  await account.clock.advance('1h')
  const { body: infos } = await call('vod.GetURLUploadInfos', { JobIds: body.UploadJobs[0].JobId })
  const VideoId = infos.URLUploadInfoList[0].MediaId
  await call('vod.GetPlayInfo', { VideoId })
  const created = await call('vod.CreateUploadVideo', { Title: 'mine', FileName: 'a.mp4' })
  await call('vod.RefreshUploadVideo', { VideoId: created.body.VideoId })
  const pact = await recordPact(account, { consumer: 'player' })
  expect(outline(pact).interactions.map(([description, ...states]) => [description?.split(':')[0], ...states])).toEqual([
    ['UploadMediaByURL'],
    ['GetURLUploadInfos', 'a waiting upload by URL'],
    ['GetURLUploadInfos', 'a video'],
    ['GetPlayInfo', 'a video'],
    ['CreateUploadVideo'],
    ['RefreshUploadVideo', 'a video'],
  ])
  expect(JSON.stringify(pact)).not.toContain(created.body.UploadAuth)
  await expectKept(pact)
})

describe('leaves out, and says so,', () => {
  test('what a fault has done to an answer, but not an error that a state leads to', async () => {
    const { account, call, send } = testCloud()
    account.faults.add({ action: 'SegmentVideoBody', times: 1, error: 'Throttling.User' })
    account.faults.add({ action: 'SegmentVideoBody', garble: true })
    await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
    const pact = await recordPact(account, { consumer: 'cutter' })
    expect(outline(pact)).toEqual({
      interactions: [['SegmentVideoBody: recorded call 1: Throttling.User', 'the limit of videoseg.SegmentVideoBody is used up']],
      leftOut: ['videoseg.SegmentVideoBody: a fault was applied to it (fault-2)'],
    })
    await expectKept(pact)
  })

  test('what no state leads to', async () => {
    const { account, call } = testCloud()
    await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }, { key: { ...account.credentials, accessKeySecret: 'wrong' } })
    const pact = await recordPact(account, { consumer: 'cutter' })
    expect(outline(pact)).toEqual({
      interactions: [],
      leftOut: ['videoseg.SegmentVideoBody: no provider state leads to this answer; in a new account, the answer is 200'],
    })
  })

  test('what was answered in XML', async () => {
    const { account, send } = testCloud()
    await send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }, { format: 'XML' })
    const pact = await recordPact(account, { consumer: 'cutter' })
    expect(outline(pact)).toEqual({
      interactions: [],
      leftOut: ['videoseg.SegmentVideoBody: it was answered in XML; a contract is written for JSON'],
    })
  })

  test('what is no call of an Action', async () => {
    const { account, call } = testCloud()
    await call('videoseg.Frobnicate')
    const pact = await recordPact(account, { consumer: 'cutter', provider: 'videoseg' })
    expect(outline(pact).leftOut).toEqual(['Frobnicate: it is no call of an Action'])
  })
})

describe('over HTTP', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, clock: 'manual' })
  })
  afterAll(() => emulator.close())

  /** An account that has called two services. */
  async function session() {
    const caller = await createControl({ endpoint: emulator.url }).createAccount()
    const { videoseg, videorecog } = createClient(caller)
    await videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })
    await videorecog.DetectVideoShot({ VideoUrl: VIDEO_URL })
    return createControl(caller)
  }

  it('gives the pact with one service', async () => {
    const { requests } = await session()
    const pact = (await requests.pact({ consumer: 'cutter', provider: 'videorecog' })) as RecordedPact
    expect(outline(pact)).toEqual({ interactions: [['DetectVideoShot: recorded call 1']], leftOut: [] })
    await expectKept(pact)
  })

  test.each<[what: string, options: { consumer: string; provider?: string }, says: string]>([
    ['no consumer', { consumer: '', provider: 'videoseg' }, 'consumer: is not given'],
    ['several services', { consumer: 'cutter' }, 'provider: there were calls to videoseg, videorecog'],
    ['a service that is none', { consumer: 'cutter', provider: 'video' }, 'provider: there is no service video'],
  ])('refuses %s', async (_what, options, says) => {
    await expect((await session()).requests.pact(options)).rejects.toThrow(says)
  })
})
