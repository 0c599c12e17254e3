/** docs/lifecycle.md is true of accounts and jobs: what parts are asked and when, and what follows from the work of a job. */

import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import type { Account, JobKind, Outcome } from '../../src/index.js'
import { definePart, type StateDocument } from '../../src/index.js'
import { testCloud } from '../support/cloud.js'

const page = readFileSync('docs/lifecycle.md', 'utf8')

/** What the page says in the second column, by the first. */
const rows = new Map([...page.matchAll(/^\| ([^|]+) \| ([^|]*?) ?\|$/gm)].map(([, first = '', second = '']) => [first, second]))

/** What the page says that parts are asked. */
const askedThen = (what: string): string[] => [...(rows.get(what) ?? '').matchAll(/`(\w+)`/g)].map(([, hook]) => hook as string)

/** A cloud whose accounts have a part that tells what it is asked, and an account in which nothing was asked yet. */
function probed() {
  let asked: string[] = []
  const tell = (hook: string) => async () => void asked.push(hook)
  const probe = definePart({
    name: 'probe' as never,
    create: ({ state }) => {
      asked.push('create')
      state.onRestore(() => void asked.push('onRestore'))
      return {} as never
    },
    seed: tell('seed'),
    open: () => void asked.push('open'),
    afterReset: tell('afterReset'),
    upgrades: { 1: () => void asked.push('upgrades') },
    checkState: () => void asked.push('checkState'),
    dispose: () => void asked.push('dispose'),
  })
  const { cloud } = testCloud({ products: [{ name: 'probe', actions: [], parts: [probe] }] })
  onTestFinished(() => cloud.dispose())
  /** What the part is asked meanwhile. */
  const during = async (work: () => unknown): Promise<string[]> => {
    asked = []
    await work()
    return asked
  }
  return { cloud, during }
}

it('asks the parts of an account in the order of the page', async () => {
  const { cloud, during } = probed()
  let account = cloud.account()
  const create = (): void => {
    account = cloud.createAccount()
  }
  let document = {} as StateDocument
  expect(await during(create)).toEqual(askedThen('it is created'))
  expect(await during(() => account.turn.take(() => {}))).toEqual(askedThen('something is asked of it for the first time'))
  expect(await during(() => account.reset())).toEqual(askedThen('it is reset'))
  const save = async () => {
    document = await account.export()
    await account.snapshots.save('here')
  }
  expect(await during(save)).toEqual(askedThen('it is exported, or saved as a snapshot'))
  expect(await during(() => account.import(document))).toEqual(askedThen('it imports a document'))
  const { sequences, ...clock } = document.cells.clock as { sequences: number }
  const older = { ...document, version: 1, cells: { ...document.cells, clock: { ...clock, tickets: sequences } } }
  expect(await during(() => account.import(older))).toEqual(askedThen('it imports a document of an older version'))
  expect(await during(() => account.snapshots.restore('here'))).toEqual(askedThen('it is restored from a snapshot'))
  expect(await during(() => account.fork())).toEqual(askedThen('it is forked, the copy'))
  expect(await during(() => cloud.disposeAccount(account))).toEqual(askedThen('it is disposed of'))
})

it('has a row for each of these', () => {
  expect([...rows].filter(([, second]) => /`(?:create|open|seed|dispose)`/.test(second)).length).toBe(8)
})

/** A job of two stages, whose work answers this; and how it ended, or where it is after a minute. */
async function jobWith(outcome: Outcome | 'throws'): Promise<string> {
  let works = 0
  let ended = 0
  const kind: JobKind = {
    name: 'probe.Job',
    stages: [
      { name: 'WAITING', duration: '1s', work: () => undefined },
      { name: 'WORKING', duration: '1s' },
    ],
    timeout: '30s',
    attempts: 3,
    work: () => {
      works++
      if (outcome === 'throws') throw new Error('a bug')
      return outcome
    },
    ended: () => void ended++,
  }
  const bugs: unknown[] = []
  const products = [{ name: 'probe', actions: [], jobs: [kind] }]
  const { cloud, account } = testCloud({ products, onBug: (error) => bugs.push((error as Error).message) })
  onTestFinished(() => cloud.dispose())
  await account.turn.take(() => account.jobs.start(kind, 'job-1', {}))
  const stages = [stageOf(account)]
  for (let second = 0; second < 40; second++) {
    await account.clock.advance('1s')
    if (stages.at(-1) !== stageOf(account)) stages.push(stageOf(account))
  }
  const { ending, error } = account.jobs.get('job-1') ?? {}
  return [stages.join(' → '), ending, `work ${works}`, `ended ${ended}`, error?.code, ...bugs].filter(Boolean).join(', ')
}

const stageOf = (account: Account): string => account.jobs.get('job-1')?.stage ?? ''

it.each<[row: string, outcome: Outcome | 'throws', then: string, says: string]>([
  ['`{ result }`', { result: 1 }, 'WAITING → WORKING, succeeded, work 1, ended 1', 'succeeded'],
  ['`{ failed }`', { failed: { code: 'No', message: '' } }, 'WAITING → WORKING, failed, work 1, ended 1, No', 'failed'],
  ['`{ retry }`', { retry: { code: 'No', message: '' } }, 'WAITING → WORKING, retriesExhausted, work 3, ended 1, No', 'retriesExhausted'],
  ["`'endless'`", 'endless', 'WAITING → WORKING, timedOut, work 1, ended 1', 'timedOut'],
  ['an exception', 'throws', 'WAITING → WORKING, failed, work 1, ended 1, InternalError, a bug', 'InternalError'],
])('a job whose work answers %s', async (row, outcome, then, says) => {
  expect(await jobWith(outcome)).toBe(then)
  expect(rows.get(row)).toContain(`\`${says}\``)
})
