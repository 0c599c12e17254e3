/** Worlds: what can be in an account from the start, as data. */

import { definePart } from '../account/part.js'
import type { Account } from '../account/types.js'
import { ApiError } from '../base/errors.js'
import { receivedSample } from '../bytes/samples.js'
import { readWorldFile, worldNames, worldPath } from './files.js'
import { readWorld, type World, type WorldInput, type WorldObject } from './world.js'

/** Records that a table may have beyond which worlds add none: it bounds memory. */
const MAX_RECORDS = 200_000

/** A world that the package brings along. */
export interface WorldInfo {
  name: string
  /** What there is in it. */
  description: string
  /** Path of its file. */
  file: string
}

/** What has come of applying a world. */
export interface AppliedWorld {
  /** How many records are new, by table, and how many objects. */
  added: Record<string, number>
  /** How many records and objects were there already, and have stayed as they were. */
  kept: number
}

/** The worlds of one account. */
export class Worlds {
  constructor(private readonly account: Account) {}

  /** Those that the package brings along, in alphabetical order. */
  list(): WorldInfo[] {
    return worldNames().map((name) => ({ name, description: this.get(name).description, file: worldPath(name) }))
  }

  /** The content of a world's file, by name or by path. Throws a `RangeError` if there is none. */
  get(nameOrPath: string): WorldInput {
    return readWorldFile(worldPath(nameOrPath)) as WorldInput
  }

  /**
   * Adds all that a world has to the account, or nothing: what is there already under the same key stays as it is. The world is given by name, by
   * the path of a file, or as it is. Rejects with a `RangeError` that says what is wrong, and where.
   */
  apply(world: string | WorldInput): Promise<AppliedWorld> {
    const { account } = this
    return account.turn.take(async () => {
      await account.clock.catchUp()
      account.clock.freeze()
      try {
        const read = this.read(world, account.clock.now())
        return await orNothing(account, () => add(account, read))
      } finally {
        account.clock.unfreeze()
      }
    })
  }

  /** Reads a world without changing anything, with times relative to an instant. Throws a `RangeError` that says what is wrong, and where. */
  read(world: string | WorldInput, now: number): World {
    if (typeof world !== 'string') return readWorld(this.account, world, now)
    const path = worldPath(world)
    const content = readWorldFile(path)
    try {
      return readWorld(this.account, content, now)
    } catch (error) {
      throw error instanceof RangeError ? new RangeError(`${path}: ${error.message}`, { cause: error }) : error
    }
  }
}

/** Does `work`, or leaves the account as it was. Only for who has the turn. */
async function orNothing<T>(account: Account, work: () => Promise<T>): Promise<T> {
  const { log, state } = account
  const before = account.capture()
  try {
    return await work()
  } catch (error) {
    await account.restore(before)
    // What was called is no part of the state.
    account.log = log
    throw error
  } finally {
    state.release(before)
  }
}

/** Adds what a world has. Rejects with a `RangeError` if the account cannot have it; what was added until then stays. Only for who has the turn. */
async function add(account: Account, { buckets, objects, tables }: World): Promise<AppliedWorld> {
  const { oss } = account
  const added: Record<string, number> = {}
  let kept = 0
  const count = (what: string): void => {
    added[what] = (added[what] ?? 0) + 1
  }
  for (const { name, region } of buckets) await orRefuse(`bucket ${name}`, () => oss.createBucket(name, region))
  // Before the records: a file that comes after its medium would be an upload.
  for (const object of objects) {
    if (oss.object(object.bucket, object.key)) kept++
    else {
      await orRefuse(`object ${object.bucket}/${object.key}`, () => store(account, object))
      count('objects')
    }
  }
  try {
    for (const { collection, records } of tables) {
      for (const { key, record } of records) {
        if (collection.get(key)) kept++
        else {
          if (collection.count >= MAX_RECORDS) throw new RangeError(`the table ${collection.name} may have ${MAX_RECORDS} records in all`)
          collection.put(record)
          count(collection.name)
        }
      }
    }
  } finally {
    account.cloud.worlds.added(account)
  }
  return { added, kept }
}

function store(
  { oss }: Account,
  { bucket, key, contentType = 'application/octet-stream', sample, text, base64 }: WorldObject,
): Promise<unknown> {
  if (sample !== undefined) return oss.put(bucket, key, receivedSample(sample), { contentType, headers: {} })
  return oss.putObject(bucket, key, text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text), { contentType })
}

async function orRefuse(what: string, work: () => unknown): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw error instanceof ApiError ? new RangeError(`${what}: ${error.code}: ${error.reason ?? error.message}`, { cause: error }) : error
  }
}

/** Behind all others: a world has records of theirs. */
export const worldsPart = definePart({
  name: 'worlds',
  needs: ['oss', 'assets', 'log'],
  create: (account) => new Worlds(account),
  open(account, again) {
    const { world } = account.options
    if (world === undefined || again) return
    const { buckets } = account.worlds.read(world, account.clock.startedAt)
    for (const { name } of buckets)
      if (!account.cloud.buckets.mayClaim(account, account.accountId, name))
        throw new RangeError(`the world has a bucket "${name}", which another account has`)
    void account.turn.take(() => {})
  },
  async seed(account) {
    const { world } = account.options
    if (world === undefined) return
    try {
      await add(account, account.worlds.read(world, account.clock.startedAt))
    } catch (error) {
      // Nobody has asked for it just now who could be told.
      account.cloud.onBug(error, 'adding the world that the account has from the start')
    }
  },
})
