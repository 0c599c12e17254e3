/** Runs the several forms of identifiers: whichever a call has, the answer is the same. */

import { formsOf } from '../cases/identifiers.js'
import { type Result, send } from './run.js'
import type { Trial } from './trial.js'

const manner = { scheme: 'acs3', format: 'JSON' } as const

/** Addresses are signed with another key in each fork. */
const unsigned = (text: string): string => text.replaceAll(/\?[^"\\]*/g, '')

/** Runs them, each on a fork of its own: forks draw the same ids. */
export async function runIdentifiers({ cloud, facts, action, world }: Trial): Promise<Result[]> {
  const page = facts.manual.get(action.id)
  const forms = page === undefined ? [] : formsOf(page, world.params)
  const answerTo = async (params: Readonly<Record<string, string | undefined>>): Promise<{ status: number; text: string }> => {
    const account = await world.account.fork()
    try {
      const { status, body } = await send(cloud, account, action, params, manner)
      return { status, text: unsigned(String(body)) }
    } finally {
      cloud.disposeAccount(account)
    }
  }
  const results: Result[] = []
  const expected = forms.length > 0 ? await answerTo(world.params) : undefined
  for (const { title, changes } of forms) {
    const found = await answerTo({ ...world.params, ...changes })
    const fault =
      found.status === 200 && found.text === expected?.text
        ? undefined
        : `${found.text.slice(0, 200)} instead of ${expected?.text.slice(0, 200)}`
    results.push({ action: action.id, kind: 'identifier', title, ...(fault !== undefined && { fault }) })
  }
  return results
}
