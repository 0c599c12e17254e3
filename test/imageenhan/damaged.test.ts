/** Whatever bytes an image has, the answer is a result or InvalidImage.Content. */

import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { imageWorld, landscape } from './support.js'

const files: Buffer[] = []
beforeAll(async () => {
  const scene = await landscape(60, 40)
  for (const format of ['png', 'jpeg', 'webp', 'tiff', 'gif'] as const) files.push(await sharp(scene).toFormat(format).toBuffer())
  const { put, data, look } = imageWorld()
  const { Url } = await data('MakeSuperResolutionImage', { Url: await put('a.png', scene), UpscaleFactor: 1, OutputFormat: 'bmp' })
  files.push((await look(Url)).bytes)
})

/** A file with a few bytes changed, most of them near its beginning, and perhaps its end cut off. */
const damages = fc.record({
  file: fc.nat({ max: 5 }),
  changes: fc.array(fc.record({ at: fc.oneof(fc.nat({ max: 60 }), fc.nat({ max: 3000 })), value: fc.nat({ max: 255 }) }), { maxLength: 6 }),
  kept: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
})

const calls = [
  ['RemoveImageSubtitles', 'ImageURL', {}],
  ['AssessComposition', 'ImageURL', {}],
  ['ErasePerson', 'UserMask', { ImageURL: 'http://pictures.oss-cn-shanghai.aliyuncs.com/other.png' }],
  ['ImageBlindPicWatermark', 'WatermarkImageURL', { FunctionType: 'decode_pic_plus' }],
] as const

test('damaged files', async () => {
  const { put, codeOf } = imageWorld()
  const codes = new Set<string>()
  await fc.assert(
    fc.asyncProperty(damages, fc.constantFrom(...calls), async ({ file, changes, kept }, [action, param, others]) => {
      const bytes = Buffer.from(files[file] as Buffer)
      for (const { at, value } of changes) if (at < bytes.byteLength) bytes[at] = value
      const url = await put('damaged.png', bytes.subarray(0, Math.ceil(bytes.byteLength * kept)))
      codes.add(await codeOf(action, { [param]: url, ...others }))
    }),
    { numRuns: 300, seed: 1 },
  )
  expect(
    [...codes].every((code) => ['ok', 'InvalidImage.Content', 'InvalidImage.Resolution', 'Timeout'].includes(code)),
    [...codes].join(),
  ).toBe(true)
  expect(codes).toContain('ok')
  expect(codes).toContain('InvalidImage.Content')
})
