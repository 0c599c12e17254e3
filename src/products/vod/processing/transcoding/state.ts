/** The state of transcoding tasks. */

import { z } from 'zod'
import { defineProviderState, StateError } from '../../../../product/provider-state.js'
import { playableVideo } from '../../upload/states.js'

export const transcodingTask = defineProviderState({
  name: 'a transcoding task',
  means: 'A file has been pulled from a URL and transcoded.',
  params: z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example'),
  gives: { TranscodeTaskId: 'id of the task', VideoId: 'id of the video', VideoIds: 'the same' },
  meantFor: ['TranscodeTaskId'],
  async apply(world, words, params) {
    const { VideoId = '' } = (await playableVideo.apply(world, words, params as never)).values ?? {}
    const { clock, vod } = world.account
    const task = () => vod.transcodeTasks.getBy('video', VideoId)
    for (let due = clock.nextDue; due !== undefined && task()?.completedAt === undefined; due = clock.nextDue) await clock.advanceTo(due)
    const { taskId } = task() ?? {}
    if (taskId === undefined) throw new StateError('the video has not been transcoded')
    return { values: { TranscodeTaskId: taskId, VideoId, VideoIds: VideoId } }
  },
})
