/** Snapshots that are asked for (VOD manual 8.1.2). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import type { Refusal } from '../../../../base/errors.js'
import { paramType, Violated } from '../../../../params/param-type.js'
import { integerText, long } from '../../../../params/scalars.js'
import { json } from '../../../../params/structures.js'
import { startSnapshots } from '../../shared/lifecycle/snapshots.js'
import { userData } from '../../shared/media/user-data-param.js'
import { vod } from '../../shared/service/service.js'
import { refuseTooManyJobs } from '../../shared/service/too-many-jobs.js'
import { MAX_SNAPSHOTS } from '../../shared/snapshots/layout.js'
import { type SnapshotTemplateConfig, type SpriteSnapshotConfig, spriteSnapshotConfig } from '../../shared/templates/snapshot-config.js'
import { id } from '../../upload/params.js'
import { noSuchResource, sourceErrors, videoToProcess } from '../transcoding/source.js'

/** Pixels. */
const side = () => integerText({ min: 8, max: 4096 })

const spriteJson = json(spriteSnapshotConfig)

/** SpriteSnapshotConfig; the manual's own example has single quotes, with which the service's JSON reader has no difficulty. */
const spriteConfig = () =>
  paramType<SpriteSnapshotConfig>({ type: 'String', format: 'json' }, (text) => {
    const { success, data, error } = spriteJson.safeParse(text.includes('"') ? text : text.replaceAll("'", '"'))
    return success ? data : new Violated('value', error.issues[0]?.message ?? '')
  })

export const submitSnapshotJob = vod.action('SubmitSnapshotJob', {
  summary: 'Has snapshots taken of a video: single pictures, sprites of them, or what a template asks for.',
  source: 'VOD manual 8.1.2',
  limit: perSecond(30),
  accepts: ['ReferenceId'],
  input: () => ({
    VideoId: id(),
    /** Milliseconds from the start to the first one. */
    SpecifiedOffsetTime: long({ min: 0 }).default(0),
    /** Pixels; with one of the two, the other follows in proportion. Default: the source's. */
    Width: side().optional(),
    Height: side().optional(),
    /** How many, at most. Without it there are as many as the video has at the interval. */
    Count: long({ min: 1 }).optional(),
    /** Seconds between two; 0 spreads them over the video. Default, where there is a Count: 1. */
    Interval: long({ min: 0 }).optional(),
    SpriteSnapshotConfig: spriteConfig().optional(),
    /** With it, what the others say of pictures does not count. */
    SnapshotTemplateId: id().optional(),
    UserData: userData().optional(),
  }),
  output: () => z.object({ SnapshotJob: z.object({ JobId: z.string() }) }),
  errors: sourceErrors,
  async run({ input, account, fail }) {
    const { VideoId, SnapshotTemplateId: templateId, UserData } = input
    const video = videoToProcess(account, VideoId, ['UploadSucc', 'Normal', 'Checking', 'Blocked'], fail)
    const config = templateId === undefined ? configOf(input, fail) : snapshotTemplate(account, templateId, fail)
    refuseTooManyJobs(account, fail)
    return { SnapshotJob: { JobId: await startSnapshots(account, video, { config, templateId, userData: UserData }) } }
  },
})

function snapshotTemplate({ vod }: Account, templateId: string, fail: (code: 'NoSuchResource', refusal: Refusal) => never) {
  const config = vod.vodTemplates.get(templateId)?.snapshot
  return (
    config ??
    fail('NoSuchResource', noSuchResource(templateId, 'SnapshotTemplateId', 'is not the id of a snapshot template of this account'))
  )
}

/** What a call without a template asks for. */
interface Wish {
  SpecifiedOffsetTime: number
  Count?: number | undefined
  Interval?: number | undefined
  Width?: number | undefined
  Height?: number | undefined
  SpriteSnapshotConfig?: SpriteSnapshotConfig | undefined
}

/** The manual has defaults for Count and Interval and wants one of them to be given; each has its default where the other is given. */
function configOf(
  { Count, Interval, SpecifiedOffsetTime, Width, Height, SpriteSnapshotConfig }: Wish,
  fail: (code: 'MissingParameter' | 'InvalidParameter', refusal: Refusal) => never,
): SnapshotTemplateConfig {
  if (Count === undefined && Interval === undefined)
    fail('MissingParameter', { param: 'Count', reason: 'is not given, and neither is Interval; one of the two is needed' })
  if (Count === undefined && Interval === 0)
    fail('MissingParameter', { param: 'Count', reason: 'is not given, and with Interval 0 nothing else says how many' })
  return {
    SnapshotType: SpriteSnapshotConfig ? 'SpriteSnapshot' : 'NormalSnapshot',
    SnapshotConfig: {
      Count: Count ?? MAX_SNAPSHOTS,
      Interval: Interval ?? 1,
      SpecifiedOffsetTime,
      Width,
      Height,
      ...(SpriteSnapshotConfig && { SpriteSnapshotConfig }),
    },
  }
}
