/** ScrollToken: through all hits, while others come and go. */

import { describe, expect, test } from 'vitest'
import { searchWorld } from './support.js'

const PageSize = 20

/** An account with so many videos, one a second. */
function library(count: number) {
  const world = searchWorld()
  const start = world.account.clock.now()
  for (let number = 1; number <= count; number++) world.video(`v${number}`, { createdAt: start + number * 1000 })
  return world
}

describe.each([
  ['one a second', 1000],
  ['all at one instant', 0],
])('of 5000 media, %s', (_title, apart) => {
  test.each(['CreationTime:Desc', 'CreationTime:Asc'])('by %s, each is visited once while others are added and removed', async (SortBy) => {
    const { account, video, search } = searchWorld()
    const { videos } = account.vod
    const now = account.clock.now()
    const createdAt = (number: number) => now + number * apart
    for (let number = 0; number < 5000; number++) video(`v${number}`, { createdAt: createdAt(number) })
    const visited: string[] = []
    const before = new Set(videos.list().rows.map(({ videoId }) => videoId))
    const removed = new Set<string>()
    let ScrollToken = ''
    let added = 5000
    for (let PageNo = 1; ; PageNo++) {
      const { ids, token, code } = await search({ SortBy, PageNo, PageSize: 100, ...(ScrollToken && { ScrollToken }) })
      expect(code).toBeUndefined()
      if (ids.length === 0) break
      visited.push(...ids)
      ScrollToken = token
      // The last one of the page, one that comes later, and new ones at the end of the library.
      const gone = [ids.at(-1) as string, `v${(PageNo * 37) % 5000}`]
      for (const id of gone) if (videos.delete(id)) removed.add(id)
      for (let more = 0; more < 3 && added < 5100; more++) video(`v${added}`, { createdAt: createdAt(added++) })
    }
    expect(new Set(visited).size).toBe(visited.length)
    const missed = [...before].filter((id) => !visited.includes(id) && !removed.has(id))
    expect(missed).toEqual([])
    expect(visited.length).toBeGreaterThan(4900)
  })
})

describe('a page ahead or back', () => {
  const seen = (world: ReturnType<typeof library>) => async (PageNo: number, ScrollToken?: string) => {
    const { ids, token, code, reason } = await world.search({ PageNo, PageSize, ...(ScrollToken !== undefined && { ScrollToken }) })
    return { first: ids[0], token, code, reason }
  }

  test('is counted from the page that the token was answered with', async () => {
    const page = seen(library(6000))
    const { token } = await page(1)
    expect((await page(1, token)).first).toBe('v6000')
    expect((await page(2, token)).first).toBe('v5980')
    const { token: far, first } = await page(60, token)
    expect(first).toBe('v4820')
    expect((await page(59, far)).first).toBe('v4840')
    expect((await page(61, far)).first).toBe('v4800')
  })

  test('goes beyond the first 5000 hits', async () => {
    const page = seen(library(6000))
    let at = await page(1)
    for (const next of [60, 119, 178, 237, 296, 300]) at = await page(next, at.token)
    expect(at.first).toBe('v20')
  })

  // The manual's own examples, with 20 on a page.
  test.each([
    [1, 60, 61],
    [2, 61, 62],
    [61, 120, 121],
    [61, 2, 1],
  ])('from page %i, page %i is not too far, and page %i is', async (from, near, far) => {
    const page = seen(library(3000))
    let at = await page(1)
    if (from > 60) at = await page(60, at.token)
    const { token } = await page(from, at.token)
    const [reached, beyond] = [await page(near, token), await page(far, token)]
    expect(reached).toMatchObject({ code: undefined, first: `v${3000 - (near - 1) * PageSize}` })
    expect(beyond).toMatchObject({ code: 'InvalidParameter', reason: expect.stringContaining('at most 1200 are allowed') })
  })

  test('behind the last one there is nothing, and the way back', async () => {
    const page = seen(library(50))
    const { token } = await page(1)
    const end = await page(9, token)
    expect(end.first).toBeUndefined()
    expect((await page(10, end.token)).first).toBeUndefined()
    expect((await page(3, end.token)).first).toBe('v10')
  })

  // Of 50, the third page has ten, and all behind it have none.
  test.each([
    [[1, 2, 3], 3, 'v10'],
    [[1, 2, 3], 2, 'v30'],
    [[1, 2, 3], 1, 'v50'],
    [[1, 3, 5], 3, 'v10'],
    [[1, 3, 5], 2, 'v30'],
    [[1, 3, 4, 5, 7], 1, 'v50'],
    [[3, 1], 2, 'v30'],
  ])('after the pages %j, page %i begins where it did before', async (pages, PageNo, first) => {
    const page = seen(library(50))
    let token: string | undefined
    for (const each of pages) ({ token } = await page(each, token))
    expect((await page(PageNo, token)).first).toBe(first)
  })

  test('what is added behind the last page that was seen is on the next', async () => {
    const { account, video, search } = library(50)
    const at = async (PageNo: number, ScrollToken?: string) =>
      search({ PageNo, PageSize, SortBy: 'CreationTime:Asc', ...(ScrollToken && { ScrollToken }) })
    let { token } = await at(1)
    for (const each of [2, 3]) ({ token } = await at(each, token))
    for (const number of [51, 52]) video(`v${number}`, { createdAt: account.clock.now() + number * 1000 })
    expect((await at(4, token)).ids).toEqual(['v51', 'v52'])
    expect((await at(3, token)).ids).toHaveLength(12)
  })

  test('the first page is there again after all that came before has gone', async () => {
    const { account, search } = library(60)
    const { token: ScrollToken } = await search({ PageNo: 3, PageSize })
    for (let number = 60; number > 20; number--) account.vod.videos.delete(`v${number}`)
    const { ids, token } = await search({ PageNo: 1, PageSize, ScrollToken })
    expect(ids).toEqual([])
    expect((await search({ PageNo: 2, PageSize, ScrollToken: token })).ids[0]).toBe('v20')
  })
})

