/** Maps of which a copy costs nothing. */

import { rememberingLatest } from '../base/lazily.js'
import { textHash } from '../base/text-hash.js'

/** Entries of one shard on average: few enough that copying them costs next to nothing, many enough that there are few shards. */
const ENTRIES_PER_SHARD = 64

/** A share of the entries; several lists may have it. */
interface Shard<Value> {
  map: Map<string, Value>
  /** How many lists of shards it is in. */
  owners: number
}

/** A list of shards; several maps may have it. */
interface Shards<Value> {
  shards: Shard<Value>[]
  /** Entries in all. */
  size: number
  /** How many maps have it. */
  owners: number
}

/**
 * Values by key, in shards by the hash of the key. A copy ({@link share}) has the same shards. Who changes a shard that others have too copies that one
 * first, and leaves the rest. Entries have no order.
 *
 * There are as many shards as it takes; when one is added, it takes what is its own from one other (linear hashing), so that no change is a slow one.
 */
export class SharedMap<Value> {
  #list: Shards<Value> = { shards: [], size: 0, owners: 1 }

  /** `copyOf`: a value for a copy of its shard, of values that are changed in place. Default: the value itself. */
  constructor(private readonly copyOf?: (value: Value) => Value) {}

  get size(): number {
    return this.#list.size
  }

  get(key: string): Value | undefined {
    return this.#list.shards[this.#indexOf(key)]?.map.get(key)
  }

  /** The same, to be changed in place. */
  edit(key: string): Value | undefined {
    const index = this.#indexOf(key)
    const value = this.#list.shards[index]?.map.get(key)
    if (value === undefined) return undefined
    const shard = this.#list.shards[index] as Shard<Value>
    return this.#list.owners === 1 && shard.owners === 1 ? value : this.#ownShard(this.#own(), index).get(key)
  }

  set(key: string, value: Value): void {
    const list = this.#own()
    if (list.shards.length === 0) list.shards.push({ map: new Map(), owners: 1 })
    const map = this.#ownShard(list, this.#indexOf(key))
    const before = map.size
    map.set(key, value)
    list.size += map.size - before
    if (list.size > list.shards.length * ENTRIES_PER_SHARD) this.#addShard(list)
  }

  /** Removes a value; false if there is none. */
  delete(key: string): boolean {
    const index = this.#indexOf(key)
    if (!this.#list.shards[index]?.map.has(key)) return false
    const list = this.#own()
    this.#ownShard(list, index).delete(key)
    list.size--
    return true
  }

  /** A copy: what happens to one does not happen to the other. */
  share(): SharedMap<Value> {
    const copy = new SharedMap<Value>(this.copyOf)
    copy.#list = this.#list
    this.#list.owners++
    return copy
  }

  /** Where a key belongs: the shards beyond the largest power of two take it from those before. */
  #indexOf(key: string): number {
    const { length } = this.#list.shards
    if (length <= 1) return 0
    const hash = hashOf(key)
    const half = 1 << (31 - Math.clz32(length))
    const index = hash & (2 * half - 1)
    return index < length ? index : index - half
  }

  #addShard(list: Shards<Value>): void {
    const { shards } = list
    const index = shards.length
    const half = 1 << (31 - Math.clz32(index))
    const from = this.#ownShard(list, index - half)
    const map = new Map<string, Value>()
    shards.push({ map, owners: 1 })
    for (const [key, value] of from) {
      if ((hashOf(key) & (2 * half - 1)) !== index) continue
      from.delete(key)
      map.set(key, value)
    }
  }

  /** The list of shards, which nobody else has. */
  #own(): Shards<Value> {
    const list = this.#list
    if (list.owners === 1) return list
    list.owners--
    for (const shard of list.shards) shard.owners++
    this.#list = { shards: [...list.shards], size: list.size, owners: 1 }
    return this.#list
  }

  /** The entries of a shard of a list that is our own; no other list has them then. */
  #ownShard({ shards }: Shards<Value>, index: number): Map<string, Value> {
    const shard = shards[index] as Shard<Value>
    if (shard.owners === 1) return shard.map
    shard.owners--
    const map = new Map(shard.map)
    const { copyOf } = this
    if (copyOf) for (const [key, value] of map) map.set(key, copyOf(value))
    shards[index] = { map, owners: 1 }
    return map
  }
}

/** The text that was hashed last, and its hash: who changes a key looks it up first. */
const hashOf = rememberingLatest(textHash)
