/** An account's scenarios: what can be applied, and what is in force. */

import { ZodError, z } from 'zod'
import { definePart } from '../account/part.js'
import type { Account, SettingsState } from '../account/types.js'
import { type ClockMode, END_OF_TIME, type Fired } from '../base/clock.js'
import { toIso } from '../base/times.js'
import { checkFault } from '../faults/check.js'
import { faultSchema } from '../faults/fault.js'
import type { Table } from '../state/table.js'
import { definitionOf, inFile, type ScenarioFile } from './files.js'
import { type Definition, fillAnswers, type Parameters, readScenario, type Scenario } from './scenario.js'
import { withoutChange } from './undo.js'
import { type CallAnswer, checkWorld, makeWorld } from './world.js'

/** A scenario in the list of all. */
export interface ScenarioState {
  name: string
  /** What a client sees; of a file that cannot be read, left out. */
  description?: string
  /** Values of its parameters, unless the one who applies it gives others. */
  parameters: Parameters
  /** `own`: from the folder of the user. */
  source: ScenarioFile['source']
  /** Path of its file. */
  file: string
  /** True of an own one that is in the place of a built-in one. */
  replacesBuiltIn: boolean
  /** True if there is something of it to take back: see {@link Scenarios.end}. */
  inForce: boolean
  /** Why the file cannot be read. */
  problem?: string
}

/** What became of applying a scenario. */
export interface AppliedScenario {
  name: string
  /** Ids of the faults that were set. */
  faults: string[]
  /** What the calls of its world were answered, in order. */
  calls: CallAnswer[]
  /** The clock as it stands now, and what fell due when it was moved. */
  clock: { mode: ClockMode; now: string; speed: number; fired: Fired[] }
}

/** What became of ending a scenario. */
export interface EndedScenario {
  name: string
  /** Ids of the faults that were taken back; those that somebody had taken back before are not among them. */
  faults: string[]
}

/** Settings that were read before: they are not read again. */
const settingsStateSchema = z.custom<SettingsState>((value) => typeof value === 'object' && value !== null)

/** What is needed to end a scenario. */
const inForceSchema = z.strictObject({
  /** Ids of its faults. */
  faults: z.array(z.string()),
  /** What had been set when it was applied. */
  before: settingsStateSchema,
  /** The same with its own settings. */
  after: settingsStateSchema,
})

type InForce = z.output<typeof inForceSchema>

/** The same for the tables of all accounts. */
const table = { name: 'scenarios', schema: inForceSchema, encode: (value: InForce) => value as never }

/** The scenarios of one account. */
export class Scenarios {
  /** By name, in the order in which they were applied. */
  readonly #inForce: Table<InForce>

  constructor(private readonly account: Account) {
    this.#inForce = account.state.table(table)
  }

