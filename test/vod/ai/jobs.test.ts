/** AI jobs: SubmitAIJob, ListAIJob, GetAIVideoTagResult. */

import { describe, expect, test } from 'vitest'
import { download } from '../../support/cloud.js'
import { aiWorld } from './support.js'

const ALL = 'Face,ASR,OCR,Category,Annotation'

const tagging = (AnalyseTypes?: string, rest = {}) => ({
  Types: 'AIVideoTag',
  ...(AnalyseTypes && { Config: JSON.stringify({ AIVideoTag: { AnalyseTypes, ...rest } }) }),
})

test('a job goes from init to processing to success', async () => {
  const { video, submit, list, advance } = aiWorld()
  const [id = ''] = await submit(await video(), tagging())
  const status = async () => {
    const [{ Status, Code, CompleteTime, Data }] = (await list(id)).AIJobList.AIJob
    return [Status, Code, CompleteTime, typeof Data]
  }
  expect(await status()).toEqual(['init', undefined, undefined, 'undefined'])
  await advance('1s')
  expect(await status()).toEqual(['processing', undefined, undefined, 'undefined'])
  await advance('5s')
  expect(await status()).toEqual(['success', '0', '2026-01-01T00:01:06Z', 'string'])
})

test('without Types both jobs are submitted, and a type that is named twice once', async () => {
  const { video, submit, list } = aiWorld()
  const MediaId = await video()
  const types = async (ids: string[]) => (await list(...ids)).AIJobList.AIJob.map(({ Type }: { Type: string }) => Type)
  expect(await types(await submit(MediaId))).toEqual(['AIMediaDNA', 'AIVideoTag'])
  expect(await types(await submit(MediaId, { Types: 'AIVideoTag,AIVideoTag' }))).toEqual(['AIVideoTag'])
})

test('jobs are answered in the order of the ids, and ids of no job by themselves', async () => {
  const { video, submit, list } = aiWorld()
  const [dna = '', tags = ''] = await submit(await video())
  const { AIJobList, NonExistAIJobIds } = await list(tags, 'nobody', dna, tags)
  expect(AIJobList.AIJob.map(({ JobId }: { JobId: string }) => JobId)).toEqual([tags, dna])
  expect(NonExistAIJobIds).toEqual({ String: ['nobody'] })
})

