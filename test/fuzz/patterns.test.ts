/** Whatever pattern is given: it is refused with a message or means what it says, and neither it nor the text holds anybody up. */

import { setImmediate as soon } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ZodError } from 'zod'
import type { FaultInput } from '../../src/index.js'
import { testCloud } from '../support/cloud.js'
import { repeated } from '../support/fuzz.js'
import { watched } from '../support/watchdog.js'

const BUSY = { error: 'Throttling.User' } as const

/** On a busy machine. */
const longestMs = 5000

/** The watchdog looks at each run for itself. */
const pause = (): Promise<void> => soon()

type Wanted = { matches: string; flags?: string }

/** An account to set faults in and ask the log of. */
function target() {
  const { account, send } = testCloud({ settings: { limits: { enabled: false } } })
  return {
    /** True if a fault is set for a call with this parameter and the call meets it; `undefined` if the fault is refused, which needs a message. */
    async meets(fault: FaultInput, VideoUrl: string): Promise<boolean | undefined> {
      if (!accepted(() => account.faults.add({ ...fault, ...BUSY }))) return undefined
      const reply = await send('videoseg.SegmentVideoBody', { VideoUrl })
      account.faults.clear()
      return String(reply.body).includes(BUSY.error)
    },
    /** The same of a log with this one call, and a query for it. */
    async finds(query: Parameters<typeof account.log.find>[0], VideoUrl: string): Promise<boolean | undefined> {
      account.log.clear()
      await send('videoseg.SegmentVideoBody', { VideoUrl })
      let found: number | undefined
      return accepted(() => (found = account.log.count(query))) ? found === 1 : undefined
    },
  }
}

function accepted(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (!(error instanceof ZodError || error instanceof RangeError)) throw error
    expect(error.message).not.toBe('')
    return false
  }
}

