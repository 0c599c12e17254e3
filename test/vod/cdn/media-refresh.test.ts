import { describe, expect, test } from 'vitest'
import { cdnWorld } from './support.js'

/** A world with a domain and a transcoded video, and functions that refresh it and ask for the job. */
async function mediaWorld() {
  const world = cdnWorld()
  await world.addDomain()
  const VideoId = await world.upload()
  await world.advance('1m')
  const refresh = async (params: Record<string, string | number | boolean> = {}) =>
    (await world.call('RefreshMediaPlayUrls', { MediaIds: VideoId, TaskType: 'Refresh', ...params } as never)).body
  const jobsOf = async (MediaRefreshJobId: string, params: Record<string, string> = {}) =>
    (await world.call('GetMediaRefreshJobs', { MediaRefreshJobId, ...params })).body.MediaRefreshJobs
  const urlsOf = async (params: Record<string, string | number | boolean>): Promise<string[]> => {
    const [job] = await jobsOf((await refresh(params)).MediaRefreshJobId)
    return job.SuccessPlayUrls === '' ? [] : job.SuccessPlayUrls.split(',')
  }
  return { ...world, VideoId, refresh, jobsOf, urlsOf }
}

test('all streams that can be played are handed in, each as a task', async () => {
  const { call, play, VideoId, refresh, jobsOf, advance } = await mediaWorld()
  const UserData = '{"Extend":{"localId":"7"}}'
  const { MediaRefreshJobId, NonExistMediaIds, ForbiddenMediaIds } = await refresh({
    TaskType: 'Preload',
    UserData,
    MediaIds: `${VideoId}, none`,
  })
  expect([NonExistMediaIds, ForbiddenMediaIds]).toEqual(['none', ''])
  const [job, ...others] = await jobsOf(MediaRefreshJobId)
  expect(others).toEqual([])
  const played = (await play(VideoId)).body.PlayInfoList.PlayInfo.map(({ PlayURL }: { PlayURL: string }) => PlayURL)
  expect(job).toMatchObject({ MediaId: VideoId, TaskType: 'Preload', Status: 'success', UserData, SuccessPlayUrls: played.join(',') })
  expect(JSON.parse(job.FilterPolicy)).toEqual({ ResultType: 'Single', SliceFlag: false, SliceCount: 5 })
  expect([job.ErrorCode, job.ErrorMessage]).toEqual([undefined, undefined])
  await advance('10s')
  for (const [index, TaskId] of job.TaskIds.split(',').entries()) {
    const [task] = (await call('DescribeVodRefreshTasks', { TaskId })).body.Tasks.Task
    expect(task).toMatchObject({ ObjectPath: played[index], ObjectType: 'preload', Status: 'Complete' })
  }
})

describe('streams are chosen', () => {
  test.each<[string, Record<string, string | number | boolean>, RegExp[]]>([
    ['by format', { Formats: 'mp4' }, [/\.mp4$/]],
    ['by several', { Formats: 'mp4, m3u8' }, [/\.mp4$/, /\.m3u8$/]],
    ['by format and definition', { Formats: 'mp4', Definitions: 'LD' }, [/-ld\.mp4$/]],
    ['by type', { StreamType: 'audio' }, []],
    ['with the segments of playlists', { Formats: 'm3u8', SliceFlag: 'true', SliceCount: 1 }, [/\.m3u8$/, /\.ts$/]],
  ])('%s', async (_title, params, expected) => {
    const { urlsOf } = await mediaWorld()
    expect(await urlsOf(params)).toEqual(expected.map((pattern) => expect.stringMatching(pattern)))
  })
})

test('what is chosen can be nothing, and what is handed in too much', async () => {
  const { call, VideoId, refresh, jobsOf } = await mediaWorld()
  const none = await jobsOf((await refresh({ StreamType: 'audio' })).MediaRefreshJobId)
  expect(none).toMatchObject([{ Status: 'fail', SuccessPlayUrls: '', TaskIds: '', ErrorCode: 'InvalidVideo.NoneStream' }])
  const many = Array.from({ length: 500 }, (_, index) => `cdn.example.com/${index}.mp4`).join('\n')
  await call('PreloadVodObjectCaches', { ObjectPath: many })
  const full = await jobsOf((await refresh({ TaskType: 'Preload' })).MediaRefreshJobId, { MediaId: VideoId })
  expect(full).toMatchObject([
    { Status: 'fail', ErrorCode: 'QuotaExceeded.Refresh', ErrorMessage: "You've exceeded the prescribed refresh limits." },
  ])
})

test('a domain that is being stopped is refused in the words of RefreshVodObjectCaches', async () => {
  const { call, refresh, jobsOf } = await mediaWorld()
  await call('BatchStopVodDomain', { DomainNames: 'cdn.example.com' })
  const refused = await jobsOf((await refresh()).MediaRefreshJobId)
  const ErrorMessage = 'The specified Domain is configuring, please retry later.'
  expect(refused).toMatchObject([{ Status: 'fail', ErrorCode: 'ServiceBusy', ErrorMessage }])
})

test('without a domain there is nothing to refresh', async () => {
  const { call, upload, advance } = cdnWorld()
  const MediaIds = await upload()
  await advance('1m')
  const { MediaRefreshJobId } = (await call('RefreshMediaPlayUrls', { MediaIds, TaskType: 'Refresh' })).body
  const { MediaRefreshJobs } = (await call('GetMediaRefreshJobs', { MediaRefreshJobId })).body
  expect(MediaRefreshJobs).toMatchObject([{ Status: 'fail', ErrorCode: 'InvalidDomain.NotFound' }])
})

test('of a medium that is not in the job, and of a job that there is not, nothing is told', async () => {
  const { refresh, jobsOf } = await mediaWorld()
  const { MediaRefreshJobId } = await refresh()
  expect([await jobsOf(MediaRefreshJobId, { MediaId: 'none' }), await jobsOf('none')]).toEqual([[], []])
})
