/** How a cloud is laid out in a store: keys, values, and reading them. */

import { z } from 'zod'
import { problemOf } from '../base/problem.js'
import type { Json, JsonEntry } from './part.js'
import { VERSION } from './state.js'

/**
 * Keys of the store. An account goes by its first access key, which no other account has. Neither that nor the name of a part has a slash;
 * the key of an entry, which comes last, may have any.
 */
export const keyOf = {
  cloud: 'cloud',
  account: (id: string): string => `account/${id}`,
  cell: (id: string, cell: string): string => `cell/${id}/${cell}`,
  entry: (id: string, part: string, key: string): string => `entry/${id}/${part}/${key}`,
}

/** What is stored of the cloud itself. */
const cloudSchema = z.strictObject({
  /** Version of the documents that the accounts would be. */
  version: z.int().min(1).max(VERSION).default(1),
  /** What the ids of the default account are made of, and the names of further ones. */
  seed: z.string(),
  /** Accounts that have been created so far without a seed of their own. */
  created: z.int(),
  /** Copies of accounts that have been made so far. */
  forked: z.int().default(0),
  /** Segments of bytes that have been made so far. */
  segments: z.int(),
  /** Ids drawn for calls that led to no account. */
  strayIds: z.int(),
})

const keyPairSchema = z.strictObject({ accessKeyId: z.string(), accessKeySecret: z.string() })

/** What is stored of an account beside its state: its place in the cloud, what it was created with, and whose state it has. */
const accountSchema = z.strictObject({
  place: z.strictObject({
    accountId: z.string(),
    keySeed: z.string(),
    rootKeys: z.array(keyPairSchema).min(1),
    resultKey: keyPairSchema,
  }),
  options: z.looseObject({ seed: z.string() }),
  tenant: z.strictObject({ accountId: z.string(), seed: z.string() }),
})

/** Accounts, and the entries of a part, are in the order of their numbers. */
const numberedAccountSchema = z.tuple([z.int(), accountSchema])
const numberedEntrySchema = z.tuple([z.int(), z.json()])

export type CloudRecord = z.output<typeof cloudSchema>
export type AccountRecord = z.output<typeof accountSchema>

/** A part as it was stored. */
export interface StoredPart {
  entries: JsonEntry[]
  /** Numbers by key. */
  numbers: Map<string, number>
}

/** An account as it was stored. */
export interface StoredAccount {
  id: string
  /** Its number. */
  order: number
  record: AccountRecord
  cells: Record<string, Json>
  parts: Map<string, StoredPart>
}

/** A cloud as it was stored. */
export interface StoredCloud {
  record: CloudRecord
  /** In order. */
  accounts: StoredAccount[]
}

/** Reads all that is stored, with its keys in order; `undefined` if there is nothing. Throws an `Error` that names a key that cannot be read. */
export function readStored(values: ReadonlyMap<string, string>): StoredCloud | undefined {
  let record: CloudRecord | undefined
  const accounts = new Map<string, StoredAccount>()
  for (const [key, text] of values) {
    try {
      const json: unknown = JSON.parse(text)
      const [kind, id = '', name = ''] = key.split('/', 3) as [string, string?, string?]
      if (kind === 'cloud') record = cloudSchema.parse(json)
      else if (kind === 'account') {
        const [order, account] = numberedAccountSchema.parse(json)
        accounts.set(id, { id, order, record: account, cells: {}, parts: new Map() })
      } else readInto(accounts.get(id), kind, name, key, json)
    } catch (error) {
      throw new Error(`what is stored as ${key} cannot be read: ${problemOf(error)}`, { cause: error })
    }
  }
  if (record === undefined && accounts.size === 0) return undefined
  if (record === undefined) throw new Error('nothing is stored of the cloud itself')
  for (const { parts } of accounts.values())
    for (const { entries, numbers } of parts.values()) entries.sort(([a], [b]) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0))
  return { record, accounts: [...accounts.values()].sort((a, b) => a.order - b.order) }
}

function readInto(account: StoredAccount | undefined, kind: string, name: string, key: string, json: unknown): void {
  if (account === undefined) throw new Error('nothing is stored of its account')
  if (kind === 'cell') account.cells[name] = json as Json
  else if (kind === 'entry') {
    let part = account.parts.get(name)
    if (part === undefined) {
      part = { entries: [], numbers: new Map() }
      account.parts.set(name, part)
    }
    const [number, value] = numberedEntrySchema.parse(json)
    const entry = key.slice(keyOf.entry(account.id, name, '').length)
    part.entries.push([entry, value])
    part.numbers.set(entry, number)
  } else throw new Error('nothing has such a key')
}
