import { expect, test } from 'vitest'
import { testCloud } from '../support/cloud.js'
import { rpcGet } from '../support/wire.js'

const SOURCE = 'http://input.oss-cn-shanghai.aliyuncs.com/a.mp4'

test('URL pulls are listed in XML with an element for each, and in JSON as a plain array', async () => {
  const { call, send } = testCloud()
  await call('vod.UploadMediaByURL', { UploadURLs: SOURCE })
  const { body } = await call('vod.GetURLUploadInfos', { UploadURLs: SOURCE })
  expect(body.URLUploadInfoList).toMatchObject([{ UploadURL: SOURCE }])
  const xml = String((await send('vod.GetURLUploadInfos', { UploadURLs: SOURCE }, { format: 'XML' })).body)
  expect(xml).toMatch(/<URLUploadInfoList><UrlUploadJobInfoDTO>.*<\/UrlUploadJobInfoDTO><\/URLUploadInfoList>/)
  expect(xml).toContain(`<UploadURL>${SOURCE}</UploadURL>`)
})

test('upload details are listed in XML with an element for each', async () => {
  const { call, send } = testCloud()
  const videos = [
    await call('vod.CreateUploadVideo', { Title: 'one', FileName: 'a.mp4' }),
    await call('vod.CreateUploadVideo', { Title: 'two', FileName: 'b.mp4' }),
  ]
  const MediaIds = videos.map(({ body }) => body.VideoId).join(',')
  const xml = String((await send('vod.GetUploadDetails', { MediaIds, MediaType: 'video' }, { format: 'XML' })).body)
  expect(xml).toMatch(/<UploadDetails><UploadDetail>.*<\/UploadDetail><UploadDetail>.*<\/UploadDetail><\/UploadDetails>/)
})

test('other arrays repeat their own element', async () => {
  const { send } = testCloud()
  const xml = String((await send('vod.UploadMediaByURL', { UploadURLs: `${SOURCE},${SOURCE}?2` }, { format: 'XML' })).body)
  expect(xml).toMatch(
    /^<\?xml version="1.0" encoding="utf-8"\?><UploadMediaByURLResponse>.*<UploadJobs>.*<\/UploadJobs><UploadJobs>.*<\/UploadJobs><\/UploadMediaByURLResponse>$/,
  )
})

test('signature 1.0 without Format gets XML, as the manual has it', async () => {
  const call = rpcGet({ Action: 'GetMessageCallback', Version: '2017-03-21', Format: undefined, JobId: undefined })
  const { status, headers } = await testCloud().cloud.handle(call)
  expect([status, headers['content-type']]).toEqual([200, 'text/xml;charset=utf-8'])
})
