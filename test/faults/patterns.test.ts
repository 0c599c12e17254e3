/** Patterns that users give: linear whatever they are, refused where they cannot be, bounded; in faults, log queries and permissions. */

import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { problemOf } from '../../src/base/problem.js'
import type { FaultInput } from '../../src/index.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'
import { watched } from '../support/watchdog.js'

const BUSY = { error: 'Throttling.User' } as const
const LINEAR = 'is not supported: regular expressions are matched by RE2, which takes linear time'

/** Why something cannot be done, in words. */
function problemWith(work: () => unknown): string {
  try {
    work()
    return 'nothing'
  } catch (error) {
    return problemOf(error)
  }
}

/** Both ways of giving an expression, with what comes of a value of VideoUrl: true if the expression finds something in it. */
const finders: [where: string, finds: (wanted: object, value: string) => Promise<boolean>][] = [
  [
    'a fault',
    async (VideoUrl, value) => {
      const { account, call } = testCloud()
      account.faults.add({ when: { VideoUrl } as FaultInput['when'], ...BUSY })
      return (await call('videoseg.SegmentVideoBody', { VideoUrl: value })).body.Code === BUSY.error
    },
  ],
  [
    'a log query',
    async (VideoUrl, value) => {
      const { account, call } = testCloud()
      await call('videoseg.SegmentVideoBody', { VideoUrl: value })
      return account.log.count({ params: { VideoUrl } as FaultInput['when'] }) === 1
    },
  ],
]

describe.each(finders)('a regular expression of %s', (_where, finds) => {
  it.each<[matches: string, value: string]>([
    // So long that backtracking takes some seconds.
    ['^(a+)+$', `${'a'.repeat(26)}!`],
    ['(x+x+)+y', 'x'.repeat(26)],
    ['(a|a)*b', 'a'.repeat(24)],
    ['^(a|aa)+$', `${'a'.repeat(36)}!`],
  ])('%s takes no time', async (matches, value) => {
    expect(await watched(() => finds({ matches }, value))).toBe(false)
  })

  it.each<{ matches: string; flags?: string; value: string; found: boolean }>([
    { matches: '^http://.*\\.MP4$', flags: 'i', value: VIDEO_URL, found: true },
    { matches: '^http://.*\\.MP4$', value: VIDEO_URL, found: false },
    { matches: '^b', flags: 'm', value: 'a\nb', found: true },
    { matches: 'a.b', value: 'a\nb', found: false },
    { matches: 'a.b', flags: 's', value: 'a\nb', found: true },
    { matches: '(?<first>\\w)-\\d{2,}?', value: 'x-12', found: true },
    { matches: '\\u4e2d[^\\]\\w]$', value: '中文', found: true },
    { matches: '\\p{Lu}', flags: 'u', value: 'É', found: true },
    { matches: '^.$', value: '😀', found: true },
    { matches: '\\bcat\\b', flags: 'g', value: 'a cat!', found: true },
    { matches: 'a', value: 'a'.repeat(4096), found: true },
    { matches: 'a', value: 'a'.repeat(4097), found: false },
  ])('$matches $flags', async ({ value, found, ...wanted }) => {
    expect(await finds(wanted, value)).toBe(found)
  })

  it('made in another realm counts as one', async () => {
    expect(await finds(runInNewContext('/SAMPLE/i'), VIDEO_URL)).toBe(true)
  })
})

