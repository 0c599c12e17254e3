/** Recordings that are damaged, or made by somebody who means no good. */

import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compare } from '../../emulator/index.js'
import { recordingHeader, temporaryFile } from './support.js'

/** A call with its answer. */
const exchange = (call: number, query: string, text: string, more: object = {}): object[] => [
  { type: 'call', call, receivedAt: 1, method: 'GET', host: 'vod.cn-shanghai.aliyuncs.com', path: '/', query, headers: {}, ...more },
  { type: 'reply', call, status: 200, headers: { 'content-type': 'application/json;charset=utf-8' }, body: { text }, rest: {} },
]

const CATEGORIES = 'Action=GetCategories&Version=2017-03-21&Format=JSON&AccessKeyId=removed-1'

async function comparisonOf(...lines: object[]) {
  const file = temporaryFile()
  writeFileSync(file, [recordingHeader, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''))
  return compare(file)
}

const written = (line: object) => JSON.stringify(line)

test.each([
  ['is empty', '', /it is empty/],
  ['is something else', '\u0000\u0001\n', /it is no recording/],
  ['is of another version', written({ ...recordingHeader, version: 9 }), /version 9/],
  ['is damaged in the middle', `${written(recordingHeader)}\n{"typ\n${written({ type: 'dispose', account: 'a' })}\n`, /line 2 is not JSON/],
  ['has lines of another kind', `${written(recordingHeader)}\n{"type":"nope"}\n`, /line 2: type/],
  [
    'names a file outside of its folder',
    `${written(recordingHeader)}\n${written(exchange(1, '', '', { body: { file: '../../etc/passwd', size: 1 } })[0] as object)}\n`,
    /line 2: body/,
  ],
])('a file that %s is refused, with what is wrong', async (_what, text, message) => {
  const file = temporaryFile()
  writeFileSync(file, text)
  await expect(compare(file)).rejects.toThrow(message)
  await expect(compare(file)).rejects.toThrow(file)
})

test('a large body that is not beside the recording is named', async () => {
  const put = { method: 'PUT', host: 'a.oss-cn-shanghai.aliyuncs.com', path: '/b', body: { file: 'call-1', size: 70_000 } }
  await expect(comparisonOf(...exchange(1, '', '', put))).rejects.toThrow(/call-1 is not there, and the recording needs its 70000 bytes/)
})

describe('what is in it is compared as far as it goes:', () => {
  const answers: Record<string, [text: string, kinds: string[]]> = {
    'no JSON': ['{"SubTotal":', ['kind']],
    'nested without end': [`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, ['missing', 'extra', 'extra', 'extra']],
    'XML without end': ['<a>'.repeat(100_000), ['kind']],
    'names that mean something to objects': [
      '{"__proto__":1,"constructor":2,"RequestId":"A","SubTotal":0,"SubCategories":{"Category":[]}}',
      ['missing', 'missing'],
    ],
  }
  test.each(Object.entries(answers))('%s', async (_what, [text, kinds]) => {
    const { differences } = await comparisonOf(...exchange(1, CATEGORIES, text))
    expect(differences.map(({ kind }) => kind)).toEqual(kinds)
  })

  test('a list of very many, in no time that grows with its square', async () => {
    const elements = Array.from({ length: 50_000 }, (_, index) => ({ CateId: index, CateName: `n${index}` }))
    const { differences } = await comparisonOf(...exchange(1, CATEGORIES, JSON.stringify({ SubCategories: { Category: elements } })))
    expect(differences).toContainEqual(
      expect.objectContaining({ field: 'SubCategories.Category', kind: 'length', recorded: '50000 elements' }),
    )
  })

  test('calls that are none, and times that cannot be', async () => {
    const { calls, compared, notCompared, differences } = await comparisonOf(
      ...exchange(1, '__proto__=1&Action=__proto__&Version=constructor', '{}'),
      ...exchange(2, CATEGORIES, '{}', { method: 'BREW', path: '//..', receivedAt: 1e300 }),
      ...exchange(3, '', '', { method: 'PUT', host: 'a.oss-cn-shanghai.aliyuncs.com', path: '/%zz', receivedAt: -1e300 }),
      ...exchange(4, CATEGORIES, '{}', { host: '\u0000' }),
      exchange(5, CATEGORIES, '')[0] as object,
    )
    expect(calls).toBe(5)
    expect(compared + notCompared.reduce((sum, each) => sum + each.calls, 0)).toBe(5)
    expect(notCompared).toContainEqual(expect.objectContaining({ reason: 'the upstream has not answered', first: 5 }))
    expect(differences).toContainEqual(expect.objectContaining({ action: '__proto__', kind: 'action' }))
  })
})
