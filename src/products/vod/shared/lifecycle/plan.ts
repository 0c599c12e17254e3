/** What is to be done with a video once its file is there: the workflow decides, else the template group. */

import type { Account } from '../../../../account/types.js'
import type { Video } from '../media/video.js'
import { workflowOf } from '../storage/storages.js'
import { type StepKind, stepsOf } from '../storage/workflow.js'
import { NO_TRANSCODE, type TemplateGroup } from '../templates/template-group.js'

/** What is to be done with a video. */
export interface Plan {
  /** It is transcoded by this group; without one, or without templates in it, it is not. */
  group?: TemplateGroup
  /** The source file itself can be played. */
  playsSource: boolean
}

/** The plan for a video: of a workflow, what of it begins with the upload. A group or workflow that is gone by now does nothing. */
export function planOf(account: Account, { workflowId, templateGroupId }: Video): Plan {
  const workflow = workflowId === undefined ? undefined : workflowOf(account, workflowId)
  const steps = workflow ? stepsOf(workflow) : []
  const transcode = steps.find(({ does }) => does === 'transcode')
  const groupId = workflowId === undefined ? templateGroupId : transcode?.does === 'transcode' ? transcode.templateGroupId : undefined
  const group = groupId === undefined ? undefined : account.vod.templateGroups.get(groupId)
  const atOnce = (does: StepKind): boolean => steps.some((step) => step.does === does && step.after === undefined)
  const playsSource = atOnce('distributeSource') || (groupId === NO_TRANSCODE && (workflow === undefined || atOnce('transcode')))
  return { playsSource, ...(group !== undefined && group.templates.length > 0 && { group }) }
}

/** How a video is transcoded, as the services call it. */
export function transcodeModeOf(account: Account, video: Video): 'FastTranscode' | 'AsyncTranscode' | 'NoTranscode' {
  const { group, playsSource } = planOf(account, video)
  return !playsSource ? 'FastTranscode' : group ? 'AsyncTranscode' : 'NoTranscode'
}
