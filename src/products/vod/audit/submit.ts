/** Automated reviews, submitted (VOD manual 10.2.1, 10.2.2). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import type { ErrorTable, Refusal } from '../../../base/errors.js'
import { oneOf } from '../../../params/scalars.js'
import { json } from '../../../params/structures.js'
import { resourceErrors, videoErrors } from '../media-assets/common/errors.js'
import { imageAudit, mediaAudit, startImageAudit, startVideoAudit } from '../shared/lifecycle/media-audit.js'
import { userData } from '../shared/media/user-data-param.js'
import { vod } from '../shared/service/service.js'
import { refuseTooManyJobs } from '../shared/service/too-many-jobs.js'
import { type AITemplate, BUILT_IN_AUDIT_TEMPLATE, defaultAITemplateOf } from '../shared/templates/ai-template.js'
import { structure, words } from '../shared/templates/structure.js'
import { id } from '../upload/params.js'

/** Nothing follows from it here: standards of one's own have to be agreed with the service. */
const mediaAuditConfiguration = () =>
  json(
    structure(() => ({
      ResourceType: words(64)
        .regex(/^[A-Za-z0-9_]+$/, 'may hold letters, digits and underscores only')
        .optional(),
    })),
    {
      maxLength: 1024,
    },
  ).optional()

// The manual documents no errors of these Actions; these are what other Actions answer in the same situation.
const errors = {
  ...resourceErrors,
  'Forbidden.IllegalStatus': { status: 400, message: 'Status of the video is illegal.' },
} as const satisfies ErrorTable

type Fail = (code: 'NoSuchResource' | 'Throttling.User', refusal: Refusal) => never

export const submitAIMediaAuditJob = vod.action('SubmitAIMediaAuditJob', {
  summary: 'Starts the automated review of a video or audio.',
  source: 'VOD manual 10.2.1',
  limit: perSecond(15),
  input: () => ({
    MediaId: id(),
    // The manual marks it mandatory, and has a default for it; the interface has it optional.
    TemplateId: id().optional(),
    UserData: userData().optional(),
    MediaType: oneOf(['video']).optional(),
    MediaAuditConfiguration: mediaAuditConfiguration(),
  }),
  output: () => z.object({ MediaId: z.string(), JobId: z.string() }),
  errors: { ...errors, ...videoErrors },
  job: mediaAudit,
  async run({ input: { MediaId, TemplateId, UserData }, account, fail }) {
    const video =
      account.vod.videos.get(MediaId) ??
      fail('InvalidVideo.NotFound', { param: 'MediaId', reason: 'is not the id of a video of this account' })
    if (video.sourceStatus !== 'Normal' || video.facts === undefined)
      fail('Forbidden.IllegalStatus', {
        param: 'MediaId',
        reason: 'is a video whose source has not been analysed (VideoAnalysisComplete), is damaged or deleted',
      })
    const template = templateNamed(account, TemplateId, fail)
    refuseTooManyJobs(account, fail)
    return { MediaId, JobId: await startVideoAudit(account, video, { template, userData: UserData }) }
  },
})

export const submitAIImageAuditJob = vod.action('SubmitAIImageAuditJob', {
  summary: 'Starts the automated review of an image.',
  source: 'VOD manual 10.2.2',
  limit: perSecond(20),
  input: () => ({
    MediaId: id(),
    // Marked mandatory by manual and interface; the manual has a default for it all the same.
    TemplateId: id().optional(),
    MediaAuditConfiguration: mediaAuditConfiguration(),
  }),
  output: () => z.object({ JobId: z.string() }),
  errors,
  job: imageAudit,
  async run({ input: { MediaId, TemplateId }, account, fail }) {
    const image =
      account.vod.images.get(MediaId) ?? fail('NoSuchResource', { param: 'MediaId', reason: 'is not the id of an image of this account' })
    if (image.status !== 'Normal') fail('Forbidden.IllegalStatus', { param: 'MediaId', reason: `is an image that is ${image.status}` })
    const template = templateNamed(account, TemplateId, fail)
    refuseTooManyJobs(account, fail)
    return { JobId: await startImageAudit(account, image, { template }) }
  },
})

/** The template that is named, or else the default; where that was taken away, the service's own. */
function templateNamed(account: Account, templateId: string | undefined, fail: Fail): AITemplate {
  const { aiTemplates } = account.vod
  const template =
    templateId === undefined
      ? (defaultAITemplateOf(account, 'AIMediaAudit') ?? aiTemplates.get(BUILT_IN_AUDIT_TEMPLATE))
      : aiTemplates.get(templateId)
  return template?.audit ? template : fail('NoSuchResource', { param: 'TemplateId', reason: 'is not the id of an AI template for reviews' })
}
