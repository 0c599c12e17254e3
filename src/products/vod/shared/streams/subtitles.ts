/** Subtitles of adaptive streams (VOD manual 17.1, "SubtitleExtractConfig"; 17.3, "PackageSubtitle"). */

import type { Account } from '../../../../account/types.js'
import type { JobError } from '../../../../jobs/job.js'
import type { StoredObject } from '../../../../oss/object.js'
import { fileAt } from '../addresses/addresses.js'
import type { File } from '../media/file.js'
import { objectOf, storeAgain, storeBytes } from '../media/files.js'
import { storagesOf } from '../storage/storages.js'
import type { OverrideParams } from '../templates/job-params.js'
import type { Template } from '../templates/template-group.js'
import { nameIn } from './hls.js'
import { mediaPlaylist, type SubtitleTrack } from './playlist.js'

/** A track, and the file that is to be its text. */
interface Source {
  name: string
  language: string
  url: string
}

/** The tracks that subtitle templates name, with the addresses that a call has for them. */
export function subtitleSources(templates: readonly Template[], { PackageSubtitleSetting }: OverrideParams = {}): Source[] {
  const others = PackageSubtitleSetting?.PackageSubtitleList ?? []
  return templates
    .filter(({ Type }) => Type === 'SubtitlePackage')
    .flatMap(({ TranscodeTemplateId, PackageSetting }) =>
      (PackageSetting?.SubtitleExtractConfigList ?? []).map(({ SubtitleUrlList: [url = ''], Language, Name }) => {
        const other = others.find((each) => each.SubtitlePackageTemplateId === TranscodeTemplateId && each.Language === Language)
        return { name: Name, language: Language, url: other?.SubtitleUrl ?? url }
      }),
    )
}

/** A track that is stored. */
export interface StoredTrack {
  track: SubtitleTrack
  /** Its playlist, and its text. */
  files: File[]
}

/** Stores each track beside the streams: a playlist of one file. */
export async function storeSubtitles(
  account: Account,
  { bucket, stem }: { bucket: string; stem: string },
  duration: number,
  sources: readonly Source[],
): Promise<StoredTrack[] | { failed: JobError }> {
  const found = sources.map((source) => ({ ...source, object: subtitleAt(account, source.url) }))
  const missing = found.find(({ object }) => object === undefined)
  if (missing) return { failed: notFound(missing.url) }
  const stored: StoredTrack[] = []
  for (const [index, { name, language, object }] of found.entries()) {
    const text: File = { bucket, key: `${stem}-subtitles-${index + 1}.vtt` }
    const playlist: File = { bucket, key: `${stem}-subtitles-${index + 1}.m3u8` }
    await storeAgain(account, object as StoredObject, text)
    await storeBytes(account, playlist, Buffer.from(mediaPlaylist({ lengths: [duration], uriOf: () => nameIn(text) })))
    stored.push({ track: { uri: nameIn(playlist), name, language }, files: [playlist, text] })
  }
  return stored
}

/** The file that an address leads to: it must be in the bucket that came with the service. */
function subtitleAt(account: Account, url: string): StoredObject | undefined {
  const file = URL.canParse(url) ? fileAt(account, new URL(url)) : undefined
  return file?.bucket === storagesOf(account)[0].bucket ? objectOf(account, file) : undefined
}

const notFound = (url: string): JobError => ({
  code: 'InvalidParameter.ResourceNotFound',
  message: 'The resource operated "Subtitle" cannot be found.',
  reason: `${url.slice(0, 500)} is not the OSS address of a file in the bucket that came with the service`,
})
