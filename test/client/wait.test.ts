/** Waiting for jobs. */

import { describe, expect, it } from 'vitest'
import { createClient, type WaitOptions, waitForJob } from '../../src/client/index.js'
import type { CloudOptions } from '../../src/index.js'
import { NO_JOB, testCloud, VIDEO_URL } from '../support/cloud.js'

/** Starts a job on a file with this defect, and returns what waits for it. */
async function submitted({
  defect,
  ...cloudOptions
}: CloudOptions & { defect?: 'cannot be decoded' | 'never finishes' | 'fails every time' } = {}) {
  const { cloud, account } = testCloud(cloudOptions)
  await account.putAssets([{ url: VIDEO_URL, defect }])
  const { videoseg } = createClient({ cloud, ...account.credentials })
  const { RequestId } = await videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })
  const advance = (milliseconds: number) => account.clock.advance(milliseconds)
  const polls = () => account.log.all().filter(({ action }) => action === 'GetAsyncJobResult').length
  return {
    wait: (options?: WaitOptions) => waitForJob<{ VideoUrl: string }>(videoseg, RequestId, options),
    advance,
    polls,
    jobId: RequestId,
  }
}

describe('waitForJob', () => {
  it('moves a manual clock until the job has ended, and returns its result', async () => {
    const { wait, advance, polls } = await submitted()
    expect((await wait({ advance })).VideoUrl).toContain('/video-human-segmentation/')
    expect(polls()).toBe(6)
  })

  it('asks as often as it is told', async () => {
    const { wait, advance, polls } = await submitted()
    await wait({ advance, every: '4s' })
    expect(polls()).toBe(3)
  })

  it('waits in real time without a clock to move', async () => {
    const { wait } = await submitted({ clock: { mode: 'system', speed: 1_000_000 } })
    await expect(wait({ every: 1 })).resolves.toHaveProperty('VideoUrl')
  })

  it.each([
    ['cannot be decoded', 'InvalidFile.Decode', 'PROCESS_FAILED'],
    ['fails every time', 'InternalServerError.Algo', 'LIMIT_RETRY_FAILED'],
    ['never finishes', 'InternalServerError.Algo', 'TIMEOUT_FAILED'],
  ] as const)('rejects with the code of a job whose file "%s"', async (defect, code, status) => {
    const { wait, advance, jobId } = await submitted({ defect })
    await expect(wait({ advance, every: '10m', within: '2h' })).rejects.toMatchObject({
      name: 'CallError',
      call: `waitForJob(${jobId})`,
      code,
      message: expect.stringMatching(/^The /),
      reason: `the job ended as ${status}`,
    })
  })

  it('gives up in the time it is given', async () => {
    const { wait, advance, polls, jobId } = await submitted({ defect: 'never finishes' })
    await expect(wait({ advance, every: '20s', within: '1m' })).rejects.toMatchObject({
      code: 'Client.JobUnfinished',
      message: `After 60000 ms the job ${jobId} is still PROCESSING.`,
    })
    expect(polls()).toBe(4)
  })

  it('says how to move a manual clock when nobody does', async () => {
    const { wait } = await submitted()
    await expect(wait({ every: 1, within: 2 })).rejects.toThrow('If the clock of the account is manual, pass `advance`')
  })

  it('rejects with what the service says of a job that does not exist', async () => {
    const { cloud, account } = testCloud()
    const { videoseg } = createClient({ cloud, ...account.credentials })
    await expect(waitForJob(videoseg, NO_JOB)).rejects.toMatchObject({ call: 'videoseg.GetAsyncJobResult', code: 'InvalidParameter' })
  })

  it('gives up when its signal is aborted', async () => {
    const { wait } = await submitted()
    const given = new AbortController()
    const waiting = wait({ every: '1h', within: '2h', signal: given.signal })
    given.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })

  it.each<WaitOptions>([{ every: 0 }, { every: 'soon' }, { within: -1 }, { within: Number.POSITIVE_INFINITY }])(
    'refuses to wait forever or for nothing: %o',
    async (options) => {
      const { wait } = await submitted()
      await expect(wait(options)).rejects.toThrow(RangeError)
    },
  )

  it('returns text where a service writes no JSON', async () => {
    const answer = { RequestId: 'A', Data: { Status: 'PROCESS_SUCCESS', Result: 'http://bucket.oss-cn-shanghai.aliyuncs.com/a.jpg' } }
    const service = { GetAsyncJobResult: async () => answer }
    await expect(waitForJob(service, 'A')).resolves.toBe(answer.Data.Result)
  })
})