describe('tags', () => {
  test.each([
    ['Face', ['Person']],
    ['ASR', ['Keyword', 'Time']],
    ['OCR', ['Keyword']],
    ['Category', ['Category']],
    ['Annotation', ['Keyword', 'Location']],
    [ALL, ['Category', 'Keyword', 'Location', 'Person', 'Time']],
  ])('%s finds them of the kinds %j', async (AnalyseTypes, kinds) => {
    const { video, submit, advance, call } = aiWorld()
    const MediaId = await video()
    await submit(MediaId, tagging(AnalyseTypes))
    await advance('1m')
    const { VideoTagResult } = (await call('GetAIVideoTagResult', { MediaId })).body
    const found = Object.entries(VideoTagResult).filter(([, tags]) => (tags as unknown[]).length > 0)
    expect(found.map(([kind]) => kind).sort()).toEqual(kinds)
  })

  test('lie within the video, those of persons have a picture, and categories no times', async () => {
    const { cloud, video, submit, advance, call } = aiWorld({ settings: { vod: { domains: [{ name: 'vod.example.com' }] } } })
    const MediaId = await video()
    await submit(MediaId, tagging(ALL))
    await advance('1m')
    const { VideoTagResult } = (await call('GetAIVideoTagResult', { MediaId })).body
    const { Duration } = (await call('GetMezzanineInfo', { VideoId: MediaId })).body.Mezzanine
    const times = ['Person', 'Time', 'Location', 'Keyword'].flatMap((kind) =>
      VideoTagResult[kind].flatMap(({ Times }: { Times: string[] }) => Times),
    )
    expect(times.map(Number).filter((time) => !(time >= 0 && time < Number(Duration) * 1000))).toEqual([])
    expect(VideoTagResult.Category[0]).toEqual({ Tag: expect.any(String) })
    expect((await download(cloud, VideoTagResult.Person[0].FaceUrl)).status).toBe(200)
  })

  test('of the same bytes are the same', async () => {
    const { video, submit, advance, call } = aiWorld()
    const tagsOf = async () => {
      const MediaId = await video()
      await submit(MediaId, tagging('OCR,Category'))
      await advance('1m')
      return (await call('GetAIVideoTagResult', { MediaId })).body.VideoTagResult
    }
    expect(await tagsOf()).toEqual(await tagsOf())
  })

  test('of the job that was submitted last are answered', async () => {
    const { video, submit, advance, call, account } = aiWorld()
    const MediaId = await video()
    await submit(MediaId, tagging('OCR'))
    const [id = ''] = await submit(MediaId, tagging('OCR'))
    await account.jobs.script(id, { finish: { Keyword: [{ Tag: 'sea', Times: ['12400'] }] } })
    await advance('1m')
    expect((await call('GetAIVideoTagResult', { MediaId })).body.VideoTagResult.Keyword).toEqual([{ Tag: 'sea', Times: ['12400'] }])
  })

  test('what was said is answered if asked for, sentence after sentence', async () => {
    const { video, submit, advance, list, events } = aiWorld()
    const MediaId = await video()
    const dataOf = async (rest: object) => {
      const [id = ''] = await submit(MediaId, tagging('ASR', rest))
      await advance('1m')
      return JSON.parse((await list(id)).AIJobList.AIJob[0].Data)
    }
    expect((await dataOf({})).OrigASRData).toBeUndefined()
    const { OrigASRData } = await dataOf({ OrigASRData: 'true' })
    const bounds = OrigASRData.AsrTextList.flatMap(({ StartTime, EndTime }: { StartTime: number; EndTime: number }) => [StartTime, EndTime])
    expect(bounds).toEqual(bounds.toSorted((a: number, b: number) => a - b))
    expect(bounds.at(-1)).toBeLessThanOrEqual(Number(OrigASRData.Duration))
    expect(JSON.parse(events('AIVideoTagComplete').at(-1)?.Data as string).OrigASRData).toEqual([OrigASRData])
  })

  test('before there are any, all lists are empty', async () => {
    const { video, call } = aiWorld()
    const { VideoTagResult } = (await call('GetAIVideoTagResult', { MediaId: await video() })).body
    expect(VideoTagResult).toEqual({ Category: [], Person: [], Time: [], Location: [], Keyword: [] })
  })
})

test('what is null or empty in a structure is as if it were not there', async () => {
  const { video, call } = aiWorld()
  const MediaId = await video()
  for (const [Config, UserData] of [
    ['{"AIVideoTag":null}', '{"MessageCallback":null,"Extend":null,"AccelerateConfig":{"Type":null}}'],
    ['{"AIVideoTag":{"AnalyseTypes":"","OrigASRData":"TRUE"}}', '{"MessageCallback":{"CallbackType":null,"CallbackURL":null}}'],
  ] as const)
    expect((await call('SubmitAIJob', { MediaId, Config, UserData })).status).toBe(200)
})

