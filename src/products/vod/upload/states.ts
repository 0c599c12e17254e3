/** States of videos and their uploads; those of other chapters stand beside their Actions. */

import { z } from 'zod'
import { defineProviderState, type ProviderState, StateError } from '../../../product/provider-state.js'

const pullParams = z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example')

const createParams = z.looseObject({}).describe('parameters of CreateUploadVideo, instead of those of its example')

/** A video that has taken its whole course; states of other chapters start from it. */
export const playableVideo = defineProviderState({
  name: 'a video',
  means: 'A file has been pulled from a URL, processed, and can be played.',
  params: pullParams,
  gives: {
    VideoId: 'id of the video',
    VideoIds: 'the same',
    MediaId: 'the same',
    MediaIds: 'the same',
    JobIds: 'id of the job that has pulled it',
  },
  meantFor: ['VideoId', 'VideoIds', 'MediaId', 'MediaIds', 'JobIds'],
  async apply({ account: { clock, vod }, call }, _words, params) {
    const { UploadJobs } = await call('vod.UploadMediaByURL', params)
    const { JobId } = UploadJobs[0]
    const made = () => vod.videos.get(vod.uploadJobs.get(JobId)?.videoId ?? '')
    for (let due = clock.nextDue; due !== undefined && made()?.status !== 'Normal'; due = clock.nextDue) await clock.advanceTo(due)
    const { videoId, status } = made() ?? {}
    if (videoId === undefined || status !== 'Normal')
      throw new StateError(`nothing that can be played has come of it: ${status ?? 'no video'}`)
    return { values: { VideoId: videoId, VideoIds: videoId, MediaId: videoId, MediaIds: videoId, JobIds: JobId } }
  },
})

const newVideo = defineProviderState({
  name: 'a video without a file',
  means: 'The video has been created, and nothing uploaded.',
  params: createParams,
  gives: { VideoId: 'id of the video', MediaId: 'the same', MediaIds: 'the same' },
  async apply({ call }, _words, params) {
    const { VideoId } = await call('vod.CreateUploadVideo', params)
    return { values: { VideoId, MediaId: VideoId, MediaIds: VideoId } }
  },
})

const uploadInParts = defineProviderState({
  name: 'a video with an upload in parts',
  means: 'The video has been created, and its upload begun.',
  params: createParams,
  gives: { VideoId: 'id of the video', MediaId: 'the same', MediaIds: 'the same' },
  async apply({ account: { oss, turn, vod }, call }, _words, params) {
    const { VideoId } = await call('vod.CreateUploadVideo', params)
    const file = vod.videos.get(VideoId)?.file
    if (file === undefined) throw new StateError(`there is no video ${VideoId}`)
    await turn.take(() => oss.uploads.initiate(file.bucket, file.key, { contentType: 'video/mp4', headers: {} }))
    return { values: { VideoId, MediaId: VideoId, MediaIds: VideoId } }
  },
})

const ticketGives = {
  VideoId: 'id of the video',
  Bucket: 'bucket that its file goes to',
  FileName: 'name of the file in it',
}

const ticketSchema = z.object({ Bucket: z.string(), FileName: z.string() })
const keySchema = z.object({ AccessKeyId: z.string(), AccessKeySecret: z.string(), SecurityToken: z.string() })

const decoded = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64').toString())

const uploadTicket = defineProviderState({
  name: 'an upload ticket',
  means: 'The video has been created, and nothing uploaded; requests to OSS are signed with the credentials that were handed out.',
  params: createParams,
  gives: ticketGives,
  async apply({ call }, _words, params) {
    const { VideoId, UploadAddress, UploadAuth } = await call('vod.CreateUploadVideo', params)
    const { Bucket, FileName } = ticketSchema.parse(decoded(UploadAddress))
    const { AccessKeyId, AccessKeySecret, SecurityToken } = keySchema.parse(decoded(UploadAuth))
    return {
      values: { VideoId, Bucket, FileName },
      key: { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken },
    }
  },
})

const ticketWithParts = defineProviderState({
  name: 'an upload ticket with an upload in parts',
  means: 'As with an upload ticket; an upload in parts has been begun, and these parts have arrived.',
  params: z.strictObject({ parts: z.array(z.string()).max(100).default([]) }),
  gives: { ...ticketGives, UploadId: 'id of the upload' },
  async apply(world, words, { parts }) {
    const { values = {}, ...given } = await uploadTicket.apply(world, words, {} as never)
    const { oss, turn } = world.account
    const received = await Promise.all(parts.map((part) => oss.storage.receive(Buffer.from(part))))
    const UploadId = await turn.take(() => {
      const upload = oss.uploads.initiate(values.Bucket ?? '', values.FileName ?? '', { contentType: 'video/mp4', headers: {} })
      for (const [index, part] of received.entries()) oss.uploads.addPart(upload, index + 1, part)
      return upload.id
    })
    return { ...given, values: { ...values, UploadId } }
  },
})

const waitingPull = defineProviderState({
  name: 'a waiting upload by URL',
  means: 'UploadMediaByURL has been called, and its job waits.',
  params: pullParams,
  gives: { JobIds: 'id of the job' },
  async apply({ call }, _words, params) {
    const { UploadJobs } = await call('vod.UploadMediaByURL', params)
    return { values: { JobIds: UploadJobs[0].JobId } }
  },
})

const bucket = defineProviderState({
  name: 'a bucket',
  means: 'The account has an empty bucket in cn-shanghai.',
  params: z.strictObject({}),
  gives: { StorageLocation: 'its host' },
  meantFor: ['StorageLocation'],
  async apply({ account: { accountId, oss, turn } }) {
    const { name, region } = await turn.take(() => oss.createBucket(`contract-${accountId}`, 'cn-shanghai'))
    return { values: { StorageLocation: `${name}.oss-${region}.aliyuncs.com` } }
  },
})

export const uploadStates: readonly ProviderState[] = [
  playableVideo,
  newVideo,
  uploadInParts,
  uploadTicket,
  ticketWithParts,
  waitingPull,
  bucket,
]
