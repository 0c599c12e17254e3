/** Large files that are to be played as they are: what they are is found out at once only if little of them must be read for it. */

import { expect, test } from 'vitest'
import { watched } from '../../support/watchdog.js'
import { sample, vodWorld } from '../support.js'

const MEGABYTE = 1024 ** 2
const location = 'own-bucket.oss-cn-shanghai.aliyuncs.com'

/** A film with so many bytes behind it that belong to nobody. */
function padded(bytes: number): Buffer {
  const filling = Buffer.alloc(bytes)
  filling.writeUInt32BE(bytes)
  filling.write('free', 4)
  return Buffer.concat([sample('sample.mp4'), filling])
}

/** What begins as a file of MXF, again and again. */
const endless = Buffer.alloc(8 * MEGABYTE, Buffer.from('060e2b34020501010d01020101020400', 'hex'))

test('a film can be played as soon as it is there', async () => {
  const { upload, status, play } = vodWorld()
  const VideoId = await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE' }, padded(3 * MEGABYTE))
  expect(await status(VideoId)).toBe('Normal')
  expect((await play(VideoId)).body.PlayInfoList.PlayInfo).toMatchObject([{ Definition: 'OD', Size: 3 * MEGABYTE + 28_293, Width: 320 }])
})

test('what is no film holds nobody up, and can be played once it has been analysed', async () => {
  const { upload, status, play, advance } = vodWorld()
  await watched(
    async () => {
      const VideoId = await upload({ TemplateGroupId: 'VOD_NO_TRANSCODE' }, endless)
      expect(await status(VideoId)).toBe('UploadSucc')
      await advance('1s')
      expect(await status(VideoId)).toBe('Normal')
      expect((await play(VideoId)).body.PlayInfoList.PlayInfo).toMatchObject([{ Definition: 'OD', Size: endless.byteLength }])
    },
    { longestMs: 500 },
  )
})

test('the same of a file that is registered', async () => {
  const { account, call, status, advance } = vodWorld({ settings: { vod: { storages: [{ location }] } } })
  account.oss.createBucket('own-bucket', 'cn-shanghai')
  await account.turn.take(() => account.oss.putObject('own-bucket', 'a.mp4', endless))
  const params = {
    RegisterMetadatas: JSON.stringify([{ FileURL: `http://${location}/a.mp4`, Title: 'a' }]),
    TemplateGroupId: 'VOD_NO_TRANSCODE',
  }
  const { MediaId } = (await call('RegisterMedia', params)).body.RegisteredMediaList[0]
  expect(await status(MediaId)).toBe('UploadSucc')
  await advance('1s')
  expect(await status(MediaId)).toBe('Normal')
})
