/** Names of what transcoding puts out (developer guide, names of transcoded files). */

import type { Account } from '../../../../account/types.js'
import { newId } from '../media/new-id.js'
import type { Stream } from '../media/stream.js'
import type { Template } from '../templates/template-group.js'

/** The container of what a template makes; what is packaged is HLS. */
export const formatOf = ({ Type, Container }: Pick<Template, 'Type' | 'Container'>): Stream['format'] =>
  Type === 'VideoPackage' ? 'm3u8' : Container.Format

/** What the name of an output depends on. */
export interface Named {
  videoId: string
  jobId: string
  template: Pick<Template, 'TranscodeFileRegular'>
  definition: Stream['definition']
  format: Stream['format']
  encrypted: boolean
}

/** The name of an output without its extension: by the rule of its template, else a random one. Packages have no rule. */
export function outputStem(account: Account, { videoId, jobId, template, definition, format, encrypted }: Named): string {
  const mark = definition.toLowerCase()
  const rule = definition === 'AUTO' || format === 'mpd' ? undefined : template.TranscodeFileRegular
  const suffix = encrypted ? '-encrypt-stream' : ''
  if (rule === undefined) return `${videoId}/${newId(account)}-${newId(account)}-${mark}${suffix}`
  return rule.replaceAll('{MediaId}', videoId).replaceAll('{JobId}', jobId).replaceAll('{PlayDefinition}', mark) + suffix
}