  /** All that can be applied, in alphabetical order. */
  list(): ScenarioState[] {
    return [...this.account.cloud.scenarios.all().values()].map((file) => {
      const { name, source, path, replacesBuiltIn } = file
      const common = { name, source, file: path, replacesBuiltIn, inForce: this.#inForce.has(name) }
      try {
        const { description, parameters } = definitionOf(file)
        return { ...common, description, parameters }
      } catch (error) {
        return { ...common, parameters: {}, problem: (error as Error).message }
      }
    })
  }

  /** The content of a scenario's file. Throws a `RangeError` if there is no such scenario, or if its file has none. */
  get(name: string): Definition['json'] {
    return definitionOf(this.account.cloud.scenarios.find(name)).json
  }

  /**
   * Applies a scenario, all of it or nothing: its world, then its faults and settings, then its clock. Rejects with a `RangeError` if there is no
   * such scenario, if it is in force, if something in its file cannot be, and if one of its calls does not succeed.
   */
  async apply(name: string, parameters: Parameters = {}): Promise<AppliedScenario> {
    const { account } = this
    const { calls, faults, fired } = await account.turn.take(() => this.#apply(name, parameters))
    // Deliveries that the clock's move has set off.
    fired.push(...(await account.clock.set({})))
    const { mode, speed } = account.clock
    return { name, faults, calls, clock: { mode, now: toIso(account.clock.now()), speed, fired } }
  }

  /**
   * Ends a scenario: those of its faults that are still there are taken back, and its settings become what they were, except those that somebody
   * has set to something else since. World and clock stay, as does what has happened to calls and jobs. Rejects with a `RangeError` if the
   * scenario is not in force; one that has neither faults nor settings never is.
   */
  end(name: string): Promise<EndedScenario> {
    const { account } = this
    return account.turn.take(() => {
      const ended = this.#inForce.get(name)
      if (ended === undefined) throw new RangeError(`the scenario "${name}" is not in force; ${this.#told()}`)
      this.#inForce.delete(name)
      const { before, after } = ended
      const { settings: schema } = account.cloud
      account.settings.state = withoutChange(schema, account.settings.state, before, after)
      // For those that were applied since it is as if it had never been: what they found is not what will be put back.
      for (const [other, { faults, ...found }] of [...this.#inForce.pairs()]) {
        this.#inForce.set(other, {
          faults,
          before: withoutChange(schema, found.before, before, after),
          after: withoutChange(schema, found.after, before, after),
        })
      }
      return { name, faults: ended.faults.filter((id) => account.faults.remove(id)) }
    })
  }

  /** Names of those that are in force, in the order in which they were applied. */
  get inForce(): string[] {
    return [...this.#inForce.keys()]
  }

  #told(): string {
    return this.#inForce.size === 0 ? 'none is' : `in force: ${this.inForce.join(', ')}`
  }

  /** Only for who has the account's turn. */
  async #apply(name: string, parameters: Parameters) {
    const { account } = this
    const { clock, faults, settings, cloud } = account
    const file = cloud.scenarios.find(name)
    if (this.#inForce.has(name)) throw new RangeError(`the scenario "${name}" is in force already; end it first`)
    const fired = await clock.catchUp()
    try {
      const now = clock.now()
      const scenario = readScenario(definitionOf(file), parameters, now, cloud.settings)
      this.#check(scenario, now)
      const { calls, ids } = await this.#orNothing(async () => {
        const answers = await makeWorld(account, scenario)
        return { calls: answers, ids: faults.addAll(fillAnswers(scenario.faults, answers)).map(({ id }) => id) }
      })
      const before = settings.state
      settings.change(scenario.settings)
      const lasting = ids.length > 0 || Object.keys(scenario.settings).length > 0
      if (lasting) this.#inForce.set(name, { faults: ids, before, after: settings.state })
      const { advance, ...change } = scenario.clock
      const moves = change.now !== undefined || advance !== undefined
      // Real time may have gone further meanwhile.
      fired.push(...(await clock.change({ ...change, ...(moves && { now: Math.max(scenario.begins, clock.now()) }) })))
      return { calls, faults: ids, fired }
    } catch (error) {
      throw error instanceof RangeError || error instanceof ZodError ? inFile(file, error) : error
    }
  }

  /** Does `work`, or leaves the account as it was. Only for who has the account's turn. */
  async #orNothing<T>(work: () => Promise<T>): Promise<T> {
    const { account } = this
    const { clock, log, state } = account
    const before = account.capture()
    clock.freeze()
    try {
      return await work()
    } catch (error) {
      await account.restore(before)
      // What was called is no part of the state.
      account.log = log
      throw error
    } finally {
      clock.unfreeze()
      state.release(before)
    }
  }

  /** Throws a `RangeError` if something in a scenario cannot be. */
  #check(scenario: Scenario, now: number): void {
    const { cloud } = this.account
    checkWorld(this.account, scenario)
    for (const [index, fault] of scenario.faults.entries()) {
      try {
        checkFault(faultSchema.parse(fault), this.account)
      } catch (error) {
        throw new RangeError(`faults.${index}.${(error as Error).message}`)
      }
    }
    cloud.settings.check(scenario.settings, cloud)
    if (scenario.begins < now) throw new RangeError(`clock.now: the account's clock stands at ${toIso(now)} and only goes forward`)
    if (scenario.begins > END_OF_TIME) throw new RangeError('clock: the clock cannot go that far')
  }
}

export const scenariosPart = definePart({
  name: 'scenarios',
  needs: ['faults', 'ram', 'putAssets', 'log'],
  create: (account) => new Scenarios(account),
})
