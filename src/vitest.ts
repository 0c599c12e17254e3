/** The emulator as vitest fixtures: one import gives every test an account of its own behind the real endpoints. */

import { AssertionError } from 'node:assert'
import type { RequestHandler, SharedOptions } from 'msw'
import { type SetupServer, setupServer } from 'msw/node'
import { type RunnerTestSuite, type TestAPI, test } from 'vitest'
import type { Account, CloudOptions } from './account/types.js'
import type { Clock } from './base/clock.js'
import { messageOf } from './base/realm.js'
import { type Cloud, createCloud } from './cloud/cloud.js'
import { type MswOptions, mswHandlers } from './msw.js'
import type { SettleOptions } from './testing/settle.js'

export { type CallExpectations, expectCalls } from './testing/expect-calls.js'

/** What to extend vitest's `test` with. */
export interface EmulatorTestOptions extends Omit<CloudOptions, 'publicUrl'>, MswOptions {
  /** What is in the account of every test from the start: name of a world, path of a file with one, or the world itself. Default: nothing. */
  world?: CloudOptions['world']
  /** Clock of the accounts. Default `manual`: it stands still until the test moves it. */
  clock?: CloudOptions['clock']
  /** Further msw handlers for the hosts of other services; they come before the emulator's own. */
  handlers?: readonly RequestHandler[]
  /** What msw does with a request to a host that nobody has a handler for. Default `bypass`: it goes out as if there were no msw. */
  onUnhandledRequest?: SharedOptions['onUnhandledRequest']
  /**
   * Fails a test that leaves something over: an unused fault, an unfinished job, a callback that has not arrived, a throttled call that nobody
   * made again, a parameter that no Action knows. `true`: all of these; or only some, or all but some. Default `false`.
   */
  settle?: boolean | SettleOptions
  /** Told of bugs. Default: the test that runs when one shows fails with it. */
  onBug?: CloudOptions['onBug']
}

/** What a test is given. */
export interface EmulatorFixtures {
  /** The cloud behind the endpoints, one per test file. */
  cloud: Cloud
  /** The msw server in front of the cloud, listening as long as the file runs. */
  network: SetupServer
  /** The same for one test: handlers that it adds with `server.use(…)` end with it. */
  server: SetupServer
  /** An empty account of this test's own; sign with its `account.credentials`. */
  account: Account
  /** The account's clock: `await clock.advance('31m')`. */
  clock: Clock
}

/** A test's name with those of the suites around it. */
const fullName = ({ name, suite }: { name: string; suite?: RunnerTestSuite | undefined }): string =>
  suite === undefined ? name : `${fullName(suite)} > ${name}`

/** Who looks at a failed test wants to know which of its calls went wrong, and why. */
function showRefusals(account: Account): void {
  for (const { service, host, action, method, status, code, message, reason } of account.log.all()) {
    if (code === undefined) continue
    console.error(
      `${service ?? host} refused ${action ?? method}: ${status} ${code}: ${message}${reason === undefined ? '' : ` (${reason})`}`,
    )
  }
}

/** The bugs that have shown and that no test has failed with yet. */
class Bugs {
  #found: Error[] = []

  readonly note = (error: unknown, about: string): void => {
    this.#found.push(new Error(`bug in ${about}: ${messageOf(error)}`, { cause: error }))
  }

  /** Throws what has been found, once. */
  throw(): void {
    const [first, ...others] = this.#found.splice(0)
    if (others.length > 0) throw new AggregateError([first, ...others], [first, ...others].map(messageOf).join('\n'))
    if (first) throw first
  }
}

/** The error of a test that leaves something over; `undefined` if it does not. */
async function leftOver(account: Account, options: SettleOptions): Promise<AssertionError | undefined> {
  const { ok, problems } = await account.settle(options)
  return ok ? undefined : new AssertionError({ message: ['the test has left something over:', ...problems].join('\n  ') })
}

/**
 * Vitest's `test`, with an emulator behind the services' real endpoints for as long as the file runs, and a fresh account per test:
 *
 * ```ts
 * const test = emulatorTest({ seed: 7 })
 * test('…', async ({ account, clock, expect }) => { … })
 * ```
 *
 * RequestIds and the ids of jobs depend on the seed and on the test's name alone, neither on other tests nor on their order.
 * One in a file is enough, and all there can be: of several msw servers the last that listens has all requests.
 */
export function emulatorTest({
  seed = 0,
  clock = 'manual',
  handlers = [],
  onUnhandledRequest = 'bypass',
  settle = false,
  world,
  passThrough = false,
  ...options
}: EmulatorTestOptions = {}): TestAPI<EmulatorFixtures> {
  const bugs = new Bugs()
  return test.extend<EmulatorFixtures & { failsWithBugs: undefined }>({
    cloud: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures a fixture needs
      async ({}, use) => {
        const cloud = createCloud({ seed, clock, onBug: bugs.note, ...options })
        await use(cloud)
        cloud.dispose()
        bugs.throw()
      },
      { scope: 'file' },
    ],
    network: [
      async ({ cloud }, use) => {
        const network = setupServer(...handlers, ...mswHandlers(cloud, { passThrough }))
        network.listen({ onUnhandledRequest })
        await use(network)
        network.close()
      },
      { scope: 'file', auto: true },
    ],
    failsWithBugs: [
      async ({ onTestFinished }, use) => {
        onTestFinished(() => bugs.throw())
        await use(undefined)
      },
      { auto: true },
    ],
    server: async ({ network }, use) => {
      await use(network)
      network.resetHandlers()
    },
    account: async ({ cloud, task, onTestFailed, onTestFinished }, use) => {
      const account = cloud.createAccount({ seed: `${seed}/${fullName(task)}`, ...(world !== undefined && { world }) })
      let problem: AssertionError | undefined
      onTestFailed(() => showRefusals(account))
      // Not thrown by the fixture as it ends: vitest would end it once more, and again with every retry of the test.
      onTestFinished(() => {
        if (problem) throw problem
      })
      await use(account)
      try {
        // A test that has failed already has more to say than what it left over.
        if (settle !== false && task.result?.state !== 'fail') problem = await leftOver(account, settle === true ? {} : settle)
      } finally {
        cloud.disposeAccount(account)
      }
    },
    clock: ({ account }, use) => use(account.clock),
  })
}
