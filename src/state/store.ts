/** The port behind which a cloud's state outlives the process. */

/** What is to be stored, by key; `undefined` removes a key. Values are JSON texts. */
export type Changes = ReadonlyMap<string, string | undefined>

/** What else there is to say of a commit. */
export interface CommitOptions {
  /** Files that nothing needs once this is stored: then they are removed. */
  unneeded?: readonly string[]
  /** True: nothing is stored after this, so it may take what room there is left. */
  last?: boolean
}

/** Keeps texts by key, and files. Of one process alone. */
export interface Store {
  /** Folder for the files that stored values name. */
  readonly files: string
  /** Folder for files that no stored value names, though they were found among the others. It need not be there. */
  readonly orphans: string
  /** All that is stored. */
  load(): Promise<ReadonlyMap<string, string>>
  /**
   * Stores all changes or none. When this resolves, they survive the end of the process, whatever ends it. Rejects with a {@link NoSpaceError} if
   * there is no room for them: of what makes room more can be stored than of what only takes some.
   */
  commit(changes: Changes, options?: CommitOptions): Promise<void>
  /** Gives the store up. Nothing may be under way. */
  close(): Promise<void>
}

/** There is no room for what is to be stored. */
export class NoSpaceError extends Error {
  override readonly name = 'NoSpaceError'
}
