/** Pacts of what the cloud sends: event notifications. */

import { createHash } from 'node:crypto'
import { MatchersV3, MessageConsumerPact, PactV4 } from '@pact-foundation/pact'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { eventPactsOf, formatReport, type InteractionReport, type Message, renderPact, verifyPacts } from '../../contracts/index.js'
import { createCloud, defineEvent, defineProduct, defineProviderState, urlChannel, z } from '../../src/index.js'
import { vodChannel } from '../../src/products/vod/shared/notification/channel.js'
import { call, SEGMENT, usePactFiles } from './support.js'

const { folder, pactFile, verifyEach } = usePactFiles()

const { like } = MatchersV3

afterEach(() => {
  vi.restoreAllMocks()
})

/** A message of specification 4: what an uploaded image leads to, unless it says otherwise. */
const message = (content: object, rest: object = {}): object => ({
  type: 'Asynchronous/Messages',
  description: 'a message',
  providerStates: [{ name: 'an image' }],
  contents: { content, contentType: 'application/json', encoded: false },
  matchingRules: { body: { '$.ImageId': { matchers: [{ match: 'type' }], combine: 'AND' } } },
  ...rest,
})

const IMAGE = { EventType: 'ImageUploadComplete', Status: 'success', ImageId: 'any' } as const

/** Puts another kind of value in place of one. */
const broken = (value: unknown): unknown => (typeof value === 'string' ? 1 : 'broken')

test('each field of each event type that is broken in the product is named, with the event', async () => {
  const { interactions } = eventPactsOf(createCloud()).get('vod-events') as { interactions: Message[] }
  const typeOf = ({ contents: { content } }: Message) => (content as { EventType: string }).EventType
  const first = interactions.filter((each, index) => interactions.findIndex((other) => typeOf(other) === typeOf(each)) === index)
  const real = vodChannel.address
  vi.spyOn(vodChannel, 'address').mockImplementation((...args) => {
    const { payload, ...rest } = real(...args)
    return { ...rest, payload: Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, broken(value)])) }
  })
  const reports = await verifyEach(first)
  const found = reports.map(({ event, outcome, problems }) => ({
    event,
    outcome,
    fields: [...new Set(problems.map((problem) => /^\$\.(\w+)/.exec(problem)?.[1]))].sort(),
  }))
  const expected = first.map((each) => ({
    event: typeOf(each),
    outcome: 'failed',
    fields: Object.keys(each.contents.content as object).sort(),
  }))
  expect(found).toEqual(expected)
  expect(found.length).toBe(createCloud().eventTypes.get('vod')?.length)
})

