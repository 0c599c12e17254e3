/** The nonces that an account remembers, as a part of its state. */

import { z } from 'zod'
import { textHash } from '../base/text-hash.js'
import type { Capture, Json, JsonEntry, StateTable } from '../state/part.js'
import { readEntries } from '../state/read.js'
import type { Rows } from '../state/rows.js'
import { NonceLayer } from './nonce-layer.js'

/** The first nonces of a layer, which is only added to: who has captured it shares it, and knows how many there were. */
interface View {
  layer: NonceLayer
  size: number
}

/** Nonces of one age. */
interface Generation {
  number: number
  views: readonly View[]
}

class CapturedNonces implements Capture {
  constructor(readonly generations: readonly Generation[]) {}

  share(): Capture {
    return this
  }

  dispose(): void {}
}

const numberSchema = z.int()

/**
 * Nonces in generations, which are forgotten as a whole. A table of records would do as well, at ten times the time and memory: every call adds one, and
 * none is ever changed or asked for by anything but its name.
 */
export class NonceTable implements StateTable {
  readonly name = 'nonces'
  onChange: StateTable['onChange']
  /** Older ones first; of the last one, all layers but the one below. */
  #generations: Generation[] = []
  /** The latest nonces of the generation {@link #number}: nobody else adds to it. */
  #layer = new NonceLayer()
  #number = 0

  /** `number`: the generation of nonces that are added from now on; `expected`: how many there may well be. */
  begin(number: number, expected = 0): void {
    this.#seal()
    this.#layer = new NonceLayer(expected)
    this.#number = number
  }

  /** Adds a nonce; false if it is there. */
  add(nonce: string): boolean {
    const hash = textHash(nonce)
    if (this.#layer.numberOf(nonce, hash) >= 0) return false
    for (const { views } of this.#generations) if (isIn(views, nonce, hash)) return false
    this.#layer.add(nonce, hash)
    this.onChange?.(nonce, true)
    return true
  }

  /** How many there are of a generation. */
  count(number: number): number {
    return this.#all().reduce((sum, each) => (each.number === number ? each.views.reduce((part, { size }) => part + size, sum) : sum), 0)
  }

  /** Forgets all of the generations before one. */
  forgetBefore(number: number): void {
    this.#seal()
    const { onChange } = this
    const forgotten = this.#generations.filter((each) => each.number < number)
    this.#generations = this.#generations.filter((each) => each.number >= number)
    if (onChange) for (const [nonce] of entriesOf(forgotten)) onChange(nonce, false)
  }

  entries(): Iterable<JsonEntry> {
    return entriesOf(this.#all())
  }

  entry(key: string): Json | undefined {
    const hash = textHash(key)
    if (this.#layer.numberOf(key, hash) >= 0) return this.#number
    return this.#generations.find(({ views }) => isIn(views, key, hash))?.number
  }

  async read(entries: Iterable<JsonEntry>): Promise<Capture> {
    const options = {}
    const read = (await readEntries<number>(entries, {
      name: this.name,
      decode: (json) => numberSchema.parse(json),
      options,
    })) as Rows<number>
    const generations = new Map<number, NonceLayer>()
    for (const { key, row: number } of read) {
      const layer = generations.get(number) ?? new NonceLayer()
      generations.set(number, layer)
      layer.add(key, textHash(key))
    }
    const inOrder = [...generations].sort(([a], [b]) => a - b)
    return new CapturedNonces(inOrder.map(([number, layer]) => ({ number, views: [{ layer, size: layer.size }] })))
  }

  write(capture: Capture): Iterable<JsonEntry> {
    return entriesOf((capture as CapturedNonces).generations)
  }

  capture(): Capture {
    return new CapturedNonces(this.#all())
  }

  restore(capture: Capture): void {
    this.#generations = [...(capture as CapturedNonces).generations]
    this.#layer = new NonceLayer()
  }

  dispose(): void {}

  /** All there are, at this moment. */
  #all(): Generation[] {
    if (this.#layer.size === 0) return [...this.#generations]
    const view = { layer: this.#layer, size: this.#layer.size }
    const last = this.#generations.at(-1)
    if (last?.number !== this.#number) return [...this.#generations, { number: this.#number, views: [view] }]
    return [...this.#generations.slice(0, -1), { number: this.#number, views: [...last.views, view] }]
  }

  /** What is added from now on goes into a layer of its own. */
  #seal(): void {
    this.#generations = this.#all()
    this.#layer = new NonceLayer()
  }
}

const isIn = (views: readonly View[], nonce: string, hash: number): boolean =>
  views.some(({ layer, size }) => {
    const number = layer.numberOf(nonce, hash)
    return number >= 0 && number < size
  })

function* entriesOf(generations: readonly Generation[]): Generator<JsonEntry> {
  for (const { number, views } of generations)
    for (const { layer, size } of views) for (const [nonce, order] of layer) if (order < size) yield [nonce, number]
}
