/** Where the emulator and an upstream differ: nowhere if the upstream is another emulator, and wherever its answers are altered. */

import { describe, expect, test } from 'vitest'
import { compare } from '../../emulator/index.js'
import { type Alterable, alteredUpstream, cloudUpstream, flow, forwarding, temporaryFile } from './support.js'

/** A recording of the flow through an upstream, compared. */
async function compared(upstream: { url: string; settle: () => Promise<unknown> }) {
  const record = temporaryFile()
  const client = await forwarding(upstream.url, { record })
  await flow(client, upstream.settle)
  await client.close()
  return compare(record)
}

test('an upstream that is an emulator is reported to differ nowhere', async () => {
  const { calls, compared: all, differences, notCompared } = await compared(await cloudUpstream())
  expect({ differences, notCompared }).toEqual({ differences: [], notCompared: [] })
  expect(all).toBe(calls)
  expect(calls).toBeGreaterThan(20)
})

/** What an alteration is made to: an answer of this Action, or only one that `when` says. */
interface Alteration {
  action: string
  when?: (answer: Alterable) => boolean
  alter: (answer: Alterable) => void
  expected: { field: string; kind: string; recorded?: unknown }
}

const played = ({ status }: Alterable): boolean => status === 200

/** The first video of what GetVideoInfos answers. */
const video = ({ body }: Alterable) => body.VideoList[0]

