/** Control bodies that are wrong in every way, and in great numbers: each is answered, in little, and holds nobody up. */

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildControlApp } from '../../emulator/control/index.js'
import { createCloud } from '../../src/index.js'
import { repeated } from '../support/fuzz.js'
import { testEmulator } from '../support/sdk.js'
import { watched } from '../support/watchdog.js'

/** Characters of the longest answer to a body that cannot be. */
const LONGEST_REFUSAL = 3000

const bugs: unknown[] = []
let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeAll(async () => {
  emulator = await testEmulator({ onBug: (error) => bugs.push(error) })
})
afterAll(() => emulator.close())

/** Every control call that may have a body; what its path leaves open is filled in. */
const routes = await (async () => {
  const found: { method: string; url: string; isFile: boolean }[] = []
  const app = buildControlApp(createCloud())
  app.addHook('onRoute', ({ method, url, config }) => {
    if (method === 'POST' || method === 'PUT')
      found.push({
        method,
        url: url.replace('/scenarios/:name', '/scenarios/brown-out').replace(/:\w+/, 'x'),
        isFile: config?.bounds !== undefined,
      })
  })
  await app.ready()
  await app.close()
  return found.filter(({ url }) => url.startsWith('/_emulator/'))
})()

/** Where in a body the many or the deep stand: as the whole, or as one of the fields that there are. */
const frames: readonly [where: string, body: (inner: string) => string][] = [
  ['all', (inner) => inner],
  ...[
    'accessKeyId',
    'action',
    'actions',
    'active',
    'allow',
    'assets',
    'between',
    'by',
    'callback',
    'clock',
    'count',
    'defect',
    'deny',
    'error',
    'exactly',
    'fail',
    'faults',
    'fields',
    'file',
    'finish',
    'hiddenFor',
    'hold',
    'identity',
    'ignore',
    'job',
    'jobs',
    'latency',
    'limits',
    'loseReply',
    'mode',
    'name',
    'now',
    'only',
    'oss',
    'params',
    'receiptHandle',
    'role',
    'seed',
    'service',
    'services',
    'settings',
    'since',
    'speed',
    'to',
    'truncate',
    'type',
    'url',
    'userData',
    'vod',
    'when',
  ].map((name): (typeof frames)[number] => [name, (inner) => `{"${name}":${inner}}`]),
  ['settings.services', (inner) => `{"settings":{"services":${inner}}}`],
  ['limits.actions', (inner) => `{"limits":{"actions":${inner}}}`],
  ['jobs.*.stages', (inner) => `{"jobs":{"*":{"stages":${inner}}}}`],
  ['vod.domains', (inner) => `{"vod":{"domains":${inner}}}`],
  ['job.finish', (inner) => `{"job":{"finish":${inner}}}`],
  ['job.fail', (inner) => `{"job":{"fail":${inner}}}`],
  ['oss.error', (inner) => `{"oss":{"error":${inner}}}`],
  ['a list of faults', (inner) => `[{"hang":true,"when":${inner}}]`],
  ['an event', (inner) => `{"type":"FileUploadComplete","fields":${inner}}`],
  ['cells', (inner) => state(`{"settings":${inner}}`, '{}')],
  ['tables', (inner) => state('{}', inner)],
  ['a table', (inner) => state('{}', `{"assets":${inner}}`)],
  ['a record', (inner) => state('{}', `{"assets":[["x",${inner}]]}`)],
  ['a field of a record', (inner) => state('{}', `{"vod.videos":[["x",{"tags":${inner},"VideoId":${inner}}]]}`)],
]

const state = (cells: string, tables: string): string =>
  `{"format":"vod-viapi-emulator/state","version":1,"account":{"accountId":"1234567890123456","seed":"0"},"cells":${cells},"tables":${tables}}`

/** One of many. */
const unit = fc.constantFrom('0', '{}', '[]', '""', 'null', 'true', '{"a":0}', '[[]]', '["x",0]', '"*a*"', '{"hang":true}', '1e400')

const many: fc.Arbitrary<number> = fc.constantFrom(1, 30, 900, 6000, 19_000, 200_000)

/** JSON, or what begins like it, by a recipe that stays small in a report. */
const recipe = fc.oneof(
  fc.record({ kind: fc.constant('list' as const), unit, many }),
  fc.record({
    kind: fc.constant('object' as const),
    unit,
    many,
    name: fc.constantFrom('k', '*', 'vod.', 'videoseg.SegmentVideoBody', '__proto__'),
  }),
  fc.record({
    kind: fc.constant('deep' as const),
    unit: fc.constantFrom('[', '{"a":', '[{"hang":', '{"when":[', '{"tables":'),
    many: fc.constantFrom(5, 90, 3000, 100_000) as fc.Arbitrary<number>,
    closed: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('text' as const),
    unit: fc.constantFrom(
      'a',
      '1',
      '*a',
      ' ',
      '.',
      '\\\\',
      '\\u0000',
      '中',
      '-',
      '%',
      'http://a.',
      '2026-01-01T00:00:00Z',
      '(a+)+$',
      '1h',
      '=',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of a scenario
      '${a}',
    ),
    many: fc.constantFrom(10, 1000, 100_000),
  }),
  fc.record({ kind: fc.constant('any' as const), unit: fc.json() }),
)
type Recipe = typeof recipe extends fc.Arbitrary<infer Made> ? Made : never

