/** Animated images that are asked for (VOD manual 8.1.4). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { json } from '../../../../params/structures.js'
import { vod } from '../../shared/service/service.js'
import { refuseTooManyJobs } from '../../shared/service/too-many-jobs.js'
import { dynamicImageOverride } from '../../shared/templates/dynamic-image-config.js'
import { overrideParams } from '../../shared/templates/job-params.js'
import { id } from '../../upload/params.js'
import { checkOverrides } from '../transcoding/check-overrides.js'
import { noSuchResource, sourceErrors, videoToProcess } from '../transcoding/source.js'
import { overridden } from './clip.js'
import { dynamicImages, startDynamicImage } from './job.js'

/** Characters of OverrideParams; far more than the members of the structures take. */
const MAX_CHARACTERS = 65_536

export const submitDynamicImageJob = vod.action('SubmitDynamicImageJob', {
  summary: 'Has an animated image made of a video by a template, with what is to be otherwise.',
  source: 'VOD manual 8.1.4',
  limit: perSecond(30),
  input: () => ({
    VideoId: id(),
    DynamicImageTemplateId: id(),
    /** Members of the template's configuration, and watermarks. */
    OverrideParams: json(z.intersection(dynamicImageOverride, overrideParams), { maxLength: MAX_CHARACTERS }).optional(),
  }),
  output: () => z.object({ DynamicImageJob: z.object({ JobId: z.string() }) }),
  errors: sourceErrors,
  job: dynamicImages,
  async run({ input: { VideoId, DynamicImageTemplateId, OverrideParams }, account, fail }) {
    const video = videoToProcess(account, VideoId, ['UploadSucc', 'Transcoding', 'Normal', 'Checking', 'Blocked'], fail)
    const template =
      account.vod.vodTemplates.get(DynamicImageTemplateId)?.dynamicImage ??
      fail(
        'NoSuchResource',
        noSuchResource(DynamicImageTemplateId, 'DynamicImageTemplateId', 'is not the id of a dynamic image template of this account'),
      )
    const { Name, Video, Container, Clip, SetDefaultCover, Watermarks } = OverrideParams ?? {}
    // Watermarks are not drawn; all else that OverrideParams can hold is for transcoding.
    if (Watermarks) checkOverrides(account, video, { templates: [] }, { Watermarks }, fail)
    refuseTooManyJobs(account, fail)
    const config = overridden(template, withoutUndefined({ Name, Video, Container, Clip, SetDefaultCover }))
    return { DynamicImageJob: { JobId: await startDynamicImage(account, video, DynamicImageTemplateId, config) } }
  },
})

/** What is not said does not replace what the template says. */
const withoutUndefined = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
