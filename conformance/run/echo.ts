/** Runs round trips: what is stored is read back. */

import type { Account, Cloud } from '../../src/index.js'
import { echoes } from '../cases/echo.js'
import type { Echo } from '../cases/echo-case.js'
import { beforeIn } from './before.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'

const manner = { scheme: 'acs3', format: 'JSON' } as const

/** The round trips of an Action. */
export async function runEchoes(trial: Trial): Promise<Result[]> {
  const results: Result[] = []
  for (const echo of echoes.filter((each) => each.action === trial.action.id)) {
    const account = await trial.world.account.fork()
    try {
      results.push(...(await runEcho(trial, account, echo)))
    } catch (error) {
      const { id } = trial.action
      results.push({ action: id, kind: 'echo', title: 'what is stored is read back', fault: `cannot be: ${(error as Error).message}` })
    } finally {
      trial.cloud.disposeAccount(account)
    }
  }
  return results
}

async function runEcho(trial: Trial, account: Account, { sent, shown, by, sends, shows, after }: Echo): Promise<Result[]> {
  const { cloud, action, world } = trial
  const params = {
    ...world.params,
    ...Object.fromEntries(Object.entries(sent).map(([name, [value]]) => [name, value])),
    ...(await sends?.(beforeIn(trial, account))),
  }
  const read = async (answer: unknown): Promise<unknown> => {
    if (typeof shown !== 'string') return { text: await textAt(cloud, shown(params)) }
    const reader = cloud.catalogue.byId.get(shown)
    if (reader === undefined) throw new RangeError(`there is no Action ${shown}`)
    return JSON.parse(String((await send(cloud, account, reader, by(answer, params), manner)).body))
  }
  // What is made by the call has no id before it.
  const earlier = await read({}).catch(() => undefined)
  const stored = JSON.parse(String((await send(cloud, account, action, params, manner)).body))
  if (stored.Code !== undefined) throw new Error(`refused: ${stored.Code}: ${stored.Message}`)
  if (after !== undefined) await account.clock.advance(after)
  const later = await read(stored)
  const expected = [
    ...Object.entries(sent),
    ...Object.entries(shows?.(params, stored) ?? {}).map(([path, value]) => [path, [value, path] as const] as const),
  ]
  const where = typeof shown === 'string' ? shown.slice(shown.indexOf('.') + 1) : 'the file'
  const isNews = expected.some(([, [value, path]]) => at(earlier, path) !== value)
  const kept = await keptBy({ trial, account, params, sent, read: () => read(stored) })
  const results = expected.map(([name, [value, path]]) => {
    const found = at(later, path)
    const fault = !isNews
      ? `${value} is shown at ${path} before it is stored`
      : found === value
        ? undefined
        : `${where} shows ${JSON.stringify(found)} at ${path} instead of ${value}`
    return { action: action.id, kind: 'echo', title: `${name} is read back`, ...(fault !== undefined && { fault }) } satisfies Result
  })
  return [...results, ...kept]
}

/** That an update of one thing leaves the others as they were: each of those that were sent is sent once more by itself. */
async function keptBy({
  trial: { cloud, facts, action },
  account,
  params,
  sent,
  read,
}: {
  trial: Trial
  account: Account
  params: Readonly<Record<string, string | undefined>>
  sent: Echo['sent']
  read: () => Promise<unknown>
}): Promise<Result[]> {
  const names = Object.keys(sent)
  if (!/^Update/.test(action.name) || names.length < 2) return []
  const required = Object.entries(facts.manual.get(action.id)?.params ?? {}).flatMap(([name, param]) => (param.required ? [name] : []))
  const results: Result[] = []
  for (const one of names) {
    const alone = Object.fromEntries([...required, one].map((name) => [name, params[name]]))
    const { status, body } = await send(cloud, account, action, alone, manner)
    const later = await read()
    const lost = names.filter((name) => at(later, sent[name]?.[1] ?? '') !== sent[name]?.[0])
    const fault =
      status !== 200 ? `refused: ${String(body).slice(0, 200)}` : lost.length > 0 ? `${lost.join(', ')} is another then` : undefined
    results.push({ action: action.id, kind: 'echo', title: `${one} alone is updated`, ...(fault !== undefined && { fault }) })
  }
  return results
}

/** The text of a file that anybody may fetch. */
async function textAt(cloud: Cloud, url: string): Promise<string> {
  const { host, pathname } = new URL(url)
  const reply = await cloud.handle({ method: 'GET', host, path: pathname, query: '', headers: { host }, body: new Uint8Array() })
  const pieces: Uint8Array[] = [Buffer.from(reply.body)]
  if (reply.stream) for await (const piece of reply.stream) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

/** What is at a path, as text where it is a number or a truth value; a text on the way is JSON. */
function at(value: unknown, path: string): unknown {
  const found = path
    .split('.')
    .reduce(
      (inner, name) => (typeof inner === 'string' ? JSON.parse(inner) : (inner as Record<string, unknown> | undefined))?.[name],
      value,
    )
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : found
}
