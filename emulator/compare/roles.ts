/** Which value of the emulator has the role that a value of the upstream has: ids, addresses, tickets and tokens are never the same in both. */

import { parsePairs } from '../../src/http/encoding.js'

/** Values that are remembered; the oldest go first. */
const MAX_KNOWN = 1_000_000

/** Shorter pieces of a value, such as a segment of a path, mean something else elsewhere. */
const SHORTEST_PIECE = 8

/** What a value is made of, where it is made of several things. */
const PIECES = /[A-Za-z0-9_-]+/g

/** A key, as the emulator has handed it out. */
export interface HandedOutKey {
  accessKeyId: string
  accessKeySecret: string
  securityToken?: string
}

/** Pairs of values that have one role. */
export class Roles {
  readonly #ours = new Map<string, string>()
  readonly #theirs = new Map<string, string>()
  readonly #pieces = new Map<string, string>()
  /** Keys that the emulator has handed out, by their ids. */
  readonly #keys = new Map<string, HandedOutKey>()

  /** `accountId`: of the emulator's account. `under`: what is known already, and stays as it is until {@link commit}. */
  constructor(
    readonly accountId: string,
    private readonly under?: Roles,
  ) {}

  /** Roles that can be given up again. */
  attempt(): Roles {
    return new Roles(this.accountId, this)
  }

  /** Keeps what was learned in an attempt. */
  commit(): void {
    const { under } = this
    if (under === undefined) return
    for (const [theirs, ours] of this.#ours) under.learn(theirs, ours)
    for (const key of this.#keys.values()) under.learnKey(key)
  }

  /** Our value for one of the upstream's. */
  ours(theirs: string): string | undefined {
    return this.#ours.get(theirs) ?? this.under?.ours(theirs)
  }

  /** The upstream's value for one of ours. */
  theirs(ours: string): string | undefined {
    return this.#theirs.get(ours) ?? this.under?.theirs(ours)
  }

  key(accessKeyId: string): HandedOutKey | undefined {
    return this.#keys.get(accessKeyId) ?? this.under?.key(accessKeyId)
  }

  /** Takes note of two values with one role, and of the pieces of which they are made alike. */
  learn(theirs: string, ours: string): void {
    remember(this.#ours, theirs, ours)
    remember(this.#theirs, ours, theirs)
    const key = urlKey(theirs)
    if (key !== undefined && urlKey(ours) !== undefined) remember(this.#ours, key, ours)
    if (theirs.replace(PIECES, '') !== ours.replace(PIECES, '')) return
    const [pieces, others] = [theirs.match(PIECES) ?? [], ours.match(PIECES) ?? []]
    if (pieces.length < 2) return
    for (const [index, piece] of pieces.entries()) {
      const other = others[index]
      if (other !== undefined && piece !== other && isPiece(piece) && isPiece(other)) remember(this.#pieces, piece, other)
    }
  }

  learnKey(key: HandedOutKey): void {
    this.#keys.set(key.accessKeyId, key)
  }

  /** The same text with our values in the place of the upstream's. */
  translate(text: string): string {
    const whole = this.ours(text)
    if (whole !== undefined) return whole
    if (text.length < SHORTEST_PIECE) return text
    return text.replace(PIECES, (piece) => (piece.length < SHORTEST_PIECE ? piece : (this.ours(piece) ?? this.pieceOf(piece) ?? piece)))
  }

  /** Our URL for one that the upstream has handed out, however it is written. */
  url(theirs: string): string | undefined {
    const key = urlKey(theirs)
    return key === undefined ? undefined : this.ours(key)
  }

  /** Our piece of a value for one of the upstream's. */
  private pieceOf(theirs: string): string | undefined {
    return this.#pieces.get(theirs) ?? this.under?.pieceOf(theirs)
  }
}

/** Words mean something; what has digits and letters in it was made up by one side. */
const isPiece = (text: string): boolean => text.length >= SHORTEST_PIECE && /\d/.test(text)

/** A URL without what writers differ in: the scheme, the order of the parameters, how they are encoded. */
function urlKey(text: string): string | undefined {
  const [, host, path = '', query = ''] = /^https?:\/\/([^/?#\s]+)([^?#\s]*)(?:\?([^#\s]*))?$/i.exec(text) ?? []
  if (host === undefined) return undefined
  const pairs = parsePairs(query).map(([name, value]) => `${name}=${value}`)
  return `url ${host.toLowerCase().replace(/:(?:80|443)$/, '')}${decoded(path)}?${pairs.sort().join('&')}`
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function remember(map: Map<string, string>, key: string, value: string): void {
  map.set(key, value)
  if (map.size <= MAX_KNOWN) return
  for (const oldest of map.keys()) {
    map.delete(oldest)
    return
  }
}
