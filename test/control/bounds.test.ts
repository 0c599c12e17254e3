/** How much a control call may bring, and how little it is told of what is wrong with it. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'

let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeAll(async () => {
  emulator = await testEmulator()
})
afterAll(() => emulator.close())

/** Sends a body as it is; the status of the answer, and the reason. */
async function refusal(method: string, path: string, body: string): Promise<{ status: number; error: string }> {
  const response = await fetch(`${emulator.url}/_emulator${path}`, { method, body, headers: { 'content-type': 'application/json' } })
  return { status: response.status, error: ((await response.json()) as { error: string }).error }
}

const zeros = (count: number): string => `[${Array(count).fill(0).join()}]`
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
const members = (count: number, value: string): string => `{${Array.from({ length: count }, (_, index) => `"k${index}":${value}`).join()}}`

const state = (tables: string): string =>
  `{"format":"vod-viapi-emulator/state","version":1,"account":{"accountId":"1234567890123456","seed":"0"},"cells":{},"tables":${tables}}`

test.each<[what: string, method: string, path: string, body: string, error: RegExp]>([
  ['fifty thousand faults that are none', 'POST', '/faults', zeros(50_000), /^the JSON holds more than 20000 values$/],
  ['more faults than one call sets', 'POST', '/faults', zeros(1001), /^has more than 1000 elements$/],
  ['as many members of an object', 'PUT', '/settings', members(20_000, '0'), /^the JSON holds more than 20000 values$/],
  ['lists in lists', 'POST', '/settle', nested(11), /^the JSON is nested deeper than 10 levels$/],
  ['and where more is allowed', 'POST', '/jobs/x/script', `{"finish":${nested(100)}}`, /^the JSON is nested deeper than 100 levels$/],
  [
    'a query with more conditions than one can have in mind',
    'POST',
    '/requests/verify',
    `{"params":${members(200, '"x"')}}`,
    /200 values$/,
  ],
  ['more than a megabyte', 'POST', '/snapshots', `{"name":"${'x'.repeat(1024 * 1024)}"}`, /too large/],
  ['more assets than there can be', 'PUT', '/assets', zeros(10_001), /^has more than 10000 elements$/],
  ['a state with more than there can be', 'PUT', '/state', zeros(4_000_001), /^the JSON holds more than 4000000 values$/],
  ['a state of nothing but names', 'PUT', '/state', members(100_001, '0'), /^the JSON holds more than 100000 different names$/],
  ['a record that holds too much', 'PUT', '/state', state(`{"assets":[["x",${zeros(200_000)}]]}`), /assets "x": holds too much/],
  ['records that are none', 'PUT', '/state', state(`{"assets":${zeros(100_000)}}`), /assets: an entry is a list of a key/],
])('%s', async (_what, method, path, body, error) => {
  // What it lacks beside that comes to nothing.
  const complete = body.startsWith('{"format"')
    ? JSON.stringify({ ...(await emulator.cloud.account().export()), tables: JSON.parse(body).tables })
    : body
  const refused = await refusal(method, path, complete)
  expect(refused.status).toBe(400)
  expect(refused.error).toMatch(error)
})

describe('of many problems a few are told', () => {
  test('in a list', async () => {
    const { error } = await refusal('POST', '/faults', zeros(7))
    const each = 'Invalid input: expected object, received number'
    expect(error).toBe(`0: ${each}; 1: ${each}; 2: ${each}; 3: ${each}; 4: ${each}; and more`)
  })

  test('where each can be told, all are', async () => {
    expect((await refusal('POST', '/faults', zeros(5))).error).not.toContain('more')
  })

  test('of unknown fields', async () => {
    expect((await refusal('PUT', '/settings', '{"a1":0,"b2":0,"c3":0,"d4":0}')).error).toBe(
      'there is no field "a1"; there is no field "b2"; there is no field "c3"; and more',
    )
  })

  test('and what they quote is cut off', async () => {
    const { error } = await refusal('PUT', '/access-keys', `{"accessKeyId":"${'x'.repeat(100_000)}","active":true}`)
    expect(error.length).toBeLessThan(2100)
  })
})

describe('what only looks like much', () => {
  test.each([
    ['text with commas and brackets', ',[{'.repeat(30_000)],
    ['text with quotes in it', '\\"[,'.repeat(30_000)],
    ['text that ends in a backslash', `${'\\\\'.repeat(30_000)}`],
  ])('%s', async (_what, text) => {
    const { status, error } = await refusal('PUT', '/access-keys', `{"accessKeyId":"${text}","active":true}`)
    expect([status, error.includes('access key')]).toEqual([400, true])
  })

  test('ten thousand assets', async () => {
    const assets = Array.from({ length: 10_000 }, (_, index) => ({ url: VIDEO_URL.replace('sample', String(index)), width: 1, height: 1 }))
    const { status, body } = await emulator.control('PUT', '/assets', assets)
    expect([status, body.length]).toEqual([200, 10_000])
  })

  test('a thousand faults', async () => {
    expect((await emulator.control('POST', '/faults', Array(1000).fill({ action: 'GetPlayInfo', hang: true }))).status).toBe(201)
  })
})
