/** Asking the log for calls, in the process and over HTTP: the same query, the same answer. */

import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import { createClient, createControl } from '../../src/client/index.js'
import type { Account, LogQuery } from '../../src/index.js'
import { VIDEO_URL } from '../support/cloud.js'

let emulator: Emulator
let account: Account
let control: ReturnType<typeof createControl>
let first: string

/** `SegmentVideoBody` with and without success, its result, a call of a RAM user, and one a minute later. */
beforeAll(async () => {
  emulator = await startEmulator({ port: 0, clock: 'manual' })
  account = emulator.cloud.createAccount()
  const caller = { endpoint: emulator.url, ...account.credentials }
  control = createControl(caller)
  const { videoseg, videorecog, vod } = createClient(caller)
  first = (await videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })).RequestId
  await videoseg.SegmentVideoBody({ VideoUrl: 'nothing' }).catch(() => {})
  await videoseg.GetAsyncJobResult({ JobId: first })
  const alice = createClient(await control.ram.putUser({ name: 'alice', allow: ['videorecog:*'] }))
  await alice.videorecog.DetectVideoShot({ VideoUrl: VIDEO_URL })
  await control.clock.advance('1m')
  await videorecog.DetectVideoShot({ VideoUrl: `${VIDEO_URL}?b` })
  await vod.UploadMediaByURL({ UploadURLs: [`${VIDEO_URL}?1`, `${VIDEO_URL}?2`] })
})
afterAll(() => emulator.close())

describe.each<[what: string, find: (query: LogQuery) => unknown]>([
  ['in the process', (query) => account.log.find(query)],
  ['over HTTP', (query) => control.requests.find(query)],
])('%s', (_where, find) => {
  test.each<[what: string, query: LogQuery, found: string[]]>([
    [
      'nothing',
      {},
      ['SegmentVideoBody', 'SegmentVideoBody', 'GetAsyncJobResult', 'DetectVideoShot', 'DetectVideoShot', 'UploadMediaByURL'],
    ],
    ['a service', { service: 'videorecog' }, ['DetectVideoShot', 'DetectVideoShot']],
    ['a service with a wildcard', { service: 'videos*' }, ['SegmentVideoBody', 'SegmentVideoBody', 'GetAsyncJobResult']],
    ['an Action', { action: 'GetAsyncJobResult' }, ['GetAsyncJobResult']],
    ['an Action with a wildcard', { action: '*Video*' }, ['SegmentVideoBody', 'SegmentVideoBody', 'DetectVideoShot', 'DetectVideoShot']],
    ['a parameter', { params: { VideoUrl: 'nothing' } }, ['SegmentVideoBody']],
    ['a parameter in part: not so', { params: { VideoUrl: 'noth' } }, []],
    ['a parameter by a regular expression', { params: { VideoUrl: /sample\.mp4$/ } }, ['SegmentVideoBody', 'DetectVideoShot']],
    ['a parameter by a regular expression with flags', { params: { VideoUrl: /^NO/i } }, ['SegmentVideoBody']],
    ['a parameter by a pattern', { params: { VideoUrl: { matches: '^no' } } }, ['SegmentVideoBody']],
    ['several parameters', { params: { VideoUrl: VIDEO_URL, Other: 'x' } }, []],
    ['a list in one parameter', { params: { UploadURLs: /1,http/ } }, ['UploadMediaByURL']],
    ['an ARN with a wildcard', { identity: '*:user/alice' }, ['DetectVideoShot']],
    ['a name that only ARNs begin with', { identity: 'acs*' }, []],
    ['the name of a RAM user', { identity: 'alice' }, ['DetectVideoShot']],
    ['a status', { status: 400 }, ['SegmentVideoBody']],
    ['a code', { code: 'InvalidFile.URL' }, ['SegmentVideoBody']],
    ['a code with a wildcard', { code: 'InvalidFile*' }, ['SegmentVideoBody']],
    ['what was refused', { refused: true }, ['SegmentVideoBody']],
    ['what was not refused', { refused: false, action: 'Segment*' }, ['SegmentVideoBody']],
    ['a fault that was not', { fault: '*' }, []],
    ['a time to start at', { since: '2026-01-01T00:01:00Z' }, ['DetectVideoShot', 'UploadMediaByURL']],
    ['a time to end before', { until: '2026-01-01T00:01:00Z', action: 'Detect*' }, ['DetectVideoShot']],
    ['a time in milliseconds', { since: Date.parse('2026-01-01T00:00:01Z'), action: 'Detect*' }, ['DetectVideoShot']],
    [
      'all at once',
      { service: 'videoseg', action: 'S*', status: 200, refused: false, params: { VideoUrl: VIDEO_URL } },
      ['SegmentVideoBody'],
    ],
  ])('finds by %s', async (_what, query, found) => {
    expect(await find(query)).toMatchObject(found.map((action) => ({ action })))
    expect(await find(query)).toHaveLength(found.length)
  })

  test.each<[what: string, query: object, says: string]>([
    ['an unknown field', { actoin: 'x' }, 'actoin'],
    ['an unknown Action', { action: 'SegmentVideBody' }, 'action: there is no Action SegmentVideBody; did you mean "SegmentVideoBody"?'],
    ['an Action of another service', { service: 'vod', action: 'SegmentVideoBody' }, 'there is no Action SegmentVideoBody of vod'],
    ['a wildcard that no name fits', { action: 'Frobnicate*' }, 'there is no Action Frobnicate*'],
    ['an unknown service', { service: 'videosegg' }, 'service: there is no service videosegg; did you mean "videoseg"?'],
    ['a status that is none', { status: 20 }, '100'],
    ['a pattern that is none', { params: { VideoUrl: { matches: '(' } } }, 'VideoUrl'],
    ['a time that is none', { since: 'yesterday' }, 'is neither a time such as 2026-01-01T00:00:00Z nor milliseconds since 1970'],
    ['a time that no clock can show', { since: 1e300 }, 'since'],
    ['times the wrong way round', { since: '2026-01-01T00:01:00Z', until: '2026-01-01T00:00:00Z' }, 'since: is not before until'],
    ['text for a flag', { refused: 'yes' }, 'refused'],
  ])('refuses %s', async (_what, query, says) => {
    await expect(async () => find(query as LogQuery)).rejects.toThrow(says)
  })
})

