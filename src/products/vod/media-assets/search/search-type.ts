/** What differs from one kind of media to another when they are searched. */

import type { Account } from '../../../../account/types.js'
import type { Keys } from '../../../../state/collection.js'
import type { Fields } from './field.js'

/** What every medium has. */
export interface MediaRecord {
  createdAt: number
  modifiedAt: number
}

/** What a search needs of a collection. */
export interface Searched<Row> {
  get: (key: string) => Row | undefined
  numberOf: (key: string) => number | undefined
  list: (page: { by?: Keys<string> }) => { rows: Row[] }
}

/** A kind of media that can be searched. */
export interface SearchType<Row extends MediaRecord = MediaRecord> {
  /** Value of the parameter SearchType. */
  name: 'video' | 'audio' | 'image' | 'attached'
  /** Member of the answer that holds what Fields asks for. */
  member: 'Video' | 'Audio' | 'Image' | 'AttachedMedia'
  /** Whether its hits beyond the first thousands can be reached. */
  traversable: boolean
  collection: (account: Account) => Searched<Row>
  /** Where the collection has others, too: what those of this kind are found by. */
  by?: Keys<string>
  /** The same for a single one. Default: all are. */
  includes?: (row: Row) => boolean
  keyOf: (row: Row) => string
  /** Names of the fields that are answered if Fields asks for none. */
  basic: readonly string[]
  fields: Fields<Row>
}
