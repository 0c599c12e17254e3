/** What is in the pictures, as a library reads them that knows the formats. */

import sharp from 'sharp'
import { expect, test } from 'vitest'
import { fetched, filmWorld } from './film.js'

test('a sprite has the pictures in its cells, and the background between and around them', async () => {
  const { cloud, take } = await filmWorld()
  const SpriteSnapshotConfig = JSON.stringify({
    CellWidth: 64,
    CellHeight: 36,
    Columns: 3,
    Lines: 2,
    Padding: 10,
    Margin: 20,
    Color: 'Red',
  })
  const { Snapshots } = await take({ Count: 4, Interval: 1, SpriteSnapshotConfig }, 'SpriteSnapshot')
  const { bytes } = await fetched(cloud, Snapshots.Snapshot[0].Url)
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([252, 122])
  const isRed = (x: number, y: number): boolean => {
    const [red = 0, green = 0, blue = 0] = data.subarray((y * info.width + x) * 3)
    return red > 200 && green < 60 && blue < 60
  }
  const centres = [0, 1, 2, 3, 4, 5].map((index) => isRed(20 + (index % 3) * 74 + 32, 20 + Math.floor(index / 3) * 46 + 18))
  // Four cells are full.
  expect(centres).toEqual([false, false, false, false, true, true])
  expect([isRed(9, 9), isRed(89, 38), isRed(52, 61), isRed(246, 116)]).toEqual([true, true, true, true])
})

test.each(['gif', 'webp'])('every frame of a %s differs from the one before', async (Format) => {
  const { cloud, call, advance, template, VideoId } = await filmWorld()
  const config = {
    Video: { Width: '200', Height: '130', Fps: '5' },
    Container: { Format },
    Clip: { TimeSpan: { Seek: '0', Duration: '2' } },
  }
  await call('SubmitDynamicImageJob', { VideoId, DynamicImageTemplateId: template({ dynamicImage: config }) })
  await advance('1m')
  const [{ FileURL }] = (await call('ListDynamicImage', { VideoId })).body.DynamicImageList
  const { bytes } = await fetched(cloud, FileURL)
  expect(await sharp(bytes, { animated: true }).metadata()).toMatchObject({ pages: 10, loop: 0, width: 200, pageHeight: 130 })
  const frames = await Promise.all(Array.from({ length: 10 }, (_, page) => sharp(bytes, { page }).removeAlpha().raw().toBuffer()))
  for (const [index, frame] of frames.entries()) if (index > 0) expect(frame.equals(frames[index - 1] as Buffer)).toBe(false)
})
