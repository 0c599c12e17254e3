import { expect, test } from 'vitest'
import { sample, vodWorld } from '../support.js'

/** The file with some of its bytes changed, the same in every run. */
function damaged(name: string, seed: number): Buffer {
  const bytes = Buffer.from(sample(name))
  let state = seed
  for (let change = 0; change < 40; change++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    bytes[state % bytes.length] = state >> 16
  }
  return bytes
}

test.each(['sample.mp4', 'sample.mov', 'sample.mp3', 'sample.flv'])('a damaged %s does no damage', async (name) => {
  const bugs: unknown[] = []
  const { upload, status, advance } = vodWorld({ onBug: (error) => bugs.push(error) })
  const videos = []
  for (let seed = 1; seed <= 6; seed++) videos.push(await upload({ FileName: name }, damaged(name, seed)))
  videos.push(await upload({ FileName: name }, sample(name).subarray(0, 100)))
  await advance('1m')
  expect(await Promise.all(videos.map(status))).toEqual(videos.map(() => 'Normal'))
  expect(bugs).toEqual([])
})

test('a damaged picture is uploaded all the same, of a size that nobody knows', async () => {
  const { call, put, account } = vodWorld()
  const { body } = await call('CreateUploadImage', { ImageType: 'default' })
  await put(body, sample('sample.png').subarray(0, 10))
  const image = account.vod.images.get(body.ImageId)
  expect([image?.status, image?.size, image?.width]).toEqual(['Normal', 10, undefined])
})
