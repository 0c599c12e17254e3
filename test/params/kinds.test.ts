/** The kinds of parameters, seen through an Action that answers with what it was given. */

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { InputShape } from '../../src/params/decoder.js'
import { boolean, float, integer, long, oneOf, text, utcTime } from '../../src/params/scalars.js'
import { csv, json, repeated, repeatedObject, url } from '../../src/params/structures.js'
import { read, schemes, testCloud } from '../support/cloud.js'
import { echoAction, product } from '../support/echo.js'
import { joined, rpcGet, type Wire } from '../support/wire.js'

/** What an Action with the input shape makes of parameters: its input, or `CODE Parameter`. */
async function send(input: InputShape, params: Record<string, string> | Wire): Promise<unknown> {
  const { cloud, account } = testCloud({ products: [product([echoAction('Echo', input)])] })
  const fields = { Action: 'Echo', Version: '2000-01-01', ...Object.fromEntries(Array.isArray(params) ? params : Object.entries(params)) }
  const { status, body } = read(await cloud.handle(rpcGet(fields)))
  if (status === 200) return body.Input
  expect(account.log.all()[0]?.reason).toMatch(/^\S+ (is|has|holds|does|at|element|refers)\b/)
  return `${body.Code} ${/"(.*?)"/.exec(body.Message)?.[1]}`
}

const LIST = { Ids: csv(integer({ min: 1 }), { maxItems: 3 }) }
const DOCUMENT = { Doc: json(z.strictObject({ A: z.number(), B: z.object({ C: z.string() }).optional() }), { maxLength: 40 }) }

