/** The largest images that Actions take, and ones that are noise: what is done with every pixel of them lets others go first in between. */

import { randomFillSync } from 'node:crypto'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { watched } from '../support/watchdog.js'
import { type Params, useImageWorlds } from './support.js'

const { imageWorld } = useImageWorlds()

/** Many times what one slice takes, and less than any of these takes as a whole. */
const LONGEST_SLICE_MS = 400

const noise = (side: number): Promise<Buffer> =>
  sharp(randomFillSync(Buffer.alloc(side * side * 3)), { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality: 40 })
    .toBuffer()

test.each<[action: string, params: Params]>([
  ['ColorizeImage', {}],
  ['RecolorHDImage', { Mode: 'TEMPLATE', ColorTemplate: [{ Color: '0A0B0C' }], Degree: '1' }],
  ['ImageBlindCharacterWatermark', { FunctionType: 'encode_text_plus', Text: '版权所有'.repeat(250), OutputFileType: 'bmp' }],
])('%s', async (action, params) => {
  const { data, put } = imageWorld()
  const url = await put('large.jpg', await noise(2999))
  const made = await watched(() => data(action, { ImageURL: url, Url: url, OriginImageURL: url, ...params }), {
    longestMs: LONGEST_SLICE_MS,
  })
  expect(Object.keys(made)).toHaveLength(1)
})
