/** Documented variation over the documented examples: each Action in the world in which its example succeeds, with many seeds. */

import { XMLParser } from 'fast-xml-parser'
import { beforeAll, expect, test } from 'vitest'
import type { World } from '../../conformance/cases/plan.js'
import { manners, send } from '../../conformance/run/run.js'
import { makeWorld, recipesOf } from '../../conformance/run/world.js'
import { type Action, type Cloud, createCloud } from '../../src/index.js'
import { kindNames } from '../../src/variation/kinds.js'
import { testCloud } from '../support/cloud.js'

const SEEDS = 200
/** Of the Actions, each seed calls one in so many, and the next seed those beside them. */
const ONE_IN = 20

let cloud: Cloud
let worlds: (readonly [Action, World])[]

beforeAll(async () => {
  cloud = createCloud()
  worlds = []
  for (const [id, recipe] of recipesOf(cloud)) worlds.push([cloud.catalogue.byId.get(id) as Action, await makeWorld(cloud, recipe)])
}, 60_000)

/** Calls an Action in a copy of its world, where answers vary with a seed. */
async function varied([action, { account, params }]: readonly [Action, World], vary: { seed: number; also?: string[] }, manner = 0) {
  const copy = await account.fork()
  try {
    copy.settings.change({ vary })
    const { format, scheme } = manners[manner % manners.length] as (typeof manners)[number]
    const reply = await send(cloud, copy, action, params, { format, scheme })
    return { action, format, reply, entry: copy.log.all().at(-1) }
  } finally {
    cloud.disposeAccount(copy)
  }
}

type Varied = Awaited<ReturnType<typeof varied>>

const xml = new XMLParser({ ignoreAttributes: true, parseTagValue: false })

/** What is wrong with an answer; in XML, that it is none of this Action. */
function problemOf({ action, format, reply: { status, body } }: Varied, bears: (code: string) => boolean = () => false): unknown {
  if (status !== 200) return `refused: ${body}`
  if (format === 'XML') return `${action.name}Response` in xml.parse(String(body)) ? undefined : `no ${action.name}Response: ${body}`
  const { RequestId, ...answer } = JSON.parse(String(body))
  if (typeof RequestId !== 'string') return 'no RequestId'
  return action.output.safeParse(answer).error?.issues.find(({ code }) => !bears(code))
}

/** The Actions of a seed. */
const turnOf = (seed: number) => worlds.filter((_, index) => index % ONE_IN === seed % ONE_IN)

/** Kinds that break a schema of the emulator's own, and not the interface: there, a text may have any value, and an object more fields. */
const BEYOND_SCHEMA = ['value.unknown', 'field.unknown']

test('200 seeds: every answer is what its schema says, and all kinds that an answer can meet are met', async () => {
  const met = new Set<string>()
  const problems: unknown[] = []
  for (let seed = 0; seed < SEEDS; seed++)
    for (const world of turnOf(seed)) {
      const asked = Math.floor(seed / ONE_IN) % 2 === 1
      const answer = await varied(world, { seed, ...(asked && { also: ['bare.*', ...BEYOND_SCHEMA] }) }, seed)
      const problem = problemOf(answer, (code) => asked && (code === 'invalid_value' || code === 'unrecognized_keys'))
      if (problem !== undefined) problems.push([answer.action.id, seed, problem])
      for (const { kind } of answer.entry?.variations ?? []) met.add(kind)
    }
  expect(problems).toEqual([])
  expect(met.size).toBeGreaterThanOrEqual(30)
  // Of the optional fields that no example has, texts alone are in these answers; the rest is met by calls that are refused.
  const others = kindNames.filter((kind) => !met.has(kind))
  expect(others).toEqual([
    'absent.number',
    'absent.object',
    'absent.list',
    'refusal.otherParameter',
    'refusal.noRecommend',
    'busy.throttled',
    'busy.unavailable',
    'busy.internalError',
  ])
}, 120_000)

test('the same seed and the same calls give the same bytes, another seed gives others', async () => {
  const played = async (seed: number): Promise<unknown[]> => {
    const { cloud: own, send: call } = testCloud()
    const replies: unknown[] = []
    for (const [id, recipe] of [...recipesOf(own)].filter((_, index) => index % ONE_IN === 0)) {
      const { account, params } = await makeWorld(own, recipe)
      account.settings.change({ vary: { seed, also: ['*'] } })
      for (const _ of Array(3)) replies.push(await call(id, params, { account }))
      replies.push(account.log.all().map(({ variations }) => variations))
    }
    return replies
  }
  const one = await played(1)
  expect(await played(1)).toEqual(one)
  expect(await played(2)).not.toEqual(one)
})
