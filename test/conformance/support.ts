/** Clouds that are broken on purpose, as a mistake in a definition or in the gateway would break them. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readFacts } from '../../conformance/facts/facts.js'
import { runConformance } from '../../conformance/run/conformance.js'
import { recipesOf } from '../../conformance/run/world.js'
import { ApiError } from '../../src/base/errors.js'
import { builtIn } from '../../src/cloud/definition.js'
import { type Action, type Cloud, createCloud, type Reply } from '../../src/index.js'
import { compileDecoder, type InputShape } from '../../src/params/decoder.js'

const facts = readFacts()
const recipes = recipesOf({ catalogue: builtIn.catalogue, providerStates: builtIn.states })
const known = JSON.parse(readFileSync('conformance/differences.json', 'utf8')) as string[]

/** What is changed of an Action, or of the replies to its calls. */
export interface Breakage {
  /** Another Action than the one that is run, if it is that which is broken. */
  at?: string
  definition?: (action: Action) => Partial<Action>
  reply?: (reply: Reply) => Reply
}

/** Runs what there is to check of one Action, in a cloud that is broken in this way; answers every line that is not as it must be. */
export async function brokenLines(id: string, { at = id, definition, reply }: Breakage): Promise<string[]> {
  const cloud = createCloud({ clock: 'manual' })
  const action = cloud.catalogue.byId.get(at) as Action
  const whole = { ...action }
  Object.assign(action, definition?.(whole))
  try {
    const { differences, results } = await runConformance({
      cloud: reply === undefined ? cloud : withReplies(cloud, at, reply),
      facts,
      known,
      recipes,
      only: (each) => each.id === id,
    })
    return [...differences, ...results.flatMap(({ fault, title }) => (fault === undefined ? [] : [`${id} ${title}: ${fault}`]))]
  } finally {
    Object.assign(action, whole)
    await cloud.close()
  }
}

/** What is broken, the Action that is run, how it is broken, and, where several things could be found, the line that is to tell of it. */
export type BrokenCase = [how: string, action: string, breakage: Breakage, line?: RegExp]

/** A test for each case, that the checker tells of it and of nothing else; and one for each Action, that it tells of nothing in a cloud that is whole. */
export function testBroken(cases: readonly BrokenCase[]): void {
  test.each(cases)('%s: %s', async (_how, action, breakage, line = /./) => {
    const lines = await brokenLines(action, breakage)
    expect(lines.filter((each) => line.test(each))).not.toEqual([])
    expect(lines.filter((each) => !each.startsWith(`${action} `))).toEqual([])
  })

  test.each([...new Set(cases.map(([, action]) => action))])('nothing is found in %s as it is', async (action) => {
    expect(await brokenLines(action, {})).toEqual([])
  })
}

/** The cloud with other replies to calls of an Action. */
function withReplies(cloud: Cloud, id: string, change: (reply: Reply) => Reply): Cloud {
  const name = id.split('.')[1] ?? ''
  const handle: Cloud['handle'] = async (call) => {
    const reply = await cloud.handle(call)
    const named =
      call.headers['x-acs-action'] === name || new RegExp(`(?:^|&)Action=${name}(?:&|$)`).test(`${call.query}&${Buffer.from(call.body)}`)
    return named ? change(reply) : reply
  }
  return new Proxy(cloud, { get: (target, member) => (member === 'handle' ? handle : Reflect.get(target, member, target)) })
}

/** Parameters are read as if they were defined otherwise; what the catalogue says of them stays right. */
export const reading =
  (changes: InputShape): Breakage['definition'] =>
  ({ input }) => ({ decode: compileDecoder({ ...input, ...changes }) as Action['decode'] })

/** A parameter is not read at all. */
export const forgetting =
  (name: string): Breakage['definition'] =>
  ({ input }) => ({
    decode: compileDecoder(Object.fromEntries(Object.entries(input).filter(([each]) => each !== name))) as Action['decode'],
  })

// biome-ignore lint/suspicious/noExplicitAny: answers and inputs have all shapes
type Any = any

/** The Action is given other parameters than those that were sent. */
export const given =
  (change: (input: Any) => object): Breakage['definition'] =>
  ({ run }) => ({ run: (context) => run({ ...context, input: change(context.input) as never }) })

/** The Action does something before anything else, whatever becomes of the call. */
export const before =
  (does: (context: Any) => void): Breakage['definition'] =>
  ({ run }) => ({
    run: (context) => {
      does(context)
      return run(context)
    },
  })

/** The Action answers something else. */
export const answering =
  (change: (answer: Any, input: Any) => object): Breakage['definition'] =>
  ({ run }) => ({ run: async (context) => change(await run(context), context.input) })

/** Instead of failing with a code, the Action answers this. */
export const insteadOf =
  (code: string, answer: (fail: (code: string) => never) => object): Breakage['definition'] =>
  ({ run }) => ({
    run: async (context) => {
      try {
        return await run(context)
      } catch (error) {
        if ((error as { code?: string }).code !== code) throw error
        return answer(context.fail as never)
      }
    },
  })

/** The reason for an error of a code names another parameter, or none; and says something else, if it is told what. */
export const naming =
  (code: string, param: string | undefined, reason?: string): Breakage['definition'] =>
  ({ run }) => ({
    run: async (context) => {
      try {
        return await run(context)
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== code) throw error
        const { status, message, reason: usual = 'is wrong' } = error
        throw new ApiError(code, { status, message }, { param, reason: reason ?? usual })
      }
    },
  })

/** The reason for a refusal is changed as text; without text it is left out. */
export const giving =
  (change: (reason: string) => string): Breakage['reply'] =>
  ({ headers: { 'x-emulator-reason': reason, ...headers }, ...reply }) => {
    const changed = reason === undefined ? '' : change(reason)
    return { ...reply, headers: changed === '' ? headers : { ...headers, 'x-emulator-reason': changed } }
  }

/** Every error of a code has another status. */
export const withStatus =
  (code: string, status: number): Breakage['definition'] =>
  ({ errors }) => ({ errors: { ...errors, [code]: { ...(errors[code] as Action['errors'][string]), status } } })

/** The body of a JSON reply is changed as text. */
export const rewriting =
  (from: string | RegExp, to: string): Breakage['reply'] =>
  (reply) => ({ ...reply, body: String(reply.body).replace(from, to) })
