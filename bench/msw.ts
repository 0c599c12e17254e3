/** What a call costs through msw, in this process: the cloud's handlers against one that has its answer ready. */

import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { createCloud } from '../src/index.js'
import { mswHandlers } from '../src/msw.js'
import { ANSWER } from './answer.js'
import { callIn, signedFor } from './in-process.js'
import type { Effort } from './slices.js'
import { shuffled } from './statistics.js'

/** Microseconds of processor time per call, client included: one figure for each round of slices. */
export interface MswCosts {
  canned: number[]
  cloud: number[]
}

/** Both in turn: the same signed calls by `fetch`, one at a time. */
export async function measureMsw({ slices, callsPerSlice, warmUp }: Effort): Promise<MswCosts> {
  const cloud = createCloud({ clock: 'manual', settings: { limits: { actions: { '*': { limit: 1_000_000, per: 'second' } } } } })
  const account = cloud.account()
  const params = { VideoUrl: 'http://bench.oss-cn-shanghai.aliyuncs.com/a.mp4' }
  const { RequestId: JobId } = JSON.parse(await callIn(cloud, account, 'videoseg.SegmentVideoBody', params))
  const handlers = {
    canned: [http.get('https://videoseg.cn-shanghai.aliyuncs.com/', () => HttpResponse.json(ANSWER))],
    cloud: mswHandlers(cloud),
  }
  const server = setupServer()
  server.listen({ onUnhandledRequest: 'error' })
  const costs: MswCosts = { canned: [], cloud: [] }
  try {
    for (let slice = -warmUp; slice < slices; slice++)
      for (const name of shuffled(['canned', 'cloud'] as const)) {
        server.resetHandlers(...handlers[name])
        const urls = Array.from({ length: callsPerSlice }, () => {
          const { host, path, query } = signedFor(account, 'videoseg.GetAsyncJobResult', { JobId }, 'GET')
          return `https://${host}${path}?${query}`
        })
        const before = process.cpuUsage()
        for (const url of urls) await answered(url)
        const { user, system } = process.cpuUsage(before)
        if (slice >= 0) costs[name].push((user + system) / urls.length)
      }
    return costs
  } finally {
    server.close()
    cloud.dispose()
  }
}

async function answered(url: string): Promise<void> {
  const response = await fetch(url)
  const text = await response.text()
  if (response.status !== 200) throw new Error(`Answered ${response.status}: ${text}`)
}
