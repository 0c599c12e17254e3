/** docs/vod-audit.md is true: what it shows can be copied, and does what the page says. */

import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../../src/client/index.js'
import { blocksOf, controlCall } from '../../support/page.js'
import { testEmulator } from '../../support/sdk.js'

const calls = blocksOf('docs/vod-audit.md', 'sh').map(controlCall)
const [settings, asset, fault, script] = calls

/** An emulator with a client, and a way to make a call of the page. */
async function emulator() {
  const { cloud, url, control, close } = await testEmulator()
  onTestFinished(close)
  const account = cloud.account()
  const client = createClient({ endpoint: url, ...account.credentials }).vod
  const make = async (
    { method, path, body }: { method: string; path: string; body: unknown } = { method: '', path: '', body: '' },
    JobId = '',
  ) => expect((await control(method, path.replace('$JOB_ID', JobId), body)).status).toBeLessThan(300)
  /** Pulls a film, and answers its id. */
  const film = async (Title = 'film', address = 'http://films.example.com/film.mp4'): Promise<string> => {
    const UploadMetadatas = JSON.stringify([{ SourceURL: address, Title }])
    const { UploadJobs } = await client.UploadMediaByURL({ UploadURLs: [address], UploadMetadatas } as never)
    await account.clock.advance('1m')
    return account.vod.uploadJobs.get(UploadJobs[0]?.JobId ?? '')?.videoId ?? ''
  }
  const review = async (MediaId: string) => {
    await client.SubmitAIMediaAuditJob({ MediaId })
    await account.clock.advance('1m')
    return (await client.GetMediaAuditResult({ MediaId })).MediaAuditResult
  }
  return { account, client, make, film, review }
}

test('it has as many calls as are tried here', () => {
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /settings',
    'PUT /assets',
    'POST /faults',
    'POST /jobs/$JOB_ID/script',
  ])
})

test('with the settings, uploads are reviewed, and wait for it', async () => {
  const { make, film, client, account } = await emulator()
  await make(settings)
  account.faults.add({ action: 'SubmitAIMediaAuditJob', times: 1, job: { hold: true } })
  const VideoId = await film()
  expect((await client.GetVideoInfo({ VideoId })).Video.Status).toBe('Checking')
  await account.jobs.releaseAll()
  await account.clock.advance('1m')
  expect((await client.GetVideoInfo({ VideoId })).Video.Status).toBe('Normal')
})

test('by the file', async () => {
  const { make, film, review, client } = await emulator()
  await make(asset)
  const MediaId = await film('film', asset?.body.url)
  expect(await review(MediaId)).toMatchObject({ Suggestion: 'block', Label: 'porn,audio' })
  const { Porn } = (await client.GetMediaAuditResultTimeline({ MediaId })).MediaAuditResultTimeline
  expect(Porn).toMatchObject([{ Label: 'porn', Timestamp: '12400' }])
})

test('by a fault', async () => {
  const { make, film, review } = await emulator()
  await make(fault)
  expect(await review(await film('another film'))).toMatchObject({ Suggestion: 'pass' })
  const MediaId = await film('bad film')
  expect(await review(MediaId)).toMatchObject({ Suggestion: 'block', Label: 'terrorism' })
  expect(await review(MediaId)).toMatchObject({ Suggestion: 'pass' })
})

test('by the job', async () => {
  const { make, film, client, account } = await emulator()
  const MediaId = await film()
  const { JobId } = await client.SubmitAIMediaAuditJob({ MediaId })
  await make(script, JobId)
  await account.clock.advance('1m')
  const { TextResult, Suggestion } = (await client.GetMediaAuditResult({ MediaId })).MediaAuditResult
  expect(Suggestion).toBe('review')
  expect(TextResult).toMatchObject([{ Label: 'ad', Score: '71.5000000000' }])
})

test.each([
  [{ video: [{ scene: 'porn' }] }, 'video.0.at'],
  [{ video: [{ scene: 'porn', label: 'ad', at: 1 }] }, 'video.0.label'],
  [{ video: [{ scene: 'noise', at: 1 }] }, 'video.0.scene'],
  [{ video: [{ scene: 'porn', at: 5, to: 4 }] }, 'video.0.to'],
  [{ image: [{ scene: 'porn', score: 101 }] }, 'image.0.score'],
  [{ title: { label: 'porn' } }, 'title.label'],
  [{ audio: [{ label: 'abuse', from: 2, to: 1, text: '' }] }, 'audio.0.to'],
  [{ film: [] }, 'film'],
])('findings such as %j are refused wherever they come from', async (findings, where) => {
  const { account } = await emulator()
  expect(() => account.faults.add({ action: 'SubmitAIMediaAuditJob', job: { finish: findings as never } })).toThrow(where)
  await expect(account.putAssets([{ url: 'http://a.example.com/a.mp4', findings: findings as never }])).rejects.toThrow(
    where.split('.').at(-1),
  )
})