test.each<[query: string, found: number]>([
  ['', 6],
  ['action=Get*', 1],
  ['status=400', 1],
  ['refused=false&service=videoseg', 2],
  ['params.VideoUrl=nothing', 1],
  ['params.VideoUrl.matches=mp4$', 2],
  ['since=2026-01-01T00:01:00Z', 2],
  [`until=${Date.parse('2026-01-01T00:01:00Z')}`, 4],
])('GET /requests?%s', async (query, found) => {
  const response = await fetch(`${emulator.url}/_emulator/requests?accessKeyId=${account.credentials.accessKeyId}&${query}`)
  expect(await response.json()).toHaveLength(found)
})

test.each<[query: string, says: string]>([
  ['actoin=x', 'actoin'],
  ['__proto__=x', '__proto__'],
  ['status=many', 'status'],
  ['refused=1', 'refused: is true or false, not 1'],
  ['format=xml', 'format: is json or curl, not xml'],
])('GET /requests?%s is refused', async (query, says) => {
  const response = await fetch(`${emulator.url}/_emulator/requests?${query}`)
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ error: expect.stringContaining(says) })
})

it('counts', async () => {
  expect(await control.requests.count({ service: 'videoseg' })).toBe(3)
  expect(account.log.count({ service: 'videoseg' })).toBe(3)
})

it('finds an Action that does not exist once somebody has called it', async () => {
  const mine = emulator.cloud.createAccount()
  expect(() => mine.log.find({ action: 'Frobnicate' })).toThrow('there is no Action Frobnicate')
  await fetch(`${emulator.url}/?Action=Frobnicate&Version=2017-03-21&AccessKeyId=${mine.credentials.accessKeyId}`)
  expect(mine.log.find({ action: 'Frobnicate' })).toMatchObject([{ code: 'InvalidAction.NotFound' }])
})

it('finds by an indexed name, and by a regular expression that remembers where it was', async () => {
  const mine = emulator.cloud.createAccount()
  await fetch(`${emulator.url}/?Action=Frobnicate&Tag.1=a&Tag.2=b&AccessKeyId=${mine.credentials.accessKeyId}`)
  await fetch(`${emulator.url}/?Action=Frobnicate&Tag.1=b&AccessKeyId=${mine.credentials.accessKeyId}`)
  expect(mine.log.find({ params: { 'Tag.1': 'a' } })).toHaveLength(1)
  expect(mine.log.find({ params: { 'Tag.1': /[ab]/g } })).toHaveLength(2)
})

it('finds requests to OSS by operation and object', async () => {
  const mine = emulator.cloud.createAccount()
  const { videoseg } = createClient({ endpoint: emulator.url, ...mine.credentials })
  const { RequestId } = await videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })
  await mine.clock.advance('5s')
  const { Data } = await videoseg.GetAsyncJobResult({ JobId: RequestId })
  await fetch(JSON.parse(Data.Result ?? '').VideoUrl)
  expect(mine.log.find({ service: 'oss', action: 'GetObject', object: '*.mp4' })).toHaveLength(1)
  expect(() => mine.log.find({ service: 'oss', action: 'GetObjekt' })).toThrow('did you mean "GetObject"?')
})

it('forgets over HTTP', async () => {
  const mine = emulator.cloud.createAccount()
  const caller = { endpoint: emulator.url, ...mine.credentials }
  await createClient(caller).videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })
  expect(await createControl(caller).requests.clear()).toEqual([])
  expect(await createControl(caller).requests()).toEqual([])
})