/** A consumer's message that cannot be satisfied, and what is said of it. */
const wrong: readonly [what: string, message: object, event: string | undefined, ...says: RegExp[]][] = [
  ['a field that the event has not', message({ ...IMAGE, Width: 1 }), 'ImageUploadComplete', /^\$: .*missing.*Width/],
  ['a field of another kind', message({ ...IMAGE, Size: '105520' }), 'ImageUploadComplete', /^\$\.Size: .*105520/],
  ['another value of an enumeration', message({ ...IMAGE, Status: 'fail' }), 'ImageUploadComplete', /^\$\.Status: .*success.*fail/],
  [
    'a header that does not come with it',
    message(IMAGE, { metadata: { 'X-VOD-TOKEN': 'any' } }),
    'ImageUploadComplete',
    /^metadata X-VOD-TOKEN: .*missing/i,
  ],
  [
    'an event type that there is not',
    message({ ...IMAGE, EventType: 'ImageUploadCompleted' }),
    'ImageUploadCompleted',
    /^there are no events of the type "ImageUploadCompleted"; did you mean "ImageUploadComplete"\?$/,
  ],
  [
    'an event that its states do not lead to',
    message({ EventType: 'SnapshotComplete' }),
    'SnapshotComplete',
    /^its states lead to no SnapshotComplete, but to ImageUploadComplete; what leads to one: "a video"; "a video", "SubmitSnapshotJob has been called"; /,
  ],
  [
    'a state that there is not',
    message(IMAGE, { providerStates: [{ name: 'an uploaded image' }] }),
    'ImageUploadComplete',
    /^there is no provider state "an uploaded image"; the nearest are .*"an image"/,
  ],
  [
    'parameters that a state does not have',
    message(IMAGE, { providerStates: [{ name: 'jobs of SubmitSnapshotJob fail', params: { kind: 'all' } }] }),
    'ImageUploadComplete',
    /^provider state "jobs of SubmitSnapshotJob fail": parameters: .*kind/,
  ],
  [
    'no event type, of a state that leads to none',
    message({ Status: 'success' }, { providerStates: [] }),
    undefined,
    /^its contents name no EventType, and its states lead to none$/,
  ],
  [
    'an event that is turned off',
    message(IMAGE, { providerStates: [{ name: 'an HTTP callback', params: { EventTypeList: 'SnapshotComplete' } }, { name: 'an image' }] }),
    'ImageUploadComplete',
    /^ImageUploadComplete has happened, and nobody was told: EventTypeList does not hold ImageUploadComplete$/,
  ],
  [
    'an event that the queue does not take',
    message(IMAGE, { providerStates: [{ name: 'an MNS queue', params: { MnsQueueName: '-' } }, { name: 'an image' }] }),
    'ImageUploadComplete',
    /^ImageUploadComplete has happened, and has not arrived: there is no queue "-"/,
  ],
  [
    'a message that is to be answered',
    { type: 'Synchronous/Messages', description: 'a dialogue', request: { contents: {} }, response: [{ contents: {} }] },
    undefined,
    /^it is a message that is to be answered/,
  ],
]

describe('a message is refused that expects', () => {
  let reports: InteractionReport[]
  beforeAll(async () => {
    reports = await verifyEach(wrong.map(([, each]) => each))
  })

  test.each(wrong.map(([what, , event, ...says], index) => [what, index, event, says] as const))('%s', (_what, index, event, says) => {
    const { outcome, problems, event: named } = reports[index] as InteractionReport
    expect({ outcome, problems, event: named }).toEqual({
      outcome: 'failed',
      problems: says.map((each) => expect.stringMatching(each)),
      event,
    })
  })

  test('and the report names the event beside the description', () => {
    expect(formatReport({ ok: false, interactions: reports.slice(1, 2) })).toMatch(/FAIL a message \(ImageUploadComplete\)\n +\$\.Size: /)
  })
})

const URL = 'https://receiver.example.com/events'
const NOW = Date.UTC(2026, 0, 1) / 1000

/** A consumer's message that is satisfied. */
const right: readonly [what: string, message: object][] = [
  [
    'the signature of a callback',
    message(IMAGE, {
      providerStates: [
        { name: 'an HTTP callback', params: { CallbackURL: URL, AuthKey: 'MyKey4711' } },
        { name: 'an image', params: { UserData: '{}' } },
      ],
      metadata: {
        'X-VOD-Timestamp': String(NOW),
        'X-VOD-Signature': createHash('md5').update(`${URL}|${NOW}|MyKey4711`).digest('hex'),
        'Content-Type': 'application/json',
      },
    }),
  ],
  [
    'what an MNS queue tells of a message',
    message(IMAGE, {
      providerStates: [{ name: 'an MNS queue' }, { name: 'an image' }],
      metadata: { DequeueCount: 1, EnqueueTime: NOW * 1000 },
    }),
  ],
  [
    'contents in Base64',
    message(
      {},
      {
        contents: {
          content: Buffer.from(JSON.stringify({ EventType: IMAGE.EventType, Status: 'success' })).toString('base64'),
          contentType: 'application/json',
          encoded: 'base64',
        },
      },
    ),
  ],
  ['no event type, of a state that leads to one only', message({ Status: 'success', AppId: 'app-1000000' })],
  [
    'the latest of several events of a type',
    message(
      { EventType: 'MediaBaseChangeComplete', OperateMode: 'update' },
      { providerStates: [{ name: 'a video without a file' }, { name: 'UpdateVideoInfo has been called', params: { CateId: '-1' } }] },
    ),
  ],
]