describe('what fails', () => {
  test('a job of a video without a file fails, and says so in its event, to the address of the job', async () => {
    const { create, submit, list, advance, events } = aiWorld()
    const { VideoId } = await create()
    const [id = ''] = await submit(VideoId, { Types: 'AIVideoTag', UserData: '{"Extend":{"localId":"1"}}' })
    await advance('1m')
    expect((await list(id)).AIJobList.AIJob[0]).toMatchObject({ Status: 'fail', Code: 'InvalidFile.NotFound' })
    expect(events('AIVideoTagComplete')).toEqual([
      expect.objectContaining({ Status: 'fail', JobId: id, Code: 'InvalidFile.NotFound', Extend: '{"localId":"1"}' }),
    ])
  })

  test('a fault strikes jobs of one type', async () => {
    const { video, submit, list, advance, account } = aiWorld()
    account.faults.add({ action: 'SubmitAIJob', when: { Types: 'AIVideoTag' }, job: { fail: { code: 'Busy', message: 'busy' } } })
    const ids = await submit(await video())
    await advance('1m')
    expect((await list(...ids)).AIJobList.AIJob.map(({ Status, Code }: { Status: string; Code: string }) => [Status, Code])).toEqual([
      ['success', '0'],
      ['fail', 'Busy'],
    ])
  })

  test.each([
    ['SubmitAIJob', { MediaId: 'nobody' }, 404, 'InvalidVideo.NotFound', 'MediaId'],
    ['GetMediaDNAResult', { MediaId: 'nobody' }, 404, 'InvalidVideo.NotFound', 'MediaId'],
    ['SubmitMediaDNADeleteJob', { MediaId: 'nobody' }, 404, 'InvalidVideo.NotFound', 'MediaId'],
    ['GetAIVideoTagResult', { MediaId: 'nobody' }, 404, 'InvalidVideo.NotFound', 'MediaId'],
    ['SubmitAIJob', {}, 400, 'MissingParameter', 'MediaId'],
    ['SubmitAIJob', { MediaId: 'nobody', Types: 'AIMagic' }, 400, 'InvalidParameter', 'Types'],
    ['SubmitAIJob', { MediaId: 'nobody', Config: '{' }, 400, 'InvalidParameter', 'Config'],
    [
      'SubmitAIJob',
      { MediaId: 'nobody', Config: '{"AIVideoTag":{"AnalyseTypes":"Faces"}}' },
      400,
      'InvalidParameter',
      'AIVideoTag.AnalyseTypes',
    ],
    ['SubmitAIJob', { MediaId: 'nobody', Config: '{"AIVideoTag":{"OrigASRData":1}}' }, 400, 'InvalidParameter', 'AIVideoTag.OrigASRData'],
    ['SubmitAIJob', { MediaId: 'nobody', Config: '[]' }, 400, 'InvalidParameter', 'Config at its root'],
    ['SubmitAIJob', { MediaId: 'nobody', UserData: '[]' }, 400, 'InvalidParameter', 'UserData at its root'],
    ['ListAIJob', {}, 400, 'MissingParameter', 'JobIds'],
    ['ListAIJob', { JobIds: '1,2,3,4,5,6,7,8,9,10,11' }, 400, 'InvalidParameter', 'JobIds'],
  ])('%s %j is %i %s', async (action, params, status, code, named) => {
    const { refusal } = aiWorld()
    const refused = await refusal(action, params)
    expect(refused).toMatchObject({ status, code })
    expect(decodeURIComponent(refused.reason ?? '')).toContain(named)
  })
})

describe('tags are found where the video is stored', () => {
  const stored = async (region: string) => {
    const location = `tags.oss-${region}.aliyuncs.com`
    const world = aiWorld({ settings: { vod: { storages: [{ location }] } } })
    await world.account.turn.take(
      () => world.account.oss.buckets.some(({ name }) => name === 'tags') || world.account.oss.createBucket('tags', region),
    )
    return { ...world, MediaId: (await world.create({ StorageLocation: location })).VideoId as string }
  }

  test('in Beijing of faces alone', async () => {
    const { MediaId, submit, refusal, account } = await stored('cn-beijing')
    const [id = ''] = await submit(MediaId, { Types: 'AIVideoTag' })
    expect(account.vod.aiJobs.get(id)?.analyseTypes).toEqual(['Face'])
    expect(await refusal('SubmitAIJob', { MediaId, ...tagging('Face,ASR') })).toMatchObject({ code: 'UnsupportedOperation' })
  })

  test('elsewhere none; fingerprints are taken all the same', async () => {
    const { MediaId, submit, refusal } = await stored('cn-shenzhen')
    expect(await refusal('SubmitAIJob', { MediaId, Types: 'AIVideoTag' })).toMatchObject({ code: 'UnsupportedOperation' })
    expect(await submit(MediaId, { Types: 'AIMediaDNA' })).toHaveLength(1)
  })
})
