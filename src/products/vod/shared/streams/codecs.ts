/** Codecs as playlists and manifests name them (RFC 6381). */

import type { Template } from '../templates/template-group.js'

/** H.264 is named as the samples have it: High, level 2.1. */
const VIDEO = { 'H.264': 'avc1.640015', 'H.265': 'hvc1.1.6.L93.B0' } as const
const AUDIO = { AAC: 'mp4a.40.2', MP3: 'mp4a.40.34' } as const

/** The codecs of what a template makes, of a source with these parts. */
export function codecsOf({ Video, Audio }: Template, { picture, sound }: { picture?: unknown; sound?: unknown }): string {
  const codecs: string[] = []
  if (picture !== undefined && Video.Remove !== 'true') codecs.push(VIDEO[Video.Codec ?? 'H.264'])
  if (sound !== undefined && Audio?.Remove !== 'true') codecs.push(AUDIO[Audio?.Codec ?? 'AAC'])
  return codecs.join(',')
}
