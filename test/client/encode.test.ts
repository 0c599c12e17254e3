/** Parameters as callers write them, on the wire. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encodeParams } from '../../src/actions/encode.js'
import { flattenParams } from '../../src/http/flatten-params.js'
import { compileDecoder } from '../../src/params/decoder.js'
import { boolean, float, integer, long, text, utcTime } from '../../src/params/scalars.js'
import { csv, json, repeated, repeatedObject } from '../../src/params/structures.js'

const shape = {
  Title: text().optional(),
  Count: integer().optional(),
  Size: long().optional(),
  Ratio: float().optional(),
  Gray: boolean().default(false),
  Fields: csv(text()).optional(),
  Sizes: csv(integer(), { separator: '*' }).optional(),
  Ids: repeated(text()).optional(),
  Boxes: repeatedObject({ W: float(), H: float().optional(), Colors: csv(text()).optional(), At: utcTime().optional() }).optional(),
  After: utcTime().optional(),
  Config: json(z.object({ Levels: z.array(z.number()) })).optional(),
}

const wire = (params: object) => Object.fromEntries(flattenParams(encodeParams(shape, params)))

describe('parameters on the wire', () => {
  it.each<[kind: string, params: object, sent: object]>([
    ['text', { Title: 'a b' }, { Title: 'a b' }],
    ['a number', { Count: -3, Ratio: 0.5 }, { Count: '-3', Ratio: '0.5' }],
    ['a boolean', { Gray: false }, { Gray: 'false' }],
    ['a separated list', { Fields: ['Title', 'Tags'] }, { Fields: 'Title,Tags' }],
    ['a list with another separator', { Sizes: [1280, 720] }, { Sizes: '1280*720' }],
    ['a repeated parameter', { Ids: ['a', 'b'] }, { 'Ids.1': 'a', 'Ids.2': 'b' }],
    ['objects', { Boxes: [{ W: 0.1, H: 0.2 }, { W: 1 }] }, { 'Boxes.1.W': '0.1', 'Boxes.1.H': '0.2', 'Boxes.2.W': '1' }],
    ['a list in an object', { Boxes: [{ W: 1, Colors: ['red', 'blue'] }] }, { 'Boxes.1.W': '1', 'Boxes.1.Colors': 'red,blue' }],
    ['a time in an object', { Boxes: [{ W: 1, At: 0 }] }, { 'Boxes.1.W': '1', 'Boxes.1.At': '1970-01-01T00:00:00Z' }],
    ['a UTC time', { After: Date.UTC(2026, 0, 1) }, { After: '2026-01-01T00:00:00Z' }],
    ['a JSON document', { Config: { Levels: [1, 2] } }, { Config: '{"Levels":[1,2]}' }],
    ['what is undefined or null', { Title: undefined, Count: null }, {}],
    [
      'text for another kind, as it is',
      { Count: 'three', Boxes: '[{', After: 'now', Config: '{' },
      { Count: 'three', Boxes: '[{', After: 'now', Config: '{' },
    ],
    ['names that the Action does not know', { Colour: ['red'], toString: 1 }, { 'Colour.1': 'red', toString: '1' }],
  ])('%s', (_kind, params, sent) => {
    expect(wire(params)).toEqual(sent)
  })

  it('reads back as what the caller wrote', () => {
    const decode = compileDecoder(shape)
    const word = fc.stringMatching(/^[\w-]{1,8}$/)
    const time = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000)
    // On the wire there is no -0.
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
    const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
    const params = fc.record(
      {
        Title: fc.string({ minLength: 1, unit: fc.constantFrom('视', 'a', ' ', '&', '=', '%', '+', '.') }),
        Count: fc.integer(),
        Size: fc.maxSafeInteger(),
        Ratio: number,
        Gray: fc.boolean(),
        Fields: fc.array(word, { minLength: 1 }),
        Sizes: fc.array(fc.integer(), { minLength: 1 }),
        Ids: fc.array(word, { minLength: 1 }),
        Boxes: fc.array(
          fc.record({ W: number, H: optional(number), Colors: optional(fc.array(word, { minLength: 1 })), At: optional(time) }),
          {
            minLength: 1,
          },
        ),
        After: time,
        Config: fc.record({ Levels: fc.array(fc.integer()) }),
      },
      { requiredKeys: ['Gray'] },
    )
    fc.assert(
      fc.property(params, (written) => {
        const decoded = decode(new Map(flattenParams(encodeParams(shape, written))))
        expect(decoded).toEqual({ ok: true, value: written })
      }),
    )
  })
})
