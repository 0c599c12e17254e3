/** The bytes of a stream, which nothing encodes, and what is said of it. */

import type { Account } from '../../../../account/types.js'
import type { Outcome } from '../../../../jobs/kind.js'
import { extensionOf } from '../media/extensions.js'
import type { File } from '../media/file.js'
import { objectOf, storeAgain, storeBytes, storeSample } from '../media/files.js'
import type { Stream } from '../media/stream.js'
import type { Video } from '../media/video.js'
import { codecsOf } from '../streams/codecs.js'
import { manifest } from '../streams/dash.js'
import { segmentKeyOf } from '../streams/encryption.js'
import { nameIn, segmentSeconds, storeHls } from '../streams/hls.js'
import { outputStem } from '../streams/names.js'
import { overridden } from '../streams/overrides.js'
import type { OverrideParams } from '../templates/job-params.js'
import { watermarksOf } from '../templates/watermarks-of.js'
import { makePackage } from './make-package.js'
import type { Failed, Making, Stored } from './making.js'
import type { Order } from './order.js'
import { outputOf } from './output.js'

/** Samples that stand for what an encoder would have made. */
const SAMPLES: Partial<Record<Stream['format'], string>> = { mp4: 'sample.mp4', mp3: 'sample.mp3', flv: 'sample.flv' }

/**
 * Makes what a job is to make. Its container is the right one, but nothing is encoded: in the container of the source it has the source's bytes, in
 * another those of a sample. Its size is that of the bytes, everything else is what the template asks for. The result is a {@link Stream}.
 */
export async function makeStream(
  account: Account,
  jobId: string,
  video: Video,
  { template: plain, packagedWith, encryption }: Order,
  overrides?: OverrideParams,
): Promise<Outcome> {
  const source = objectOf(account, video.file)
  const { facts, videoId } = video
  if (source === undefined || facts === undefined) return { failed: GONE }
  const template = overridden(plain, overrides)
  const output = outputOf(template, facts)
  if ('failed' in output) return output
  const key = encryption && segmentKeyOf(account, encryption, jobId)
  if (key && 'failed' in key) return key
  const { definition, format } = output
  const stem = outputStem(account, { videoId, jobId, template, definition, format, encrypted: key !== undefined })
  const making: Making = { account, source, facts, template, output, stem, key }
  const made = packagedWith ? await makePackage(making, packagedWith, overrides) : await store(making)
  if ('failed' in made) return made
  const now = account.clock.now()
  const [watermark] = watermarksOf(account, template, video)
  const stream: Stream = {
    ...output,
    ...made,
    jobId,
    status: 'Normal',
    ...(encryption && { encryptType: encryption.type }),
    ...(watermark && output.streamType === 'video' && { watermarkId: watermark.watermarkId }),
    createdAt: now,
    modifiedAt: now,
  }
  return { result: stream }
}

const GONE = { code: 'InvalidFile.NotFound', message: 'The file does not exist.' }

/** Stores the files of a stream. */
function store(making: Making): Promise<Stored | Failed> {
  const { format } = making.output
  return format === 'm3u8' ? storePlaylist(making) : format === 'mpd' ? storeManifest(making) : storeFile(making, format)
}

async function storePlaylist({ account, source: { bucket }, template, output: { duration }, stem, key }: Making): Promise<Stored> {
  const { playlist, segment, size } = await storeHls(account, { bucket, stem }, { duration, seconds: segmentSeconds(template), key })
  return { file: playlist, segments: [segment], size }
}

/** A manifest, and the one file that it offers. */
async function storeManifest(making: Making): Promise<Stored | Failed> {
  const { account, source, facts, template, output, stem } = making
  const media = await storeFile(making, 'mp4')
  if ('failed' in media) return media
  const { duration, bitrate, width, height, fps, streamType } = output
  const file: File = { bucket: source.bucket, key: `${stem}.mpd` }
  const codecs = codecsOf(template, facts)
  const bandwidth = bitrate * 1000
  const uri = nameIn(media.file)
  const text = manifest(duration, [{ id: '1', uri, mimeType: `${streamType}/mp4`, codecs, bandwidth, width, height, fps }])
  await storeBytes(account, file, Buffer.from(text))
  return { file, segments: [media.file], size: media.size }
}

/** One file: the source again where it has this container, else a sample. */
async function storeFile({ account, source, stem }: Making, format: Stream['format']): Promise<Stored | Failed> {
  const file: File = { bucket: source.bucket, key: `${stem}.${format}` }
  const sample = SAMPLES[format]
  if (format === extensionOf(source.key)) return { file, size: (await storeAgain(account, source, file)).size }
  return sample === undefined ? { failed: NOT_SUPPORTED } : { file, size: (await storeSample(account, file, sample)).size }
}

/** WebM can be played as it is, but is no container of transcoding. */
const NOT_SUPPORTED = { code: 'InvalidParameter.NotSupported', message: 'The specified parameter "Container" is not supported.' }
