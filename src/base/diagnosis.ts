/** What is known about a signature that does not match, as refusals carry it. */

/** What is known about a signature that does not match. */
export interface Diagnosis {
  /** The mistake that leads to the client's signature, in words, or that none of the known ones does. */
  cause: string
  /** What the server signed: of signatures that sign a hash, the canonical request that is hashed, unless the mistake lies behind it. */
  serverStringToSign: string
  /** What the client must have signed, if the mistake could be told. */
  clientStringToSign?: string
  /** Where the two differ, or that they are equal, in one sentence. */
  comparison?: string
  /** The first place at which the two differ; missing if they are equal. */
  firstDifference?: Difference
}

/** The first place at which two texts differ. */
export interface Difference {
  /** How many characters they have in common before it. */
  position: number
  /** What surrounds the place on either side. */
  client: string
  server: string
  /** The same for the eye: client, server, and a caret under the place. Control characters are shown as pictures, a line break as ␊. */
  marked: readonly [client: string, server: string, caret: string]
}
