/** What was recorded answers calls of Actions that are not emulated, and says that it does. */

import { writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { startEmulator } from '../../emulator/index.js'
import { caller } from '../record/support.js'
import { cloudUpstream, flow, forwarding, KEY, recordingHeader, serverOf, temporaryFile } from './support.js'

/** A recording of an upstream that knows an Action more: it answers how often it was asked, with the parameter `Name`. */
async function recorded(): Promise<string> {
  let asked = 0
  const url = await serverOf(async (incoming, outgoing) => {
    const params = new URLSearchParams(`${incoming.url?.split('?')[1] ?? ''}&${Buffer.concat(await incoming.toArray()).toString()}`)
    const refused = params.get('Name') === 'nobody'
    const body = { RequestId: 'OLD-1', Asked: ++asked, Name: params.get('Name'), ...(refused && { Code: 'Nobody', Message: 'Who?' }) }
    outgoing.writeHead(refused ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  const record = temporaryFile()
  const { call, close } = await forwarding(url, { record })
  for (const Name of ['a', 'b', 'a', 'nobody']) await call('vod.SubmitMagicJob', { Name })
  await call('vod.AddCategory', { CateName: 'recorded' })
  await close()
  return record
}

async function withFallback(fallback: string) {
  const emulator = await startEmulator({ port: 0, fallback })
  onTestFinished(emulator.close)
  const call = caller(emulator.url, KEY)
  return { ...emulator, call, logged: () => emulator.cloud.account().log.find({ source: 'recording' }) }
}

test('by the same parameters, in the order in which it was recorded, and then the last again', async () => {
  const { call, logged } = await withFallback(await recorded())
  const asked = async (Name: string) => (await call('vod.SubmitMagicJob', { Name })).body.Asked
  expect([await asked('a'), await asked('a'), await asked('a'), await asked('b'), await asked('b')]).toEqual([1, 3, 3, 2, 2])
  expect(logged()).toHaveLength(5)
  expect(logged()[0]).toMatchObject({ action: 'SubmitMagicJob', status: 200, source: 'recording', params: { Name: 'a' } })
})

test('the reply says so, and has a RequestId of its own', async () => {
  const { url, logged } = await withFallback(await recorded())
  const response = await fetch(`${url}/?Action=SubmitMagicJob&Version=2017-03-21&Name=b&AccessKeyId=testAccessKeyId`)
  const { RequestId } = (await response.json()) as { RequestId: string }
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json',
    'x-emulator-source': 'recording',
    'x-emulator-recorded-call': '2',
    'x-acs-request-id': RequestId,
  })
  expect(response.headers.has('x-emulator-reason')).toBe(false)
  expect(RequestId).not.toBe('OLD-1')
  expect(logged()[0]?.requestId).toBe(RequestId)
})

test('with other parameters: the nearest, which says what differs', async () => {
  const { url } = await withFallback(await recorded())
  const response = await fetch(`${url}/?Action=SubmitMagicJob&Version=2017-03-21&Name=c&More=1`)
  expect(await response.json()).toMatchObject({ Asked: 1 })
  expect(response.headers.get('x-emulator-reason')).toBe('the call that was recorded had other parameters: Name, More')
})

test('each account is given them from the first, and again after a reset', async () => {
  const { url, cloud, call } = await withFallback(await recorded())
  const other = caller(url, cloud.createAccount().credentials)
  const asked = async (ask: typeof call) => (await ask('vod.SubmitMagicJob', { Name: 'a' })).body.Asked
  expect([await asked(call), await asked(other), await asked(call), await asked(other)]).toEqual([1, 1, 3, 3])
  await cloud.account().reset()
  expect(await asked(call)).toBe(1)
})

/** A recording with these exchanges. */
function written(...exchanges: { query: string; text: string; rest?: object }[]): string {
  const file = temporaryFile()
  const lines = exchanges.flatMap(({ query, text, rest = {} }, call) => [
    { type: 'call', call, receivedAt: 1, method: 'GET', host: 'vod.cn-shanghai.aliyuncs.com', path: '/', query, headers: {} },
    { type: 'reply', call, status: 200, headers: { 'content-type': 'application/json' }, body: { text }, rest },
  ])
  writeFileSync(file, [recordingHeader, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}

const MAGIC = 'Action=SubmitMagicJob&Version=2017-03-21'

test('what was removed from the recording may be anything, and a token that was handed out is that one', async () => {
  const { url } = await withFallback(
    written(
      { query: `${MAGIC}&Password=removed-1`, text: '{"Page":1}' },
      { query: `${MAGIC}&Password=removed-1`, text: '{"Page":2}' },
      { query: `${MAGIC}&NextToken=removed-2`, text: '{"Page":3}' },
      { query: `${MAGIC}&NextToken=removed-3`, text: '{"Page":4}' },
    ),
  )
  const asked = async (query: string) => {
    const response = await fetch(`${url}/?${MAGIC}&${query}`)
    return [((await response.json()) as { Page: number }).Page, response.headers.has('x-emulator-reason')]
  }
  expect([await asked('Password=a'), await asked('Password=b')]).toEqual([
    [1, false],
    [2, false],
  ])
  expect(await asked('NextToken=removed-3')).toEqual([4, false])
})

test('the address of help is that of the new request', async () => {
  const text = '{"RequestId":"OLD-1","Recommend":"https://a.example/?q=b&requestId=OLD-1"}'
  const { call } = await withFallback(written({ query: MAGIC, text }))
  const { RequestId, Recommend } = (await call('vod.SubmitMagicJob', {})).body
  expect(Recommend).toBe(`https://a.example/?q=b&requestId=${RequestId}`)
})

test('an answer that broke off is given to nobody', async () => {
  const { call } = await withFallback(written({ query: MAGIC, text: '{"Pa', rest: { broken: 'it ended' } }))
  expect((await call('vod.SubmitMagicJob', {})).body.Code).toBe('InvalidAction.NotFound')
})

test('refusals are refusals', async () => {
  const { call, logged } = await withFallback(await recorded())
  expect(await call('vod.SubmitMagicJob', { Name: 'nobody' })).toMatchObject({ status: 404, body: { Code: 'Nobody' } })
  expect(logged()).toMatchObject([{ status: 404, code: 'Nobody', message: 'Who?' }])
})

test('what is emulated is answered by the emulator, and what was not recorded is refused as ever', async () => {
  const { call, logged } = await withFallback(await recorded())
  expect((await call('vod.AddCategory', { CateName: 'mine' })).body.Category.CateName).toBe('mine')
  expect((await call('vod.SubmitOtherJob', {})).body.Code).toBe('InvalidAction.NotFound')
  expect(logged()).toEqual([])
})

test('a recording of nothing but what is emulated changes nothing', async () => {
  const upstream = await cloudUpstream()
  const record = temporaryFile()
  const client = await forwarding(upstream.url, { record })
  await flow(client, upstream.settle)
  await client.close()
  const { call } = await withFallback(record)
  expect((await call('vod.GetCategories', {})).body.SubTotal).toBe(0)
})

test.each([
  ['no recording', 'hello\n', /fallback: .*it is no recording/],
  ['nothing', '', /fallback: .*it is empty/],
  [
    'one of an emulator',
    `${JSON.stringify({ format: 'vod-viapi-emulator/recording', version: 1, package: '0', startedAt: 0, cloud: {}, scenario: [] })}\n`,
    /fallback: .*was not recorded from an upstream/,
  ],
])('a file with %s is refused', async (_what, text, message) => {
  const file = temporaryFile()
  writeFileSync(file, text)
  await expect(startEmulator({ port: 0, fallback: file })).rejects.toThrow(message)
})

test('a file that is not there is refused', async () => {
  await expect(startEmulator({ port: 0, fallback: '/nowhere/run.jsonl' })).rejects.toThrow(/fallback: .*ENOENT.*\/nowhere\/run\.jsonl/)
})
