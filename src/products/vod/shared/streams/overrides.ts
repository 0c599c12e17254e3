/** What a call has otherwise than its templates (VOD manual 17.3, "OverrideParams"). */

import type { OverrideParams } from '../templates/job-params.js'
import type { Template } from '../templates/template-group.js'
import { isNarrowBand } from '../templates/transcode-template.js'

/** A template as a call has it. Original quality is never anything else, nor is what is built into narrow-band. */
export function overridden(template: Template, { TranscodeTemplateList = [] }: OverrideParams = {}): Template {
  if (template.Definition === 'OD') return template
  const over = TranscodeTemplateList.find(({ TranscodeTemplateId }) => TranscodeTemplateId === template.TranscodeTemplateId)
  if (over === undefined) return template
  const { Clip, Rotate, TranscodeFileRegular } = over
  const { Video, Audio } = isNarrowBand(template) ? {} : over
  return {
    ...template,
    Video: { ...template.Video, ...Video },
    ...((template.Audio || Audio) && { Audio: { ...template.Audio, ...Audio } }),
    ...(Clip && { Clip }),
    ...(Rotate !== undefined && { Rotate }),
    ...(TranscodeFileRegular !== undefined && { TranscodeFileRegular }),
  }
}
