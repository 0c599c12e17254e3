import { imageSize } from 'image-size'
import { describe, expect, test } from 'vitest'
import { domains } from '../support.js'
import { type Film, fetched, filmWorld, frameSeconds } from './film.js'

const span = (Seek: string, rest: { Duration?: string; End?: string } = { Duration: '2' }) => ({ TimeSpan: { Seek, ...rest } })

const usual = { Video: { Width: '160', Height: '128', Fps: '5' }, Container: { Format: 'gif' }, Clip: span('0') }

/** A world with a film, and functions that make animated images of it. */
async function animationWorld(film: Film = {}, options: Parameters<typeof filmWorld>[1] = {}) {
  const world = await filmWorld(film, options)
  const { call, advance, events, VideoId, template } = world
  const submit = async (dynamicImage: object = usual, override?: object): Promise<string> => {
    const DynamicImageTemplateId = template({ dynamicImage })
    const OverrideParams = override && { OverrideParams: JSON.stringify(override) }
    const { body } = await call('SubmitDynamicImageJob', { VideoId, DynamicImageTemplateId, ...OverrideParams })
    expect(body).toEqual({ RequestId: expect.any(String), DynamicImageJob: { JobId: expect.stringMatching(/^[0-9a-f]{32}$/) } })
    return body.DynamicImageJob.JobId
  }
  const list = async () => (await call('ListDynamicImage', { VideoId })).body.DynamicImageList
  const make = async (dynamicImage: object = usual, override?: object) => {
    await submit(dynamicImage, override)
    await advance('1m')
    return (await list()).at(-1)
  }
  return { ...world, submit, list, make, told: () => events('DynamicImageComplete') }
}

describe('an image animates as its template says', () => {
  test.each<[name: string, config: object, frames: number, seconds: number, size: string]>([
    ['GIF', usual, 10, 2, '160x128'],
    ['WebP', { ...usual, Container: { Format: 'webp' } }, 10, 2, '160x128'],
    ['GIF whose frames are no hundredths of a second', { ...usual, Video: { ...usual.Video, Fps: '60' } }, 120, 2, '160x128'],
    ['WebP at a fraction', { ...usual, Container: { Format: 'webp' }, Video: { ...usual.Video, Fps: '0.5' } }, 1, 2, '160x128'],
    ['as long as is left after the start', { ...usual, Clip: span('58.5', { Duration: '10' }) }, 8, 1.6, '160x128'],
    ['until the tail', { ...usual, Clip: span('00:00:50', { End: '00:00:07.000' }) }, 15, 3, '160x128'],
    ['large', { ...usual, Video: { Width: '4096', Height: '4096', Fps: '5' } }, 10, 2, '4096x4096'],
    ['large WebP', { ...usual, Container: { Format: 'webp' }, Video: { Width: '4096', Height: '4096', Fps: '5' } }, 10, 2, '4096x4096'],
  ])('%s', async (_name, config, frames, seconds, size) => {
    const { cloud, make } = await animationWorld()
    const image = await make(config)
    const { bytes, type } = await fetched(cloud, image.FileURL)
    const { width, height, type: format } = imageSize(bytes)
    expect([type, format, `${width}x${height}`]).toEqual([`image/${image.Format}`, image.Format, size])
    const shown = frameSeconds(bytes)
    expect([shown.length, shown.reduce((sum, each) => sum + each, 0)]).toEqual([frames, expect.closeTo(seconds, 2)])
    expect([image.FileSize, `${image.Width}x${image.Height}`]).toEqual([String(bytes.length), size])
  })

  test('a template that says nothing has the size and the frames of the source, and all of its time', async () => {
    const { make } = await animationWorld({ duration: 4, width: 640, height: 100 })
    expect(await make({})).toMatchObject({ Format: 'gif', Width: '640', Height: '128', Duration: '4' })
  })
})

describe('what a job has otherwise than its template', () => {
  test.each<[override: object, image: Record<string, string>]>([
    [{}, { Format: 'gif', Width: '160', Height: '128', Fps: '5', Duration: '2' }],
    [{ Video: { Fps: 10 } }, { Width: '160', Fps: '10', Duration: '2' }],
    [{ Video: { Width: '200', Height: null } }, { Width: '200', Height: '128' }],
    [{ Container: { Format: 'webp' } }, { Format: 'webp', Fps: '5' }],
    [{ Clip: { TimeSpan: { Seek: '59' } } }, { Duration: '1' }],
    [{ Clip: { TimeSpan: { End: '57' } } }, { Duration: '3' }],
    [{ Clip: { TimeSpan: { Duration: '00:00:05.500' } } }, { Duration: '5.5' }],
    [{ Unknown: 1, Watermarks: [] }, { Duration: '2' }],
  ])('%j', async (override, image) => {
    const { make } = await animationWorld()
    expect(await make(usual, override)).toMatchObject(image)
  })

  test('a Duration goes before the End of the template', async () => {
    const { make } = await animationWorld()
    expect(await make({ ...usual, Clip: span('0', { End: '50' }) }, { Clip: { TimeSpan: { Duration: '1' } } })).toMatchObject({
      Duration: '1',
    })
  })

  test('a watermark must be one of the account', async () => {
    const { call, refusal, VideoId, template } = await animationWorld()
    const params = { VideoId, DynamicImageTemplateId: template({ dynamicImage: usual }) }
    const WatermarkConfig = '{"Content":"mine","FontName":"SimSun","FontSize":"16","Top":10,"Left":10}'
    const { WatermarkInfo } = (await call('AddWatermark', { Name: 'mine', Type: 'Text', WatermarkConfig })).body
    const watermarks = (WatermarkId: string) => JSON.stringify({ Watermarks: [{ WatermarkId, Content: 'yours' }] })
    expect((await call('SubmitDynamicImageJob', { ...params, OverrideParams: watermarks(WatermarkInfo.WatermarkId) })).status).toBe(200)
    const { reason, ...refused } = await refusal('SubmitDynamicImageJob', { ...params, OverrideParams: watermarks('none') })
    expect(refused).toEqual({ status: 404, code: 'NoSuchResource', message: 'The specified resource none does not exist.' })
    expect(decodeURIComponent(reason ?? '')).toContain('Watermarks.0.WatermarkId')
  })
})

