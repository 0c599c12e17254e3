import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { download, schemes } from '../support/cloud.js'
import { actions, exampleOf, jobWorld, manual } from './support.js'

const xml = new XMLParser({ parseTagValue: false })

/** The names that the results have in the manual's examples. Bucket, then key. */
const places: Readonly<Record<string, readonly [bucket: string, key: RegExp]>> = {
  AbstractEcommerceVideo: ['algo-app-aic-vd-cn-shanghai-prod', /^shop-video-abs\/2026-01-01-08\/\w{8}\.mp4$/],
  AbstractFilmVideo: ['algo-app-aic-vd-cn-shanghai-prod', /^film-summary\/<JobId>_\w{7}\.mp4$/],
  EraseVideoSubtitles: ['algo-app-aic-vd-cn-shanghai-prod', /^video-desubtitle\/2026-01-01-00\/00:05-\w{16}\.mp4$/],
  EraseVideoLogo: ['algo-app-aic-vd-cn-shanghai-prod', /^video-delogo\/2026-01-01-00\/00:05-\w{16}\.mp4$/],
  ChangeVideoSize: ['vibktprfx-prod-prod-aic-vd-cn-shanghai', /^video-crop\/2026-01-01-08\/\w{8}\.mp4$/],
  MergeVideoFace: ['vibktprfx-prod-prod-aic-gd-cn-shanghai', /^video-face-fusion\/<JobId>\.mp4$/],
  EnhanceVideoQuality: ['vibktprfx-prod-prod-aic-vd-cn-shanghai', /^uhd-enhance\/26-01-01\/\w{16}_26-01-01-00-00-05\.mp4$/],
  SuperResolveVideo: ['algo-app-aic-vd-cn-shanghai-prod', /^video-super-resolution\/2026-01-01-00\/00:05-\w{16}\.mp4$/],
  InterpolateVideoFrame: ['vibktprfx-prod-prod-aic-vd-cn-shanghai', /^video-interp\/26-01-01\/\w{16}_26-01-01-00-00-05\.mp4$/],
  ToneSdrVideo: ['vibktprfx-prod-prod-aic-vd-cn-shanghai', /^sdr-color-enhance\/26-01-01\/\w{16}_26-01-01-00-00-05\.mp4$/],
  AdjustVideoColor: ['algo-app-aic-vd-cn-shanghai-prod', /^video-recolor\/2026-01-01-00\/00:05-\w{16}\.mp4$/],
  ConvertHdrVideo: ['vibktprfx-prod-prod-aic-vd-cn-shanghai', /^hdr-enhance\/26-01-01\/\w{16}_26-01-01-00-00-05\.mp4$/],
  GenerateVideo: ['vibktprfx-prod-prod-aic-vd-cn-shanghai', /^video-gen\/2026-01-01-08\/\w{8}\.mp4$/],
}

describe.each(schemes)('signed with %s', (scheme) => {
  describe.each(['JSON', 'XML'] as const)('answered in %s', (format) => {
    test.each(actions)("%s: the manual's example", async (action, { result }) => {
      const { send, account } = jobWorld()
      const answerTo = async (name: string, params: Parameters<typeof send>[1]) => {
        const { status, body } = await send(`videoenhan.${name}`, params, { scheme, format })
        expect(status, String(body)).toBe(200)
        return format === 'JSON' ? JSON.parse(String(body)) : xml.parse(String(body))[`${name}Response`]
      }
      const submitted = await answerTo(action, exampleOf(action))
      expect(submitted).toEqual({
        RequestId: expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
        Message: expect.stringContaining('GetAsyncJobResult'),
      })
      await account.clock.advance(5000)

      const JobId = submitted.RequestId
      const { Data } = await answerTo('GetAsyncJobResult', { JobId })
      expect(Data).toEqual({ JobId, Status: 'PROCESS_SUCCESS', Result: expect.any(String) })
      const made = JSON.parse(Data.Result)
      expect(Object.keys(made)).toEqual(result)

      const video = new URL(made.VideoUrl ?? made.VideoURL)
      const [bucket, key] = places[action] as (typeof places)[string]
      expect(video.host).toBe(`${bucket}.oss-cn-shanghai.aliyuncs.com`)
      expect(decodeURIComponent(video.pathname.slice(1)).replace(JobId, '<JobId>')).toMatch(key)
      expect([...video.searchParams.keys()]).toEqual(['Expires', 'OSSAccessKeyId', 'Signature'])
    })
  })
})

test('every Action of the service but GetAsyncJobResult has its example above', () => {
  const { cloud } = jobWorld()
  const names = cloud.catalogue.actions.filter(({ service }) => service.name === 'videoenhan').map(({ name }) => name)
  expect([...Object.keys(manual), 'GetAsyncJobResult'].sort()).toEqual(names.sort())
})

