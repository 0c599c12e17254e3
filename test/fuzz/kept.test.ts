/** What is kept of a call is what was asked for, and not the call: memory grows by names of a few letters, and not by the megabytes around them. */

import { expect, test } from 'vitest'
import type { Call } from '../../src/index.js'
import { hmacSha1 } from '../../src/signing/signature-rpc.js'
import { testCloud } from '../support/cloud.js'
import { heapAfterCollection } from './support.js'

const CALLS = 60

/** Characters of a call. The engine shares memory with parts of a text from a dozen characters on. */
const LONG = 60_000
const NAME = 'a name of some characters'.replaceAll(' ', '-')

/** Bytes by which the heap may grow: a third of what was sent. */
const MAX_GROWTH = (CALLS * LONG) / 3

const blanks = ' '.repeat(LONG)
const junk = 'x'.repeat(LONG)

function world() {
  const made = testCloud({ settings: { limits: { enabled: false }, vod: { domains: [{ name: 'vod.example.com' }] } } })
  const { cloud, account } = made
  account.oss.createBucket('some-bucket', 'cn-shanghai')
  const put = async (number: number, resource: string, body: string, sent: Record<string, string> = {}) => {
    const host = 'some-bucket.oss-cn-shanghai.aliyuncs.com'
    const date = new Date().toUTCString()
    const names = Object.keys(sent).map((name) => `${name}:${sent[name]}\n`)
    const text = `PUT\n\n\n${date}\n${names.join('')}/some-bucket/key-${number}${resource}`
    const headers = { host, date, ...sent, authorization: `OSS testAccessKeyId:${hmacSha1('testAccessKeySecret', text)}` }
    const call: Call = { method: 'PUT', host, path: `/key-${number}`, query: resource.slice(1), headers, body: Buffer.from(body) }
    return (await cloud.handle(call)).status
  }
  const call = async (action: string, params: Record<string, string>) => {
    const { status, headers } = await made.call(`vod.${action}`, { Format: 'JSON', ...params })
    return status === 200 ? status : headers['x-emulator-reason']
  }
  return { account, put, call }
}

type World = ReturnType<typeof world>

test.each<[what: string, send: (world: World, number: number) => Promise<unknown>]>([
  [
    'a title beside a parameter that nobody knows',
    ({ call }, number) => call('CreateUploadVideo', { Title: `${NAME}-${number}`, FileName: 'film.mp4', Unknown: junk }),
  ],
  ['a name behind one', ({ call }, number) => call('AddCategory', { A: junk, CateName: `${NAME}-${number}` })],
  [
    'a URL between blanks',
    ({ call }, number) => call('UploadMediaByURL', { UploadURLs: `${blanks}http://a.example.com/${NAME}/${number}.mp4` }),
  ],
  [
    'a line between blanks',
    ({ call }, number) =>
      call('RefreshVodObjectCaches', { ObjectType: 'File', ObjectPath: `${blanks}http://vod.example.com/${NAME}/${number}` }),
  ],
  [
    'a title in JSON',
    ({ call }, number) => {
      const SourceURL = `http://a.example.com/${number}.mp4`
      const UploadMetadatas = `[{"SourceURL":"${SourceURL}","Title":"${NAME}-${number}"${blanks}}]`
      return call('UploadMediaByURL', { UploadURLs: SourceURL, UploadMetadatas })
    },
  ],
  ['a header of an object', ({ put }, number) => put(number, '', 'content', { 'x-oss-meta-a': `${NAME}-${number}` })],
])('%s', async (_what, send) => {
  const each = world()
  // What is made once, and what the log still has, is not what is looked for.
  for (let number = 0; number < 10; number++) expect(await send(each, number)).toBe(200)
  each.account.log.clear()
  const before = await heapAfterCollection()
  for (let number = 10; number < 10 + CALLS; number++) expect(await send(each, number)).toBe(200)
  each.account.log.clear()
  expect((await heapAfterCollection()) - before).toBeLessThan(MAX_GROWTH)
})