test('a page can be asked for twice, as after a reply that was lost', async () => {
  const { search } = library(100)
  const { token: ScrollToken } = await search({ PageSize })
  const params = { PageNo: 2, PageSize, ScrollToken }
  const [once, again] = [await search(params), await search(params)]
  expect([again.ids, again.ids[0]]).toEqual([once.ids, 'v80'])
})

test('audios are traversed as videos are', async () => {
  const { video, search } = searchWorld()
  for (let number = 0; number < 30; number++) video(`a${number}`, { mediaType: 'audio' })
  const { token: ScrollToken } = await search({ SearchType: 'audio', PageSize })
  expect((await search({ SearchType: 'audio', PageNo: 2, PageSize, ScrollToken })).ids).toHaveLength(10)
})

describe('SearchMedia refuses a token', () => {
  const EXPIRED = [400, 'InvalidScrollToken.Expired', 'The ScrollToken is expired，please refresh it.']

  const asked = async (
    { search }: Pick<ReturnType<typeof library>, 'search'>,
    params: Record<string, string | number>,
    options?: Parameters<typeof search>[1],
  ) => {
    const { status, code, message } = await search({ PageSize, PageNo: 2, ...params }, options)
    return [status, code, message]
  }

  test('ten minutes after it was answered', async () => {
    const world = library(100)
    const { token: ScrollToken } = await world.search({ PageSize })
    await world.advance(600_000 - 1)
    expect(await asked(world, { ScrollToken })).toEqual([200, undefined, undefined])
    await world.advance(1)
    expect(await asked(world, { ScrollToken })).toEqual(EXPIRED)
  })

  test('if it never was one', async () => {
    expect(await asked(library(1), { ScrollToken: '24e0fba7188fae707e146esa54' })).toEqual(EXPIRED)
  })

  test('in another account', async () => {
    const world = library(100)
    const { token: ScrollToken } = await world.search({ PageSize })
    expect(await asked(world, { ScrollToken }, { account: world.cloud.createAccount() })).toEqual(EXPIRED)
  })

  test('once the account has another state', async () => {
    const world = library(100)
    const { token: ScrollToken } = await world.search({ PageSize })
    await world.account.import(await world.account.export())
    expect(await asked(world, { ScrollToken })).toEqual(EXPIRED)
  })

  test.each<[string, Record<string, string>]>([
    ['another Match', { Match: "Title = 'film'" }],
    ['another order', { SortBy: 'CreationTime:Asc' }],
    ['another SearchType', { SearchType: 'audio' }],
  ])('by a search with %s', async (_title, params) => {
    const world = library(100)
    const { token: ScrollToken } = await world.search({ PageSize })
    const { code, reason } = await world.search({ PageNo: 2, PageSize, ScrollToken, ...params })
    expect([code, reason]).toEqual(['InvalidParameter', expect.stringContaining('another SearchType, Match or SortBy')])
  })

  test('that goes with two fields to sort by, of which SearchMedia takes one with a token', async () => {
    const SortBy = 'CreationTime:Desc,ModificationTime:Desc'
    const world = library(100)
    const { token: ScrollToken } = await world.search({ PageSize, SortBy })
    expect(await asked(world, { ScrollToken, SortBy })).toEqual([
      400,
      'SortByExceededMax',
      'The SortBy parameter only supports one sort field when traversing all data.',
    ])
  })

  test.each(['image', 'attached'])('by a search of SearchType %s, which has none', async (SearchType) => {
    const world = searchWorld()
    world.image('i1')
    world.attached('m1')
    expect((await world.search({ SearchType })).token).toBeUndefined()
    expect((await asked(world, { SearchType, ScrollToken: 'a' }))[1]).toBe('InvalidParameter')
  })

  test('that is longer than 32 characters', async () => {
    expect((await asked(library(1), { ScrollToken: 'a'.repeat(33) }))[1]).toBe('InvalidParameter')
  })
})
