/** Lists with pages: where their rows come from, where the world of the example has too few, and what is asked for otherwise than in it. */

import type { Before } from './before.js'
import type { Changes } from './case.js'

/** The rows of a list. */
export interface Rows {
  /** Makes more; answers what is asked for otherwise than in the example. */
  make?: (before: Before) => Promise<Changes | undefined>
  /** The part of an answer that is about the list, if that is not all of it. */
  // biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
  part?: (answer: any) => unknown
  /** How many there are to a page and in all, where no call can say how many it wants. */
  fixed?: { page: number; all: number }
}

const SOURCES = '[{"type":"oss","content":"files.oss-cn-shanghai.aliyuncs.com"}]'

/** Makes rows by calls, a minute from one another. */
const byCalls =
  (action: string, each: (before: Before) => readonly Changes[], asked?: Changes): Rows['make'] =>
  async (before) => {
    for (const params of each(before)) {
      await before.call(action, params as Record<string, string>)
      await before.advance('1m')
    }
    return asked
  }

/** Films that were played on one day, some more often than others. */
async function playedFilms({ account, call, advance }: Before): Promise<Changes> {
  const ids: string[] = []
  for (const name of ['a', 'b', 'c']) {
    const [{ JobId }] = (await call('UploadMediaByURL', { UploadURLs: `http://example.com/${name}.mp4` })).UploadJobs
    await advance('5m')
    ids.push((await call('GetURLUploadInfos', { JobIds: JobId })).URLUploadInfoList[0].MediaId)
  }
  const at = account.clock.now()
  for (const [index, videoId] of ids.entries())
    await account.plays.simulate({ videoId, viewers: 3, plays: 10 + index, players: { HTML5: 1 } })
  await advance('2d')
  return { BizDate: new Date(at).toISOString().replace(/\.\d+/, '') }
}

/** Requests in three different hours, each of which has a file with its log. */
async function askedEachHour({ cloud, params: { DomainName: host = '' }, advance }: Before): Promise<Changes> {
  for (const hour of ['first', 'second', 'third']) {
    const call = { method: 'GET', host, path: `/${hour}.mp4`, query: '', headers: { host }, body: new Uint8Array() }
    await cloud.handle(call)
    await advance('1h')
  }
  return { StartTime: undefined, EndTime: undefined }
}

/** More of what a review finds than is on two pages. */
const FOUND = 45
const PAGE = 20

/** A film in which a review finds fault with so many pictures, and with as much of what is said. */
async function faultyFilm({ account, call, advance }: Before): Promise<Changes> {
  const url = 'http://example.com/faulty.mp4'
  const moments = Array.from({ length: FOUND }, (_, at) => at)
  const findings = {
    video: moments.map((at) => ({ scene: 'porn' as const, at })),
    audio: moments.map((at) => ({ label: 'abuse' as const, from: at, to: at + 1, text: `words ${at}` })),
  }
  await account.turn.take(() => account.putAssets([{ url, duration: FOUND + 1, findings }]))
  const [{ JobId }] = (await call('UploadMediaByURL', { UploadURLs: url })).UploadJobs
  await advance('10m')
  const { MediaId } = (await call('GetURLUploadInfos', { JobIds: JobId })).URLUploadInfoList[0]
  await call('SubmitAIMediaAuditJob', { MediaId })
  await advance('10m')
  return { MediaId }
}

const found: Rows = { make: faultyFilm, fixed: { page: PAGE, all: FOUND } }

/** Those that need it, by Action. */
export const rowsOfActions: Readonly<Record<string, Rows>> = {
  'vod.DescribePlayTopVideos': { make: playedFilms },
  'vod.DescribeVodDomainLog': { make: askedEachHour, part: ({ DomainLogDetails: { DomainLogDetail } }) => DomainLogDetail[0] },
  'vod.DescribeVodRefreshTasks': {
    make: byCalls('RefreshVodObjectCaches', () => ['a', 'b'].map((name) => ({ ObjectPath: `http://example.com/${name}.mp4` }))),
  },
  'vod.DescribeVodUserDomains': {
    make: byCalls('AddVodDomain', () => ['a', 'b', 'c'].map((name) => ({ DomainName: `${name}.example.com`, Sources: SOURCES }))),
  },
  'vod.GetAuditHistory': {
    make: byCalls('CreateAudit', ({ params: { VideoId } }) =>
      ['Blocked', 'Normal', 'Blocked'].map((Status) => ({ AuditContent: JSON.stringify([{ VideoId, Status, Reason: 'a' }]) })),
    ),
  },
  'vod.GetCategories': {
    make: byCalls('AddCategory', ({ params: { CateId } }) => ['one', 'two'].map((CateName) => ({ CateName, ParentId: CateId }))),
  },
  'vod.GetMediaAuditAudioResultDetail': found,
  'vod.GetMediaAuditResultDetail': found,
  'vod.ListSnapshots': {
    make: byCalls(
      'SubmitSnapshotJob',
      ({ params: { VideoId } }) => [{ VideoId, Count: '3', Interval: '1', SpecifiedOffsetTime: '0' }],
      // The example asks for the cover, of which there is one.
      { SnapshotType: 'NormalSnapshot' },
    ),
  },
  'vod.ListTranscodeTask': {
    make: byCalls('SubmitTranscodeJobs', ({ params: { VideoId }, account: { vod } }) => {
      const TemplateGroupId = vod.templateGroups.list({}).rows.find(({ templates }) => templates.length > 0)?.templateGroupId
      return ['first', 'second'].map((UserData) => ({ VideoId, TemplateGroupId, UserData: JSON.stringify({ Extend: UserData }) }))
    }),
  },
}
