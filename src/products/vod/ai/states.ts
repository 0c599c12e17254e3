/** States of AI. */

import { z } from 'zod'
import { defineProviderState, type ProviderState } from '../../../product/provider-state.js'
import { playableVideo } from '../upload/states.js'

const videoParams = z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example')

const fingerprinted = defineProviderState({
  name: 'two videos that are alike',
  means: 'The same file has been pulled twice from a URL, and fingerprints of both have been taken.',
  params: videoParams,
  gives: { MediaId: 'id of the second video', JobIds: 'id of the job that has taken its fingerprint' },
  async apply(world, words, params) {
    const original = await playableVideo.apply(world, words, params as never)
    await fingerprint(world, original.values?.VideoId)
    const copy = await playableVideo.apply(world, words, params as never)
    const JobIds = await fingerprint(world, copy.values?.VideoId)
    return { values: { MediaId: copy.values?.VideoId ?? '', JobIds } }
  },
})

type World = Parameters<ProviderState['apply']>[0]

async function fingerprint(world: World, MediaId: string | undefined): Promise<string> {
  const { AIJobList } = await world.call('vod.SubmitAIJob', { MediaId, Types: 'AIMediaDNA' })
  const { JobId } = AIJobList.AIJob[0]
  await untilEnded(world, JobId)
  return JobId
}

async function untilEnded({ account: { clock, jobs } }: World, jobId: string): Promise<void> {
  for (let due = clock.nextDue; due !== undefined && jobs.get(jobId)?.ending === undefined; due = clock.nextDue) await clock.advanceTo(due)
}

const tagged = defineProviderState({
  name: 'a video with tags',
  means: 'A file has been pulled from a URL, and tags have been found for it.',
  params: videoParams,
  gives: { MediaId: 'id of the video', JobIds: 'id of the job that has found them' },
  async apply(world, words, params) {
    const { values = {} } = await playableVideo.apply(world, words, params as never)
    const { AIJobList } = await world.call('vod.SubmitAIJob', {
      MediaId: values.VideoId,
      Types: 'AIVideoTag',
      Config: '{"AIVideoTag":{"AnalyseTypes":"Face,ASR,OCR,Category,Annotation","OrigASRData":true}}',
    })
    const { JobId } = AIJobList.AIJob[0]
    await untilEnded(world, JobId)
    return { values: { MediaId: values.VideoId ?? '', JobIds: JobId } }
  },
})

const smartCoverTemplate = defineProviderState({
  name: 'a template for smart covers',
  means: 'The account has an AI template of the type AIImage, and a video.',
  params: videoParams,
  gives: { AITemplateId: 'id of the template', VideoId: 'id of the video' },
  meantFor: ['AITemplateId'],
  async apply(world, words, params) {
    const { TemplateId } = await world.call('vod.AddAITemplate', {
      TemplateName: 'cover',
      TemplateType: 'AIImage',
      TemplateConfig: '{"Format":"gif","SetDefaultCover":"true"}',
    })
    const { values = {} } = await playableVideo.apply(world, words, params as never)
    return { values: { AITemplateId: TemplateId, VideoId: values.VideoId ?? '' } }
  },
})

const smartCovers = defineProviderState({
  name: 'a video with smart covers',
  means: 'Smart covers have been taken from a video.',
  params: videoParams,
  gives: { VideoId: 'id of the video', JobIds: 'id of the job that has taken them', AIImageInfoIds: 'id of one of them' },
  meantFor: ['AIImageInfoIds'],
  async apply(world, words, params) {
    const { values = {} } = await smartCoverTemplate.apply(world, words, params as never)
    const { VideoId = '', AITemplateId } = values
    const { JobId } = await world.call('vod.SubmitAIImageJob', { VideoId, AITemplateId, UserData: '{"Extend":{"localId":"1"}}' })
    await untilEnded(world, JobId)
    const [image] = world.account.vod.aiImages.list({ by: { video: VideoId } }).rows
    return { values: { VideoId, JobIds: JobId, AIImageInfoIds: image?.aiImageInfoId ?? '' } }
  },
})

export const aiStates: readonly ProviderState[] = [fingerprinted, tagged, smartCoverTemplate, smartCovers]
