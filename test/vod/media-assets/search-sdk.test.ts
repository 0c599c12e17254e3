import { expect, test } from 'vitest'
import { sdks, testEmulator } from '../../support/sdk.js'
import { videoOf } from './support.js'

test.each(sdks)('$name searches, and turns the pages', async ({ connect }) => {
  const emulator = await testEmulator()
  try {
    const account = emulator.cloud.account()
    for (const id of ['v1', 'v2', 'v3']) account.vod.videos.put(videoOf(account, id, { title: `影片 "${id}" & more` }))
    const call = connect({ url: emulator.url, key: account.credentials, version: '2017-03-21' })
    const params = {
      Match: "Title = '影片 \"v' and Status in ('Normal', \"Blocked\")",
      Fields: 'Title,CoverURL',
      PageSize: 2,
      Format: 'JSON',
    }
    const first = await call('SearchMedia', params)
    expect([first.Total, first.MediaList]).toEqual([
      3,
      ['v3', 'v2'].map((id) => expect.objectContaining({ MediaId: id, MediaType: 'video', Video: { Title: `影片 "${id}" & more` } })),
    ])
    const second = await call('SearchMedia', { ...params, PageNo: 2, ScrollToken: first.ScrollToken })
    expect(second.MediaList.map(({ MediaId }: { MediaId: string }) => MediaId)).toEqual(['v1'])
    await expect(call('SearchMedia', { Match: 'Title = film' })).rejects.toMatchObject({ code: 'ErrorMatchSyntax' })
  } finally {
    await emulator.close()
  }
})