describe('a message is satisfied that expects', () => {
  let reports: InteractionReport[]
  beforeAll(async () => {
    reports = await verifyEach([...right.map(([, each]) => each), call(SEGMENT)])
  })

  test.each(right.map(([what], index) => [what, index] as const))('%s', (_what, index) => {
    expect(reports[index]).toMatchObject({ outcome: 'ok', problems: [] })
  })

  test('and a call beside it', () => {
    expect(reports.at(-1)).toMatchObject({ outcome: 'ok', action: 'videoseg.SegmentVideoBody' })
  })
})

describe('a message pact that is written with', () => {
  const seen: unknown[] = []
  const receive = (contents: unknown): void => {
    seen.push(contents)
  }

  test('PactV4', async () => {
    const dir = folder()
    await new PactV4({ consumer: 'receiver', provider: 'vod', dir, logLevel: 'error' })
      .addAsynchronousInteraction()
      .given('an image')
      .expectsToReceive('an image that has arrived', (builder) => {
        builder.withJSONContent({ ...IMAGE, ImageId: like('i1') }).withMetadata({ 'X-VOD-TIMESTAMP': like('1767225600') as never })
      })
      .executeTest(async ({ contents }) => receive(contents.content))
    expect(await verifyPacts({ pacts: dir })).toMatchObject({ ok: true, interactions: [{ event: IMAGE.EventType, outcome: 'ok' }] })
  })

  test('MessageConsumerPact', async () => {
    const dir = folder()
    await new MessageConsumerPact({ consumer: 'receiver', provider: 'vod', dir, logLevel: 'error' })
      .given('an image')
      .expectsToReceive('an image that has arrived')
      .withContent({ ...IMAGE, ImageId: like('i1') } as never)
      .withMetadata({ 'X-VOD-TIMESTAMP': String(NOW) })
      .verify(async ({ contents }) => receive(contents))
    expect(await verifyPacts({ pacts: dir })).toMatchObject({ ok: true, interactions: [{ event: IMAGE.EventType, outcome: 'ok' }] })
  })
})

describe('events of a product of one’s own', () => {
  const made = defineEvent({
    type: 'ThingMade',
    when: 'a thing has been made',
    actions: [],
    fields: z.object({ Status: z.enum(['done', 'failed']), Count: z.int() }),
    channel: urlChannel(() => 'http://receiver.example.com/', { state: 'a receiver', headers: {} }),
    examples: [
      {
        title: 'a thing',
        states: ['a thing'],
        payload: { EventTime: '2026-01-01T00:00:00Z', Status: 'done', Count: 3 },
        exact: ['Status'],
      },
    ],
  })
  const lost = defineEvent({
    type: 'ThingLost',
    when: 'a thing has been lost',
    actions: [],
    fields: z.object({ Count: z.int() }),
    channel: made.channel,
  })
  const things = defineProduct({
    name: 'things',
    actions: [],
    events: [made, lost],
    states: [
      defineProviderState({ name: 'a receiver', means: 'Somebody is told.', params: z.strictObject({}), apply: () => ({}) }),
      defineProviderState({
        name: 'a thing',
        means: 'A thing has been made.',
        params: z.strictObject({}),
        async apply({ account }) {
          await account.turn.take(() => account.events.notify(made, { Status: 'done', Count: 2 }))
          return {}
        },
      }),
    ],
  })

  test('have messages, and one that no state leads to is named', async () => {
    const cloud = createCloud({ products: [things] })
    const pact = eventPactsOf(cloud).get('things-events')
    expect(pact?.interactions.map(({ description }) => description)).toEqual(['ThingLost: made up', 'ThingMade: a thing'])
    const { interactions } = await verifyPacts({ pacts: pactFile([], JSON.parse(renderPact(pact as never))), cloud })
    expect(interactions.map(({ event, outcome, problems }) => [event, outcome, ...problems])).toEqual([
      ['ThingLost', 'failed', 'its states lead to no ThingLost, but to none; no provider state is known to lead to one'],
      ['ThingMade', 'ok'],
    ])
  })
})