const scalars: [kind: string, input: InputShape, cases: [sent: string, expected: unknown][]][] = [
  [
    'text of at most 3 characters',
    { P: text({ maxLength: 3 }) },
    [
      ['abc', { P: 'abc' }],
      ['中文😀', { P: '中文😀' }],
      ['😀😀😀', { P: '😀😀😀' }],
      ['abcd', 'LengthExceededMax P'],
      ['😀😀😀😀', 'LengthExceededMax P'],
      ['a\u0000b', 'InvalidParameter.Malformed P'],
      ['a\nb', { P: 'a\nb' }],
      ['   ', { P: '   ' }],
      ['', 'MissingParameter P'],
    ],
  ],
  [
    'text of at most 6 bytes',
    { P: text({ maxBytes: 6 }) },
    [
      ['中文', { P: '中文' }],
      ['中文a', 'LengthExceededMax P'],
      ['abcdef', { P: 'abcdef' }],
      ['abcdefg', 'LengthExceededMax P'],
    ],
  ],
  [
    'text of at least 2 characters',
    { P: text({ minLength: 2 }) },
    [
      ['a', 'LengthExceededMax P'],
      ['ab', { P: 'ab' }],
    ],
  ],
  [
    'text of a pattern',
    { P: text({ pattern: /^[a-z]+$/ }) },
    [
      ['abc', { P: 'abc' }],
      ['Abc', 'InvalidParameter P'],
    ],
  ],
  ['text that may be empty', { P: text({ allowEmpty: true }) }, [['', { P: '' }]]],
  [
    'integer',
    { P: integer() },
    [
      ['7', { P: 7 }],
      ['+7', { P: 7 }],
      ['-2147483648', { P: -2147483648 }],
      ['2147483647', { P: 2147483647 }],
      ['2147483648', 'InvalidParameter P'],
      ['9'.repeat(400), 'InvalidParameter P'],
      ['1.0', 'InvalidParameter.Format P'],
      ['1e3', 'InvalidParameter.Format P'],
      ['0x10', 'InvalidParameter.Format P'],
      [' 7', 'InvalidParameter.Format P'],
      ['seven', 'InvalidParameter.Format P'],
      ['', 'MissingParameter P'],
    ],
  ],
  [
    'integer from 1 to 5',
    { P: integer({ min: 1, max: 5 }) },
    [
      ['1', { P: 1 }],
      ['5', { P: 5 }],
      ['0', 'InvalidParameter P'],
      ['6', 'InvalidParameter P'],
    ],
  ],
  [
    'long',
    { P: long() },
    [
      ['9007199254740991', { P: 9007199254740991 }],
      ['-9007199254740991', { P: -9007199254740991 }],
      ['9007199254740992', 'InvalidParameter P'],
      ['1.5', 'InvalidParameter.Format P'],
    ],
  ],
  [
    'float',
    { P: float({ min: 0, max: 1 }) },
    [
      ['0.5', { P: 0.5 }],
      ['.5', { P: 0.5 }],
      ['5e-1', { P: 0.5 }],
      ['1', { P: 1 }],
      ['1.1', 'InvalidParameter P'],
      ['1e999', 'InvalidParameter P'],
      ['NaN', 'InvalidParameter.Format P'],
      ['Infinity', 'InvalidParameter.Format P'],
      ['0,5', 'InvalidParameter.Format P'],
    ],
  ],
  [
    'boolean',
    { P: boolean() },
    [
      ['true', { P: true }],
      ['FALSE', { P: false }],
      ['True', { P: true }],
      ['1', 'InvalidParameter.Format P'],
      ['yes', 'InvalidParameter.Format P'],
    ],
  ],
  [
    'one of',
    { P: oneOf(['a', 'b']) },
    [
      ['a', { P: 'a' }],
      ['A', 'InvalidParameter P'],
      ['constructor', 'InvalidParameter P'],
    ],
  ],
  [
    'UTC time',
    { P: utcTime() },
    [
      ['2026-01-01T00:00:00Z', { P: 1767225600000 }],
      ['2017-3-29T12:00:00Z', { P: 1490788800000 }],
      ['2026-02-29T00:00:00Z', 'InvalidParameter.Format P'],
      ['2024-02-29T00:00:00Z', { P: 1709164800000 }],
      ['2026-01-01T24:00:00Z', 'InvalidParameter.Format P'],
      ['2026-01-01 00:00:00', 'InvalidParameter.Format P'],
      ['2026-01-01T00:00:00+08:00', 'InvalidParameter.Format P'],
      ['0050-01-01T00:00:00Z', 'InvalidParameter.Format P'],
    ],
  ],
  [
    'URL',
    { P: url() },
    [
      ['http://a.com/b.mp4', { P: 'http://a.com/b.mp4' }],
      ['https://a.com/%E4%B8%AD?x=1', { P: 'https://a.com/%E4%B8%AD?x=1' }],
      ['http://a.com/中.mp4', 'InvalidParameter.Url P'],
      ['http://a.com/a b', 'InvalidParameter.Url P'],
      ['ftp://a.com/b', 'InvalidParameter.Url P'],
      ['file:///etc/passwd', 'InvalidParameter.Url P'],
      ['/b.mp4', 'InvalidParameter.Url P'],
      ['http://', 'InvalidParameter.Url P'],
      [`http://a.com/${'a'.repeat(2036)}`, 'InvalidParameter.Url P'],
    ],
  ],
  [
    'list of at most 3 integers',
    LIST,
    [
      ['1', { Ids: [1] }],
      ['3, 2 ,1', { Ids: [3, 2, 1] }],
      ['1,2,3,4', 'InvalidParameter Ids'],
      ['1,,2', 'InvalidParameter Ids'],
      ['1,2,', 'InvalidParameter Ids'],
      ['1,x', 'InvalidParameter Ids'],
      ['1,0', 'InvalidParameter Ids'],
      ['', 'MissingParameter Ids'],
    ],
  ],
  [
    'JSON document',
    DOCUMENT,
    [
      ['{"A":1,"B":{"C":"x"}}', { Doc: { A: 1, B: { C: 'x' } } }],
      ['{"A":1', 'InvalidParameter.Format Doc'],
      ['{"A":"1"}', 'InvalidParameter Doc'],
      ['[]', 'InvalidParameter Doc'],
      ['null', 'InvalidParameter Doc'],
      ['{"A":1,"D":2}', 'InvalidParameter Doc'],
      [`{"A":1${' '.repeat(40)}}`, 'LengthExceededMax Doc'],
    ],
  ],
]

describe.each(scalars)('%s', (_kind, input, cases) => {
  test.each(cases)('%j', async (sent, expected) => {
    const [name = ''] = Object.keys(input)
    expect(await send(input, { [name]: sent })).toEqual(expected)
  })
})

