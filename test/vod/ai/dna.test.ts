/** Fingerprints of videos: SubmitAIJob (AIMediaDNA), ListAIJob, GetMediaDNAResult, SubmitMediaDNADeleteJob. */

import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { appWorld } from '../apps/support.js'
import { sd } from '../processing/support.js'
import { putFile, sample } from '../support.js'
import { aiWorld } from './support.js'

const other = sample('sample.mov')

describe('GIFs, whose pictures can be read, are recognised', () => {
  /** Four pictures in a row, each with a block of its own that wanders over a slope of grey. */
  const film = async (shift: number, { width = 90, frames = 4, effort = 1 } = {}): Promise<Uint8Array> => {
    const height = Math.round((width * 8) / 9)
    const pictures = Array.from({ length: frames }, (_, frame) => {
      const data = Buffer.alloc(width * height * 3)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const inside = Math.floor((9 * x) / width) === (frame * 2 + shift) % 9 && Math.floor((4 * y) / height) === (frame + shift) % 4
          data.fill(inside ? 255 : Math.round((80 * (shift % 2 ? width - x : x)) / width), (y * width + x) * 3, (y * width + x) * 3 + 3)
        }
      return { raw: data, input: { raw: { width, height, channels: 3 as const } } }
    })
    const encoded = await Promise.all(pictures.map(({ raw, input }) => sharp(raw, input).png().toBuffer()))
    return sharp(encoded, { join: { animated: true } })
      .gif({ effort, delay: Array(frames).fill(500) })
      .toBuffer()
  }
  const gif = { FileName: 'film.gif' }

  test('in another size, and cut; others are not', async () => {
    const { video, fingerprint, call, alike } = aiWorld()
    const first = await video(await film(0), gif)
    const small = await video(await film(0, { width: 45, effort: 7 }), gif)
    const cut = await video(await film(0, { frames: 2 }), gif)
    const different = await video(await film(1), gif)
    for (const id of [first, small, cut, different]) await fingerprint(id)
    expect((await alike(first)).sort()).toEqual([small, cut].sort())
    expect(await alike(different)).toEqual([])
    const { VideoDNA } = (await call('GetMediaDNAResult', { MediaId: cut })).body.DNAResult
    const found = VideoDNA.find(({ PrimaryKey }: { PrimaryKey: string }) => PrimaryKey === first)
    expect(found.Similarity).toBe('0.99')
    const [{ Input, Duplication }] = found.Detail
    expect([Input.Start, Duplication.Start]).toEqual(['0.0', '0.0'])
    // Half of it.
    const { Duration } = (await call('GetVideoInfo', { VideoId: first })).body.Video
    expect(Number(Duplication.Duration)).toBeCloseTo(Duration / 2, 1)
  })

  test('as far as they are GIFs: bytes that are none have a fingerprint all the same', async () => {
    const { video, fingerprint, alike } = aiWorld()
    const [first, second, other] = [await video(undefined, gif), await video(undefined, gif), await video(Buffer.from('GIF89a'), gif)]
    for (const id of [first, second, other]) await fingerprint(id)
    expect([await alike(first), await alike(other)]).toEqual([[second], []])
  })
})

