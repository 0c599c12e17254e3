/** States of media in VOD. */

import { z } from 'zod'
import { callAction, exampleParams } from './call.js'
import { actionNamed } from './lookup.js'
import { defineState, type State, StateError, type World } from './state.js'

const pullParams = z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example')

const createParams = z.looseObject({}).describe('parameters of CreateUploadVideo, instead of those of its example')

/** Calls an Action of VOD with the parameters of its example or others, and returns the answer. */
function callVod(world: World, name: string, given: object) {
  const action = actionNamed(world.cloud, `vod.${name}`)
  return callAction(world, action, exampleParams(action, given))
}

const video = defineState({
  name: 'a video',
  means: 'A file has been pulled from a URL, processed, and can be played.',
  params: pullParams,
  gives: { VideoId: 'id of the video', MediaId: 'the same', MediaIds: 'the same', JobIds: 'id of the job that has pulled it' },
  async apply(world, _words, params) {
    const { clock, vod } = world.account
    const { UploadJobs } = await callVod(world, 'UploadMediaByURL', params)
    const { JobId } = UploadJobs[0]
    const made = () => vod.videos.get(vod.uploadJobs.get(JobId)?.videoId ?? '')
    for (let due = clock.nextDue; due !== undefined && made()?.status !== 'Normal'; due = clock.nextDue) await clock.advanceTo(due)
    const { videoId, status } = made() ?? {}
    if (videoId === undefined || status !== 'Normal')
      throw new StateError(`nothing that can be played has come of it: ${status ?? 'no video'}`)
    return { values: { VideoId: videoId, MediaId: videoId, MediaIds: videoId, JobIds: JobId } }
  },
})

const newVideo = defineState({
  name: 'a video without a file',
  means: 'The video has been created, and nothing uploaded.',
  params: createParams,
  gives: { VideoId: 'id of the video', MediaId: 'the same', MediaIds: 'the same' },
  async apply(world, _words, params) {
    const { VideoId } = await callVod(world, 'CreateUploadVideo', params)
    return { values: { VideoId, MediaId: VideoId, MediaIds: VideoId } }
  },
})

const uploadInParts = defineState({
  name: 'a video with an upload in parts',
  means: 'The video has been created, and its upload begun.',
  params: createParams,
  gives: { VideoId: 'id of the video', MediaId: 'the same', MediaIds: 'the same' },
  async apply(world, _words, params) {
    const { oss, turn, vod } = world.account
    const { VideoId } = await callVod(world, 'CreateUploadVideo', params)
    const file = vod.videos.get(VideoId)?.file
    if (file === undefined) throw new StateError(`there is no video ${VideoId}`)
    await turn.take(() => oss.uploads.initiate(file.bucket, file.key, { contentType: 'video/mp4', headers: {} }))
    return { values: { VideoId, MediaId: VideoId, MediaIds: VideoId } }
  },
})

const waitingPull = defineState({
  name: 'a waiting upload by URL',
  means: 'UploadMediaByURL has been called, and its job waits.',
  params: pullParams,
  gives: { JobIds: 'id of the job' },
  async apply(world, _words, params) {
    const { UploadJobs } = await callVod(world, 'UploadMediaByURL', params)
    return { values: { JobIds: UploadJobs[0].JobId } }
  },
})

const bucket = defineState({
  name: 'a bucket',
  means: 'The account has an empty bucket in cn-shanghai.',
  params: z.strictObject({}),
  gives: { StorageLocation: 'its host' },
  async apply({ account: { accountId, oss, turn } }) {
    const { name, region } = await turn.take(() => oss.createBucket(`contract-${accountId}`, 'cn-shanghai'))
    return { values: { StorageLocation: `${name}.oss-${region}.aliyuncs.com` } }
  },
})

export const vodStates: readonly State[] = [video, newVideo, uploadInParts, waitingPull, bucket]
