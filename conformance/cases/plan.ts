/** All cases of an Action that follow from its page of the manual. */

import type { Account } from '../../src/index.js'
import type { Facts } from '../facts/facts.js'
import type { Case } from './case.js'
import { checkedParam } from './checked.js'
import { memberCases } from './members.js'
import { casesOf } from './params.js'

/** The status of a code, going by the rows of an Action and of its service; 400 where the manual shows none. */
export function statusesOf({ manual, commonErrors }: Facts, action: string): (code: string) => number {
  const rows = { ...commonErrors.get(action.split('.', 1)[0] ?? ''), ...manual.get(action)?.errors }
  // A code that stands on other pages alone has the status of these.
  const elsewhere = (code: string) => [...manual.values()].find(({ errors }) => errors[code] !== undefined)?.errors[code]?.status
  return (code) => rows[code]?.status ?? elsewhere(code) ?? 400
}

/** An account in which an Action succeeds, and the parameters with which it does. */
export interface World {
  account: Account
  params: Readonly<Record<string, string>>
}

/** The cases of an Action: its documented example, and each constraint of each parameter and of each member of the JSON in one. */
export function planOf(action: string, facts: Facts, known: ReadonlySet<string>, { params: base, account }: World): Case[] {
  const page = facts.manual.get(action)
  const example: Case = { kind: 'example', title: 'the documented call', changes: {}, outcome: { status: 200 } }
  const statusOf = statusesOf(facts, action)
  const ofParams = Object.entries(page?.params ?? {}).flatMap(([name, param]) =>
    casesOf({ action, name, param: checkedParam(action, name, param, known), base, statusOf }),
  )
  const { structures } = facts
  const ofMembers = Object.keys(page?.params ?? {}).flatMap((name) => memberCases({ action, name, structures, base, account, statusOf }))
  return [example, ...ofParams, ...ofMembers]
}
