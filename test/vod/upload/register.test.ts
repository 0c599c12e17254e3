import { expect, test } from 'vitest'
import { defaultTemplateGroupOf } from '../../../src/products/vod/shared/templates/built-in.js'
import { sample, vodWorld } from '../support.js'

const location = 'own-bucket.oss-cn-shanghai.aliyuncs.com'

/** A world whose account has files in a bucket of its own. */
async function registerWorld() {
  const world = vodWorld({ settings: { vod: { storages: [{ location }] } } })
  const { account, call } = world
  account.oss.createBucket('own-bucket', 'cn-shanghai')
  for (const key of ['a.mp4', 'b.mp4', 'notes.txt'])
    await account.turn.take(() => account.oss.putObject('own-bucket', key, sample('sample.mp4')))
  const register = async (keys: string[], params: Record<string, string> = {}) => {
    const files = keys.map((key) => ({ FileURL: `http://${location}/${key}`, Title: key }))
    return (await call('RegisterMedia', { RegisterMetadatas: JSON.stringify(files), ...params })).body
  }
  return { ...world, register }
}

test('files of an attached bucket become videos; others are listed as failed', async () => {
  const { register } = await registerWorld()
  const { RegisteredMediaList, FailedFileURLs } = await register(['a.mp4', 'gone.mp4', 'notes.txt', 'b.mp4'])
  expect(RegisteredMediaList).toMatchObject([
    { FileURL: `http://${location}/a.mp4`, NewRegister: true },
    { FileURL: `http://${location}/b.mp4`, NewRegister: true },
  ])
  expect(FailedFileURLs).toEqual([`http://${location}/gone.mp4`, `http://${location}/notes.txt`])
})

test('a file that is registered already keeps its id, and nothing happens to it', async () => {
  const { register, events, advance } = await registerWorld()
  const first = (await register(['a.mp4'])).RegisteredMediaList[0]
  await advance('1m')
  const before = events().length
  expect((await register(['a.mp4'])).RegisteredMediaList).toEqual([{ ...first, NewRegister: false }])
  expect(events()).toHaveLength(before)
})

test('a registered file is analysed, and transcoded only if a template group is named', async () => {
  const { register, status, advance, events, account } = await registerWorld()
  const { MediaId } = (await register(['a.mp4'])).RegisteredMediaList[0]
  await advance('1m')
  expect(events().map(({ EventType }) => EventType)).toEqual(['VideoAnalysisComplete', 'SnapshotComplete'])
  expect(await status(MediaId)).toBe('UploadSucc')
  const group = defaultTemplateGroupOf(account)?.templateGroupId ?? ''
  const other = (await register(['b.mp4'], { TemplateGroupId: group })).RegisteredMediaList[0]
  await advance('1m')
  expect(await status(other.MediaId)).toBe('Normal')
})

test('all files of a call are in one storage', async () => {
  const { refusal } = await registerWorld()
  const files = [`http://${location}/a.mp4`, 'http://other.oss-cn-shanghai.aliyuncs.com/b.mp4'].map((FileURL) => ({ FileURL, Title: 'x' }))
  expect(await refusal('RegisterMedia', { RegisterMetadatas: JSON.stringify(files) })).toMatchObject({
    status: 400,
    code: 'InvalidParameter',
  })
})
