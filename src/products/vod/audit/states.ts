/** States of reviews. */

import { z } from 'zod'
import { defineProviderState, type ProviderState, StateError } from '../../../product/provider-state.js'
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

export const auditStates: readonly ProviderState[] = [auditedVideo]
