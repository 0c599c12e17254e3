/** Whatever bytes an image has, the answer is a result or InvalidImage.Content. */

import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { watched } from '../support/watchdog.js'
import { landscape, useImageWorlds } from './support.js'

const { imageWorld } = useImageWorlds()

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

/** A box of a file of the ISO base media format: so long, of this type. */
function box(type: string, length: number): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt32BE(length)
  header.write(type, 4, 'latin1')
  return header
}

const SIZE = 4 * 1024 ** 2

test.each<[title: string, bytes: Buffer]>([
  ['a JPEG file without segments', Buffer.alloc(SIZE).fill(Buffer.from('ffd8ffe0', 'hex'), 0, 4)],
  [
    'a HEIF file of 200,000 sizes',
    Buffer.concat([
      box('ftyp', 24),
      Buffer.from('avif\0\0\0\0avifmif1'),
      ...[box('meta', SIZE), Buffer.alloc(4), box('iprp', SIZE - 12), box('ipco', SIZE - 20)],
      Buffer.alloc(SIZE, Buffer.concat([box('ispe', 20), Buffer.alloc(12, 1)])),
    ]),
  ],
  ['a file of icons, all of them empty', Buffer.alloc(SIZE, Buffer.from('ICON\0\0\0\x08')).fill('icns\x0f\xff\xff\xff', 0, 8, 'latin1')],
])('%s holds nobody up', async (_title, bytes) => {
  const { put, codeOf } = imageWorld()
  const url = await put('endless.jpg', bytes)
  expect(await watched(() => codeOf('ColorizeImage', { ImageURL: url }))).toBe('InvalidImage.Content')
})

test('the size of a JPEG file stands behind a large preview', async () => {
  const { put, codeOf } = imageWorld()
  const picture = await sharp(await landscape(60, 40))
    .jpeg()
    .toBuffer()
  const segment = Buffer.concat([Buffer.from('ffedfff0', 'hex'), Buffer.alloc(0xfff0 - 2)])
  const file = Buffer.concat([picture.subarray(0, 2), ...Array.from({ length: 8 }, () => segment), picture.subarray(2)])
  expect(await codeOf('AssessSharpness', { ImageURL: await put('large-preview.jpg', file) })).toBe('ok')
})
