/** What a scenario is, and how its file is read. */

import { z } from 'zod'
import type { SettingsInput, SettingsSchema } from '../account/types.js'
import { type Asset, assetSchema } from '../assets/asset.js'
import { END_OF_TIME, toMilliseconds } from '../base/clock.js'
import { FILE_BOUNDS, listOf, readJson } from '../base/json.js'
import { didYouMean } from '../base/nearest.js'
import { problemOf } from '../base/problem.js'
import { clockSchema, durationSchema } from '../base/time-schemas.js'
import { toIso } from '../base/times.js'
import { refuseBrokenText } from '../base/well-formed.js'
import { type FaultInput, faultInputSchema } from '../faults/fault.js'
import type { Json } from '../state/part.js'
import { fill } from './fill.js'

/** What stands for a placeholder. */
const parameterSchema = z.union([z.string().max(1000), z.number(), z.boolean()], { error: 'is a text, a number, true or false' })

/** Values of parameters by name. */
export const parametersSchema = z.record(z.string().regex(/^\w{1,64}$/, 'is a name of letters, digits and _'), parameterSchema)

/** See {@link parametersSchema}. */
export type Parameters = z.output<typeof parametersSchema>

const principalsSchema = z.record(
  z.string().regex(/^[\w.@-]{1,64}$/, 'is a name of 1 to 64 letters, digits or one of . _ - @'),
  z.strictObject({ allow: z.array(z.string().max(128)).max(100).optional(), deny: z.array(z.string().max(128)).max(100).optional() }),
)

const callSchema = z.strictObject({
  /** Service, such as `vod`. */
  service: z.string(),
  /** Action, such as `CreateUploadVideo`. */
  action: z.string(),
  /** Parameters, as the client of this package takes them. `${calls.0.VideoId}` stands for what the first call was answered. */
  params: z.record(z.string(), z.json()).default({}),
})

const worldSchema = z.strictObject({
  /** Files that calls refer to by URL. */
  assets: listOf(assetSchema, 10_000).optional(),
  /** RAM users by name, each with a key pair, and which Actions they may call. */
  users: principalsSchema.optional(),
  /** RAM roles by name, and which Actions they may call. */
  roles: principalsSchema.optional(),
  /** Calls that the account itself makes, in order, before faults and settings are in force. Each must succeed. They are neither throttled nor logged. */
  calls: z.array(callSchema).max(1000).optional(),
})

const scenarioClockSchema = clockSchema
  .extend({
    /** Moves the clock forward by this much. */
    advance: durationSchema.optional(),
  })
  .refine(({ now, advance }) => now === undefined || advance === undefined, 'has now or advance, not both')

/** A scenario with its placeholders filled in. */
const scenarioSchema = z.strictObject({
  /** What a client sees. */
  description: z.string().min(1).max(2000),
  /** Names of placeholders with what stands for them unless the one who applies the scenario says otherwise. */
  parameters: parametersSchema.optional(),
  /** What is there beforehand. It stays when the scenario ends. */
  world: worldSchema.optional(),
  /** What goes wrong, until the scenario ends. A time of `between` may be written `+10m`: so much after the instant at which it is in force. */
  faults: listOf(faultInputSchema, 100).optional(),
  /** Settings that hold until the scenario ends. */
  settings: z.json().optional(),
  /** How the clock is set once all else is done; time only goes forward. It stays so when the scenario ends. */
  clock: scenarioClockSchema.optional(),
})

/** A scenario as its file has it. */
export interface Definition {
  description: string
  parameters: Parameters
  /** All that the file has, placeholders and all. */
  json: { [field: string]: Json }
}

/** A scenario with its placeholders filled in, those for answers of its calls apart. */
export interface Scenario {
  assets: readonly Asset[]
  users: z.output<typeof principalsSchema>
  roles: z.output<typeof principalsSchema>
  calls: readonly WorldCall[]
  faults: readonly FaultInput[]
  settings: SettingsInput
  clock: z.output<typeof scenarioClockSchema>
  /** The instant from which it is in force: where the clock stands once it is set. */
  begins: number
}

