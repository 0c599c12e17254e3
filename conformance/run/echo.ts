/** Runs round trips: what is stored is read back. */

import type { Action } from '../../src/index.js'
import { echoes } from '../cases/echo.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'

const manner = { scheme: 'acs3', format: 'JSON' } as const

/** The round trips of an Action. */
export async function runEchoes({ cloud, action, world }: Trial): Promise<Result[]> {
  const results: Result[] = []
  for (const { sent, shown, by, given, sends, shows } of echoes.filter((each) => each.action === action.id)) {
    const account = await world.account.fork()
    try {
      const reader = cloud.catalogue.byId.get(shown)
      if (reader === undefined) throw new RangeError(`there is no Action ${shown}`)
      const call = async (each: Action, params: Readonly<Record<string, string>>) =>
        JSON.parse(String((await send(cloud, account, each, params, manner)).body))
      const maker = given && cloud.catalogue.byId.get(`vod.${given[0]}`)
      const made = given && maker ? await call(maker, given[1]) : {}
      const params = {
        ...world.params,
        ...Object.fromEntries(Object.entries(sent).map(([name, [value]]) => [name, value])),
        ...sends?.(made, world.params),
      }
      const stored = await call(action, params)
      const refused = stored.Code === undefined ? undefined : `refused: ${stored.Code}: ${stored.Message}`
      const read = refused ?? (await call(reader, by(stored, params)))
      const expected = [
        ...Object.entries(sent),
        ...Object.entries(shows?.(params) ?? {}).map(([path, value]) => [path, [value, path] as const] as const),
      ]
      for (const [name, [value, path]] of expected) {
        const found = refused === undefined ? at(read, path) : undefined
        const fault =
          refused ?? (found === value ? undefined : `${reader.name} shows ${JSON.stringify(found)} at ${path} instead of ${value}`)
        results.push({ action: action.id, kind: 'echo', title: `${name} is read back`, ...(fault !== undefined && { fault }) })
      }
    } finally {
      cloud.disposeAccount(account)
    }
  }
  return results
}

/** What is at a path; a text on the way is JSON. */
const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce(
      (inner, name) => (typeof inner === 'string' ? JSON.parse(inner) : (inner as Record<string, unknown> | undefined))?.[name],
      value,
    )
