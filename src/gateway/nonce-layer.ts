/** Texts that are only added to, as bytes: tens of thousands of short ones that outlive the calls they came with. */

/** Room for so many texts in the beginning, and bytes of a block: most accounts get few calls. */
const FIRST_TEXTS = 16
const FIRST_BLOCK = 1024

/** Bytes of any other block: as many as 16 bits can tell apart. What is longer than a block gets one of its own. */
const BLOCK = 65_536

/**
 * A set of texts in the order in which they were added. As strings in a map they would take three times the memory, all of which each collection of garbage
 * would look at.
 */
export class NonceLayer {
  size = 0
  /** What all texts consist of. Full ones stay as they are. */
  readonly #blocks: Buffer[] = []
  /** Bytes of the last block that are taken. */
  #taken = 0
  /** By number of a text: the number of its block times 65,536, and where in it its bytes begin. */
  #starts = NO_WORDS
  /** By number of a text: how many bytes it has, twice, and one more if they are of UTF-16 and not one for each character. */
  #lengths = NO_WORDS
  /** By number of a text: its hash. */
  #hashes = NO_WORDS
  /** Numbers of texts, each more by one, where their hashes lead or behind that; 0 where there is none. Twice as many as there are texts at least. */
  #places = NO_WORDS

  /** `expected`: how many texts there may well be. */
  constructor(private readonly expected = 0) {}

  /** The number of a text, counted from 0; -1 if it is not there. `hash`: its `textHash`. */
  numberOf(text: string, hash: number): number {
    if (this.size === 0) return -1
    const places = this.#places
    const mask = places.length - 1
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = (places[place] as number) - 1
      if (number < 0) return -1
      if (this.#hashes[number] === hash && this.#textAt(number) === text) return number
    }
  }

  /** Adds a text that is not there yet. */
  add(text: string, hash: number): void {
    if (this.size === this.#hashes.length) this.#makeRoom()
    const wide = !isNarrow(text)
    const length = (wide ? 2 : 1) * text.length
    const block = this.#blockFor(length)
    const start = this.#taken
    if (wide) block.write(text, start, 'utf16le')
    else for (let index = 0; index < length; index++) block[start + index] = text.charCodeAt(index)
    this.#taken += length
    this.#starts[this.size] = (this.#blocks.length - 1) * BLOCK + start
    this.#lengths[this.size] = 2 * length + (wide ? 1 : 0)
    this.#hashes[this.size] = hash
    this.#place(this.size++)
  }

  /** The texts, each with its number. What is added meanwhile counts. */
  *[Symbol.iterator](): Generator<[text: string, number: number]> {
    for (let number = 0; number < this.size; number++) yield [this.#textAt(number), number]
  }

  #textAt(number: number): string {
    const [place, length] = [this.#starts[number] as number, this.#lengths[number] as number]
    const start = place % BLOCK
    const block = this.#blocks[(place - start) / BLOCK] as Buffer
    return block.toString((length & 1) === 1 ? 'utf16le' : 'latin1', start, start + (length >>> 1))
  }

  /** The block that so many bytes fit into behind those that are taken. */
  #blockFor(bytes: number): Buffer {
    const last = this.#blocks.at(-1)
    if (last !== undefined && this.#taken < BLOCK && this.#taken + bytes <= last.length) return last
    const next = Buffer.alloc(Math.max(last === undefined ? FIRST_BLOCK : BLOCK, bytes))
    this.#blocks.push(next)
    this.#taken = 0
    return next
  }

  #makeRoom(): void {
    const most = this.size === 0 ? 2 ** Math.ceil(Math.log2(Math.max(this.expected, FIRST_TEXTS))) : 2 * this.size
    this.#starts = copied(this.#starts, most)
    this.#lengths = copied(this.#lengths, most)
    this.#hashes = copied(this.#hashes, most)
    this.#places = new Int32Array(2 * most)
    for (let number = 0; number < this.size; number++) this.#place(number)
  }

  #place(number: number): void {
    const places = this.#places
    const mask = places.length - 1
    let place = (this.#hashes[number] as number) & mask
    while (places[place] !== 0) place = (place + 1) & mask
    places[place] = number + 1
  }
}

const NO_WORDS = new Int32Array(0)

function copied(words: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length)
  copy.set(words)
  return copy
}

/** True for a text of which each character is one byte. */
function isNarrow(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0xff) return false
  return true
}
