/** What a refusal names is checked: each of these clouds names something else, or refuses one of several forms, and the checker says so. */

import { z } from 'zod'
import { json } from '../../src/params/structures.js'
import { overrideParams } from '../../src/products/vod/shared/templates/job-params.js'
import { type BrokenCase, before, giving, naming, reading, testBroken } from './support.js'

// biome-ignore lint/suspicious/noExplicitAny: inputs have all shapes
type Any = any

const withoutArray = ({ PackageSubtitleSetting, ...others }: Any): object =>
  Array.isArray(PackageSubtitleSetting) || PackageSubtitleSetting === undefined ? others : { ...others, PackageSubtitleSetting }

const effectOf = ({ Timeline }: Any): Any => Timeline?.timeline.VideoTracks?.[0]?.VideoTrackClips?.[0]?.Effects?.[0]

const cases: readonly BrokenCase[] = [
  [
    'a parameter is named that begins with the name of the right one',
    'vod.GetVideoInfo',
    { definition: naming('InvalidVideo.NotFound', 'VideoIds') },
    /InvalidVideo\.NotFound: VideoId is not named: VideoIds/,
  ],
  [
    'another parameter is named than that at fault',
    'vod.AddCategory',
    { definition: naming('InvalidCateId.NotFound', 'CateName') },
    /InvalidCateId\.NotFound: ParentId is not named: CateName/,
  ],
  [
    'no parameter is named, and one is at fault',
    'vod.AddCategory',
    { definition: naming('LevelExceededMax', undefined) },
    /LevelExceededMax: ParentId is not named/,
  ],
  [
    'the parameter that names what is at fault is not named',
    'vod.GetPlayInfo',
    { definition: naming('Forbidden.IllegalStatus', undefined, 'the video is Blocked') },
    /Forbidden\.IllegalStatus: VideoId is not named: the video is Blocked/,
  ],
  [
    'a parameter is named, and a quota is used up',
    'vod.AddVodDomain',
    { definition: naming('DomainOverLimit', 'DomainName') },
    /DomainOverLimit: DomainName is named, and it is about none/,
  ],
  [
    'a parameter is named, and it is the caller who may not',
    'vod.UpdateAppInfo',
    { definition: naming('Forbidden.OperateApp', 'AppId') },
    /Forbidden\.OperateApp: AppId is named, and it is about none/,
  ],
  [
    'no reason is given where no parameter is at fault',
    'vod.AddVodDomain',
    { reply: giving((reason) => (reason.startsWith('the account has') ? '' : reason)) },
    /DomainOverLimit: there is no reason/,
  ],
  [
    'a parameter is named, and every call is refused',
    'videoseg.GetAsyncJobResult',
    { reply: giving((reason) => reason.replace(/^videoseg has no endpoint/, 'JobId $&')) },
    /UnsupportedOperation, of every call: JobId is named/,
  ],
  [
    'a parameter is named, and there were too many calls',
    'vod.DeleteCategory',
    { reply: giving((reason) => reason.replace(/^more than/, 'CateId $&')) },
    /one call more: CateId is named/,
  ],
  [
    'another member of JSON is named, in words that have the right one in them',
    'vod.UpdateVodDomain',
    { definition: naming('InvalidSource.Priority.Malformed', 'Sources', 'at 0.type: goes with no such priority') },
    /InvalidSource\.Priority\.Malformed: priority is not named: Sources at 0\.type/,
  ],
  [
    'the JSON as a whole is named, and one member is wrong',
    'vod.CreateAudit',
    {
      definition: reading({
        AuditContent: json(
          z.array(z.looseObject({})).refine((list) => list.every(({ VideoId }) => typeof VideoId === 'string'), 'has no VideoId'),
        ),
      }),
    },
    /AuditContent: VideoId left out.*: VideoId is not named: AuditContent at its root/,
  ],
  [
    'a number in one of its two forms is refused',
    'vod.AddEditingProject',
    { definition: before(({ input, fail }) => void (Number(effectOf(input)?.X) < 1 && fail('InvalidParameter'))) },
    /Timeline: VideoTracks\.VideoTrackClips\.Effects\.X of "0\.999"/,
  ],
  [
    'one alone is taken, and an array is not looked into',
    'vod.SubmitTranscodeJobs',
    { definition: reading({ OverrideParams: json(z.preprocess(withoutArray, overrideParams)).optional() }) },
    /PackageSubtitleSetting\[\]/,
  ],
]

testBroken(cases)
