import { expect, test } from 'vitest'
import { createCloud } from '../../src/index.js'
import type { Billing } from '../../src/usage/billing.js'

/** The price lists of the manuals, in CNY: per call after a hundred free ones a month, … */
const perCall = {
  'imageenhan.ExtendImageStyle': 0.02,
  'imageenhan.RecolorImage': 0.02,
  'imageenhan.MakeSuperResolutionImage': 0.04,
  'imageenhan.GenerateDynamicImage': 0.1,
  'imageenhan.RecolorHDImage': 0.04,
  'imageenhan.EnhanceImageColor': 0.1,
  'imageenhan.ColorizeImage': 0.2,
  'imageenhan.ChangeImageSize': 0.02,
  'imageenhan.IntelligentComposition': 0.01,
  'imageenhan.ImitatePhotoStyle': 0.02,
  'imageenhan.RemoveImageSubtitles': 0.01,
  'imageenhan.RemoveImageWatermark': 0.01,
  'imageenhan.ImageBlindPicWatermark': 0.02,
  'imageenhan.ImageBlindCharacterWatermark': 0.02,
  'imageenhan.ErasePerson': 0.06,
  'imageenhan.AssessComposition': 0.002,
  'imageenhan.AssessExposure': 0.002,
}

/** … per minute of the input or the output, … */
const perMinute = {
  'videoenhan.AbstractEcommerceVideo': ['input', 0.4],
  'videoenhan.AbstractFilmVideo': ['input', 0.8],
  'videoenhan.EraseVideoSubtitles': ['output', 0.4],
  'videoenhan.EraseVideoLogo': ['input', 0.8],
  'videoenhan.ChangeVideoSize': ['output', 0.4],
  'videoenhan.ToneSdrVideo': ['output', 0.4],
  'videoenhan.AdjustVideoColor': ['output', 0.4],
  'videoenhan.ConvertHdrVideo': ['output', 0.4],
  'videoenhan.GenerateVideo': ['output', 0.8],
  'videoseg.SegmentVideoBody': ['output', 1.2],
}

/** … per minute of the output, by resolution (720P, 1440P, 2160P) and frame rate (30, 60, 120), … */
const byQuality = {
  'videoenhan.EnhanceVideoQuality': [4, 8, 16, 8, 16, 32, 24, 48, 96],
  'videoenhan.SuperResolveVideo': [0.4, 0.8, 1.6, 0.8, 1.6, 3.2, 2.4, 4.8, 9.6],
  'videoenhan.InterpolateVideoFrame': [3, 6, 12, 6, 12, 24, 18, 36, 72],
}

/** … per call by the number of calls in the month, … */
const inTiers = {
  'imageenhan.AssessSharpness': [
    [10_000, 0.002],
    [5_000_000, 0.0018],
    [null, 0.0016],
  ],
}

/** … and nothing. */
const free = [
  'videoenhan.MergeVideoFace',
  'videoseg.SegmentHalfBody',
  'videoseg.SegmentGreenScreenVideo',
  'videorecog.GenerateVideoCover',
  'videorecog.DetectVideoShot',
  'imageenhan.GetAsyncJobResult',
  'videoenhan.GetAsyncJobResult',
  'openplatform.AuthorizeFileUpload',
  'videorecog.GetAsyncJobResult',
  'viapiutils.GetOssStsToken',
  'videoseg.GetAsyncJobResult',
]

const expected: Record<string, Partial<Billing>> = {}
for (const [id, price] of Object.entries(perCall))
  expected[id] = {
    unit: 'call',
    tiers: [
      { upTo: 100, price: 0 },
      { upTo: null, price },
    ],
  }
for (const [id, [of, price]] of Object.entries(perMinute) as [string, ['input' | 'output', number]][])
  expected[id] = { unit: 'second', of, rates: [{ upToP: null, upToFps: null, price }] }
for (const [id, prices] of Object.entries(byQuality)) {
  const columns = [720, 1440, 2160].flatMap((upToP) => [30, 60, 120].map((upToFps) => ({ upToP, upToFps })))
  expected[id] = { unit: 'second', of: 'output', rates: columns.map((column, index) => ({ ...column, price: prices[index] as number })) }
}
for (const [id, tiers] of Object.entries(inTiers))
  expected[id] = { unit: 'call', tiers: tiers.map(([upTo, price]) => ({ upTo: upTo as number | null, price: price as number })) }
for (const id of free) expected[id] = { unit: 'call', tiers: [{ upTo: null, price: 0 }], note: expect.any(String) }

const { byId, actions } = createCloud({ clock: 'manual' }).catalogue

test.each(Object.entries(expected))('%s', (id, billing) => {
  expect(byId.get(id)?.billing).toMatchObject(billing)
})

test('every Action of the vision services is in the lists above', () => {
  const vision = actions.filter(({ service }) => service.name !== 'vod').map(({ id }) => id)
  expect(vision.sort()).toEqual(Object.keys(expected).sort())
})
