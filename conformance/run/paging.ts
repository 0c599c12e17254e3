/** Lists: page by page they are what they are at once, nothing is missing or twice, there is nothing beyond the last page, and every page tells the same total. */

import { applyStates } from '../../contracts/states/index.js'
import type { Account } from '../../src/index.js'
import type { Given } from '../../src/product/provider-state.js'
import type { Changes } from '../cases/case.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'

const manner = { scheme: 'rpc', format: 'JSON' } as const

type Call = readonly [action: string, params: Changes]

const SOURCES = '[{"type":"oss","content":"files.oss-cn-shanghai.aliyuncs.com"}]'

/** Calls that make rows, where the world cannot be made twice, or has one row in each: by Action, from the parameters with which it succeeds. */
const MORE: Readonly<Record<string, (params: Changes, account: Account) => readonly Call[]>> = {
  'vod.DescribeVodUserDomains': () =>
    ['a', 'b', 'c'].map((name) => ['vod.AddVodDomain', { DomainName: `${name}.example.com`, Sources: SOURCES }]),
  'vod.GetAuditHistory': ({ VideoId }) =>
    ['Blocked', 'Normal', 'Blocked'].map((Status) => [
      'vod.CreateAudit',
      { AuditContent: JSON.stringify([{ VideoId, Status, Reason: 'a' }]) },
    ]),
  'vod.ListSnapshots': ({ VideoId }) => [['vod.SubmitSnapshotJob', { VideoId, Count: '3', Interval: '1', SpecifiedOffsetTime: '0' }]],
  'vod.ListTranscodeTask': ({ VideoId }, { vod }) =>
    vod.templateGroups
      .list({ take: 2 })
      .rows.map(({ templateGroupId }) => ['vod.SubmitTranscodeJobs', { VideoId, TemplateGroupId: templateGroupId }]),
  'vod.DescribeVodRefreshTasks': () =>
    ['a', 'b'].map((name) => ['vod.RefreshVodObjectCaches', { ObjectPath: `http://example.com/${name}.mp4` }]),
  'vod.GetCategories': ({ CateId }) => ['one', 'two'].map((CateName) => ['vod.AddCategory', { CateName, ParentId: CateId }]),
}

/** What is asked for in another way than in the example, which has one row. */
const ASKED: Readonly<Record<string, Changes>> = { 'vod.ListSnapshots': { SnapshotType: 'NormalSnapshot' } }

/** Runs it for an Action with pages, where its world, made twice over, has at least two rows. */
export async function runPaging({ cloud, facts, action, world, recipe }: Trial): Promise<Result[]> {
  const params = Object.keys(facts.manual.get(action.id)?.params ?? {})
  const number = params.find((name) => name === 'PageNo' || name === 'PageNumber')
  if (number === undefined || !params.includes('PageSize')) return []
  const account = await world.account.fork()
  try {
    // Some worlds can be made only once.
    const { values = {} }: Given = await applyStates(cloud, account, recipe.states).catch(() => ({}))
    const again = Object.fromEntries(recipe.given.flatMap((name) => (values[name] === undefined ? [] : [[name, String(values[name])]])))
    // Rows of both worlds, where the Action is not about something of one of them.
    const base: Changes = { ...world.params, ...again, ...ASKED[action.id] }
    for (const [name, given] of MORE[action.id]?.(base, account) ?? []) {
      const maker = cloud.catalogue.byId.get(name)
      if (maker !== undefined) await send(cloud, account, maker, given, manner)
      await account.clock.advance('1m')
    }
    const ask = async (page: number, size: number): Promise<unknown> => {
      const { body } = await send(cloud, account, action, { ...base, [number]: String(page), PageSize: String(size) }, manner)
      return JSON.parse(String(body))
    }
    const whole = await ask(1, 50)
    const rows = rowsOf(whole)
    if (rows.length < 2) return []
    const results: Result[] = []
    for (const size of [1, 2]) {
      const fault = await faultOfPages(rows, totalOf(whole), size, (page) => ask(page, size))
      results.push({ action: action.id, kind: 'paging', title: `all rows in pages of ${size}`, ...(fault !== undefined && { fault }) })
    }
    return results
  } finally {
    cloud.disposeAccount(account)
  }
}

async function faultOfPages(
  rows: readonly unknown[],
  total: number | undefined,
  size: number,
  ask: (page: number) => Promise<unknown>,
): Promise<string | undefined> {
  if (total !== undefined && total !== rows.length) return `the total is ${total}, and there are ${rows.length} rows`
  const last = Math.ceil(rows.length / size)
  for (let page = 1; page <= last; page++) {
    const answer = await ask(page)
    const found = rowsOf(answer)
    const expected = rows.slice((page - 1) * size, page * size)
    if (found.length !== expected.length) return `page ${page} of ${last} has ${found.length} rows instead of ${expected.length}`
    const wrong = expected.findIndex((row, index) => keyOf(row) !== keyOf(found[index]))
    if (wrong >= 0) return `page ${page} does not have row ${(page - 1) * size + wrong + 1} of the whole`
    if (totalOf(answer) !== total) return `page ${page} tells another total`
  }
  const beyond = rowsOf(await ask(last + 1)).length
  return beyond === 0 ? undefined : `page ${last + 1}, after the last, has ${beyond} rows`
}

/** What tells rows apart: signed addresses differ from call to call. */
const keyOf = (row: unknown): string => JSON.stringify(row).replaceAll(/\?[^"]*/g, '')

/** The first list in an answer that has no list around it. */
function rowsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return []
  for (const inner of Object.values(value)) {
    const rows = rowsOf(inner)
    if (rows.length > 0) return rows
  }
  return []
}

function totalOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const total = /^Total/.test(name) && typeof inner !== 'object' ? Number(inner) : totalOf(inner)
    if (total !== undefined) return total
  }
  return undefined
}