describe('the library', () => {
  test('the same file uploaded twice is recognised, another one is not', async () => {
    const { video, fingerprint, alike } = aiWorld()
    const [first, second, different] = [await video(), await video(), await video(other, { FileName: 'other.mov' })]
    for (const id of [first, second, different]) await fingerprint(id)
    expect([await alike(first), await alike(second), await alike(different)]).toEqual([[second], [first], []])
  })

  test('it makes no difference under which name the bytes were stored', async () => {
    const { video, fingerprint, alike } = aiWorld()
    const [first, second] = [await video(undefined, { FileName: 'a.mp4' }), await video(undefined, { FileName: 'b.mov', Title: 'other' })]
    await fingerprint(first)
    await fingerprint(second)
    expect(await alike(second)).toEqual([first])
  })

  test('after the delete job neither of two is recognised any more', async () => {
    const { video, fingerprint, alike, call, advance } = aiWorld()
    const [first, second] = [await video(), await video()]
    await fingerprint(first)
    await fingerprint(second)
    const { body } = await call('SubmitMediaDNADeleteJob', { MediaId: first })
    expect(body.JobId).toMatch(/^[0-9a-f]{32}$/)
    expect(await alike(second)).toEqual([first])
    await advance('1m')
    expect([await alike(first), await alike(second)]).toEqual([[], []])
  })

  test('a video that was not fingerprinted resembles none', async () => {
    const { video, fingerprint, alike } = aiWorld()
    const [first, second] = [await video(), await video()]
    await fingerprint(first)
    expect(await alike(second)).toEqual([])
  })

  test('a video that is deleted stays in it until its fingerprint is deleted', async () => {
    const { video, fingerprint, alike, call, advance } = aiWorld()
    const [first, second] = [await video(), await video()]
    await fingerprint(first)
    await fingerprint(second)
    await call('DeleteVideo', { VideoIds: first })
    expect(await alike(second)).toEqual([first])
    expect((await call('SubmitMediaDNADeleteJob', { MediaId: first })).status).toBe(200)
    await advance('1m')
    expect(await alike(second)).toEqual([])
  })

  test('accounts do not see each other’s', async () => {
    const { cloud, video, fingerprint, call } = aiWorld()
    const first = await video()
    await fingerprint(first)
    const stranger = cloud.createAccount()
    const as = (action: string, params = {}) => call(action, params, { account: stranger })
    const ticket = (await as('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })).body
    await putFile(cloud, ticket, sample('sample.mp4'))
    await stranger.clock.advance('1m')
    await as('SubmitAIJob', { MediaId: ticket.VideoId, Types: 'AIMediaDNA' })
    await stranger.clock.advance('1m')
    expect((await as('GetMediaDNAResult', { MediaId: ticket.VideoId })).body.DNAResult).toEqual({ VideoDNA: [] })
  })
})

describe('with the setting, videos are fingerprinted by themselves', () => {
  const automatic = { settings: { vod: { dna: { automatic: true } } } }

  test('once their first MP4 is made, and once only', async () => {
    const { video, alike, events, call, advance } = aiWorld(automatic)
    const [first, second] = [await video(), await video()]
    expect([await alike(first), await alike(second)]).toEqual([[second], [first]])
    expect(events('AIMediaDNAComplete').map(({ MediaId, Data }) => [MediaId, JSON.parse(Data as string).VideoDNA.length])).toEqual([
      [first, 0],
      [second, 1],
    ])
    const TemplateGroupId = (await call('ListTranscodeTemplateGroup')).body.TranscodeTemplateGroupList[0].TranscodeTemplateGroupId
    await call('SubmitTranscodeJobs', { VideoId: first, TemplateGroupId })
    await advance('1m')
    expect(events('AIMediaDNAComplete')).toHaveLength(2)
  })

  test('not where no MP4 is made', async () => {
    const { video, call, account, events } = aiWorld(automatic)
    const list = JSON.stringify([{ ...sd, Container: { Format: 'm3u8' }, MuxConfig: { Segment: { Duration: '6' } } }])
    const { TranscodeTemplateGroupId } = (await call('AddTranscodeTemplateGroup', { Name: 'hls', TranscodeTemplateList: list })).body
    await video(undefined, { TemplateGroupId: TranscodeTemplateGroupId })
    expect(account.events.list().map(({ type }) => type)).toContain('TranscodeComplete')
    expect(events('AIMediaDNAComplete')).toEqual([])
  })

  test('off, they are not', async () => {
    const { video, events } = aiWorld()
    await video()
    expect(events('AIMediaDNAComplete')).toEqual([])
  })
})

test('what a job has found is in its answer, in its event, and in seconds with a decimal', async () => {
  const { video, fingerprint, list, events, call } = aiWorld()
  const [first, second] = [await video(), await video()]
  await fingerprint(first)
  const id = await fingerprint(second)
  const { duration = 0 } = { duration: Number((await call('GetMezzanineInfo', { VideoId: first })).body.Mezzanine.Duration) }
  const whole = { Start: '0.0', Duration: duration.toFixed(1) }
  const found = { VideoDNA: [{ PrimaryKey: first, Similarity: '1.00', Detail: [{ Input: whole, Duplication: whole }] }] }
  const [job] = (await list(id)).AIJobList.AIJob
  expect(JSON.parse(job.Data)).toEqual(found)
  expect(events('AIMediaDNAComplete').at(-1)).toEqual({
    EventType: 'AIMediaDNAComplete',
    EventTime: expect.any(String),
    Status: 'success',
    JobId: id,
    MediaId: second,
    Code: '0',
    Message: 'OK',
    Data: job.Data,
  })
})

test('a test dictates what a video resembles', async () => {
  const { video, submit, account, advance, call, alike, list } = aiWorld()
  const MediaId = await video()
  const [id = ''] = await submit(MediaId, { Types: 'AIMediaDNA' })
  const span = { Start: '2.0', Duration: '12.0' }
  const VideoDNA = [{ PrimaryKey: 'film', Similarity: '0.98', Detail: [{ Input: span, Duplication: span }] }]
  await account.jobs.script(id, { finish: { VideoDNA } })
  await advance('1m')
  expect((await call('GetMediaDNAResult', { MediaId })).body.DNAResult).toEqual({ VideoDNA })
  expect(JSON.parse((await list(id)).AIJobList.AIJob[0].Data)).toEqual({ VideoDNA })
  await call('SubmitMediaDNADeleteJob', { MediaId })
  await advance('1m')
  expect(await alike(MediaId)).toEqual([])
})

test('a result of the other type makes a job fail', async () => {
  const { video, submit, account, advance, list } = aiWorld()
  const [id = ''] = await submit(await video(), { Types: 'AIMediaDNA' })
  await account.jobs.script(id, { finish: { Keyword: [{ Tag: 'sea' }] } })
  await advance('1m')
  expect((await list(id)).AIJobList.AIJob[0]).toMatchObject({ Status: 'fail', Code: 'InternalError' })
})

test('a RAM user is not told of likenesses in apps that are closed to it: not by the job, nor by the library, nor of videos that are gone', async () => {
  const { account, createApp, userWith, upload, advance, call } = appWorld()
  const [films, news] = [await createApp('films'), await createApp('news')]
  const editor = await userWith('editor', 'VODAppReadOnlyAccess', films)
  const videoIn = async (AppId: string): Promise<string> => {
    const VideoId = await upload({ AppId })
    await advance('1m')
    return VideoId
  }
  const fingerprint = async (MediaId: string): Promise<string> => {
    const { AIJobList } = (await call('SubmitAIJob', { MediaId, Types: 'AIMediaDNA' })).body
    await advance('1m')
    return AIJobList.AIJob[0].JobId
  }
  const [closed, open, gone, own] = [await videoIn(news), await videoIn(films), await videoIn(news), await videoIn(films)]
  for (const VideoId of [closed, open, gone]) await fingerprint(VideoId)
  const JobIds = await fingerprint(own)
  await call('DeleteVideo', { VideoIds: gone })
  const keysOf = ({ VideoDNA }: { VideoDNA: { PrimaryKey: string }[] }) => VideoDNA.map(({ PrimaryKey }) => PrimaryKey).sort()
  const told = async (ask: (action: string, params: Record<string, string>) => Promise<{ body: never }>) => {
    const { AIJobList } = (await ask('ListAIJob', { JobIds })).body as { AIJobList: { AIJob: { Data: string }[] } }
    const { DNAResult } = (await ask('GetMediaDNAResult', { MediaId: own })).body as { DNAResult: never }
    return [keysOf(JSON.parse(AIJobList.AIJob[0]?.Data ?? '')), keysOf(DNAResult)]
  }
  expect(await told(editor.call as never)).toEqual([[open], [open]])
  const all = [closed, open, gone].sort()
  expect(await told(call as never)).toEqual([all, all])
  // What a test has said that a video resembles.
  const { AIJobList } = (await call('SubmitAIJob', { MediaId: open, Types: 'AIMediaDNA' })).body
  const VideoDNA = [closed, own].map((PrimaryKey) => ({ PrimaryKey, Similarity: '0.98', Detail: [] }))
  await account.jobs.script(AIJobList.AIJob[0].JobId, { finish: { VideoDNA } })
  await advance('1m')
  expect(keysOf((await editor.body('GetMediaDNAResult', { MediaId: open })).DNAResult)).toEqual([own])
})
