/** Durations, limits and the end of jobs. */

import { describe, expect, test } from 'vitest'
import type { SettingsInput } from '../../src/index.js'
import { VIDEO_URL } from '../support/cloud.js'
import { jobWorld } from '../video/support.js'

const SUBMIT = 'videoseg.SegmentVideoBody'

/** Status after each step of the clock, in milliseconds. */
async function statusesAfter(
  jobs: SettingsInput['jobs'],
  steps: number[],
  defect?: 'never finishes' | 'fails every time',
): Promise<string[]> {
  const { submit, poll, account } = jobWorld({ settings: { jobs } })
  if (defect) await account.putAssets([{ url: VIDEO_URL, defect }])
  const { RequestId } = (await submit(SUBMIT)).body
  const statuses: string[] = []
  for (const step of steps) {
    await account.clock.advance(step)
    statuses.push((await poll(RequestId)).Status)
  }
  return statuses
}

describe('durations', () => {
  test.each<[title: string, jobs: SettingsInput['jobs'], steps: number[], statuses: string[]]>([
    [
      'of one Action',
      { [SUBMIT]: { stages: { QUEUING: '1m', PROCESSING: '2m' } } },
      [59_999, 1, 119_999, 1],
      ['QUEUING', 'PROCESSING', 'PROCESSING', 'PROCESS_SUCCESS'],
    ],
    [
      'of one stage; the other keeps its own',
      { [SUBMIT]: { stages: { QUEUING: 10_000 } } },
      [9999, 1, 4000],
      ['QUEUING', 'PROCESSING', 'PROCESS_SUCCESS'],
    ],
    ['of nothing at all', { [SUBMIT]: { stages: { QUEUING: 0, PROCESSING: 0 } } }, [0], ['PROCESS_SUCCESS']],
    [
      'of a service',
      { 'videoseg.*': { stages: { QUEUING: '1h', PROCESSING: 0 }, timeout: '2h' } },
      [3_599_999, 1],
      ['QUEUING', 'PROCESS_SUCCESS'],
    ],
    ['of everything', { '*': { stages: { QUEUING: 5, PROCESSING: 5 } } }, [4, 1, 5], ['QUEUING', 'PROCESSING', 'PROCESS_SUCCESS']],
    [
      'the most specific counts',
      { '*': { stages: { QUEUING: 0 } }, 'videoseg.*': { stages: { QUEUING: 10 } } },
      [9, 1],
      ['QUEUING', 'PROCESSING'],
    ],
    ['a time limit within the first stage', { [SUBMIT]: { timeout: 500 } }, [499, 1], ['QUEUING', 'TIMEOUT_FAILED']],
    [
      'a time limit within the second stage',
      { [SUBMIT]: { timeout: '3s' } },
      [1000, 1999, 1],
      ['PROCESSING', 'PROCESSING', 'TIMEOUT_FAILED'],
    ],
    ['a time limit that is just kept', { [SUBMIT]: { timeout: '5s' } }, [4999, 1], ['PROCESSING', 'PROCESS_SUCCESS']],
  ])('%s', async (_title, jobs, steps, statuses) => {
    expect(await statusesAfter(jobs, steps)).toEqual(statuses)
  })

  test('a job that never finishes ends when its time is up', async () => {
    expect(await statusesAfter({}, [5000, 3_594_999, 1], 'never finishes')).toEqual(['PROCESSING', 'PROCESSING', 'TIMEOUT_FAILED'])
  })

  test('a job that fails is tried three times', async () => {
    expect(await statusesAfter({}, [5000, 4000, 3999, 1], 'fails every time')).toEqual([
      'PROCESSING',
      'PROCESSING',
      'PROCESSING',
      'LIMIT_RETRY_FAILED',
    ])
  })

  test('a job without time for its retries runs out of time', async () => {
    expect(await statusesAfter({ '*': { timeout: '10s' } }, [9999, 1], 'fails every time')).toEqual(['PROCESSING', 'TIMEOUT_FAILED'])
  })
})

test('moving the clock tells what fell due, in order', async () => {
  const { submit, account } = jobWorld()
  const first = (await submit(SUBMIT)).body.RequestId
  await account.clock.advance(500)
  const second = (await submit(SUBMIT)).body.RequestId
  expect(await account.clock.advance(5000)).toEqual([
    { at: '2026-01-01T00:00:01.000Z', what: `job ${first} QUEUING → PROCESSING` },
    { at: '2026-01-01T00:00:01.500Z', what: `job ${second} QUEUING → PROCESSING` },
    { at: '2026-01-01T00:00:05.000Z', what: `job ${first} PROCESSING → end` },
    { at: '2026-01-01T00:00:05.500Z', what: `job ${second} PROCESSING → end` },
  ])
})

test('a result expires counting from when the job ended, not from when the clock stopped', async () => {
  const { submit, poll, account } = jobWorld()
  const { RequestId } = (await submit(SUBMIT)).body
  await account.clock.advance(600_000)
  const { VideoUrl } = JSON.parse((await poll(RequestId)).Result)
  expect(new URL(VideoUrl).searchParams.get('Expires')).toBe(String(Date.parse('2026-01-01T00:30:05Z') / 1000))
})

describe('unfinished jobs', () => {
  test('are limited, and a finished one makes room', async () => {
    const { submit, account } = jobWorld({ settings: { maxUnfinishedJobs: 2 } })
    const codes = async () => {
      const { status, body } = await submit(SUBMIT)
      return status === 200 ? 'ok' : `${status} ${body.Code}`
    }
    expect([await codes(), await codes(), await codes()]).toEqual(['ok', 'ok', '500 InternalServerError.Busy'])
    await account.clock.advance(5000)
    expect(await codes()).toBe('ok')
  })

  test.each(['never finishes', 'fails every time', 'cannot be decoded'] as const)(
    'one whose file %s makes room in the end',
    async (defect) => {
      const { submit, account } = jobWorld({ settings: { maxUnfinishedJobs: 1 } })
      await account.putAssets([{ url: VIDEO_URL, defect }])
      await submit(SUBMIT)
      expect((await submit(SUBMIT)).status).toBe(500)
      await account.clock.advance(3_600_000)
      expect((await submit(SUBMIT)).status).toBe(200)
    },
  )

  test('a refused call starts none', async () => {
    const { submit, account } = jobWorld()
    await submit(SUBMIT, VIDEO_URL.replace('shanghai', 'beijing'))
    await submit(SUBMIT, 'nothing')
    expect(account.jobs.records.list().total).toBe(0)
  })
})

test.each(['', 'nope', '__proto__', 'x'.repeat(129), '49E2CC28-ED1D-4CC5-854D-7D0AE2B20976'])(
  'the job %j does not exist',
  async (JobId) => {
    const { status, body } = await jobWorld().call('videoseg.GetAsyncJobResult', { JobId })
    expect([status, body.Code]).toEqual([400, JobId === '' ? 'MissingParameter' : expect.stringMatching(/^InvalidParameter/)])
    expect(body.Message).toContain('"JobId"')
  },
)
