/** Programs that are told when something is done, and ask for nothing before they go on: it is waited for here as well. */

import { expect, test } from 'vitest'
import { compare } from '../../emulator/index.js'
import { sample } from '../vod/support.js'
import { alteredUpstream, cloudUpstream, forwarding, temporaryFile, withTicket } from './support.js'

type Client = Awaited<ReturnType<typeof forwarding>>

/** What is compared of calls to an upstream that has a video, which has been processed. */
async function compared(
  upstream: { url: string; settle: () => Promise<unknown> },
  make: (client: Client, VideoId: string) => Promise<void>,
) {
  const record = temporaryFile()
  const client = await forwarding(upstream.url, { record })
  const { body } = await client.call('vod.CreateUploadVideo', { Title: 'a', FileName: 'a.mp4' })
  await client.send(withTicket(body, { method: 'PUT', body: sample('sample.mp4') }))
  await upstream.settle()
  await make(client, body.VideoId)
  await client.close()
  return compare(record)
}

test('a change that is only granted once a job has ended', async () => {
  const upstream = await cloudUpstream()
  const { differences } = await compared(upstream, async ({ call }, VideoId) => {
    expect((await call('vod.SubmitSnapshotJob', { VideoId, Count: 1, SpecifiedOffsetTime: 0 })).status).toBe(200)
    await call('vod.AddVodDomain', {
      DomainName: 'cdn.example.com',
      Sources: '[{"content":"192.0.2.1","type":"ipaddr","port":80,"priority":"20"}]',
    })
    await upstream.settle()
    expect((await call('vod.BatchStopVodDomain', { DomainNames: 'cdn.example.com' })).status).toBe(200)
  })
  expect(differences).toEqual([])
})

test('an answer that differs in several fields, and is a refusal until a job has ended', async () => {
  const upstream = await alteredUpstream((action, { body }) => {
    if (action === 'GetPlayInfo') Object.assign(body, { One: 1, Two: 2 })
  })
  const { differences } = await compared(upstream, async ({ call }, VideoId) => {
    expect((await call('vod.GetPlayInfo', { VideoId })).status).toBe(200)
  })
  expect(differences.map(({ field, kind }) => `${field} ${kind}`)).toEqual(['One missing', 'Two missing'])
})
