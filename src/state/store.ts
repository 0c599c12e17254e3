/** The port behind which a cloud's state outlives the process. */

/** What is to be stored, by key; `undefined` removes a key. Values are JSON texts. */
export type Changes = ReadonlyMap<string, string | undefined>

/** Keeps texts by key, and files. Of one process alone. */
export interface Store {
  /** Folder for the files that stored values name. */
  readonly files: string
  /** All that is stored. */
  load(): Promise<ReadonlyMap<string, string>>
  /** Stores all changes or none. When this resolves, they survive the end of the process, whatever ends it. */
  commit(changes: Changes): Promise<void>
  /** Gives the store up. Nothing may be under way. */
  close(): Promise<void>
}