describe.each<[where: string, set: (wanted: object) => unknown, field: string]>([
  ['a fault', (VideoUrl) => testCloud().account.faults.add({ when: { VideoUrl } as FaultInput['when'], ...BUSY }), 'when'],
  ['a log query', (VideoUrl) => testCloud().account.log.find({ params: { VideoUrl } as FaultInput['when'] }), 'params'],
])('%s refuses', (_where, set, field) => {
  it.each<{ matches: string; flags?: string; says: string }>([
    { matches: 'a(?=b)', says: `lookahead (?= ${LINEAR}` },
    { matches: 'a(?!b)', says: `lookahead (?! ${LINEAR}` },
    { matches: '(?<=a)b', says: `lookbehind (?<= ${LINEAR}` },
    { matches: '(?<!a)b', says: `lookbehind (?<! ${LINEAR}` },
    { matches: '(a)\\1', says: `the backreference \\1 ${LINEAR}` },
    { matches: '(?<n>a)\\k<n>', says: `the backreference \\k ${LINEAR}` },
    { matches: '[a--b]', flags: 'v', says: `the flag v ${LINEAR}` },
    { matches: '\\p{L}', says: `\\p without the flag u ${LINEAR}` },
    { matches: '\\u{61}', says: `\\u without the flag u ${LINEAR}` },
    { matches: '\\ud83d', says: 'half of a surrogate pair, \\ud83d,' },
    { matches: '\ud83d', says: 'half of a surrogate pair is not supported' },
    // What means something else to RE2.
    { matches: '\\Aa\\z', says: `the escape \\A ${LINEAR}` },
    { matches: '\\07', says: `the escape \\0 ${LINEAR}` },
    { matches: '[\\b]', says: `the escape \\b in a class ${LINEAR}` },
    { matches: '[[:alpha:]]', says: `[: in a class ${LINEAR}` },
    { matches: '\\p{Script=Greek}', flags: 'u', says: 'RE2 does not take this regular expression: ' },
    // What is too much.
    { matches: 'a'.repeat(1001), says: 'a regular expression has at most 1000 characters' },
    { matches: '((a{100}){100}){10}', says: 'RE2 does not take this regular expression: ' },
    { matches: 'a{1000}', says: 'a regular expression repeats at most 500 times in all' },
    { matches: 'ab'.repeat(300), says: 'the regular expression is too large: its size is 602, and at most 500' },
    { matches: '\\p{L}'.repeat(5), flags: 'u', says: 'the regular expression is too large: its size is 5' },
    { matches: '(', says: 'Invalid regular expression: /(/: Unterminated group' },
    { matches: 'a', flags: 'x', says: "Invalid flags supplied to RegExp constructor 'x'" },
  ])('$matches $flags', ({ says, ...wanted }) => {
    expect(problemWith(() => set(wanted))).toContain(`${field}.VideoUrl: ${says}`)
  })

  it('an expression of the language itself in the same way', () => {
    expect(problemWith(() => set(/(a)\1/))).toBe(`${field}.VideoUrl: the backreference \\1 ${LINEAR}`)
  })
})

describe('at most', () => {
  const names = (count: number, wanted: string | RegExp) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`Tag.${index}`, wanted]))

  it.each<{ what: string; when: Record<string, string | RegExp>; says: string }>([
    { what: '100 parameters', when: names(101, 'a'), says: 'names at most 100 parameters' },
    { what: '10 regular expressions', when: names(11, /a/), says: 'has at most 10 regular expressions' },
    { what: '200 characters of a name', when: { ['a'.repeat(201)]: 'a' }, says: 'Too big: expected string to have <=200 characters' },
    {
      what: '10,000 characters of a value',
      when: { Tag: 'a'.repeat(10_001) },
      says: 'Too big: expected string to have <=10000 characters',
    },
  ])('$what', ({ when, says }) => {
    const { account } = testCloud()
    expect(problemWith(() => account.faults.add({ when, ...BUSY }))).toContain(says)
    expect(problemWith(() => account.log.find({ params: when }))).toContain(says)
  })

  it('so much of all expressions of an account', async () => {
    const { faults } = testCloud().account
    const fault = { when: { VideoUrl: { matches: 'a[ab]{480}b' } }, ...BUSY }
    const says = "the regular expressions of an account's faults have a size of at most 2000 in all"
    await watched(async () => {
      expect(problemWith(() => faults.addAll(Array.from({ length: 1000 }, () => fault)))).toContain(says)
    })
    expect(faults.list()).toEqual([])
    faults.addAll(Array.from({ length: 4 }, () => fault))
    expect(problemWith(() => faults.add(fault))).toContain(says)
    faults.remove('fault-1')
    expect(problemWith(() => faults.add(fault))).toBe('nothing')
  })

  it('the same of a state that is taken over', async () => {
    const { account } = testCloud()
    account.faults.add({ when: { VideoUrl: { matches: 'a[ab]{480}b' } }, ...BUSY })
    const document = await account.export()
    const [[, fault] = []] = document.tables.faults ?? []
    const faults = (count: number) =>
      Array.from({ length: count }, (_, index) => [`fault-${index}`, { ...(fault as object), id: `fault-${index}` }])
    const takeOver = (count: number) => account.import({ ...document, tables: { ...document.tables, faults: faults(count) } })
    await expect(watched(() => takeOver(1000))).rejects.toThrow('have a size of at most 2000 in all')
    await expect(takeOver(1001)).rejects.toThrow('an account has at most 1000 faults')
    await takeOver(4)
    expect(account.faults.list()).toHaveLength(4)
  })

  it('so many characters of all faults of an account', () => {
    const { faults } = testCloud().account
    const fault = { action: 'DetectVideoShot', job: { finish: { ShotFrameIds: ['x'.repeat(3_000_000)] } } }
    expect(problemWith(() => faults.addAll([fault, fault, fault]))).toBe("an account's faults have at most 8000000 characters in all")
    expect(faults.list()).toEqual([])
  })
})

