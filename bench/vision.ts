/** What vision jobs cost an account when very many of them fall due at one instant. */

import { createCloud } from '../src/index.js'
import { callIn, elapsed, watchAnother } from './in-process.js'

const JOBS = 10_000

/** Milliseconds of real time, of each round. */
export interface VisionJobs {
  atOnce: number[]
  /** The longest that a call to another account has waited for its answer meanwhile. */
  longestWait: number[]
}

/** Submits the jobs, then moves the clock until all of them have ended. */
export async function measureVisionJobs(rounds: number): Promise<VisionJobs> {
  const measured: VisionJobs = { atOnce: [], longestWait: [] }
  for (let round = 0; round < rounds; round++) {
    const cloud = createCloud({ clock: 'manual', settings: { limits: { enabled: false }, maxUnfinishedJobs: JOBS } })
    const account = cloud.account()
    const params = { VideoUrl: 'http://bench.oss-cn-shanghai.aliyuncs.com/a.mp4' }
    for (let job = 0; job < JOBS; job++) await callIn(cloud, account, 'videoseg.SegmentVideoBody', params)
    if (account.jobs.unfinished !== JOBS) throw new Error(`${account.jobs.unfinished} jobs were started`)
    const longestWait = watchAnother(cloud)
    measured.atOnce.push(await elapsed(() => account.clock.advance('12h')))
    measured.longestWait.push(await longestWait())
    if (account.jobs.unfinished > 0) throw new Error(`${account.jobs.unfinished} jobs have not ended`)
    cloud.dispose()
  }
  return measured
}
