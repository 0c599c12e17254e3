/**
 * Whose access keys those of a recording are. Each key is taken for one of an account of its own, unless what was recorded shows that two belong together:
 * one was handed out to the other, as that of a session is; answers to both name the same account; or both have to do with the same thing, such as a video,
 * a job or a bucket, and are not refused.
 */

import { addressOf, isObjectCall } from '../../src/oss/location.js'
import { readCall } from '../../src/rpc/read.js'
import type { EventOf } from '../record/format.js'
import { openRecording } from '../record/recording.js'
import { sensitivityOf } from '../redact/names.js'
import { isPlaceholder } from '../redact/placeholders.js'
import { readRecorded } from './answer.js'
import { isReference, jsonIn } from './kinds.js'
import { keyOf, recordedCall } from './request.js'

/** Things that are remembered of a recording, and calls of it that wait for their answers. */
const MAX_KNOWN = 1_000_000
const MAX_WAITING = 1000

/** Objects and lists in one another that are looked into. */
const DEEPEST = 60

/** Ids that were made up, so that no two accounts have the same. */
const UNIQUE = /^(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i

/** Members that name what an account does not have. */
const NOT_THERE = /^(?:NonExist|NotExist|Forbidden|Fail)/i

/** The accounts of a recording. */
export class Owners {
  /** What belongs to the same account: each leads to another of it, and one of them to itself. */
  readonly #with = new Map<string, string>()

  /** Names the account that the key of a call belongs to: the same for all keys of one account. */
  of(event: EventOf<'call'>): string {
    const key = keyOf(event)
    const bucket = bucketOf(event)
    return this.#find(key === undefined && bucket !== undefined ? bucket : `key ${key ?? ''}`)
  }

  /** Takes note of a call and its answer. */
  add(event: EventOf<'call'>, reply: EventOf<'reply'>): void {
    const key = keyOf(event)
    if (key === undefined || reply.status >= 400) return
    const own = `key ${key}`
    const strange = new Set<string>()
    const meant = new Set<string>()
    look(readRecorded(reply.body).value, (name, text) => {
      if (NOT_THERE.test(name)) strange.add(text)
      else if (/AccessKeyId$/.test(name) && text !== '') meant.add(`key ${text}`)
      else if (isPlaceholder(text) && sensitivityOf(name) === 'account') meant.add(`account ${text}`)
      else if (isUnique(name, text)) meant.add(`id ${text}`)
    })
    const bucket = bucketOf(event)
    if (bucket !== undefined) meant.add(bucket)
    else
      for (const [name, value] of readCall(recordedCall(event)).params)
        for (const each of value.split(',')) if (isUnique(name, each) && !strange.has(each)) meant.add(`id ${each}`)
    for (const each of meant) this.#join(own, each)
  }

  #join(one: string, other: string): void {
    const [from, to] = [this.#find(other), this.#find(one)]
    if (from === to || this.#with.size > MAX_KNOWN) return
    this.#with.set(from, to)
    if (!this.#with.has(to)) this.#with.set(to, to)
  }

  #find(name: string): string {
    let found = name
    for (let next = this.#with.get(found); next !== undefined && next !== found; next = this.#with.get(found)) {
      // The way is made shorter for the next time.
      this.#with.set(found, this.#with.get(next) ?? next)
      found = next
    }
    return found
  }
}

/** Reads which keys of a recording belong together. Rejects with a `RecordingError` if it cannot be read. */
export async function readOwners(file: string): Promise<Owners> {
  const owners = new Owners()
  const waiting = new Map<number, EventOf<'call'>>()
  const { events } = await openRecording(file)
  for await (const event of events) {
    if (event === 'cut') continue
    if (event.type === 'call') {
      waiting.set(event.call, event)
      for (const oldest of waiting.keys()) if (waiting.size > MAX_WAITING) waiting.delete(oldest)
    } else if (event.type === 'reply') {
      const call = waiting.get(event.call)
      waiting.delete(event.call)
      if (call) owners.add(call, event)
    }
  }
  return owners
}

const isUnique = (name: string, text: string): boolean => isReference(name, text) && UNIQUE.test(text)

function bucketOf(event: EventOf<'call'>): string | undefined {
  const bucket = isObjectCall(event) ? addressOf(recordedCall(event))?.bucket : undefined
  return bucket === undefined ? undefined : `bucket ${bucket}`
}

/** Goes through the texts of an answer, also those in JSON in a text. */
function look(value: unknown, found: (name: string, text: string) => void, name = '', level = 0): void {
  if (level > DEEPEST) return
  if (typeof value === 'string') {
    const inside = jsonIn(value)
    if (inside === undefined) found(name, value)
    else look(inside, found, name, level + 1)
  } else if (Array.isArray(value)) for (const each of value) look(each, found, name, level + 1)
  else if (typeof value === 'object' && value !== null)
    for (const [member, each] of Object.entries(value)) look(each, found, member, level + 1)
}
