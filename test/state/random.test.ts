import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Account, Cloud } from '../../src/index.js'
import { sample } from '../vod/support.js'
import { BUCKET, oss, part, speaker, stateCloud, ticketOf } from './support.js'

type Step = (cloud: Cloud, account: Account, number: number) => Promise<unknown>

/** Things that can happen in an account. */
const steps: Record<string, Step> = {
  createVideo: (cloud, account, number) =>
    speaker(cloud, account)('vod.CreateUploadVideo', { Title: `film ${number}`, FileName: 'film.mp4' }),
  async uploadVideo(cloud, account, number) {
    const ticket = await speaker(cloud, account)('vod.CreateUploadVideo', { Title: `film ${number}`, FileName: 'film.mp4' })
    const { key, object } = ticketOf(ticket)
    await oss(cloud, key, 'PUT', object, { body: sample('sample.mp4') })
  },
  pull: (cloud, account, number) =>
    speaker(cloud, account)('vod.UploadMediaByURL', { UploadURLs: `http://films.example.com/${number}.mp4` }),
  segment: (cloud, account, number) =>
    speaker(cloud, account)('videoseg.SegmentVideoBody', { VideoUrl: `http://viapi-test.oss-cn-shanghai.aliyuncs.com/${number}.mp4` }),
  shrink: (cloud, account, number) =>
    speaker(cloud, account)('imageenhan.ChangeImageSize', {
      Url: `http://viapi-test.oss-cn-shanghai.aliyuncs.com/${number}.jpg`,
      Width: 100,
      Height: 100,
    }),
  callback: (cloud, account) =>
    speaker(cloud, account)('vod.SetMessageCallback', {
      CallbackType: 'HTTP',
      CallbackURL: 'http://down.example.com/',
      EventTypeList: 'ALL',
    }),
  queue: (cloud, account) =>
    speaker(cloud, account)('vod.SetMessageCallback', {
      CallbackType: 'MNS',
      EventTypeList: 'ALL',
      MnsEndpoint: 'http://1.mns.cn-shanghai.aliyuncs.com/',
      MnsQueueName: 'films',
    }),
  receive: async (_, account) => account.turn.take(() => account.events.queues.receive('films', { count: 3 })),
  put: async (cloud, account, number) => {
    account.oss.createBucket(BUCKET, 'cn-shanghai')
    await oss(cloud, account.credentials, 'PUT', { bucket: BUCKET, key: `${number % 3}` }, { body: part(number) })
  },
  append: async (cloud, account, number) => {
    account.oss.createBucket(BUCKET, 'cn-shanghai')
    const position = String(account.oss.object(BUCKET, 'log')?.size ?? 0)
    await oss(
      cloud,
      account.credentials,
      'POST',
      { bucket: BUCKET, key: 'log' },
      { query: { append: '', position }, body: Buffer.from(`${number}`) },
    )
  },
  remove: (cloud, account, number) => oss(cloud, account.credentials, 'DELETE', { bucket: BUCKET, key: `${number % 3}` }),
  async parts(cloud, account, number) {
    account.oss.createBucket(BUCKET, 'cn-shanghai')
    const place = { bucket: BUCKET, key: 'parts' }
    const { body } = await oss(cloud, account.credentials, 'POST', place, { query: { uploads: '' } })
    const uploadId = /<UploadId>(\w+)</.exec(body)?.[1] ?? ''
    await oss(cloud, account.credentials, 'PUT', place, { query: { partNumber: '1', uploadId }, body: part(number) })
  },
  user: async (_, account, number) => {
    account.ram.putUser(`user${number % 2}`, { allow: [`vod:Get${number}*`] })
    account.ram.createAccessKey(`user${number % 2}`)
  },
  disable: async (_, account) => {
    for (const { name } of account.ram.users) {
      const key = account.ram.keyOf(name)
      if (key) account.ram.setActive(key.accessKeyId, !key.active)
    }
  },
  asset: (_, account, number) => account.putAssets([{ url: `http://films.example.com/${number}.mp4`, duration: number }]),
  settings: async (_, account, number) => account.settings.change({ maxUnfinishedJobs: number }),
  fault: async (_, account, number) =>
    account.faults.add({ service: 'vod', action: 'GetPlayInfo', times: number + 1, error: 'Throttling.User' }),
  askInVain: (cloud, account) => speaker(cloud, account)('vod.GetPlayInfo', { VideoId: 'none' }),
  second: (_, account) => account.clock.advance('1s'),
  hour: (_, account) => account.clock.advance('1h'),
}

const script = fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 25 })

async function play(cloud: Cloud, names: readonly string[]): Promise<Account> {
  const account = cloud.account()
  for (const [number, name] of names.entries()) await steps[name]?.(cloud, account, number)
  return account
}

test('whatever has happened in an account, what it exports can be imported, and is exported again', async () => {
  const property = fc.asyncProperty(script, async (names) => {
    const account = await play(stateCloud(), names)
    const copy = stateCloud().account()
    const document = await account.export({ bytes: 'inline' })
    await copy.import(document)
    expect(await copy.export({ bytes: 'inline' })).toEqual(document)
  })
  await fc.assert(property, { numRuns: 25, seed: 6 })
})

test('whatever has happened in an account, a copy goes on as the account itself does', async () => {
  const property = fc.asyncProperty(script, script, async (before, after) => {
    const [here, there] = [stateCloud(), stateCloud()]
    await play(here, before)
    await there.account().import(await here.account().export({ bytes: 'inline' }))
    const [account, copy] = [await play(here, after), await play(there, after)]
    const [mine, theirs] = [await account.export({ bytes: 'inline' }), await copy.export({ bytes: 'inline' })]
    expect(withoutElapsed(theirs)).toEqual(withoutElapsed(mine))
  })
  await fc.assert(property, { numRuns: 25, seed: 6 })
})

/** Deliveries take real time, and nonces of signed calls are random. */
const withoutElapsed = (document: { tables: Record<string, unknown> }): unknown =>
  JSON.parse(
    JSON.stringify({ ...document, tables: { ...document.tables, nonces: [] } }, (name, value) => (name === 'elapsedMs' ? 0 : value)),
  )
