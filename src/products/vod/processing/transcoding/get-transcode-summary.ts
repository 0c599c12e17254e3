/** How far the latest transcoding of videos has come (VOD manual 8.5.1). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { factsOf, paramType, Violated } from '../../../../params/param-type.js'
import { csv } from '../../../../params/structures.js'
import { findAll } from '../../media-assets/common/find.js'
import { taskStatusOf } from '../../shared/lifecycle/transcode-task.js'
import { vod } from '../../shared/service/service.js'
import { id } from '../../upload/params.js'
import { jobFields, jobFieldsOf, outputFields, outputFieldsOf, timeOf } from './job-info.js'

/** Ids separated by commas; the manual's sample has quotation marks around all of them. */
function videoIds(): z.ZodType<string[], string> {
  const list = csv(id(), { maxItems: 10 })
  const { required: _, ...facts } = factsOf(list)
  return paramType(facts, (value) => {
    const { success, data, error } = list.safeParse(value.replace(/^"(.*)"$/, '$1'))
    return success ? data : new Violated('value', error.issues[0]?.message ?? '')
  })
}

export const getTranscodeSummary = vod.action('GetTranscodeSummary', {
  summary: 'Tells how far the latest transcoding of up to ten videos has come; what was never transcoded is left out.',
  source: 'VOD manual 8.5.1',
  limit: perSecond(15),
  input: () => ({ VideoIds: videoIds() }),
  output: () =>
    z.object({
      TranscodeSummaryList: inAnyOrder(
        z.array(
          z.object({
            VideoId: z.string(),
            TranscodeStatus: z.string(),
            TranscodeTemplateGroupId: z.string(),
            CreationTime: z.string(),
            CompleteTime: z.string().optional(),
            // The mark of the template is in the sample alone, as Encryption.
            TranscodeJobInfoSummaryList: inAnyOrder(
              z.array(z.object({ ...jobFields, ...outputFields, Definition: z.string().optional() })),
            ),
          }),
        ),
      ),
      NonExistVideoIds: inAnyOrder(z.array(z.string())),
    }),
  run({ input: { VideoIds }, account }) {
    const { videos, transcodeTasks } = account.vod
    const { found, missing } = findAll(videos, VideoIds)
    const tasks = found.flatMap(({ videoId }) => transcodeTasks.getBy('video', videoId) ?? [])
    return {
      TranscodeSummaryList: tasks.map((task) => ({
        VideoId: task.videoId,
        TranscodeStatus: taskStatusOf(task),
        TranscodeTemplateGroupId: task.templateGroupId,
        CreationTime: toUtcSeconds(task.createdAt),
        CompleteTime: timeOf(task.completedAt),
        TranscodeJobInfoSummaryList: task.jobs.map((job) => ({
          ...jobFieldsOf(account, task, job),
          ...outputFieldsOf(job),
          Definition: job.definition,
        })),
      })),
      NonExistVideoIds: missing,
    }
  },
})
