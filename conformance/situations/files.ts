/** What the vision services refuse files for, or fail with in a job: every Action, by the parameter that its file is in. */

import type { Asset, AssetInput } from '../../src/assets/asset.js'
import type { Before } from '../cases/before.js'
import type { Named } from '../cases/case.js'
import type { Facts } from '../facts/facts.js'
import { about, type Situation } from './situation.js'

type Defect = NonNullable<Asset['defect']>

/** Addresses that nothing is fetched from, with the codes of imageenhan and of the video services. */
const ADDRESSES = [
  { url: 'http://127.0.0.1/a.jpg', image: 'InvalidImage.Unsafe', video: 'InvalidFile.Unsafe' },
  { url: 'https://www.example.com/a.jpg', image: 'IllegalUrlParameter', video: 'InvalidFile.Region' },
] as const

/** A file of a type that no Action takes. */
const OTHER_TYPE = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/conformance/a.exe'

/** A job that fails tells a code and a message. */
const ofJob: Named = { none: 'the call succeeds' }

type Declared = Partial<Omit<AssetInput, 'url'>>

/** What can be wrong with a file, and the codes that both have for it; those of an Action alone, where it is the Action that minds. */
const DEFECTS: readonly { defect: Defect; image: string; video: string }[] = [
  { defect: 'cannot be downloaded', image: 'InvalidImage.Download', video: 'InvalidFile.Download' },
  { defect: 'cannot be decoded', image: 'InvalidImage.Content', video: 'InvalidFile.Decode' },
  { defect: 'is empty', image: 'InvalidImage.Content', video: 'InvalidFile.Content' },
  { defect: 'fails every time', image: 'InternalServerError', video: 'InternalServerError.Algo' },
]

/** Files that not every Action minds: by Action, with what is declared of the file, and the code. */
const MINDED: Readonly<Record<string, readonly (readonly [declared: Declared, code: string])[]>> = {
  'imageenhan.AssessExposure': [
    [{ width: 5000, height: 5000 }, 'InvalidImage.Resolution'],
    [{ bytes: 30 * 1024 ** 2 }, 'InvalidParameter.TooLarge'],
    [{ defect: 'never finishes' }, 'Timeout'],
  ],
  'videoseg.SegmentVideoBody': [[{ defect: 'shows something else' }, 'InvalidFile.Category']],
  'videoseg.SegmentHalfBody': [[{ width: 50, height: 50 }, 'InvalidFile.Resolution']],
  ...Object.fromEntries(
    ['videoenhan.SuperResolveVideo', 'videorecog.DetectVideoShot'].map((action) => [
      action,
      [
        [{ width: 50, height: 50 }, 'InvalidFile.Resolution'],
        [{ defect: 'shows something else' }, 'InvalidFile.Category'],
      ],
    ]),
  ),
}

/** The situations of a vision Action, going by the parameters that the manual says are URLs. */
export function fileSituations(action: string, { manual }: Facts, base: Readonly<Record<string, string>>): Situation[] {
  const [service = ''] = action.split('.', 1)
  const page = manual.get(action)
  if (service === 'vod' || page === undefined) return []
  const side = service === 'imageenhan' ? 'image' : 'video'
  const param = Object.keys(page.params).find((name) => page.params[name]?.format === 'url' && page.params[name]?.required && name in base)
  if (param === undefined) return []
  const inJob = page.kind === 'async'
  return [
    ...ADDRESSES.map((each): Situation => ({ action, code: each[side], names: { param }, changes: { [param]: each.url } })),
    ...(side === 'video' ? [{ action, code: 'InvalidFile.Type', names: { param }, changes: { [param]: OTHER_TYPE } }] : []),
    ...[...DEFECTS.map((each) => [{ defect: each.defect }, each[side]] as const), ...(MINDED[action] ?? [])].map(
      ([declared, code]): Situation => ({
        action,
        code,
        names: inJob ? ofJob : { param },
        changes: {},
        given: ({ account }: Before) => account.turn.take(() => account.putAssets([{ url: base[param] ?? '', ...declared }])),
        ...(inJob && { inJob }),
      }),
    ),
    ...(inJob
      ? [
          {
            action,
            code: side === 'image' ? 'ServiceUnavailable' : 'InternalServerError.Busy',
            names: about.quota,
            changes: {},
            given: async ({ account }: Before) => account.settings.change({ maxUnfinishedJobs: 0 }),
          },
        ]
      : []),
  ]
}
