/** What the emulator sends to where a client has told it to: whoever may have something sent may not use the control API by it. */

import { expect, onTestFinished, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { popCore, testEmulator } from '../support/sdk.js'

async function world() {
  const emulator = await testEmulator()
  onTestFinished(emulator.close)
  const { cloud, url, control } = emulator
  const account = cloud.account()
  await account.putAssets([{ url: VIDEO_URL }])
  const call = popCore({ url, key: account.credentials, version: '2017-03-21' }, 'POST')
  return { url, account, control, call, assets: () => account.assets.list().rows.length }
}

test.each(['/_emulator/reset', '/_emulator/scenarios/brown-out'])('a callback to %s does nothing', async (path) => {
  const { url, account, control, call, assets } = await world()
  await call('SetMessageCallback', { CallbackURL: url + path, EventTypeList: 'ALL' })
  await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
  await account.events.settled()
  const { body } = await control('GET', '/events')
  expect(body[0].attempts[0]).toMatchObject({ status: 403 })
  expect(assets()).toBe(1)
  expect(account.faults.list()).toEqual([])
})

test('a file that is pulled is not the state of an account', async () => {
  const { url, account, call } = await world()
  account.settings.change({ vod: { fetchFrom: [new URL(url).host] } })
  const SourceURL = `${url}/_emulator/state`
  const UploadMetadatas = JSON.stringify([{ SourceURL, Title: 'state', FileExtension: 'mp4' }])
  const { UploadJobs } = await call('UploadMediaByURL', { UploadURLs: SourceURL, UploadMetadatas })
  await account.clock.advance('1m')
  const { URLUploadInfoList } = await call('GetURLUploadInfos', { JobIds: UploadJobs[0].JobId })
  expect(URLUploadInfoList[0]).toMatchObject({ Status: 'DOWNLOAD_FAIL' })
})