test.each<[name: string, config: object, reason: string]>([
  ['starts behind the end', { ...usual, Clip: span('60') }, 'Seek is 60 s'],
  ['leaves out more than there is', { ...usual, Clip: span('10', { End: '55' }) }, 'End is 55 s'],
  ['has more frames than anybody wants', { ...usual, Video: { ...usual.Video, Fps: '60' }, Clip: span('0', { End: '0' }) }, 'frames'],
])('a clip that %s makes the job fail', async (_name, config, reason) => {
  const { account, submit, advance, told, list } = await animationWorld({ duration: reason === 'frames' ? 3600 : 60 })
  const JobId = await submit(config)
  await advance('1m')
  expect(told()).toEqual([expect.objectContaining({ Status: 'fail', JobId, ErrorCode: 'InvalidParameter' })])
  expect(account.jobs.get(JobId)?.error?.reason).toContain(reason)
  expect(await list()).toEqual([])
})

test('the event says what ListDynamicImage says', async () => {
  const { make, told, VideoId } = await animationWorld({ params: { UserData: '{"Extend":"7"}' } }, { settings: { vod: { domains } } })
  const { JobId, FileURL, FileSize, Fps, Height, Width } = await make()
  const [{ EventTime: _, ...event }] = told() as [Record<string, unknown>]
  expect({ ...event, DynamicImageJobInfo: JSON.parse(String(event.DynamicImageJobInfo)) }).toEqual({
    EventType: 'DynamicImageComplete',
    Status: 'success',
    VideoId,
    JobId,
    DynamicImageJobInfo: { FileSize, FileURL: FileURL.split('?')[0], Fps, Height, JobId, Status: 'success', Width },
    Extend: '7',
  })
})

test('the template that every account has makes two seconds', async () => {
  const { account, call, VideoId, advance, list } = await animationWorld()
  const [{ vodTemplateId = '' } = {}] = account.vod.vodTemplates.list().rows
  expect((await call('GetVodTemplate', { VodTemplateId: vodTemplateId })).body.VodTemplateInfo).toMatchObject({ IsDefault: 'Default' })
  await call('SubmitDynamicImageJob', { VideoId, DynamicImageTemplateId: vodTemplateId })
  await advance('1m')
  expect(await list()).toMatchObject([{ Format: 'gif', Width: '640', Height: '360', Fps: '10', Duration: '2' }])
})

test('an image can become the cover of its video, unless the uploader has chosen one', async () => {
  const cover = { ...usual, SetDefaultCover: 'true' }
  const { call, make, VideoId } = await animationWorld()
  const image = await make(cover)
  expect((await call('GetVideoInfo', { VideoId })).body.Video.CoverURL.split('?')[0]).toBe(image.FileURL.split('?')[0])
  const chosen = await animationWorld({ params: { CoverURL: 'http://example.com/a.jpg' } })
  await chosen.make(cover)
  expect((await chosen.call('GetVideoInfo', { VideoId: chosen.VideoId })).body.Video.CoverURL).toBe('http://example.com/a.jpg')
})

test('shows nothing before the job is done; of audio nothing can be made', async () => {
  const { submit, list, advance } = await animationWorld()
  await submit()
  expect(await list()).toEqual([])
  await advance('1m')
  expect(await list()).toHaveLength(1)
  const audio = await animationWorld({ params: { FileName: 'a.mp3' }, file: Buffer.from('sound') })
  await audio.submit()
  await audio.advance('1m')
  expect(audio.told()).toMatchObject([{ Status: 'fail', ErrorCode: 'InvalidParameter.ResourceContentBad' }])
})

test('a job that a fault ends leaves nothing, and what is deleted meanwhile is not told of', async () => {
  const { account, call, submit, list, advance, told, VideoId } = await animationWorld()
  account.faults.add({ action: 'SubmitDynamicImageJob', job: { timeout: true } })
  await submit()
  await advance('2h')
  expect(told()).toMatchObject([{ Status: 'fail', ErrorCode: 'JobTimeout' }])
  expect(await list()).toEqual([])
  account.faults.clear()
  await submit()
  await call('DeleteVideo', { VideoIds: VideoId })
  await advance('1m')
  expect([told().length, account.oss.objects.count]).toEqual([1, 0])
})

test('of more than a hundred images of a video, the oldest go', async () => {
  const { submit, advance, list } = await animationWorld({}, { settings: { limits: { enabled: false } } })
  const tiny = { ...usual, Video: { Width: '128', Height: '128', Fps: '1' }, Container: { Format: 'webp' } }
  const first = await submit(tiny)
  for (let count = 1; count < 101; count++) await submit(tiny)
  await advance('1m')
  const ids = (await list()).map(({ JobId }: { JobId: string }) => JobId)
  expect([ids.length, ids.includes(first)]).toEqual([100, false])
})
