/** Reviews by people: CreateAudit and GetAuditHistory. */

import { describe, expect, test } from 'vitest'
import { auditWorld } from './support.js'

/** The error of an Action where there is no such video. */
const NO_VIDEO = { status: 404, code: 'InvalidVideo.NotFound' }

test('one call reviews several videos; those that cannot be are passed over', async () => {
  const { upload, call, statusOf, events, advance, create } = auditWorld()
  const [good, bad] = [await upload(), await upload()]
  const { VideoId: uploading } = await create()
  await advance('1m')
  const AuditContent = JSON.stringify([
    { VideoId: good, Status: 'Normal' },
    { VideoId: bad, Status: 'Blocked', Reason: '色情视频', Comment: '有露点镜' },
    { VideoId: uploading, Status: 'Blocked', Reason: 'words' },
    { VideoId: 'none', Status: 'Normal' },
  ])
  const { status, body } = await call('CreateAudit', { AuditContent })
  expect([status, Object.keys(body)]).toEqual([200, ['RequestId']])
  expect([await statusOf(good), await statusOf(bad), await statusOf(uploading)]).toEqual(['Normal', 'Blocked', 'Uploading'])
  const at = '2026-01-01T00:01:00Z'
  const common = { EventType: 'CreateAuditComplete', EventTime: at, CreationTime: at, Status: 'success', SubType: 'video', Auditor: 'root' }
  expect(events('CreateAuditComplete')).toEqual([
    { ...common, MediaId: good, AuditStatus: 'Normal' },
    { ...common, MediaId: bad, AuditStatus: 'Blocked', Reason: '色情视频' },
  ])
})

test('the history has each review, who made it and when; it can be paged and sorted', async () => {
  const { upload, audit, call, advance, account } = auditWorld()
  const VideoId = await upload()
  const history = async (params: Record<string, string | number> = {}) => (await call('GetAuditHistory', { VideoId, ...params })).body
  expect(await history()).toMatchObject({ Status: 'Normal', Total: 0, Histories: [] })
  await audit(VideoId, 'Normal')
  account.ram.putUser('alice', { allow: ['vod:*'] })
  await advance('9m')
  const AuditContent = JSON.stringify([{ VideoId, Status: 'Blocked', Reason: 'words', Comment: 'more' }])
  await call('CreateAudit', { AuditContent }, { key: account.ram.createAccessKey('alice') })
  const first = { Status: 'Normal', CreationTime: '2026-01-01T00:00:00Z', Reason: '', Comment: '', Auditor: 'root' }
  const second = { Status: 'Blocked', CreationTime: '2026-01-01T00:09:00Z', Reason: 'words', Comment: 'more', Auditor: 'alice' }
  expect(await history()).toMatchObject({ Status: 'Blocked', Total: 2, Histories: [second, first] })
  expect((await history({ SortBy: 'CreationTime:Asc' })).Histories).toEqual([first, second])
  expect(await history({ PageNo: 2, PageSize: 1 })).toMatchObject({ Status: 'Blocked', Total: 2, Histories: [first] })
  expect(await history({ PageNo: 3, PageSize: 1 })).toMatchObject({ Total: 2, Histories: [] })
  await call('DeleteVideo', { VideoIds: VideoId })
  expect((await call('GetAuditHistory', { VideoId })).body.Code).toBe('InvalidVideo.NotFound')
})

describe('GetAuditHistory and CreateAudit', () => {
  test('refuse what does not exist', async () => {
    const { refusal } = auditWorld()
    expect(await refusal('GetAuditHistory', { VideoId: 'none' })).toMatchObject(NO_VIDEO)
    const AuditContent = '[{"VideoId":"none","Status":"Normal"},{"VideoId":"nobody","Status":"Normal"}]'
    expect(await refusal('CreateAudit', { AuditContent })).toMatchObject(NO_VIDEO)
  })

  test.each([
    ['is no JSON', '{', 'AuditContent is not JSON'],
    ['is no list', '{"VideoId":"a","Status":"Normal"}', 'AuditContent at its root'],
    ['is empty', '[]', 'AuditContent at its root: has fewer than 1 elements'],
    ['has 21 elements, whatever they are', JSON.stringify(Array(21).fill(1)), 'AuditContent at its root: has more than 20 elements'],
    ['names no video', '[{"Status":"Normal"}]', 'AuditContent at 0.VideoId'],
    ['has no status', '[{"VideoId":"a"}]', 'AuditContent at 0.Status'],
    ['has a status of its own', '[{"VideoId":"a","Status":"Checking"}]', 'AuditContent at 0.Status'],
    ['blocks without a reason', '[{"VideoId":"a","Status":"Normal"},{"VideoId":"a","Status":"Blocked"}]', 'AuditContent at 1.Reason'],
    ['blocks with an empty one', '[{"VideoId":"a","Status":"Blocked","Reason":""}]', 'AuditContent at 0.Reason'],
    [
      'has a reason of 129 bytes',
      JSON.stringify([{ VideoId: 'a', Status: 'Normal', Reason: `${'字'.repeat(43)}` }]),
      'AuditContent at 0.Reason',
    ],
    [
      'has a comment of 513 bytes',
      JSON.stringify([{ VideoId: 'a', Status: 'Normal', Comment: 'x'.repeat(513) }]),
      'AuditContent at 0.Comment',
    ],
  ])('AuditContent that %s', async (_case, AuditContent, reason) => {
    const { refusal, account } = auditWorld()
    const refused = await refusal('CreateAudit', { AuditContent })
    expect(refused).toMatchObject({ status: 400, code: 'InvalidParameter' })
    expect(decodeURIComponent(refused.reason ?? '')).toContain(reason)
    expect(account.vod.manualAudits.count).toBe(0)
  })

  test('what is at its limit, null or unknown is taken', async () => {
    const { upload, audit, call } = auditWorld()
    const VideoId = await upload()
    const Reason = `${'字'.repeat(42)}ab`
    expect((await audit(VideoId, 'Blocked', { Reason, Comment: 'x'.repeat(512), Other: 1 })).status).toBe(200)
    expect((await audit(VideoId, 'Normal', { Reason: null, Comment: null })).status).toBe(200)
    expect((await call('GetAuditHistory', { VideoId })).body.Histories).toMatchObject([{ Reason: '' }, { Reason }])
  })
})
