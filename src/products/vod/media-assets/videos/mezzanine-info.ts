/** Source files (VOD manual 7.3.4). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { whenKnown } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { oneOf } from '../../../../params/scalars.js'
import { csv } from '../../../../params/structures.js'
import { playUrl } from '../../shared/addresses/addresses.js'
import { addressOptions, addressParams } from '../../shared/addresses/output-type.js'
import { kilobitsPerSecond } from '../../shared/media/bitrate.js'
import { baseName } from '../../shared/media/file.js'
import { objectOf } from '../../shared/media/files.js'
import { vod } from '../../shared/service/service.js'
import { id } from '../../upload/params.js'
import { videoErrors, videoNamed } from '../common/errors.js'
import { audioStream, audioStreams, videoStream, videoStreams } from './mezzanine-streams.js'

/** Numbers are answered as text of four decimals. */
const numeral = (value: number): string => value.toFixed(4)

export const getMezzanineInfo = vod.action('GetMezzanineInfo', {
  summary: 'Answers the address of the source file of a video or audio, and what is in it.',
  source: 'VOD manual 7.3.4',
  limit: perSecond(100),
  accepts: ['ReferenceId'],
  input: () => ({ VideoId: id(), ...addressParams, AdditionType: csv(oneOf(['video', 'audio'])).optional() }),
  output: () =>
    z.object({
      Mezzanine: z.object({
        VideoId: z.string(),
        FileName: z.string(),
        FileURL: whenKnown(z.string()),
        OutputType: z.string(),
        Status: z.string(),
        Size: z.number().optional(),
        /** Numbers as text: seconds, kilobits per second, frames per second. */
        Duration: z.string().optional(),
        Bitrate: z.string().optional(),
        Fps: z.string().optional(),
        Width: z.number().optional(),
        Height: z.number().optional(),
        CreationTime: z.string(),
        VideoStreamList: z.array(videoStream).optional(),
        AudioStreamList: z.array(audioStream).optional(),
      }),
    }),
  errors: { ...videoErrors, 'InvalidFile.NotFound': { status: 404, message: 'The file does not exist.' } },
  run({ input, account, fail }) {
    const video = videoNamed(account, input.VideoId, fail)
    const { file, facts, size, sourceStatus, storageLocation, createdAt } = video
    const uploaded = sourceStatus === 'Normal'
    if (uploaded && objectOf(account, file) === undefined)
      fail('InvalidFile.NotFound', { param: 'VideoId', reason: `is a video whose file is not in ${storageLocation} any more` })
    const wished = addressOptions(account, input, fail)
    // Buckets of the type "in" are not behind any domain.
    const options = file.bucket.startsWith('in-') ? { ...wished, domain: undefined } : wished
    const { picture, duration } = facts ?? {}
    const { AdditionType = [] } = input
    return {
      Mezzanine: {
        VideoId: video.videoId,
        FileName: baseName(file),
        FileURL: sourceStatus === 'Deleted' ? undefined : playUrl(account, file, options),
        OutputType: options.domain ? 'cdn' : 'oss',
        Status: sourceStatus,
        Size: size,
        Duration: duration === undefined ? undefined : numeral(duration),
        Bitrate: duration === undefined || size === undefined ? undefined : numeral(kilobitsPerSecond(size, duration)),
        Fps: picture && numeral(picture.fps),
        Width: picture?.width,
        Height: picture?.height,
        CreationTime: toUtcSeconds(createdAt),
        VideoStreamList: AdditionType.includes('video') ? (facts ? videoStreams(facts) : []) : undefined,
        AudioStreamList: AdditionType.includes('audio') ? (facts ? audioStreams(facts) : []) : undefined,
      },
    }
  },
})
