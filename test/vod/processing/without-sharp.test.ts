/** Pictures are of the right format, size and number where sharp is not installed. */

import { imageSize } from 'image-size'
import { expect, test, vi } from 'vitest'
import { fetched, filmWorld, frameSeconds, pictureAt } from './film.js'

vi.mock('sharp', () => {
  throw new Error('Cannot find package "sharp"')
})

test('snapshots and sprites', async () => {
  const { cloud, take } = await filmWorld({ width: 1920, height: 1080 })
  const pictures = await take({ Count: 2 })
  expect(await pictureAt(cloud, pictures.Snapshots.Snapshot[1].Url)).toEqual(['image/jpeg', 'jpg', '1920x1080'])
  const sprites = await take(
    { Count: 2, SpriteSnapshotConfig: '{"CellWidth":"10","CellHeight":"20","Columns":"2","Lines":"2"}' },
    'SpriteSnapshot',
  )
  expect(await pictureAt(cloud, sprites.Snapshots.Snapshot[0].Url)).toEqual(['image/jpeg', 'jpg', '20x40'])
})

test.each(['gif', 'webp'])('animated images: %s', async (Format) => {
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
  expect(imageSize(bytes)).toMatchObject({ type: Format, width: 200, height: 130 })
  expect(frameSeconds(bytes)).toHaveLength(10)
})
