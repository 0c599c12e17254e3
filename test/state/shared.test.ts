/** What captures and copies share: whatever happens to one of them happens to no other, at sizes at which what is shared is split. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { State } from '../../src/state/state.js'

const SEED = 20260101

const filmSchema = z.object({ id: z.string(), category: z.string(), mark: z.int() })

type Film = z.output<typeof filmSchema>

/** A state with films by id and category, and how often each mark is held. */
function world(held = new Map<number, number>()) {
  const count = (mark: number, by: number): void => {
    held.set(mark, (held.get(mark) ?? 0) + by)
  }
  const state = new State()
  const films = state.collection({
    name: 'films',
    schema: filmSchema,
    keyOf: ({ id }) => id,
    indexes: { category: ({ category }) => category, mark: ({ mark }) => String(mark) },
    holding: {
      retain: ({ mark }) => count(mark, 1),
      release: ({ mark }) => count(mark, -1),
      encode: (film) => film,
      decode: (json) => filmSchema.parse(json),
    },
  })
  const table = state.table<number>({ name: 'numbers', schema: z.int() })
  /** Puts a film, and gives back the one whose place it takes. */
  const put = (film: Film): void => {
    const former = films.get(film.id)
    films.put(film)
    count(film.mark, 1)
    if (former) count(former.mark, -1)
  }
  const remove = (id: string): void => {
    const former = films.get(id)
    if (films.delete(id) && former) count(former.mark, -1)
  }
  return { state, films, table, put, remove, held }
}

type World = ReturnType<typeof world>

/** The same, with nothing but arrays. */
interface Model {
  films: Film[]
  numbers: [string, number][]
}

function expectSame({ films, table }: World, model: Model): void {
  expect(films.list().rows).toEqual(model.films)
  for (const category of ['0', '1', '2']) {
    const expected = model.films.filter((film) => film.category === category)
    expect(films.list({ by: { category } })).toEqual({ total: expected.length, rows: expected })
  }
  expect(model.films.every((film) => films.get(film.id) === films.getBy('mark', String(film.mark)))).toBe(true)
  expect([...table.pairs()]).toEqual(model.numbers)
  expect([films.count, table.size]).toEqual([model.films.length, model.numbers.length])
}

const idOf = (number: number): string => `film-${number}`

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('put' as const), from: fc.nat(3000), count: fc.integer({ min: 1, max: 700 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('update' as const), from: fc.nat(3000), count: fc.integer({ min: 1, max: 300 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('remove' as const), from: fc.nat(3000), count: fc.integer({ min: 1, max: 700 }) }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('copy' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('end' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('clear' as const) }) },
)

test('copies of copies, each changed at random', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), step), { minLength: 5, maxLength: 40 }), (steps) => {
      const origin = world()
      const alive: { world: World; model: Model }[] = [{ world: origin, model: { films: [], numbers: [] } }]
      let marks = 0
      for (const [which, { does, from = 0, count = 0 }] of steps as [number, { does: string; from?: number; count?: number }][]) {
        const { world: one, model } = alive[which % alive.length] as (typeof alive)[number]
        const numbers = Array.from({ length: count }, (_, index) => from + index)
        if (does === 'put') {
          for (const number of numbers) {
            const film = { id: idOf(number), category: String(number % 3), mark: ++marks }
            one.put(film)
            one.table.set(film.id, film.mark)
          }
          const fresh = numbers.map((number, index) => ({
            id: idOf(number),
            category: String(number % 3),
            mark: marks - count + index + 1,
          }))
          const ids = new Set(fresh.map(({ id }) => id))
          model.films = [...model.films.filter(({ id }) => !ids.has(id)), ...fresh]
          const there = new Map(model.numbers)
          for (const { id, mark } of fresh) there.set(id, mark)
          model.numbers = [...there]
        } else if (does === 'update') {
          const changed = new Set(numbers.map(idOf))
          const change = (film: Film): void => {
            film.category = String((Number(film.category) + 1) % 3)
          }
          for (const id of changed) one.films.update(id, change)
          model.films = model.films.map((film) => {
            const copy = { ...film }
            if (changed.has(film.id)) change(copy)
            return copy
          })
        } else if (does === 'remove') {
          const gone = new Set(numbers.map(idOf))
          for (const id of gone) {
            one.remove(id)
            one.table.delete(id)
          }
          model.films = model.films.filter(({ id }) => !gone.has(id))
          model.numbers = model.numbers.filter(([id]) => !gone.has(id))
        } else if (does === 'clear') {
          one.films.clear()
          one.table.clear()
          Object.assign(model, { films: [], numbers: [] })
        } else if (does === 'copy') {
          const captured = one.state.capture({ accountId: '', seed: '' }, {})
          const copy = world(origin.held)
          copy.state.restore(captured)
          one.state.release(captured)
          alive.push({ world: copy, model: { ...model } })
        } else if (alive.length > 1) {
          one.state.dispose()
          alive.splice(which % alive.length, 1)
        }
      }
      for (const { world: one, model } of alive) expectSame(one, model)
      // What is held is what somebody has, and nothing else.
      const had = new Set(alive.flatMap(({ model }) => model.films.map(({ mark }) => mark)))
      expect([...origin.held].filter(([mark, owners]) => owners < 0 || owners > 0 !== had.has(mark))).toEqual([])
      for (const { world: one } of alive) one.state.dispose()
      expect([...origin.held.values()].filter((owners) => owners !== 0)).toEqual([])
    }),
    { numRuns: 60, seed: SEED },
  )
})

describe('going through a table while it changes', () => {
  const filled = () => {
    const table = new State().table<number>({ name: 'numbers', schema: z.int() })
    for (let number = 0; number < 2000; number++) table.set(String(number), number)
    return table
  }

  test('leaves out what is removed, and comes to what is added', () => {
    const table = filled()
    const seen: number[] = []
    for (const [key, number] of table.pairs()) {
      seen.push(number)
      table.delete(key)
      if (number % 2 === 0) table.delete(String(number + 1))
      if (number === 1000) table.set('last', -1)
    }
    expect(seen).toEqual([...Array.from({ length: 1000 }, (_, index) => index * 2), -1])
    expect(table.size).toBe(0)
  })

  test('does not come to what a copy adds', () => {
    const table = filled()
    const copy = new State().table<number>({ name: 'numbers', schema: z.int() })
    copy.restore(table.capture())
    let seen = 0
    for (const _ of table.values()) copy.set(`more ${++seen}`, seen)
    expect([seen, table.size, copy.size]).toEqual([2000, 2000, 4000])
  })
})
