/** Template groups that every account has. */

import type { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { fingerprint } from '../../../../base/ids.js'
import { lazily } from '../../../../base/lazily.js'
import { constant, constantWith } from '../../../../state/make.js'
import { DEFAULT_APP_ID } from '../apps/app.js'
import { defaultOf } from './defaults.js'
import { NO_TRANSCODE, type Template, type TemplateGroup, templateSchema } from './template-group.js'

/** The template group that applies where a call names none. */
export const defaultTemplateGroupOf = ({ vod }: Account, appId = DEFAULT_APP_ID): TemplateGroup | undefined =>
  defaultOf(vod.templateGroups, appId)

/** Id of the group that every account has for a default, until another is made the default. */
export const builtInGroupId = ({ accountId }: Account): string => fingerprint(accountId, 'TranscodeTemplateGroup').slice(0, 32)

/** Creates the groups that every account has, if they are not there. */
export function seedTemplateGroups(account: Account): void {
  const { accountId, clock, vod } = account
  const now = clock.startedAt
  const common = { locked: false, appId: DEFAULT_APP_ID, createdAt: now, modifiedAt: now }
  if (vod.templateGroups.get(NO_TRANSCODE) === undefined)
    vod.templateGroups.put({ ...common, templateGroupId: NO_TRANSCODE, name: 'No Transcoding', isDefault: false, templates: [] })
  if (defaultTemplateGroupOf(account) !== undefined) return
  vod.templateGroups.put({
    ...common,
    templateGroupId: builtInGroupId(account),
    name: 'TranscodeTemplateGroup',
    isDefault: true,
    templates: builtInTemplates(accountId),
  })
}

/** The built-in group makes standard definition as MP4 and as HLS of a picture, and an MP3 of what has none. */
const builtIn = lazily(() => {
  const template = (TemplateName: string, rest: Omit<z.input<typeof templateSchema>, 'TranscodeTemplateId' | 'TemplateName'>): Template =>
    constant(templateSchema, { ...rest, TranscodeTemplateId: TemplateName, TemplateName })
  const standard = { Codec: 'H.264', Width: '640', Bitrate: '400', Fps: '25' } as const
  const Audio = { Codec: 'AAC', Bitrate: '64', Samplerate: '44100' } as const
  const MuxConfig = { Segment: { Duration: '10' } }
  return [
    template('SD-MP4', { Definition: 'SD', Container: { Format: 'mp4' }, Video: standard, Audio }),
    template('SD-HLS', { Definition: 'SD', Container: { Format: 'm3u8' }, Video: standard, Audio, MuxConfig }),
    template('SQ-MP3', {
      Definition: 'SQ',
      Container: { Format: 'mp3' },
      Video: { Remove: 'true' },
      Audio: { ...Audio, Codec: 'MP3' },
      forAudioOnly: true,
    }),
  ]
})

const builtInTemplates = (accountId: string): Template[] =>
  builtIn().map((template) =>
    constantWith(template, { TranscodeTemplateId: fingerprint(accountId, 'TranscodeTemplate', template.TemplateName ?? '').slice(0, 32) }),
  )
