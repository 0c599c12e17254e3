/** Lists: page by page they are what they are at once, nothing is missing or twice, there is nothing beyond the last page, and every page tells the same total. */

import { applyStates } from '../../contracts/states/index.js'
import type { Given } from '../../src/product/provider-state.js'
import type { Changes } from '../cases/case.js'
import { rowsOfActions } from '../cases/rows.js'
import { beforeIn } from './before.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'

const manner = { scheme: 'rpc', format: 'JSON' } as const

/** Runs it for an Action with pages, in its world made twice over; where that has no two rows, and nothing makes more, there is nothing to go by. */
export async function runPaging(trial: Trial): Promise<Result[]> {
  const { cloud, facts, action, world, recipe } = trial
  const params = Object.keys(facts.manual.get(action.id)?.params ?? {})
  const number = params.find((name) => name === 'PageNo' || name === 'PageNumber')
  if (number === undefined) return []
  const { make, part = (answer: unknown) => answer, fixed } = rowsOfActions[action.id] ?? {}
  const result = (title: string, fault: string | undefined): Result => ({
    action: action.id,
    kind: 'paging',
    title,
    ...(fault !== undefined && { fault }),
  })
  const account = await world.account.fork()
  try {
    // Some worlds can be made only once.
    const { values = {} }: Given = await applyStates(cloud, account, recipe.states).catch(() => ({}))
    const again = Object.fromEntries(recipe.given.flatMap((name) => (values[name] === undefined ? [] : [[name, String(values[name])]])))
    // Rows of both worlds, where the Action is not about something of one of them.
    const own = { ...world.params, ...again }
    const base: Changes = { ...own, ...(await make?.({ ...beforeIn(trial, account), params: own })) }
    const askWith = async (changes: Changes): Promise<unknown> =>
      JSON.parse(String((await send(cloud, account, action, { ...base, ...changes }, manner)).body))
    const ask = async (page: number, size?: number): Promise<unknown> =>
      part(await askWith({ [number]: String(page), ...(size !== undefined && { PageSize: String(size) }) }))
    if (fixed !== undefined) {
      const { page: size, all } = fixed
      const pages = await Promise.all(Array.from({ length: Math.ceil(all / size) }, async (_, index) => rowsOf(await ask(index + 1))))
      const rows = pages.flat()
      const different = new Set(rows.map(keyOf)).size
      const fault =
        rows.length !== all || different !== all
          ? `there are ${rows.length} rows, ${different} of them different, instead of ${all}`
          : await faultOfPages(rows, totalOf(await ask(1)), size, ask)
      return [result(`all rows in pages of ${size}`, fault)]
    }
    const whole = await ask(1, 50)
    const rows = rowsOf(whole)
    if (rows.length < 2) return [result('rows', `there are ${rows.length} of them, and pages cannot be told from one another`)]
    const results: Result[] = []
    for (const size of [1, 2])
      results.push(result(`all rows in pages of ${size}`, await faultOfPages(rows, totalOf(whole), size, (page) => ask(page, size))))
    if (isBounded(trial)) {
      const earlier = rowsOf(part(await askWith(LONG_AGO)) ?? []).length
      results.push(result('rows of a time in which there was nothing', earlier === 0 ? undefined : `there are ${earlier} of them`))
    }
    results.push(...(await ordered(trial, async (SortBy) => rowsOf(part(await askWith({ SortBy }))))))
    return results
  } catch (error) {
    return [result('rows', `they cannot be made: ${(error as Error).message}`)]
  } finally {
    cloud.disposeAccount(account)
  }
}

/** A time before there was anything. */
const LONG_AGO = { StartTime: '2001-01-01T00:00:00Z', EndTime: '2001-01-02T00:00:00Z' }

/** Whether rows can be asked for by when they were made, and need not be. */
const isBounded = ({ action, facts }: Trial): boolean =>
  Object.keys(LONG_AGO).every((name) => facts.manual.get(action.id)?.params[name]?.required === false)

/** That rows are in the order that is asked for: by the field that it is about, or, where rows do not show that, the other way round than in the order of the opposite name. */
async function ordered({ action, facts }: Trial, ask: (order: string) => Promise<unknown[]>): Promise<Result[]> {
  const orders = facts.manual.get(action.id)?.params.SortBy?.enum ?? []
  const results: Result[] = []
  for (const order of orders) {
    const [, field = '', way] = /^(\w+):(Asc|Desc)$/.exec(order) ?? []
    if (way === undefined) continue
    const rows = await ask(order)
    const values = rows.map((row) => shownIn(row, field))
    const isShown = values.some((value) => value !== undefined)
    const found = isShown ? values : rows.map(keyOf)
    const opposite = isShown ? values.toSorted() : (await ask(`${field}:${way === 'Asc' ? 'Desc' : 'Asc'}`)).map(keyOf)
    const expected = isShown && way === 'Asc' ? opposite : opposite.toReversed()
    const fault =
      new Set(found).size < 2
        ? `${field} is the same in all of ${rows.length} rows`
        : JSON.stringify(found) !== JSON.stringify(expected)
          ? `they are not: ${found.join(', ')}`
          : undefined
    results.push({ action: action.id, kind: 'paging', title: `rows by ${order}`, ...(fault !== undefined && { fault }) })
  }
  return results
}

/** The first value of this name in a row. */
function shownIn(row: unknown, name: string): string | undefined {
  if (typeof row !== 'object' || row === null) return undefined
  if (name in row) return String((row as Record<string, unknown>)[name])
  return Object.values(row)
    .map((inner) => shownIn(inner, name))
    .find((found) => found !== undefined)
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