test.each<[InputShape, Record<string, string>]>([
  [{ P: text({ maxLength: 1, ownLimit: true }) }, { P: 'ab' }],
  [{ P: csv(integer(), { maxItems: 1, ownLimit: true }) }, { P: '1,2' }],
  [{ P: csv(integer()) }, { P: Array(1001).fill(1).join() }],
  [{ P: repeated(integer()) }, { 'P.1001': '1' }],
  [{ P: repeated(integer()) }, { P: JSON.stringify(Array(1001).fill(1)) }],
  [{ P: json(z.array(z.number()), { maxLength: 4 }) }, { P: '[1,2]' }],
])('a limit that the service does not have is said to be none of it', async (input, params) => {
  const { call, account } = testCloud({ products: [product([echoAction('Echo', input)])] })
  expect((await call('echo.Echo', params)).status).toBe(400)
  expect(account.log.all()[0]?.reason).toMatch(/^P has .*; this is a limit of the emulator, not of the service$/)
})

test('a value that is no UTF-8 is refused', async () => {
  const { cloud } = testCloud({ products: [product([echoAction('Echo', { P: text() })])] })
  // The wrong bytes are U+FFFD before they are signed on either side.
  const call = rpcGet({ Action: 'Echo', Version: '2000-01-01', P: '\uFFFD' })
  expect(read(await cloud.handle({ ...call, query: call.query.replace('%EF%BF%BD', '%FF') })).body.Code).toBe('InvalidParameter.Malformed')
})

describe('what is left out', () => {
  const input = { A: integer().optional(), B: integer().default(7), C: oneOf(['x', 'y']).default('x').optional() }

  test('gets its default, or stays out', async () => {
    expect(await send(input, {})).toEqual({ B: 7, C: 'x' })
  })
  test('an empty value counts as left out', async () => {
    expect(await send(input, { A: '', B: '' })).toEqual({ B: 7, C: 'x' })
  })
  test('a given value is still checked', async () => {
    expect(await send(input, { B: 'x' })).toBe('InvalidParameter.Format B')
  })
  test('the first parameter of the definition that is wrong is named', async () => {
    expect(await send({ A: integer(), B: integer(), C: integer() }, { C: 'x', B: 'y', A: '1' })).toBe('InvalidParameter.Format B')
  })
  test('a parameter may have a code of its own', async () => {
    const own = {
      A: text({ maxLength: 1, codes: { length: 'InvalidParameter.Own' } }),
      Bs: repeated(text({ maxLength: 1 }), { codes: { length: 'InvalidParameter.Own' } }).optional(),
    }
    expect(await send(own, { A: 'ab' })).toBe('InvalidParameter.Own A')
    expect(await send(own, { A: 'a', 'Bs.2': 'ab' })).toBe('InvalidParameter.Own Bs.2')
    expect(await send(own, {})).toBe('MissingParameter A')
  })
})

describe('several values', () => {
  const input = { Ids: repeated(integer({ max: 9 }), { maxItems: 4 }) }

  test.each<[title: string, params: Record<string, string>, expected: unknown]>([
    ['numbered', { 'Ids.1': '5', 'Ids.2': '6' }, { Ids: [5, 6] }],
    ['in another order', { 'Ids.2': '6', 'Ids.1': '5' }, { Ids: [5, 6] }],
    ['with gaps', { 'Ids.4': '6', 'Ids.2': '5' }, { Ids: [5, 6] }],
    ['as JSON', { Ids: '[5,6]' }, { Ids: [5, 6] }],
    ['as JSON of texts', { Ids: '["5","6"]' }, { Ids: [5, 6] }],
    ['both ways: the numbered ones count', { Ids: '[1]', 'Ids.1': '5' }, { Ids: [5] }],
    ['none', {}, 'MissingParameter Ids'],
    ['an empty one', { 'Ids.1': '' }, 'MissingParameter Ids'],
    ['no JSON', { Ids: '5' }, 'InvalidParameter.Format Ids'],
    ['an object', { Ids: '{"0":5}' }, 'InvalidParameter.Format Ids'],
    ['an empty array', { Ids: '[]' }, 'InvalidParameter Ids'],
    ['a wrong one, by its number on the wire', { 'Ids.2': '5', 'Ids.4': 'x' }, 'InvalidParameter.Format Ids.4'],
    ['a wrong one in JSON, by its place', { Ids: '[5,10]' }, 'InvalidParameter Ids.2'],
    ['too many', { 'Ids.1': '1', 'Ids.5': '2' }, 'InvalidParameter Ids'],
    ['too many in JSON', { Ids: '[1,2,3,4,5]' }, 'InvalidParameter Ids'],
    ['a number that is huge', { 'Ids.1': '1', 'Ids.999999999': '2' }, 'InvalidParameter Ids'],
    ['number 0', { 'Ids.0': '1' }, 'MissingParameter Ids'],
    ['a negative number', { 'Ids.-1': '1' }, 'MissingParameter Ids'],
    ['a name instead of a number', { 'Ids.__proto__': '1', 'Ids.length': '5' }, 'MissingParameter Ids'],
  ])('%s', async (_title, params, expected) => {
    expect(await send(input, params)).toEqual(expected)
  })
})

