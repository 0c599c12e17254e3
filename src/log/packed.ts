/**
 * Calls as bytes. A thousand calls are many thousands of texts and objects, of which some go with every call that comes: collecting them would take longer than
 * all else that the log does (docs/decisions/0018-way-of-a-call.md). So a call is written into a block of bytes, and read when somebody asks for it. A block is
 * written anew when all calls in it are gone.
 */

import { attachedSizeOf, type CallRecord } from './record.js'

/** Bytes of an account's first block, for most accounts have few calls; and of its later ones. */
const FIRST_BLOCK = 4096
const BLOCK = 65_536

/** Bytes of the largest call that is put into a block, if each of its letters takes four. */
const LARGEST = BLOCK / 2

/** Words of four bytes before the texts of a call: two each for the time and for how long it took, one each for what {@link PackedCall.read} names. */
const HEAD = 9

type Head = [status: number, secure: number, headers: number, answerHeaders: number, textBytes: number]

/** The length of a text that there is none of. */
const ABSENT = 0xffff_ffff

const NOTHING = new Uint8Array()

/** Bytes, and how many calls are in them. */
class Block {
  readonly bytes: Buffer
  readonly words: Uint32Array
  readonly doubles: Float64Array
  /** Words that are written. */
  used = 0
  calls = 0

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size)
    this.words = new Uint32Array(this.bytes.buffer)
    this.doubles = new Float64Array(this.bytes.buffer)
  }
}

/** What hardly a call has. */
type Rare = Pick<CallRecord, 'operation' | 'faults' | 'variations' | 'source'>

/** A call in a block. */
export class PackedCall {
  constructor(
    readonly block: Block,
    /** Its first word. */
    readonly start: number,
    readonly requestId: string,
    readonly action: CallRecord['action'],
    readonly identity: CallRecord['identity'],
    readonly error: unknown,
    readonly body: Uint8Array | undefined,
    readonly rare: Rare | undefined,
    /** How much of the log it takes, in bytes. */
    readonly size: number,
  ) {}

  /** See {@link CallRecord.at}. */
  get at(): number {
    return this.block.doubles[this.start / 2] as number
  }

  /** The call as it was. */
  read(): CallRecord {
    const { requestId, action, identity, error, body = NOTHING, rare, start } = this
    const { bytes, words, doubles } = this.block
    const [status, secure, headers, answerHeaders, textBytes] = words.subarray(start + 4) as unknown as Head
    const lengths = words.subarray(start + HEAD)
    const from = 4 * (start + HEAD + TEXTS + 2 * (headers + answerHeaders))
    const text = bytes.toString('utf8', from, from + textBytes)
    let position = 0
    let next = 0
    const optional = (): string | undefined => {
      const length = lengths[next++] as number
      if (length === ABSENT) return undefined
      position += length
      return text.slice(position - length, position)
    }
    const required = (): string => optional() as string
    const pairs = (count: number): Record<string, string> => {
      const all: [name: string, value: string][] = []
      for (let pair = 0; pair < count; pair++) all.push([required(), required()])
      // A header may be called as what an assignment does not add: `__proto__`.
      return Object.fromEntries(all)
    }
    const [method, host, path, query, clientAddress, answer] = [required(), required(), required(), required(), optional(), optional()]
    const call = { method, host, path, query, headers: pairs(headers), body }
    return {
      ...rare,
      requestId,
      at: doubles[start / 2] as number,
      call: { ...call, ...(clientAddress !== undefined && { clientAddress }), ...(secure === 1 && { secure: true }) },
      action,
      identity,
      status,
      answer,
      answerHeaders: pairs(answerHeaders),
      error,
      elapsedMs: doubles[start / 2 + 1] as number,
    }
  }
}

/** Texts of a call that are not headers. */
const TEXTS = 6

/** Where the texts of a call are put together; each use fills it anew, and is over before the next one begins. */
const texts: (string | undefined)[] = []

/** Adds names and values to {@link texts}, and returns how many of either. */
function addPairs(headers: Readonly<Record<string, string | undefined>>): number {
  const before = texts.length
  for (const name in headers) if (headers[name] !== undefined) texts.push(name, headers[name])
  return (texts.length - before) / 2
}

const NONE: Readonly<Record<string, string>> = {}

/** The blocks of one account. */
export class Packer {
  #block: Block | undefined
  /** One that is to be written anew. */
  #spare: Block | undefined

  /** A call as bytes; or as it is, if it is too large for a block, or holds what is no text that bytes can stand for. */
  pack(record: CallRecord): PackedCall | CallRecord {
    const { requestId, call, action, identity, error, answer, answerHeaders = NONE } = record
    texts.length = 0
    texts.push(call.method, call.host, call.path, call.query, call.clientAddress, answer)
    const headers = addPairs(call.headers)
    const answered = addPairs(answerHeaders)
    let most = HEAD + texts.length
    for (const each of texts) most += each?.length ?? 0
    // What is too large is not put together first.
    if (4 * most > LARGEST) return record
    const text = texts.join('')
    if (!text.isWellFormed()) return record
    const block = this.#blockFor(most)
    const { words, doubles } = block
    const start = block.used
    doubles[start / 2] = record.at
    doubles[start / 2 + 1] = record.elapsedMs
    words[start + 4] = record.status
    words[start + 5] = call.secure ? 1 : 0
    words[start + 6] = headers
    words[start + 7] = answered
    const lengths = start + HEAD
    for (let index = 0; index < texts.length; index++) words[lengths + index] = texts[index]?.length ?? ABSENT
    const from = lengths + texts.length
    const bytes = block.bytes.write(text, 4 * from, 'utf8')
    words[start + 8] = bytes
    // Times are doubles, and begin at every second word.
    block.used = 2 * Math.ceil((from + bytes / 4) / 2)
    block.calls++
    const body = call.body.byteLength > 0 ? call.body : undefined
    const size = 4 * (block.used - start) + attachedSizeOf(record)
    return new PackedCall(block, start, requestId, action, identity, error, body, rareOf(record), size)
  }

  /** Nobody is going to read a call any more. */
  drop({ block }: PackedCall): void {
    if (--block.calls > 0 || block === this.#block || block.bytes.byteLength < BLOCK) return
    block.used = 0
    this.#spare = block
  }

  /** The block that is written, or another one if it has no room for so many words. */
  #blockFor(words: number): Block {
    const current = this.#block
    if (current?.calls === 0) current.used = 0
    if (current && 4 * (current.used + words) <= current.bytes.byteLength) return current
    const next = this.#spare ?? new Block(current === undefined && 4 * words <= FIRST_BLOCK ? FIRST_BLOCK : BLOCK)
    this.#spare = undefined
    this.#block = next
    return next
  }
}

/** What hardly a call has, if this one has any of it. */
function rareOf({ operation, faults, variations, source }: CallRecord): Rare | undefined {
  if (operation === undefined && faults === undefined && variations === undefined && source === undefined) return undefined
  return { ...(operation && { operation }), faults, variations, source }
}
