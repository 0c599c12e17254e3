/** The bytes of a stream, which nothing encodes, and what is said of it. */

import type { Account } from '../../../../account/types.js'
import type { StoredObject } from '../../../../oss/object.js'
import { kilobitsPerSecond } from '../media/bitrate.js'
import { extensionOf } from '../media/extensions.js'
import type { File } from '../media/file.js'
import { objectOf, storeAgain, storeBytes, storeSample } from '../media/files.js'
import { newId } from '../media/new-id.js'
import type { Stream } from '../media/stream.js'
import type { Video } from '../media/video.js'
import type { Template } from '../templates/template-group.js'
import { watermarksOf } from '../templates/watermarks-of.js'
import { outputOf } from './output.js'

/** Samples that stand for what an encoder would have made. */
const SAMPLES: Partial<Record<Stream['format'], string>> = { mp4: 'sample.mp4', mp3: 'sample.mp3', flv: 'sample.flv' }

/**
 * Makes a stream. Its container is the right one, but nothing is encoded: in the container of the source it has the source's bytes, in
 * another it has those of a sample. Size and bitrate are those of the bytes, everything else is what the template asks for.
 */
export async function makeStream(account: Account, jobId: string, video: Video, template: Template): Promise<Stream | undefined> {
  const source = objectOf(account, video.file)
  if (source === undefined || video.facts === undefined) return undefined
  const output = outputOf(template, video.facts)
  const { bucket } = video.file
  const encrypted = template.EncryptSetting !== undefined && output.format === 'm3u8'
  const name = `${video.videoId}/${newId(account)}-${newId(account)}-${output.definition.toLowerCase()}${encrypted ? '-encrypt-stream' : ''}`
  const file: File = { bucket, key: `${name}.${output.format}` }
  const sample = SAMPLES[output.format]
  const segments = output.format === 'm3u8' && sample === undefined ? [{ bucket, key: `${name}-00001.ts` }] : undefined
  const stored =
    output.format === extensionOf(video.file.key)
      ? await storeAgain(account, source, file)
      : segments
        ? await storeHls(account, file, segments[0] as File)
        : await storeSample(account, file, sample as string)
  const { size } = stored
  const now = account.clock.now()
  const { duration } = video.facts
  const [watermark] = watermarksOf(account, template, video)
  return {
    ...output,
    jobId,
    status: 'Normal',
    file,
    ...(segments && { segments }),
    size,
    duration,
    bitrate: kilobitsPerSecond(size, duration),
    ...(encrypted && { encryptType: 'AliyunVoDEncryption' }),
    ...(watermark && { watermarkId: watermark.watermarkId }),
    createdAt: now,
    modifiedAt: now,
  }
}

/** Stores a playlist with the sample as its one segment, which is what the stream's size is about. */
async function storeHls(account: Account, playlist: File, segment: File): Promise<StoredObject> {
  const stored = await storeSample(account, segment, 'sample.ts')
  const lines = ['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:2', '#EXT-X-MEDIA-SEQUENCE:0', '#EXTINF:2.000,']
  const segmentName = segment.key.slice(segment.key.lastIndexOf('/') + 1)
  await storeBytes(account, playlist, Buffer.from(`${[...lines, segmentName, '#EXT-X-ENDLIST'].join('\n')}\n`))
  return stored
}
