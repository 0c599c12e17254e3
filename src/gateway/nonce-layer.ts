/** Texts that are only added to, as bytes: tens of thousands of short ones that outlive the calls they came with. */

/** Room for so many texts, and bytes of them, in the beginning: most accounts get few calls. */
const FIRST_TEXTS = 16
const FIRST_BYTES = 1024

/**
 * A set of texts in the order in which they were added. As strings in a map they would take three times the memory, all of it looked at by each collection of
 * garbage, and a new one for each text.
 */
export class NonceLayer {
  size = 0
  /** What all texts consist of, one behind the other. */
  #bytes = NOTHING
  /** By number of a text: where its bytes end, twice, and one more if they are of UTF-16 and not one for each character. */
  #ends = NO_WORDS
  /** By number of a text: its hash. */
  #hashes = NO_WORDS
  /** Numbers of texts, each more by one, where their hashes lead or behind that; 0 where there is none. Twice as many as there are texts at least. */
  #places = NO_WORDS

  /** The number of a text, counted from 0; -1 if it is not there. `hash`: its `textHash`. */
  numberOf(text: string, hash: number): number {
    const places = this.#places
    const mask = places.length - 1
    for (let place = hash & mask; mask >= 0; place = (place + 1) & mask) {
      const number = (places[place] as number) - 1
      if (number < 0) return -1
      if (this.#hashes[number] === hash && this.#textAt(number) === text) return number
    }
    return -1
  }

  /** Adds a text that is not there yet. */
  add(text: string, hash: number): void {
    if (this.size === this.#hashes.length) this.#growTexts()
    const start = this.size === 0 ? 0 : (this.#ends[this.size - 1] as number) >>> 1
    const wide = !isNarrow(text)
    const end = start + (wide ? 2 : 1) * text.length
    if (end > this.#bytes.length) this.#growBytes(end)
    if (wide) this.#bytes.write(text, start, 'utf16le')
    else for (let index = 0; index < text.length; index++) this.#bytes[start + index] = text.charCodeAt(index)
    this.#ends[this.size] = 2 * end + (wide ? 1 : 0)
    this.#hashes[this.size] = hash
    this.#place(this.size++)
  }

  /** The texts, each with its number. What is added meanwhile counts. */
  *[Symbol.iterator](): Generator<[text: string, number: number]> {
    for (let number = 0; number < this.size; number++) yield [this.#textAt(number), number]
  }

  #textAt(number: number): string {
    const start = number === 0 ? 0 : (this.#ends[number - 1] as number) >>> 1
    const end = this.#ends[number] as number
    return this.#bytes.toString((end & 1) === 1 ? 'utf16le' : 'latin1', start, end >>> 1)
  }

  #place(number: number): void {
    const places = this.#places
    const mask = places.length - 1
    let place = (this.#hashes[number] as number) & mask
    while (places[place] !== 0) place = (place + 1) & mask
    places[place] = number + 1
  }

  #growTexts(): void {
    const most = Math.max(2 * this.size, FIRST_TEXTS)
    this.#ends = copied(this.#ends, most)
    this.#hashes = copied(this.#hashes, most)
    this.#places = new Int32Array(2 * most)
    for (let number = 0; number < this.size; number++) this.#place(number)
  }

  #growBytes(needed: number): void {
    const bytes = Buffer.alloc(Math.max(2 * this.#bytes.length, needed, FIRST_BYTES))
    this.#bytes.copy(bytes)
    this.#bytes = bytes
  }
}

const NOTHING = Buffer.alloc(0)
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