describe('several objects', () => {
  const box = { W: float({ max: 1 }), H: float().optional(), Name: text({ maxLength: 5 }).default('box') }
  const input = { Boxes: repeatedObject(box, { maxItems: 5 }) }
  const plain = (W: number, rest: object = {}) => ({ W, Name: 'box', ...rest })

  test.each<[title: string, params: Record<string, string>, expected: unknown]>([
    ['numbered', { 'Boxes.1.W': '0.1', 'Boxes.1.H': '2', 'Boxes.2.W': '0.2' }, { Boxes: [plain(0.1, { H: 2 }), plain(0.2)] }],
    [
      'in another order, with gaps',
      { 'Boxes.5.W': '0.5', 'Boxes.3.Name': 'x', 'Boxes.3.W': '0.3' },
      { Boxes: [{ W: 0.3, Name: 'x' }, plain(0.5)] },
    ],
    ['as JSON', { Boxes: '[{"W":0.1,"H":2},{"W":"0.2"}]' }, { Boxes: [plain(0.1, { H: 2 }), plain(0.2)] }],
    ['JSON null and empty text count as left out', { Boxes: '[{"W":0.1,"H":null,"Name":""}]' }, { Boxes: [plain(0.1)] }],
    ['none', {}, 'MissingParameter Boxes'],
    ['without a field that is needed', { 'Boxes.1.W': '0.1', 'Boxes.3.H': '1' }, 'MissingParameter Boxes.3.W'],
    ['without a field that is needed, in JSON', { Boxes: '[{"W":1},{}]' }, 'MissingParameter Boxes.2.W'],
    ['a wrong field', { 'Boxes.4.W': '2' }, 'InvalidParameter Boxes.4.W'],
    ['a field that is too long', { Boxes: '[{"W":1,"Name":"abcdef"}]' }, 'LengthExceededMax Boxes.1.Name'],
    ['JSON that holds no objects', { Boxes: '[1]' }, 'InvalidParameter.Format Boxes'],
    ['JSON that is no array', { Boxes: '{"W":1}' }, 'InvalidParameter.Format Boxes'],
    ['broken JSON', { Boxes: '[{"W":1}' }, 'InvalidParameter.Format Boxes'],
    ['too many', { 'Boxes.6.W': '1' }, 'InvalidParameter Boxes'],
    ['a huge number', { 'Boxes.999999999.W': '1' }, 'InvalidParameter Boxes'],
    ['number 0 is none', { 'Boxes.0.W': '1' }, 'MissingParameter Boxes'],
    ['a negative number is none', { 'Boxes.-1.W': '1' }, 'MissingParameter Boxes'],
    ['a number with a leading zero is none', { 'Boxes.01.W': '1' }, 'MissingParameter Boxes'],
    ['an unknown field is none', { 'Boxes.1.X': '1' }, 'MissingParameter Boxes'],
    [
      'a field that every object has is none',
      { 'Boxes.1.W': '1', 'Boxes.1.__proto__': 'x', 'Boxes.1.constructor': 'x', 'Boxes.1.toString': 'x' },
      { Boxes: [plain(1)] },
    ],
    ['so is it in JSON', { Boxes: '[{"W":1,"__proto__":{"H":2},"constructor":"x","toString":"x"}]' }, { Boxes: [plain(1)] }],
    [
      'names without an end',
      { 'Boxes.1.W': '1', 'Boxes.1.W.X': '2', 'Boxes.': '3', 'Boxes..W': '4', 'Boxes.1.': '5' },
      { Boxes: [plain(1)] },
    ],
  ])('%s', async (_title, params, expected) => {
    expect(await send(input, params)).toEqual(expected)
  })

  test('a hundred thousand brackets are refused, not followed', async () => {
    const { call } = testCloud({
      products: [product([echoAction('Echo', { Boxes: repeatedObject(box).optional(), Doc: json(z.json()).optional() })])],
    })
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    expect((await call('echo.Echo', { Boxes: `[{"W":${deep}}]` })).status).toBe(400)
    expect((await call('echo.Echo', { Doc: deep })).status).toBe(400)
  })
})

