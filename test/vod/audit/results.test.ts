/** What automated reviews find: whatever it is, all Actions say the same of it. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pictureLabels, type Scene, scenes, speechLabels } from '../../../src/assets/findings.js'
import { download } from '../../support/cloud.js'
import { auditWorld, BLOCKING, type Findings } from './support.js'

const SEED = 20260101

/** Names of the results of the scenes, and of the lists of the timeline. */
const NAMES: Record<Scene, string> = { porn: 'Porn', terrorism: 'Terrorism', ad: 'Ad', live: 'Live', logo: 'Logo' }

const tenths = (most: number) => fc.integer({ min: 0, max: most * 10 }).map((tenth) => tenth / 10)

const hit = {
  suggestion: fc.constantFrom('block' as const, 'review' as const, undefined),
  score: fc.option(tenths(100), { nil: undefined }),
}

const picture = fc.constantFrom(...scenes).chain((scene) =>
  fc.record({
    scene: fc.constant(scene),
    label: fc.option(fc.constantFrom<string>(...pictureLabels[scene]), { nil: undefined }),
    ...hit,
  }),
)

const findings: fc.Arbitrary<Findings> = fc.record({
  video: fc.array(
    fc.tuple(picture, tenths(40), fc.option(tenths(12), { nil: undefined })).map(([finding, at, lasting]) => ({
      ...finding,
      at,
      ...(lasting !== undefined && { to: at + lasting }),
    })),
    { maxLength: 8 },
  ),
  image: fc.array(picture, { maxLength: 3 }),
  title: fc.option(fc.record({ label: fc.constantFrom('ad' as const, 'spam' as const), ...hit }), { nil: undefined }),
  audio: fc.array(
    fc
      .record({ label: fc.constantFrom(...speechLabels), from: tenths(30), text: fc.string({ maxLength: 5 }), ...hit })
      .map((speech) => ({ ...speech, to: speech.from + 2 })),
    { maxLength: 45 },
  ),
})

const WORST = ['pass', 'review', 'block']
const worst = (...suggestions: (string | undefined)[]): string =>
  WORST[Math.max(0, ...suggestions.map((each) => WORST.indexOf(each ?? 'pass')))] as string

test('summary, details, timeline and speech agree, and pages hold everything once', async () => {
  const world = auditWorld()
  const MediaId = await world.film()
  await fc.assert(
    fc.asyncProperty(findings, fc.subarray([...scenes], { minLength: 1 }), async (found, items) => {
      const TemplateId = await world.addTemplate({ ...BLOCKING, AuditItem: items, AuditAutoBlock: 'no' })
      world.account.faults.clear()
      world.account.faults.add({ action: 'SubmitAIMediaAuditJob', job: { finish: JSON.parse(JSON.stringify(found)) } })
      await world.review(MediaId, { TemplateId })
      const { VideoResult: video, ImageResult: images, TextResult: texts, AudioResult: audio, ...whole } = await world.result(MediaId)
      const { Total, List } = await world.details(MediaId)
      const timeline = await world.timeline(MediaId)

      expect(List).toHaveLength(Total)
      expect(new Set(List.map(({ Timestamp }) => Timestamp)).size).toBe(Total)
      const counts: number[] = []
      for (const scene of scenes) {
        const name = NAMES[scene]
        const result = video[`${name}Result`]
        if (!items.includes(scene)) {
          expect([result, timeline[name], List.some((each) => `${name}Label` in each)]).toEqual([undefined, [], false])
          continue
        }
        const inDetail = List.filter((each) => each[`${name}Label`] !== 'normal')
        expect(timeline[name]).toEqual(
          inDetail.map((each) => ({ Label: each[`${name}Label`], Score: each[`${name}Score`], Timestamp: each.Timestamp })),
        )
        const counters = new Map<string, number>(
          result.CounterList.map(({ Label, Count }: { Label: string; Count: number }) => [Label, Count]),
        )
        for (const [label, count] of counters)
          if (label !== 'normal') expect(inDetail.filter((each) => each[`${name}Label`] === label)).toHaveLength(count)
        counts.push([...counters.values()].reduce((sum, count) => sum + count, 0))
        expect((counters.get('normal') ?? 0) + inDetail.length).toBe(counts[0])
        expect(result.Suggestion === 'pass').toBe(inDetail.length === 0)
        if (inDetail.length > 0) {
          const scores = inDetail.filter((each) => each[`${name}Label`] === result.Label).map((each) => Number(each[`${name}Score`]))
          expect(Number(result.MaxScore)).toBe(Math.max(...scores))
          expect(Number(result.AverageScore)).toBeCloseTo(scores.reduce((sum, score) => sum + score, 0) / scores.length, 8)
          expect(result.TopList).toHaveLength(Math.min(10, scores.length))
        }
      }
      expect(new Set(counts).size).toBe(1)
      expect(video.Suggestion).toBe(worst(...items.map((scene) => video[`${NAMES[scene]}Result`].Suggestion)))

      const speech = await world.speech(MediaId)
      expect(speech.List).toHaveLength(speech.Total)
      expect(speech.Total).toBe(found.audio?.length)
      const spoken = new Set(speech.List.map(({ Label }) => Label))
      expect(new Set(audio.map(({ Label }: { Label: string }) => Label))).toEqual(spoken.size === 0 ? new Set(['normal']) : spoken)

      const parts = [
        ['video', worst(video.Suggestion, ...audio.map(({ Suggestion }: { Suggestion: string }) => Suggestion))],
        ['image-cover', images[0].Suggestion],
        ['text-title', texts[0].Suggestion],
      ]
      expect(whole.Suggestion).toBe(worst(...parts.map(([, suggestion]) => suggestion)))
      const abnormal = parts.filter(([, suggestion]) => suggestion !== 'pass').map(([name]) => name)
      expect(whole.AbnormalModules).toBe(abnormal.length === 0 ? undefined : abnormal.join(','))
      expect(whole.Label === 'normal').toBe(abnormal.length === 0)
    }),
    { seed: SEED, numRuns: 25 },
  )
})

