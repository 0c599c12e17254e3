/** What the official SDKs see is the same through every door that they come in by: one body per test, run through each. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { type SdkCall, sdks } from '../support/sdk.js'
import { type Door, sdkDoors } from './doors.js'

describe.each(sdkDoors)('$door', ({ open }) => {
  let door: Door

  beforeEach(async () => {
    door = await open({ seed: 7, clock: 'manual' })
  })
  afterEach(() => door.close())

  describe.each(sdks)('$name', ({ connect }) => {
    let call: SdkCall

    beforeEach(() => {
      call = connect({ url: door.endpoint('videoseg'), key: door.cloud.account().credentials, version: '2020-03-20' })
    })

    it('makes a video that can be downloaded for half an hour', async () => {
      const account = door.cloud.account()
      const { RequestId: JobId } = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
      expect((await call('GetAsyncJobResult', { JobId })).Data.Status).toBe('QUEUING')

      await account.clock.advance('5s')
      const { Data } = await call('GetAsyncJobResult', { JobId })
      expect(Data.Status).toBe('PROCESS_SUCCESS')

      const { VideoUrl } = JSON.parse(Data.Result)
      const video = await fetch(VideoUrl)
      expect(video.status).toBe(200)
      expect(video.headers.get('content-type')).toBe('video/mp4')
      expect((await video.text()).slice(4, 8)).toBe('ftyp')

      await account.clock.advance('31m')
      const late = await fetch(VideoUrl)
      expect(late.status).toBe(403)
      expect(await late.text()).toContain('<Message>Request has expired.</Message>')
    })

    it.each([
      {
        problem: 'an input in another region',
        action: 'SegmentVideoBody',
        params: { VideoUrl: 'http://viapi-test.oss-cn-beijing.aliyuncs.com/sample.mp4' },
        code: 'InvalidFile.Region',
      },
      { problem: 'an Action that there is not', action: 'SegmentVideoSoul', params: {}, code: 'InvalidAction.NotFound' },
    ])('throws the code of $problem', async ({ action, params, code }) => {
      await expect(call(action, params)).rejects.toMatchObject({ code })
    })
  })
})