/** Pieces of expressions that mean the same to RE2 and to JavaScript, or that RE2 does not take. */
const atom = fc.constantFrom(
  ...['a', 'b', '.', '\\d', '\\w', '\\s', '\\S', '\\W', '\\b', '\\B', '^', '$', '[ab]', '[^a]', '(a|b)', '(?:ab)', '\\.', '\\-', '\\/'],
  ...['[a\\-b]', '[\\w.]', '\\n', '\\x41', '\\u0041', '中', '[\\]]', '[]', '[^]', '[[]', 'a{2', '{', '}', ']', '\\cJ', '\\0', '(?<n>a)'],
  ...['[a-z]', 'é', '[.^$]', '[\\d-a]', '|', '(', 'a{,2}', '(?=a)', '(?<!b)', '\\1', '\\k<n>', '\\A', '\\z', '\\p{L}', '[[:alpha:]]'],
)
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '{1,3}', '*?', '+?', '{0}', '{2,}', '{600}')
const expression = fc.oneof(
  { weight: 9, arbitrary: fc.array(fc.tuple(atom, quantifier), { minLength: 1, maxLength: 5 }).map((pieces) => pieces.flat().join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
)
const flags = fc.constantFrom('', '', 'i', 'm', 's', 'u', 'im', 'g', 'y', 'v', 'x', 'ii')
const text = fc
  .array(
    fc.constantFrom('a', 'b', 'A', '1', '-', '.', '中', ' ', '\n', '[', ']', '{', '}', 'é', '_', 'ab', 'aab', '/', '^', '$', '(', '"'),
    {
      maxLength: 8,
    },
  )
  .map((letters) => letters.join(''))

test('an expression that is taken finds what JavaScript finds', async () => {
  const { meets, finds } = target()
  let taken = 0
  await watched(
    () =>
      fc.assert(
        fc
          .asyncProperty(expression, flags, text, fc.boolean(), async (matches, flags, value, inLog) => {
            const params = { VideoUrl: { matches, flags } as Wanted }
            const found = inLog ? await finds({ params }, value) : await meets({ when: params }, value)
            if (found === undefined) return
            taken++
            // Where it goes on the next time counts for nothing.
            expect(found).toBe(value.search(new RegExp(matches, flags.replace('y', ''))) >= 0)
          })
          .beforeEach(pause),
        repeated(1500),
      ),
    { longestMs },
  )
  // The property means something.
  expect(taken).toBeGreaterThan(250)
})

/** Expressions that backtracking would despair of: quantifiers in quantifiers, over what can be taken apart in many ways. */
const { despair } = fc.letrec<{ despair: string; inner: string }>((tie) => ({
  despair: fc
    .tuple(
      fc.constantFrom('', '^'),
      fc.array(tie('inner'), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '$', '!', '[^a]', 'b$', '\\b!'),
    )
    .map(([start, inner, end]) => start + inner.join('') + end),
  inner: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', '.', '[ab]', 'aa', 'a|a', 'a|aa', 'a?', 'a*', '\\w', '\\s*', '.*', '(?:a?){30}a{30}'),
    fc.tuple(tie('inner'), fc.constantFrom('+', '*', '{2,}', '{1,20}', '?')).map(([inner, many]) => `(${inner})${many}`),
    fc.tuple(tie('inner'), tie('inner')).map(([one, other]) => `(?:${one}|${other})`),
  ),
}))
/** Some text, again and again. */
const again = (...lengths: number[]) =>
  fc
    .tuple(fc.constantFrom('a', 'ab', 'aab', ' ', 'a '), fc.constantFrom(...lengths), fc.constantFrom('', '!', 'c'))
    .map(([piece, length, end]) => piece.repeat(length / piece.length) + end)

// With the first, who backtracks is found out within minutes.
test.each([
  ['short', again(26)],
  ['long', again(100, 4000, 100_000)],
])('no expression takes long, whatever the text, if it is %s', async (_length, text) => {
  const { meets, finds } = target()
  await watched(
    () =>
      fc.assert(
        fc
          .asyncProperty(despair, text, async (matches, value) => {
            const params = { VideoUrl: { matches } }
            await meets({ when: params }, value)
            await finds({ params }, value)
          })
          .beforeEach(pause),
        repeated(100),
      ),
    { longestMs },
  )
})

/** What `*` means, written down plainly: for short names. */
function stands([first, ...rest]: readonly string[], name: string): boolean {
  if (first === undefined) return name === ''
  if (first !== '*') return name.startsWith(first) && stands(rest, name.slice(first.length))
  return stands(rest, name) || (name !== '' && stands(['*', ...rest], name.slice(1)))
}

test('* stands for any characters, and takes no time', async () => {
  const name = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 8 }).map((letters) => letters.join(''))
  const pattern = fc.array(fc.constantFrom('a', 'b', '*'), { minLength: 1, maxLength: 10 })
  await watched(
    () =>
      fc.assert(
        fc
          .asyncProperty(name, pattern, async (name, pattern) => {
            const { account, send } = testCloud()
            account.ram.putUser(name, { allow: [pattern.join('')] })
            const key = account.ram.createAccessKey(name)
            account.faults.add({ identity: pattern.join(''), ...BUSY })
            account.ram.putUser(name, { allow: ['*'] })
            const { body } = await send('videoseg.SegmentVideoBody', {}, { key })
            expect(String(body).includes(BUSY.error)).toBe(stands(pattern, name) || stands(pattern, key.accessKeyId))
            expect(account.ram.putUser(name, { allow: [pattern.join('')] }).may(name)).toBe(stands(pattern, name))
          })
          .beforeEach(pause),
        repeated(500),
      ),
    { longestMs },
  )
})

test('* takes no time either where it could stand for much in very many ways', async () => {
  const shape = fc.record({
    letters: fc.integer({ min: 20, max: 50 }),
    stars: fc.integer({ min: 8, max: 20 }),
    end: fc.constantFrom('c', 'ac', 'b*c'),
  })
  await watched(
    () =>
      fc.assert(
        fc
          .asyncProperty(shape, async ({ letters, stars, end }) => {
            const { account } = testCloud()
            const name = `${'a'.repeat(letters)}b`
            expect(account.ram.putUser('user', { allow: [`${'*a'.repeat(stars)}*${end}`] }).may(name)).toBe(false)
            expect(account.ram.putUser('user', { allow: [`${'*a'.repeat(stars)}*`] }).may(name)).toBe(true)
          })
          .beforeEach(pause),
        repeated(50),
      ),
    { longestMs },
  )
})
