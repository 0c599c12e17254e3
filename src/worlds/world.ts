/** What a world is, and how it is read for an account. */

import { z } from 'zod'
import type { Account } from '../account/types.js'
import { listOf } from '../base/json.js'
import { didYouMean } from '../base/nearest.js'
import { problemOf } from '../base/problem.js'
import { strict } from '../base/strict.js'
import { refuseBrokenText } from '../base/well-formed.js'
import { sampleSegment } from '../bytes/samples.js'
import { fill } from '../scenarios/fill.js'
import { Collection } from '../state/collection.js'
import type { Json } from '../state/part.js'
import { readTimes } from './record.js'

/** Bytes of one object that stand in the world itself, as text or in base64: about a megabyte. */
const MAX_INLINE = 1_400_000

const bucketSchema = strict({
  name: z.string().min(1).max(63),
  /** `cn-shanghai` */
  region: z.string().min(1).max(64),
})

const objectSchema = strict({
  bucket: z.string().min(1).max(63),
  /** Name of the object, not percent-encoded. */
  key: z.string().min(1).max(1023),
  contentType: z.string().max(256).optional(),
  /** Name of a file in fixtures/media. */
  sample: z.string().max(100).optional(),
  text: z.string().max(MAX_INLINE).optional(),
  base64: z.base64().max(MAX_INLINE).optional(),
}).refine(
  ({ sample, text, base64 }) => [sample, text, base64].filter((each) => each !== undefined).length === 1,
  'has one of sample, text and base64',
)

/** A world as its author writes it; any text may have placeholders such as `${vod.bucket}`. */
export const worldSchema = strict({
  /** What there is in it. */
  description: z.string().min(1).max(2000),
  /** Buckets that its objects are in. */
  buckets: listOf(bucketSchema, 100).optional(),
  /** Files. */
  objects: listOf(objectSchema, 10_000).optional(),
  /** Records by table, as the state of an account has them; times may be relative to the account's clock: `-3d`. */
  tables: z.record(z.string(), z.array(z.custom<Json>()).max(100_000, 'has more than 100000 records')).optional(),
})

/** See {@link worldSchema}. */
export type WorldInput = z.input<typeof worldSchema>

/** An object of a world. */
export type WorldObject = z.output<typeof objectSchema>

/** A world that has been read for an account: nothing in it is wrong. */
export interface World {
  buckets: readonly z.output<typeof bucketSchema>[]
  objects: readonly WorldObject[]
  tables: readonly { collection: Collection<z.ZodObject>; records: readonly { key: string; record: Record<string, unknown> }[] }[]
}

/** Problems that are told of a world. */
const MAX_PROBLEMS = 5

/** Reads a world for an account; `now`: the instant that relative times are counted from. Throws a `RangeError` that says what is wrong, and where. */
export function readWorld(account: Account, input: unknown, now: number): World {
  refuseBrokenText(input)
  const values = account.cloud.worlds.valuesOf(account)
  const filled = fill(input as Json, (name) => {
    if (!Object.hasOwn(values, name))
      throw new RangeError(`\${${name}}: there is no such placeholder${didYouMean(name, Object.keys(values))}`)
    return values[name]
  })
  const { success, data, error } = worldSchema.safeParse(filled)
  if (!success) throw new RangeError(problemOf(error))
  const { buckets = [], objects = [], tables = {} } = data
  for (const [index, { sample }] of objects.entries()) if (sample !== undefined) checkSample(sample, `objects.${index}.sample`)
  const problems: string[] = []
  const read = Object.entries(tables).map(([name, records]) => readTable(account, { name, records, now }, problems))
  if (problems.length > 0)
    throw new RangeError(
      problems
        .slice(0, MAX_PROBLEMS)
        .concat(problems.length > MAX_PROBLEMS ? ['and more'] : [])
        .join('; '),
    )
  return { buckets, objects, tables: read }
}

function readTable(
  account: Account,
  { name, records, now }: { name: string; records: readonly Json[]; now: number },
  problems: string[],
): World['tables'][number] {
  const { tables } = account.cloud.worlds
  if (!tables.has(name)) throw new RangeError(`tables.${name}: a world has no such table${didYouMean(name, tables)}`)
  const collection = account.state.parts.find((part) => part.name === name)
  if (!(collection instanceof Collection)) throw new Error(`the table ${name} is no collection`)
  const { schema, keyOf } = (collection as Collection<z.ZodObject>).definition
  const keys = new Set<string>()
  const read: { key: string; record: Record<string, unknown> }[] = []
  for (const [index, json] of records.entries()) {
    const where = `tables.${name}.${index}`
    const { record, problems: found } = readTimes(schema, json, now)
    const { success, data, error } = schema.safeParse(record)
    if (found.length > 0) problems.push(...found.map(({ path, problem }) => `${[where, ...path].join('.')}: ${problem}`))
    else if (!success) problems.push(...error.issues.map(({ path, message }) => `${[where, ...path].join('.')}: ${message}`))
    else {
      const key = keyOf(data)
      if (keys.has(key)) problems.push(`${where}: a record before it has the key "${key}", too`)
      keys.add(key)
      read.push({ key, record: data })
    }
    // Who has seen these knows what is wrong with the rest.
    if (problems.length > MAX_PROBLEMS) break
  }
  return { collection, records: read }
}

function checkSample(name: string, where: string): void {
  try {
    sampleSegment(name).release()
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError(`${where}: ${error.message}`)
    throw error
  }
}