test('the same seed finds the same, with the same scores', async () => {
  const finds = async (seed: string) => {
    const { film, review, result } = auditWorld({}, { seed })
    const MediaId = await film({ video: [{ scene: 'porn', at: 3 }] })
    await review(MediaId)
    const { VideoResult, TextResult } = await result(MediaId)
    return [VideoResult.PornResult.MaxScore, TextResult[0].Score]
  }
  const first = await finds('a')
  expect(await finds('a')).toEqual(first)
  expect(await finds('b')).not.toEqual(first)
})

describe('what is looked at', () => {
  test('pictures beyond the thousandth are not flagged; they are on fifty pages', async () => {
    const { film, review, details, result } = auditWorld()
    const MediaId = await film({ video: [{ scene: 'ad', at: 0, to: 1e6 }] })
    await review(MediaId)
    expect((await details(MediaId)).List).toHaveLength(1000)
    expect((await result(MediaId)).VideoResult.AdResult.CounterList).toEqual([
      { Label: 'ad', Count: 1000 },
      { Label: 'normal', Count: 0 },
    ])
  })

  test('what is found behind the end counts', async () => {
    const { film, review, timeline, result } = auditWorld()
    const MediaId = await film({ video: [{ scene: 'live', at: 99.9 }] })
    await review(MediaId)
    expect((await timeline(MediaId)).Live).toMatchObject([{ Label: 'live', Timestamp: '99900' }])
    expect((await result(MediaId)).VideoResult.LiveResult.CounterList).toEqual([
      { Label: 'live', Count: 1 },
      { Label: 'normal', Count: 30 },
    ])
  })

  test('of an audio, what is said; it has no pictures', async () => {
    const { upload, review, result, advance, details } = auditWorld()
    const MediaId = await upload({ FileName: 'song.mp3' }, Buffer.from('song'))
    await advance('1m')
    await review(MediaId)
    expect(await result(MediaId)).toEqual({
      Suggestion: 'pass',
      Label: 'normal',
      TextResult: [expect.objectContaining({ Label: 'normal', Content: 'film' })],
      AudioResult: [expect.objectContaining({ Label: 'normal' })],
    })
    expect(await details(MediaId)).toEqual({ Total: 0, List: [] })
  })

  test('a cover that was chosen is a file of its own', async () => {
    const { film, call, review, result, account } = auditWorld()
    const CoverURL = 'http://covers.example.com/a.jpg'
    await account.putAssets([{ url: CoverURL, findings: { image: [{ scene: 'logo', label: 'trademark', score: 97 }] } }])
    const MediaId = await film({ image: [{ scene: 'porn' }] })
    await review(MediaId)
    expect((await result(MediaId)).ImageResult).toMatchObject([{ Label: 'porn', Type: 'cover' }])
    await call('UpdateVideoInfo', { VideoId: MediaId, CoverURL: 'http://covers.example.com/other.jpg' })
    await review(MediaId)
    expect((await result(MediaId)).ImageResult).toMatchObject([{ Label: 'normal', Suggestion: 'pass' }])
    await call('UpdateVideoInfo', { VideoId: MediaId, CoverURL })
    await review(MediaId)
    const [image] = (await result(MediaId)).ImageResult
    expect(image).toMatchObject({ Label: 'logo', Suggestion: 'block', Url: CoverURL })
    expect(image.Result).toContainEqual({ Scene: 'logo', Label: 'trademark', Suggestion: 'block', Score: '97.0000000000' })
  })
})

