/** States of reviews. */

import { z } from 'zod'
import { defineProviderState, type ProviderState, StateError } from '../../../product/provider-state.js'
import { storeSample } from '../shared/media/files.js'
import { playableVideo } from '../upload/states.js'

const auditedVideo = defineProviderState({
  name: 'a video that was reviewed',
  means: 'A video that can be played has been reviewed by machine, by the default template.',
  params: z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example'),
  gives: { MediaId: 'id of the video', VideoId: 'the same', JobId: 'id of the review' },
  async apply(world, words, params) {
    const { account, call } = world
    const { MediaId = '' } = (await playableVideo.apply(world, words, params as never)).values ?? {}
    const { JobId } = await call('vod.SubmitAIMediaAuditJob', { MediaId, TemplateId: '' })
    const { clock, vod } = account
    const done = () => vod.mediaAudits.get(JobId)?.completedAt !== undefined
    for (let due = clock.nextDue; due !== undefined && !done(); due = clock.nextDue) await clock.advanceTo(due)
    if (!done()) throw new StateError('the review has not come to an end')
    return { values: { MediaId, VideoId: MediaId, JobId } }
  },
})

const videoToReview = defineProviderState({
  name: 'a video to be reviewed',
  means: 'A file has been pulled from a URL, processed, and can be played.',
  params: z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example'),
  gives: { VideoId: 'id of the video', AuditContent: 'a review that blocks it' },
  meantFor: ['AuditContent'],
  async apply(world, words, params) {
    const { VideoId = '' } = (await playableVideo.apply(world, words, params as never)).values ?? {}
    return { values: { VideoId, AuditContent: JSON.stringify([{ VideoId, Status: 'Blocked', Reason: 'violence' }]) } }
  },
})

const imageToReview = defineProviderState({
  name: 'an image to be reviewed',
  means: 'An image has been created and its file uploaded.',
  params: z.looseObject({}).describe('parameters of CreateUploadImage, instead of those of its example'),
  gives: { MediaId: 'id of the image' },
  async apply({ account, call }, _words, params) {
    const { ImageId } = await call('vod.CreateUploadImage', params)
    const file = account.vod.images.get(ImageId)?.file
    if (file === undefined) throw new StateError('no image has been created')
    await account.turn.take(() => storeSample(account, file, 'sample.png'))
    return { values: { MediaId: ImageId } }
  },
})

export const auditStates: readonly ProviderState[] = [auditedVideo, videoToReview, imageToReview]