function made(recipe: Recipe): string {
  switch (recipe.kind) {
    case 'list':
      return `[${Array.from({ length: recipe.many }, () => recipe.unit).join(',')}]`
    case 'object':
      return `{${Array.from({ length: recipe.many }, (_, index) => `"${recipe.name}${index}":${recipe.unit}`).join(',')}}`
    case 'deep': {
      const { unit, many, closed } = recipe
      const ends = [...unit].reverse().flatMap((char) => (char === '[' ? ']' : char === '{' ? '}' : []))
      return `${unit.repeat(many)}0${closed ? ends.join('').repeat(many) : ''}`
    }
    case 'text':
      return `"${recipe.unit.repeat(recipe.many)}"`
    case 'any':
      return recipe.unit
  }
}

/** Sends a body; the status of the answer, and its text. */
async function send({ method, url }: (typeof routes)[number], body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(emulator.url + url, { method, headers: { 'content-type': 'application/json' }, body })
  return { status: response.status, text: await response.text() }
}

/** Sends a body, and checks that it is answered in little. */
async function check(route: (typeof routes)[number], body: string): Promise<void> {
  const { status, text } = await send(route, body)
  expect(status, text.slice(0, 300)).toBeLessThan(500)
  if (status >= 400 && status !== 422) {
    expect(Object.keys(JSON.parse(text))).toEqual(expect.arrayContaining(['error']))
    expect(text.length).toBeLessThan(LONGEST_REFUSAL)
  }
}

/** As many as just fit, and more than do. */
const fitting: readonly Recipe[] = [
  { kind: 'list', unit: '0', many: 19_000 },
  { kind: 'list', unit: '{"a":0}', many: 6000 },
  { kind: 'list', unit: '{"hang":true}', many: 900 },
  { kind: 'object', unit: '0', many: 19_000, name: 'k' },
  { kind: 'deep', unit: '[', many: 90, closed: true },
]
const excessive: readonly Recipe[] = [
  { kind: 'list', unit: '0', many: 200_000 },
  { kind: 'object', unit: '{}', many: 200_000, name: 'k' },
  { kind: 'deep', unit: '{"a":', many: 100_000, closed: true },
]

const crowded = frames.filter(([where]) => ['all', 'faults', 'settings', 'params', 'when', 'tables', 'cells'].includes(where))

/** Made once: they are the same for every route, and making them takes longer than refusing them. By the frame in which they stand. */
const framed = (crowds: readonly Recipe[]): readonly (readonly string[])[] => {
  const inner = crowds.map(made)
  return crowded.map(([, frame]) => inner.map(frame))
}
const allThatFits = framed(fitting).flat()
const tooMuch = framed(excessive)

test.each(routes.map((route, index) => ({ ...route, index })))('$method $url, with all that is too much', async ({ index, ...route }) => {
  // What does not fit is refused before a route sees it: one frame each, and each frame is met by several. Where a whole file is taken, more fits.
  const more = route.isFile ? tooMuch.flat() : (tooMuch[index % tooMuch.length] ?? [])
  await watched(async () => {
    for (const body of [...allThatFits, ...more]) await check(route, body)
  })
  expect(bugs).toEqual([])
})

/** More than a call may have; `fits`: not more than those may have that take a whole file. */
const excesses: readonly { said: string; body: string; fits: boolean }[] = [
  { said: 'the JSON is nested deeper than', body: made({ kind: 'deep', unit: '[', many: 5000, closed: true }), fits: false },
  { said: 'the JSON holds more than', body: made({ kind: 'list', unit: '0', many: 25_000 }), fits: true },
  { said: 'the JSON holds more than', body: made({ kind: 'object', unit: '0', many: 25_000, name: 'k' }), fits: true },
]

test.each(routes)('$method $url, with more than it may have: nothing of it is read', async (route) => {
  for (const { said, body, fits } of excesses) {
    if (fits && route.isFile) continue
    const { status, text } = await send(route, body)
    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining(said) })
  }
})

test('two hundred bodies as they should not be', async () => {
  await watched(() =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), fc.constantFrom(...frames), recipe, (route, [, frame], of) =>
        check(route, frame(made(of))),
      ),
      repeated(200),
    ),
  )
  expect(bugs).toEqual([])
})

test('the emulator is well afterwards', async () => {
  expect((await emulator.control('GET', '/health')).body.status).toBe('ok')
})