test('pictures of a result can be looked at for two weeks', async () => {
  const { film, review, details, advance, cloud } = auditWorld()
  const MediaId = await film({ video: [{ scene: 'porn', at: 3 }] })
  await review(MediaId)
  const [{ Url = '' } = {}] = (await details(MediaId)).List
  const { status, headers } = await download(cloud, Url)
  expect([status, headers['content-type']]).toEqual([200, 'image/jpeg'])
  await advance('13d')
  expect((await download(cloud, Url)).status).toBe(200)
  await advance('1d')
  expect((await download(cloud, Url)).status).toBe(403)
})

describe('jobs', () => {
  test('are init, then processing, then success', async () => {
    const { film, call, job, advance } = auditWorld()
    const MediaId = await film()
    const { JobId } = (await call('SubmitAIMediaAuditJob', { MediaId })).body
    const seen = []
    for (const step of [0, 1000, 3999, 1]) {
      await advance(step)
      seen.push((await job(JobId)).Status)
    }
    expect(seen).toEqual(['init', 'processing', 'processing', 'success'])
    const info = await job(JobId)
    expect(info).toMatchObject({ JobId, MediaId, Type: 'AIMediaAudit', Code: '0', Message: 'OK' })
    expect(Date.parse(info.CompleteTime) - Date.parse(info.CreationTime)).toBe(5000)
  })

  test.each([
    ['fails every time', { Status: 'fail', Code: 'InternalError' }],
    ['never finishes', { Status: 'fail', Code: 'JobTimeout' }],
    ['is unsafe', { Status: 'success', Code: '0', Data: expect.objectContaining({ Suggestion: 'block', Label: 'porn' }) }],
  ] as const)('of a file that %s', async (defect, ended) => {
    const { film, account, call, advance, job, events } = auditWorld()
    const MediaId = await film()
    const url = account.vod.videos.get(MediaId)?.sourceUrl ?? ''
    await account.putAssets([{ url, defect }])
    const { JobId } = (await call('SubmitAIMediaAuditJob', { MediaId })).body
    await advance('25h')
    expect(await job(JobId)).toMatchObject(ended)
    expect(events('AIMediaAuditComplete')).toMatchObject([{ ...ended, JobId }])
  })

  test('are told by what they are given, and by the video', async () => {
    const { film, account, review, job } = auditWorld()
    const MediaId = await film({}, { UploadMetadatas: '[]' })
    const when = { MediaId, TemplateId: 'VOD-0003-000001', Title: account.vod.videos.get(MediaId)?.title ?? '' }
    account.faults.add({ action: 'SubmitAIMediaAuditJob', when, job: { fail: 'InternalError' } })
    expect(await job(await review(MediaId))).toMatchObject({ Status: 'fail', Code: 'InternalError' })
  })

  test('of images find what is in the image', async () => {
    const { call, put, account, advance, job, result, details, events, addTemplate } = auditWorld()
    const ticket = (await call('CreateUploadImage', { ImageType: 'default', UserData: '{"Extend":"mine"}' })).body
    await account.putAssets([{ url: ticket.FileURL, findings: { image: [{ scene: 'terrorism', label: 'flag' }] } }])
    await put(ticket, Buffer.from('image'))
    const params = { MediaId: ticket.ImageId, TemplateId: await addTemplate() }
    const { JobId } = (await call('SubmitAIImageAuditJob', params)).body
    await advance('1m')
    const found = await result(ticket.ImageId)
    expect(found).toMatchObject({ Suggestion: 'block', AbnormalModules: 'image-cover', Label: 'terrorism' })
    expect(found.ImageResult[0].Result).toContainEqual(expect.objectContaining({ Scene: 'terrorism', Label: 'flag' }))
    expect(found).not.toHaveProperty('VideoResult')
    expect((await job(JobId)).Data).toEqual(found)
    expect(await details(ticket.ImageId)).toEqual({ Total: 0, List: [] })
    expect(events('AIMediaAuditComplete')).toMatchObject([{ JobId, MediaId: ticket.ImageId, Data: found }])
    expect((await call('GetImageInfo', { ImageId: ticket.ImageId })).body.ImageInfo.Status).toBe('Normal')
  })
})

test('reviews belong to the state: they are exported, and a copy of the account has its own', async () => {
  const { film, review, result, account, audit, call } = auditWorld()
  const MediaId = await film({ video: [{ scene: 'porn', at: 3 }] })
  await review(MediaId)
  await audit(MediaId, 'Blocked', { Reason: 'words' })
  const fork = await account.fork()
  await audit(MediaId, 'Normal')
  const asked = async (action: string) => (await call(action, { MediaId, VideoId: MediaId }, { account: fork })).body
  expect(await asked('GetMediaAuditResult')).toMatchObject({
    MediaAuditResult: { Suggestion: 'block', VideoResult: (await result(MediaId)).VideoResult && expect.anything() },
  })
  expect(await asked('GetAuditHistory')).toMatchObject({ Status: 'Blocked', Total: 1 })
  expect((await fork.export()).tables).toMatchObject({ 'vod.mediaAudits': [expect.anything()], 'vod.manualAudits': [expect.anything()] })
})