describe('what is made', () => {
  test.each(actions)('%s: a video that can be downloaded for half an hour', async (action) => {
    const { made, cloud, account } = jobWorld()
    const { VideoUrl, VideoURL } = await made(action, exampleOf(action))
    const url = (VideoUrl ?? VideoURL) as string
    const { status, headers, body } = await download(cloud, url)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('video/mp4')
    expect(Buffer.from(body).subarray(4, 12).toString('latin1')).toBe('ftypisom')
    await account.clock.advance(30 * 60_000)
    expect((await download(cloud, url)).status).toBe(403)
  })

  test('AdjustVideoColor makes a QuickTime movie where one is asked for', async () => {
    const { made, cloud } = jobWorld()
    const { VideoUrl = '' } = await made('AdjustVideoColor', exampleOf('AdjustVideoColor', { VideoFormat: 'mov' }))
    expect(new URL(VideoUrl).pathname).toMatch(/\.mov$/)
    const { headers, body } = await download(cloud, VideoUrl)
    expect(headers['content-type']).toBe('video/quicktime')
    expect(Buffer.from(body).subarray(4, 12).toString('latin1')).toBe('ftypqt  ')
  })

  test.each([
    ['AbstractEcommerceVideo', { Width: 480, Height: 320 }, [480, 320]],
    ['AbstractEcommerceVideo', { Width: undefined, Height: undefined }, [1280, 720]],
    ['AbstractEcommerceVideo', { Width: 320, Height: undefined }, [320, 180]],
    ['AbstractEcommerceVideo', { Width: undefined, Height: 360 }, [640, 360]],
    ['ChangeVideoSize', { Width: 600, Height: 1000 }, [600, 1000]],
    ['GenerateVideo', { Width: 640, Height: 480 }, [640, 480]],
    ['GenerateVideo', { Width: undefined, Height: undefined }, [750, 750]],
    ['GenerateVideo', { Width: 200, Height: undefined }, [200, 200]],
    ['GenerateVideo', { Width: undefined, Height: 300 }, [300, 300]],
  ])('%s with %o: the cover is a picture of %o pixels beside the video', async (action, changes, size) => {
    const { made, cloud } = jobWorld()
    const { VideoCoverUrl = '', VideoUrl = '' } = await made(action, exampleOf(action, changes))
    expect(new URL(VideoCoverUrl).pathname).toBe(new URL(VideoUrl).pathname.replace(/\.mp4$/, '.jpg'))
    const { headers, body } = await download(cloud, VideoCoverUrl)
    expect(headers['content-type']).toBe('image/jpeg')
    expect(jpegSize(Buffer.from(body))).toEqual(size)
  })

  test('the same calls to clouds of one seed give the same bytes, and jobs of one cloud results of their own', async () => {
    const run = async () => {
      const { made } = jobWorld({ seed: 'again' })
      const results = []
      for (const [action] of [...actions, ...actions]) results.push(await made(action, exampleOf(action)))
      return results.flatMap((result) => Object.values(result))
    }
    const urls = await run()
    expect(await run()).toEqual(urls)
    expect(new Set(urls.map((url) => new URL(url).pathname)).size).toBe(urls.length)
  })
})

/** Width and height in the frame header of a JPEG file. */
function jpegSize(bytes: Buffer): number[] {
  expect(bytes.readUInt16BE(0)).toBe(0xffd8)
  let at = 2
  while (bytes.readUInt16BE(at) !== 0xffc0) at += 2 + bytes.readUInt16BE(at + 2)
  return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)]
}

describe('a result that goes into the next job counts as what it is', () => {
  /** Makes something of a declared video and feeds it to an Action that takes videos of up to 1920 x 1080 or of at least 360 x 360. */
  const fed = async (facts: { width: number; height: number; duration?: number }, action: string, params: object, into: string) => {
    const world = jobWorld()
    const url = 'http://bucket.oss-cn-shanghai.aliyuncs.com/in.mp4'
    await world.declare(url, facts)
    const { VideoUrl, VideoURL } = await world.made(action, exampleOf(action, { VideoUrl: url, VideoURL: url, ...params }))
    const result = VideoUrl ?? VideoURL
    const { Status, ErrorCode } = await world.outcome(into, exampleOf(into, { VideoUrl: result, VideoURL: result }))
    return ErrorCode ?? Status
  }

  test.each([
    ['SuperResolveVideo', {}, { width: 900, height: 500 }, 'InterpolateVideoFrame', 'PROCESS_SUCCESS'],
    ['SuperResolveVideo', {}, { width: 1000, height: 500 }, 'InterpolateVideoFrame', 'InvalidFile.Resolution'],
    ['ChangeVideoSize', { Width: 360, Height: 360 }, { width: 8000, height: 4000 }, 'ToneSdrVideo', 'PROCESS_SUCCESS'],
    ['ChangeVideoSize', { Width: 360, Height: 359 }, { width: 8000, height: 4000 }, 'ToneSdrVideo', 'InvalidFile.Resolution'],
    // Scaled, because it is smaller or larger than AdjustVideoColor works on.
    ['AdjustVideoColor', {}, { width: 100, height: 50 }, 'ToneSdrVideo', 'PROCESS_SUCCESS'],
    ['AdjustVideoColor', {}, { width: 8000, height: 4500 }, 'ToneSdrVideo', 'PROCESS_SUCCESS'],
    // Twice the input unless told otherwise; shortened to 1300 pixels if the input is longer than that.
    [
      'EnhanceVideoQuality',
      { OutPutWidth: undefined, OutPutHeight: undefined },
      { width: 1300, height: 400 },
      'SuperResolveVideo',
      'InvalidFile.Resolution',
    ],
    [
      'EnhanceVideoQuality',
      { OutPutWidth: undefined, OutPutHeight: undefined },
      { width: 1301, height: 500 },
      'SuperResolveVideo',
      'PROCESS_SUCCESS',
    ],
    ['AbstractEcommerceVideo', { Duration: 119 }, { width: 640, height: 480, duration: 150 }, 'AbstractFilmVideo', 'InvalidFile.Content'],
    ['AbstractEcommerceVideo', { Duration: 120 }, { width: 640, height: 480, duration: 150 }, 'AbstractFilmVideo', 'PROCESS_SUCCESS'],
  ] as const)('%s with %o of %o, into %s: %s', async (action, params, facts, into, end) => {
    expect(await fed(facts, action, params, into)).toBe(end)
  })
})
