/** Lists: page by page they are what they are at once, nothing is missing or twice, and every page tells the same total. */

import { applyStates } from '../../contracts/states/index.js'
import type { Given } from '../../src/product/provider-state.js'
import type { Changes } from '../cases/case.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'

const manner = { scheme: 'rpc', format: 'JSON' } as const

/** Calls that make rows, where the world cannot be made twice, or has one row in each: by Action, from the parameters with which it succeeds. */
const MORE: Readonly<Record<string, (params: Changes) => readonly (readonly [action: string, params: Changes])[]>> = {
  'vod.DescribeVodRefreshTasks': () =>
    ['a', 'b'].map((name) => ['vod.RefreshVodObjectCaches', { ObjectPath: `http://example.com/${name}.mp4` }]),
  'vod.GetCategories': ({ CateId }) => ['one', 'two'].map((CateName) => ['vod.AddCategory', { CateName, ParentId: CateId }]),
}

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
    const base: Changes = { ...world.params, ...again }
    for (const [name, given] of MORE[action.id]?.(base) ?? []) {
      const maker = cloud.catalogue.byId.get(name)
      if (maker !== undefined) await send(cloud, account, maker, given, manner)
    }
    const ask = async (page: number, size: number): Promise<unknown> => {
      const { body } = await send(cloud, account, action, { ...base, [number]: String(page), PageSize: String(size) }, manner)
      return JSON.parse(String(body))
    }
    const whole = await ask(1, 50)
    const rows = rowsOf(whole)
    if (rows.length < 2) return []
    const fault = await faultOfPages(rows, totalOf(whole), (page) => ask(page, 1))
    return [{ action: action.id, kind: 'paging', title: `${rows.length} rows page by page`, ...(fault !== undefined && { fault }) }]
  } finally {
    cloud.disposeAccount(account)
  }
}

async function faultOfPages(
  rows: readonly unknown[],
  total: number | undefined,
  ask: (page: number) => Promise<unknown>,
): Promise<string | undefined> {
  if (total !== undefined && total !== rows.length) return `the total is ${total}, and there are ${rows.length} rows`
  for (const [index, row] of rows.entries()) {
    const answer = await ask(index + 1)
    const [only, ...others] = rowsOf(answer)
    if (others.length > 0) return `page ${index + 1} has ${others.length + 1} rows, and one was asked for`
    if (only === undefined) return `page ${index + 1} is empty`
    if (keyOf(only) !== keyOf(row)) return `page ${index + 1} does not have row ${index + 1} of the whole`
    if (totalOf(answer) !== total) return `page ${index + 1} tells another total`
  }
  return undefined
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