it('the largest expressions an account can have hold up nobody for long', async () => {
  const { account, call } = testCloud()
  // Random, so that nothing is found out once and for all.
  let state = 1
  const text = Array.from({ length: 4096 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state & 0x10000 ? 'a' : 'b'
  }).join('')
  account.faults.addAll(Array.from({ length: 4 }, () => ({ when: { VideoUrl: { matches: 'a[ab]{480}[^ab]' } }, ...BUSY })))
  const { body } = await watched(() => call('videoseg.SegmentVideoBody', { VideoUrl: text }))
  expect(body.Code).toBe('InvalidFile.URL')
})

it('a query that would take too long over the whole log is refused', async () => {
  const { account, send } = testCloud({ settings: { limits: { enabled: false } } })
  let state = 1
  const letter = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state & 0x10000 ? 'a' : 'b'
  }
  for (let call = 0; call < 400; call++)
    await send('videoseg.SegmentVideoBody', { VideoUrl: Array.from({ length: 4000 }, letter).join('') })
  const query = { params: { VideoUrl: { matches: 'a[ab]{480}[^ab]' } } }
  const problem = await watched(async () => problemWith(() => account.log.find(query)), { longestMs: 10_000 })
  expect(problem).toContain('the regular expressions take too long')
  expect(account.log.find({ params: { VideoUrl: /^a.*b$/ } }).length).toBeGreaterThan(50)
})

describe('a name full of * takes no time', () => {
  const STARS = `${'*a'.repeat(90)}*b`
  const LONG = 'a'.repeat(100_000)

  it('as the identity of a fault', async () => {
    const { account, call } = testCloud()
    account.ram.putUser(LONG, { allow: ['*'] })
    const key = account.ram.createAccessKey(LONG)
    account.faults.add({ identity: STARS, ...BUSY })
    const { status } = await watched(() => call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }, { key }))
    expect(status).toBe(200)
  })

  it('as the object of a query', async () => {
    const { account, cloud } = testCloud()
    const host = 'some-bucket.oss-cn-shanghai.aliyuncs.com'
    const authorization = `OSS ${account.credentials.accessKeyId}:x`
    await cloud.handle({ method: 'GET', host, path: `/${LONG}`, query: '', headers: { host, authorization }, body: new Uint8Array() })
    expect(account.log.count({ object: 'aaa*' })).toBe(1)
    expect(await watched(async () => account.log.count({ object: STARS }))).toBe(0)
  })

  it('as what a RAM user may do', async () => {
    const { may } = testCloud().account.ram.putUser('alice', { allow: ['*a*a*a*a*b'] })
    const name = 'a'.repeat(140)
    expect(await watched(async () => may(name))).toBe(false)
    expect(may(`${name}b`)).toBe(true)
  })
})

it('permissions know no letter case, and * stands for any characters', () => {
  const { ram } = testCloud().account
  const { may } = ram.putUser('alice', { allow: ['VIDEOSEG:get*', 'vod:*Info*', '**:Search'], deny: ['*:GetPlay*'] })
  const asked = ['videoseg:GetAsyncJobResult', 'vod:GetVideoInfos', 'vod:GetPlayInfo', 'vod:Search', 'vod:SearchMedia', 'videosegXget']
  expect(asked.filter(may)).toEqual(['videoseg:GetAsyncJobResult', 'vod:GetVideoInfos', 'vod:Search'])
})