const alterations: Record<string, Alteration> = {
  'another status': {
    action: 'vod.AddCategory',
    alter: (answer) => {
      answer.status = 201
    },
    expected: { field: '', kind: 'status' },
  },
  'a refusal of what is done here': {
    action: 'vod.UpdateVideoInfo',
    alter: (answer) => Object.assign(answer, { status: 403, body: { Code: 'Forbidden', Message: 'no', RequestId: 'A1' } }),
    expected: { field: '', kind: 'status', recorded: '403 Forbidden' },
  },
  'another code': {
    action: 'vod.GetPlayInfo',
    when: ({ status }) => status === 404,
    alter: ({ body }) => {
      body.Code = 'InvalidVideo.Gone'
    },
    expected: { field: 'Code', kind: 'code' },
  },
  'another message': {
    action: 'vod.GetPlayInfo',
    when: ({ status }) => status === 404,
    alter: ({ body }) => {
      body.Message = 'Never heard of it.'
    },
    expected: { field: 'Message', kind: 'value' },
  },
  'a field that was dropped': {
    action: 'vod.GetVideoInfos',
    alter: (answer) => delete video(answer).AppId,
    expected: { field: 'VideoList[].AppId', kind: 'extra' },
  },
  'a field that was added': {
    action: 'vod.GetVideoInfos',
    alter: (answer) => {
      video(answer).Owner = 'me'
    },
    expected: { field: 'VideoList[].Owner', kind: 'missing', recorded: '"me"' },
  },
  'a field within a field that was dropped': {
    action: 'vod.GetVideoPlayAuth',
    alter: ({ body }) => delete body.VideoMeta.Status,
    expected: { field: 'VideoMeta.Status', kind: 'extra' },
  },
  'a field of a ticket that was added': {
    action: 'vod.CreateUploadVideo',
    when: ({ status }) => status === 200,
    alter: ({ body }) => {
      const address = JSON.parse(Buffer.from(body.UploadAddress, 'base64').toString())
      body.UploadAddress = Buffer.from(JSON.stringify({ ...address, Accelerate: true })).toString('base64')
    },
    expected: { field: 'UploadAddress.Accelerate', kind: 'missing' },
  },
  'a number that became a text': {
    action: 'vod.GetVideoInfos',
    alter: (answer) => {
      video(answer).Size = String(video(answer).Size)
    },
    expected: { field: 'VideoList[].Size', kind: 'kind' },
  },
  'an object that became a list': {
    action: 'vod.GetMezzanineInfo',
    alter: ({ body }) => {
      body.Mezzanine = [body.Mezzanine]
    },
    expected: { field: 'Mezzanine', kind: 'kind', recorded: 'list' },
  },
  'null for a value': {
    action: 'vod.GetVideoInfos',
    alter: (answer) => {
      video(answer).Title = null
    },
    expected: { field: 'VideoList[].Title', kind: 'kind', recorded: 'null null' },
  },
  'null for a list': {
    action: 'vod.DeleteVideo',
    alter: ({ body }) => {
      body.NonExistVideoIds = null
    },
    expected: { field: 'NonExistVideoIds', kind: 'kind' },
  },
  'another value of a few': {
    action: 'vod.GetMezzanineInfo',
    alter: ({ body }) => {
      body.Mezzanine.OutputType = 'cdn'
    },
    expected: { field: 'Mezzanine.OutputType', kind: 'value', recorded: '"cdn"' },
  },
  'another state, which nothing leads to': {
    action: 'vod.GetVideoInfos',
    alter: (answer) => {
      video(answer).Status = 'Blocked'
    },
    expected: { field: 'VideoList[].Status', kind: 'value', recorded: '"Blocked"' },
  },
  'a boolean that was turned': {
    action: 'vod.GetPlayInfo',
    when: played,
    alter: ({ body }) => {
      body.PlayInfoList.PlayInfo[0].Encrypt = 1
    },
    expected: { field: 'PlayInfoList.PlayInfo[].Encrypt', kind: 'value', recorded: '1' },
  },
  'a total': {
    action: 'vod.SearchMedia',
    alter: ({ body }) => {
      body.Total += 1
    },
    expected: { field: 'Total', kind: 'value', recorded: '4' },
  },
  'another order': {
    action: 'vod.SearchMedia',
    alter: ({ body }) => void body.MediaList.reverse(),
    expected: { field: 'MediaList', kind: 'order' },
  },
  'another order of things that are known': {
    action: 'vod.GetVideoInfos',
    alter: ({ body }) => void body.VideoList.reverse(),
    expected: { field: 'VideoList', kind: 'order' },
  },
  'a shorter list': {
    action: 'vod.SearchMedia',
    alter: ({ body }) => void body.MediaList.shift(),
    expected: { field: 'MediaList', kind: 'length', recorded: '2 elements' },
  },
  'a longer list': {
    action: 'vod.GetVideoInfos',
    alter: ({ body }) => void body.NonExistVideoIds.push('a', 'b'),
    expected: { field: 'NonExistVideoIds', kind: 'length', recorded: '2 elements' },
  },
  'the id of another video': {
    action: 'vod.GetVideoInfos',
    alter: ({ body }) => {
      body.VideoList[0].VideoId = body.VideoList[1].VideoId
    },
    expected: { field: 'VideoList[].VideoId', kind: 'reference' },
  },
  'a time that is written in another way': {
    action: 'vod.GetVideoInfos',
    alter: (answer) => {
      video(answer).CreationTime = '2026-01-01 00:00:00'
    },
    expected: { field: 'VideoList[].CreationTime', kind: 'kind' },
  },
  'a time that is none': {
    action: 'vod.GetVideoInfos',
    alter: (answer) => {
      video(answer).CreationTime = 'yesterday'
    },
    expected: { field: 'VideoList[].CreationTime', kind: 'value' },
  },
  'no URL where there is one': {
    action: 'vod.GetPlayInfo',
    when: played,
    alter: ({ body }) => {
      body.PlayInfoList.PlayInfo[0].PlayURL = ''
    },
    expected: { field: 'PlayInfoList.PlayInfo[].PlayURL', kind: 'value', recorded: '""' },
  },
  'a name in other letters': {
    action: 'vod.GetCategories',
    alter: ({ body }) => {
      body.subTotal = body.SubTotal
      delete body.SubTotal
    },
    expected: { field: 'subTotal', kind: 'missing' },
  },
  'another state of a job': {
    action: 'videoseg.GetAsyncJobResult',
    alter: ({ body }) => {
      body.Data.Status = 'PAUSED'
    },
    expected: { field: 'Data.Status', kind: 'value', recorded: '"PAUSED"' },
  },
  'JSON in a text with a field less': {
    action: 'videoseg.GetAsyncJobResult',
    when: ({ body }) => body.Data.Result !== undefined,
    alter: ({ body }) => {
      body.Data.Result = '{}'
    },
    expected: { field: 'Data.Result.VideoUrl', kind: 'extra' },
  },
}

describe('an upstream that was altered is reported, by Action and field:', () => {
  test.each(Object.entries(alterations))('%s', async (_what, { action, when = () => true, alter, expected }) => {
    const upstream = await alteredUpstream((name, answer) => {
      if (action.endsWith(`.${name}`) && when(answer)) alter(answer)
    })
    const { differences } = await compared(upstream)
    expect(differences).toContainEqual(expect.objectContaining({ action, ...expected }))
    expect([...new Set(differences.map((each) => each.action))]).toEqual([action])
  })
})
