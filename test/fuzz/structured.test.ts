/** Structured text in parameters: whatever it holds, the answer is a documented one, and takes no time worth mentioning. */

import { expect, test } from 'vitest'
import { describeActions } from '../../src/index.js'
import { testCloud } from '../support/cloud.js'
import { watched } from '../support/watchdog.js'
import { checkReply } from './support.js'

const nested = (opening: string, closing: string, levels: number): string => `${opening.repeat(levels)}1${closing.repeat(levels)}`
const fields = (values: string): string =>
  `[{"Title":${values},"SourceURL":"http://a/b.mp4","FileURL":"http://a/b.mp4","CateId":${values}}]`

const documents = [
  '{"toString":1,"valueOf":1}',
  '[{"toString":1,"valueOf":1}]',
  '{"__proto__":{"x":1}}',
  '[{"__proto__":{"x":1}}]',
  '{"Extend":{"toString":1},"MessageCallback":{"toString":1}}',
  '{"MessageCallback":"{\\"CallbackURL\\":{\\"toString\\":1}}"}',
  `{"MessageCallback":${JSON.stringify(nested('[', ']', 1000))}}`,
  fields('{"toString":1}'),
  fields('1e999'),
  fields('"\\ud800"'),
  fields('"\\u0000"'),
  '{"Extend":"\\u0000"}',
  ...['port', 'priority'].map((name) => `[{"type":"oss","content":"a.oss-cn-shanghai.aliyuncs.com","${name}":{"toString":1,"valueOf":1}}]`),
  '1e999',
  '[1e999]',
  'null',
  '[null]',
  '""',
  '"\\ud800"',
  nested('[', ']', 50_000),
  nested('{"a":', '}', 50_000),
  `[${'1,'.repeat(200_000)}1]`,
  `[${'{},'.repeat(80_000)}{}]`,
  `[{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join()}}]`,
  ','.repeat(100_000),
  'a,'.repeat(100_000),
]

/** Characters beyond which a call is signed by the digest of its body: signature 1.0 encodes each of them twice, on both sides. */
const LONG = 10_000

test('in every parameter that takes such text', async () => {
  const bugs: unknown[] = []
  const { cloud, send } = testCloud({ onBug: (error) => bugs.push(error), settings: { limits: { enabled: false } } })
  const structured = describeActions(cloud.catalogue).flatMap(({ service, action, params }) => {
    const named = params.filter(({ name, format }) => name.includes('.') || format === 'json' || format === 'list')
    return [...new Set(named.map(({ name }) => name.replace(/\..*/, '')))].map((name) => ({ id: `${service}.${action}`, name }))
  })
  expect(structured.map(({ name }) => name)).toEqual(expect.arrayContaining(['UserData', 'UploadMetadatas', 'PlayConfig', 'Boxes']))
  await watched(async () => {
    for (const { id, name } of structured) {
      // Without it, some parameters are not read at all.
      const needed = { VideoId: 'none', UploadURLs: 'http://a/b.mp4', Title: 'film', FileName: 'film.mp4', DomainName: 'a.example.com' }
      for (const document of documents) {
        const scheme = document.length > LONG ? 'acs3' : 'rpc'
        checkReply(cloud, { method: 'POST' }, await send(id, { ...needed, [name]: document }, { scheme }))
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  })
  expect(bugs).toEqual([])
})

test.each([
  ['UploadMediaByURL', 'UploadMetadatas', fields('"\\u0000"')],
  ['UploadMediaByURL', 'UploadMetadatas', fields('"\\ud800"')],
  ['RegisterMedia', 'RegisterMetadatas', fields('"\\u0000"')],
  ['UploadMediaByURL', 'UserData', '{"Extend":"\\u0000"}'],
])('what cannot stand in a call cannot be written with escapes either: %s with %s %s', async (action, name, value) => {
  const { call } = testCloud()
  const { status, headers } = await call(`vod.${action}`, { Format: 'JSON', UploadURLs: 'http://a/b.mp4', [name]: value })
  expect(status).toBe(400)
  expect(headers['x-emulator-reason']).toMatch(new RegExp(`^${name} holds control characters`))
})
