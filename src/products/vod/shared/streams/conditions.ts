/** Conditions of transcoding: what becomes of a template that asks for more than the source has (VOD manual 17.1, "TransConfig"). */

import type { JobError } from '../../../../jobs/job.js'
import type { Template } from '../templates/template-group.js'
import { isNarrowBand } from '../templates/transcode-template.js'

type TransConfig = NonNullable<Template['TransConfig']>

/** Two conditions for one thing: that it makes the job fail, which counts more, or that it is lowered. */
const CONDITIONS = {
  Reso: ['IsCheckResoFail', 'IsCheckReso'],
  VideoBitrate: ['IsCheckVideoBitrateFail', 'IsCheckVideoBitrate'],
  AudioBitrate: ['IsCheckAudioBitrateFail', 'IsCheckAudioBitrate'],
} as const satisfies Record<string, readonly (keyof TransConfig)[]>

/** What is to be done where a template asks for more than the source has; what is built into one is the most that it makes. */
export function onExcess(template: Template, what: keyof typeof CONDITIONS): 'fail' | 'lower' | 'keep' {
  const { TransConfig = {} } = template
  const [fails, lowers] = CONDITIONS[what]
  if (TransConfig[fails] === 'true') return 'fail'
  return TransConfig[lowers] === 'true' || isNarrowBand(template) ? 'lower' : 'keep'
}

/** What a job fails with whose template asks for more than the source has. The manual has no code for it; this is the one that media processing has for what it does not take. */
export const exceedsSource = (what: string): JobError => ({
  code: 'InvalidParameter.ResourceNotSupported',
  message: 'The resource operated "InputFile" is not supported.',
  reason: `the template asks for ${what} above the source's, and its TransConfig has that fail`,
})