/** A call that makes a part of the world. */
export type WorldCall = z.output<typeof callSchema>

/** What is in place of the parts that can only be read once their placeholders are filled in. */
const unread = { world: z.json(), faults: z.json(), settings: z.json(), clock: z.json() }

const outlineSchema = scenarioSchema.extend(unread).partial().required({ description: true })

/** Reads the text of a file as far as it can be read without values for its parameters. Throws a `RangeError` that says what is wrong. */
export function readDefinition(text: string): Definition {
  let json: Definition['json']
  try {
    json = readJson(text, FILE_BOUNDS) as Definition['json']
  } catch (error) {
    throw new RangeError(error instanceof RangeError ? error.message : `is not JSON: ${(error as Error).message}`)
  }
  const { description, parameters = {} } = parse(outlineSchema, json)
  return { description, parameters, json }
}

/** Reads a scenario that is applied at the instant `now`, with values for some of its parameters. Throws a `RangeError` that says what is wrong. */
export function readScenario({ parameters, json }: Definition, given: Parameters, now: number, sections: SettingsSchema): Scenario {
  const values = { ...parameters, ...parse(parametersSchema, given) }
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(parameters, name))
  if (unknown !== undefined) throw new RangeError(noParameter(unknown, parameters))
  const { description, parameters: _, ...rest } = json
  const filled = fill(rest, (name) => {
    if (name.startsWith(ANSWERS)) return undefined
    if (!Object.hasOwn(values, name)) throw new RangeError(`\${${name}}: ${noParameter(name, values)}`)
    return values[name]
  }) as Definition['json']
  const begins = beginning(filled.clock, now)
  const withTimes = withInstants(filled.faults, begins)
  const all = { ...filled, description, ...(withTimes !== undefined && { faults: withTimes }) }
  refuseBrokenText(all)
  const { world = {}, faults = [], settings = {}, clock = {} } = parse(scenarioSchema, all)
  const { assets = [], users = {}, roles = {}, calls = [] } = world
  return {
    assets,
    users,
    roles,
    calls,
    faults,
    settings: parse(z.object({ settings: sections.schema }), { settings }).settings,
    clock,
    begins,
  }
}

/** How placeholders for answers of calls begin. */
const ANSWERS = 'calls.'

/** Puts what calls were answered in place of the placeholders `${calls.0.VideoId}`. Throws a `RangeError` if one names nothing that was answered. */
export const fillAnswers = <T>(value: T, answers: readonly object[]): T =>
  fill(value as Json, (name) => {
    let found: unknown = { calls: answers }
    for (const step of name.split('.')) found = isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined
    if (found === undefined) throw new RangeError(`\${${name}}: nothing of this name was answered`)
    return found as Json
  }) as T

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const noParameter = (name: string, all: Parameters): string => `there is no parameter ${name}${didYouMean(name, Object.keys(all))}`

/** A clock that cannot be read is refused with the rest. */
function beginning(clock: Json | undefined, now: number): number {
  const { data } = scenarioClockSchema.safeParse(clock ?? {})
  return data?.now ?? now + (data?.advance ?? 0)
}

/** Faults with times such as `+10m` written out. What is of the wrong shape stays as it is, and is refused with the rest. */
function withInstants(faults: Json | undefined, begins: number): Json | undefined {
  if (!Array.isArray(faults)) return faults
  const instant = (time: Json): Json => {
    const after = typeof time === 'string' && time.startsWith('+') ? toMilliseconds(time.slice(1)) : undefined
    return after === undefined ? time : toIso(Math.min(begins + after, END_OF_TIME))
  }
  return faults.map((fault) => {
    if (!isObject(fault) || !isObject(fault.between)) return fault
    return { ...fault, between: Object.fromEntries(Object.entries(fault.between).map(([name, time]) => [name, instant(time)])) }
  }) as Json
}

/** Parses what a file has. Throws a `RangeError` that names the place. */
function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(value)
  if (!success) throw new RangeError(problemOf(error))
  return data
}
