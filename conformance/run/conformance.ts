/** The whole: facts beside the catalogue, and every case of every Action. */

import type { Action, Cloud } from '../../src/index.js'
import { aspectsOf } from '../cases/checked.js'
import { planOf } from '../cases/plan.js'
import { compare } from '../compare/compare.js'
import { lineOf } from '../compare/difference.js'
import type { Facts } from '../facts/facts.js'
import { runEchoes } from './echo.js'
import { runEffect } from './effect.js'
import { runFullStore } from './full-store.js'
import { runGateway } from './gateway.js'
import { runIdentifiers } from './identifiers.js'
import { runJobs } from './jobs.js'
import { runPaging } from './paging.js'
import { manners, type Result, runCase } from './run.js'
import { runSituations } from './situations.js'
import { runThrottle } from './throttle.js'
import type { Trial } from './trial.js'
import { remembered } from './unchanged.js'
import { makeWorld, type Recipe, recipesOf } from './world.js'

/** What is run, and against what. */
export interface ConformanceRun {
  cloud: Cloud
  facts: Facts
  /** Lines of the differences between catalogue and facts that are known. */
  known: readonly string[]
  /** Which Actions; default: all. */
  only?: (action: Action) => boolean
  /** How the worlds of the Actions are made; default: as the cloud's own examples say. */
  recipes?: ReadonlyMap<string, Recipe>
}

/** What came of it. */
export interface ConformanceReport {
  /** Lines of differences that are not known. */
  differences: string[]
  results: Result[]
}

/** Runs everything. */
export async function runConformance({
  cloud,
  facts,
  known,
  only = () => true,
  recipes = recipesOf(cloud),
}: ConformanceRun): Promise<ConformanceReport> {
  const actions = cloud.catalogue.actions.filter(only)
  const expected = new Set(known)
  const differences = compare(cloud.catalogue.actions, facts, actions)
    .map(lineOf)
    .filter((line) => !expected.has(line))
  const aspects = aspectsOf(known)
  const results: Result[] = []
  for (const action of actions) {
    const recipe = recipes.get(action.id)
    if (recipe === undefined) continue
    const world = await makeWorld(cloud, recipe)
    try {
      const trial = { cloud, facts, action, world, recipe, known: aspects }
      for (const run of [
        runPlan,
        runEffect,
        runSituations,
        runGateway,
        runFullStore,
        runThrottle,
        runIdentifiers,
        runEchoes,
        runPaging,
        runJobs,
      ])
        results.push(...(await run(trial)))
    } finally {
      cloud.disposeAccount(world.account)
    }
  }
  return { differences, results }
}

/** The cases of a plan: examples in all manners, each other case in two of them, by turns. */
async function runPlan({ cloud, facts, action, world, known }: Trial): Promise<Result[]> {
  const results: Result[] = []
  const untouched = await world.account.fork()
  const before = await remembered(untouched)
  cloud.disposeAccount(untouched)
  for (const [index, each] of planOf(action.id, facts, known, world).entries()) {
    const two = index % 2 === 0 ? manners.slice(0, 2) : manners.slice(2)
    results.push(...(await runCase({ cloud, facts, action, world, before }, each, each.kind === 'example' ? manners : two)))
  }
  return results
}
