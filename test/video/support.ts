/** Jobs of videoseg and videorecog, from submission to their end. */

import type { Asset } from '../../src/index.js'
import { type Answer, type CallOptions, testCloud, VIDEO_URL } from '../support/cloud.js'

/** The asynchronous Actions and what they need beside the URL. */
export const submits = [
  { id: 'videoseg.SegmentVideoBody', param: 'VideoUrl', rest: {} },
  { id: 'videoseg.SegmentHalfBody', param: 'VideoUrl', rest: {} },
  { id: 'videoseg.SegmentGreenScreenVideo', param: 'VideoURL', rest: {} },
  { id: 'videorecog.GenerateVideoCover', param: 'VideoUrl', rest: { IsGif: false } },
  { id: 'videorecog.DetectVideoShot', param: 'VideoUrl', rest: {} },
] as const

/** Name of an asynchronous Action with its service. */
export type SubmitId = (typeof submits)[number]['id']

/** A cloud with functions that submit a job, poll it and see it through. */
export function jobWorld(options: Parameters<typeof testCloud>[0] = {}) {
  const world = testCloud(options)
  const { call, account } = world
  const submit = (id: SubmitId, url: string = VIDEO_URL, callOptions?: CallOptions): Promise<Answer> => {
    const { param, rest } = submits.find((each) => each.id === id) as (typeof submits)[number]
    return call(id, { [param]: url, ...rest }, callOptions)
  }
  // biome-ignore lint/suspicious/noExplicitAny: Data has a shape per state
  const poll = async (JobId: string, service = 'videoseg'): Promise<any> =>
    (await call(`${service}.GetAsyncJobResult`, { JobId })).body.Data
  /** Submits a job on a declared file and tells how it ended. */
  const outcome = async (id: SubmitId, asset: Partial<Asset> = {}) => {
    const url = asset.url ?? VIDEO_URL
    await account.putAssets([{ ...asset, url }])
    const { status, body } = await submit(id, url)
    if (status !== 200) return { refused: body.Code as string }
    await account.clock.advance(24 * 3600_000)
    return poll(body.RequestId)
  }
  return { ...world, submit, poll, outcome }
}
