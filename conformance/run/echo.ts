/** Runs round trips: what is stored is read back. */

import { echoes } from '../cases/echo.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'

const manner = { scheme: 'acs3', format: 'JSON' } as const

/** The round trips of an Action. */
export async function runEchoes({ cloud, action, world }: Trial): Promise<Result[]> {
  const results: Result[] = []
  for (const { sent, shown, by } of echoes.filter((each) => each.action === action.id)) {
    const account = await world.account.fork()
    try {
      const reader = cloud.catalogue.byId.get(shown)
      if (reader === undefined) throw new RangeError(`there is no Action ${shown}`)
      const params = { ...world.params, ...Object.fromEntries(Object.entries(sent).map(([name, [value]]) => [name, value])) }
      const stored = JSON.parse(String((await send(cloud, account, action, params, manner)).body))
      const refused = stored.Code === undefined ? undefined : `refused: ${stored.Code}: ${stored.Message}`
      const read = refused ?? JSON.parse(String((await send(cloud, account, reader, by(stored, params), manner)).body))
      for (const [name, [value, path]] of Object.entries(sent)) {
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

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value)