describe('hostile names', () => {
  test.each([
    '__proto__',
    '__proto__.1.x',
    'constructor',
    'constructor.prototype.polluted',
    'toString',
    'hasOwnProperty',
    '',
    '.',
    '..',
    'A.__proto__',
    '\u0000',
  ])('%j changes nothing', async (name) => {
    expect(
      await send({ A: integer().optional(), Boxes: repeatedObject({ W: integer() }).optional() }, [
        [name, 'polluted'],
        ['A', '1'],
      ]),
    ).toEqual({ A: 1 })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  test('unknown parameters do no harm and stand in the log', async () => {
    const { cloud, account } = testCloud({ products: [product([echoAction('Echo', { A: integer() })])] })
    const { status } = await cloud.handle(
      rpcGet({ Action: 'Echo', Version: '2000-01-01', A: '1', a: '2', RegionId: 'cn-shanghai', 'A.1': '3' }),
    )
    expect(status).toBe(200)
    expect(account.log.all()[0]?.unknownParams).toEqual(['a'])
  })
})

test('of a name given twice, the first value counts', async () => {
  const { cloud } = testCloud({ products: [product([echoAction('Echo', { A: integer() })])] })
  const right = rpcGet({ Action: 'Echo', Version: '2000-01-01', A: '1' })
  const [answer, twice] = [
    read(await cloud.handle(right)),
    read(await cloud.handle({ ...right, query: `${right.query}&${joined([['A', '2']])}` })),
  ]
  expect([answer.body.Input, twice.body.Code]).toEqual([{ A: 1 }, 'SignatureDoesNotMatch'])
})

describe.each(schemes)('%s', (scheme) => {
  test.each(['GET', 'POST'] as const)('%s: values of all kinds arrive as they were sent', async (method) => {
    const input = { Text: text(), List: csv(text()), Ids: repeated(long()), Boxes: repeatedObject({ W: float() }) }
    const { call } = testCloud({ products: [product([echoAction('Echo', input)])] })
    const params = { Text: "&=+%20 ~*'()!中😀\n", List: 'a,b', Ids: [1, 2], Boxes: [{ W: 0.5 }, { W: 1 }] }
    const { body } = await call('echo.Echo', params, { scheme, method })
    expect(body.Input).toEqual({ ...params, List: ['a', 'b'] })
  })
})

describe('an answer', () => {
  const value = {
    List: [1, 2],
    Boxes: [
      { W: 1, Names: ['a', 'b'] },
      { W: 2, Names: [] },
    ],
    Empty: [],
    Text: 'a<b> & "c" \'d\' ]]> \u0001 中',
    Flag: false,
    Zero: 0,
    Nothing: undefined,
  }
  const asked = (format: 'JSON' | 'XML') =>
    testCloud({ products: [product([echoAction('Echo', {}, { run: () => value })])] }).send('echo.Echo', {}, { format })

  test('in XML repeats the element for each element of an array, and escapes', async () => {
    const { body } = await asked('XML')
    expect(String(body)).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?><EchoResponse><RequestId>[0-9A-F-]{36}<\/RequestId><List>1<\/List><List>2<\/List><Boxes><W>1<\/W><Names>a<\/Names><Names>b<\/Names><\/Boxes><Boxes><W>2<\/W><\/Boxes><Text>a&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos; \]\]&gt; \uFFFD 中<\/Text><Flag>false<\/Flag><Zero>0<\/Zero><\/EchoResponse>$/,
    )
  })

  test('in JSON is as it is', async () => {
    const { RequestId, ...rest } = JSON.parse(String((await asked('JSON')).body))
    const { Nothing, ...expected } = value
    expect(rest).toEqual(expected)
    expect(RequestId).toMatch(/^[0-9A-F-]{36}$/)
  })
})
