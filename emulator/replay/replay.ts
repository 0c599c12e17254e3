/** Replaying a recording: the same calls at the same times, in a fresh cloud. */

import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import pkg from '../../package.json' with { type: 'json' }
import { problemOf } from '../../src/base/problem.js'
import {
  type Account,
  type Cloud,
  type CloudOptions,
  createCloud,
  type NewAccountOptions,
  type Reply,
  type StateDocument,
} from '../../src/index.js'
import { isObjectCall } from '../../src/oss/location.js'
import { ReplyContent } from '../record/bodies.js'
import { type BodyJson, bytesOf, type EventOf } from '../record/format.js'
import { pathOfBody, type Recording, readRecording } from '../record/recording.js'
import { RecordingError } from '../record/recording-error.js'
import { buildApp } from '../server/app.js'
import { differenceOf, type ReplyDifference } from './difference.js'
import { nameOf } from './name.js'

/** How to replay. */
export interface ReplayOptions {
  /** Seed of the cloud. Default: the recorded one. */
  seed?: string | number
  /** False: replies are not compared, and all calls are made. Default: true. */
  compare?: boolean
  /** Products that the cloud had beside those of the package. */
  products?: CloudOptions['products']
  /** Told of every reply. */
  onReply?: (replied: Replied) => void
}

/** A call that has been made again, and its reply. */
export interface Replied {
  /** Number of the call in the recording, from 1. */
  call: number
  /** `vod.GetPlayInfo`, `GET /bucket/film.mp4`. */
  name: string
  reply: Reply
}

/** The first difference between a recording and its replay. */
export interface Difference extends ReplyDifference {
  /** What differs: `call 17, vod.GetPlayInfo`, `control call 3, PUT /_emulator/settings`. */
  what: string
  /** When it was made, in milliseconds since 1970 on the account's clock. */
  at: number | undefined
}

/** What came of a replay. */
export interface ReplayReport {
  /** How many calls were made. */
  calls: number
  /** How many of them had a reply that could be compared. */
  compared: number
  /** The first difference. No call that came later was made. */
  difference: Difference | undefined
  /** True if the recording ends in the middle of a line; what comes before it was replayed. */
  cut: boolean
  /** Version of the package that made the recording, if it was another one. */
  recordedWith: string | undefined
}

/**
 * Replays a recording in a fresh cloud and compares every reply, byte by byte: the same seed, the same calls, each at the instant of the
 * account's clock at which it was served, checked against the machine's time as it was then. Deliveries of event notifications all succeed, and
 * nothing is sent; nothing is fetched from outside. Rejects with a `RecordingError` if the file cannot be read.
 */
export async function replay(file: string, options: ReplayOptions = {}): Promise<ReplayReport> {
  const recording = await readRecording(file)
  if (recording.header.upstream !== undefined)
    throw new RecordingError(
      `${file}: it was recorded from an upstream (${recording.header.upstream}): vod-viapi-emulator compare replays it`,
    )
  const run = new Replay(recording, options)
  try {
    return await run.run()
  } finally {
    await run.close()
  }
}

/** A call whose body is still to come. */
interface Upload {
  account: string | undefined
  gate: Gate
  compared: Promise<void>
}

class Replay {
  readonly #cloud: Cloud
  readonly #app: FastifyInstance
  readonly #accounts = new Map<string, Account>()
  /** Machine time as it was. */
  #machine: number
  readonly #uploads = new Map<number, Upload>()
  #calls = 0
  #count = 0
  #order = 0
  #first: { order: number; difference: Difference } | undefined

  constructor(
    private readonly recording: Recording,
    private readonly options: ReplayOptions,
  ) {
    const { cloud, startedAt } = recording.header
    this.#machine = startedAt
    const given = cloud as CloudOptions
    this.#cloud = checked(() =>
      createCloud({
        ...given,
        clock: this.#clock(given.clock),
        ...(options.seed !== undefined && { seed: options.seed }),
        ...(options.products && { products: options.products }),
        deliver: async () => ({ status: 200 }),
        download: () => Promise.reject(new Error('a replay fetches nothing')),
      }),
    )
    this.#cloud.addresses.own = recording.header.listensAt
    const account = this.#cloud.account()
    this.#accounts.set(account.credentials.accessKeyId, account)
    this.#app = buildApp(this.#cloud)
  }

  async run(): Promise<ReplayReport> {
    const { events, cut, header } = this.recording
    await this.#cloud.account().startWith(header.scenario, { state: header.state as StateDocument | undefined })
    for (const event of events) {
      if (this.#first) break
      const order = this.#order++
      if (event.type === 'account') this.#create(event)
      else if (event.type === 'dispose') this.#dispose(event)
      else if (event.type === 'control') await this.#control(event, order)
      else if (event.type === 'call') await this.#call(event, order)
      else await this.#body(event)
    }
    for (const { gate } of this.#uploads.values()) gate.end('the recording ends here')
    await Promise.all([...this.#uploads.values()].map(({ compared }) => compared))
    return {
      calls: this.#calls,
      compared: this.#count,
      difference: this.#first?.difference,
      cut,
      recordedWith: header.package === pkg.version ? undefined : header.package,
    }
  }

  async close(): Promise<void> {
    await this.#app.close()
    this.#cloud.dispose()
  }

  #clock(clock: CloudOptions['clock']): CloudOptions['clock'] {
    return { ...(typeof clock === 'string' ? { mode: clock } : clock), replayed: () => this.#machine }
  }

  #create({ account: key, startedAt, options }: EventOf<'account'>): void {
    this.#machine = startedAt
    const { clock, ...given } = options as NewAccountOptions
    const account = checked(() => this.#cloud.createAccount({ ...given, ...(clock && { clock: this.#clock(clock) }) }))
    this.#accounts.set(key, account)
  }

  #dispose({ account: key }: EventOf<'dispose'>): void {
    const account = this.#account(key)
    if (account) this.#cloud.disposeAccount(account)
    this.#accounts.delete(key)
  }

  /** The account that had a key in the recording. With another seed it may have another one now. */
  #account(key: string | undefined): Account | undefined {
    if (key === undefined) return undefined
    const created = this.#accounts.get(key)
    if (created) return created
    try {
      return this.#cloud.account(key)
    } catch {
      return undefined
    }
  }

  /** Moves an account's clock to where it stood. */
  async #moveTo(key: string | undefined, at: number | undefined): Promise<Account | undefined> {
    const account = this.#account(key)
    if (account && at !== undefined && at > account.clock.now()) await account.clock.advanceTo(at)
    return account
  }

  async #control({ control, account, at, receivedAt, method, url, body }: EventOf<'control'>, order: number): Promise<void> {
    await this.#moveTo(account, at)
    this.#machine = receivedAt
    const payload = body && (await this.#read(body))
    const { statusCode } = await this.#app.inject({
      method: method as 'POST',
      url,
      ...(payload && { payload, headers: { 'content-type': 'application/json' } }),
    })
    const expected = this.recording.controlled.get(control)
    const actual = statusCode < 400
    if (expected === undefined || expected === actual) return
    const word = (ok: boolean): string => (ok ? 'accepted' : 'refused')
    const what = `control call ${control}, ${method} ${url}`
    this.#differs(order, { what, at, where: 'the outcome', expected: word(expected), actual: word(actual) })
  }

  async #call(event: EventOf<'call'>, order: number): Promise<void> {
    await this.#moveTo(event.account, event.at)
    const { call: number, body, account: _, at: __, type: ___, ...request } = event
    const late = this.recording.bodies.get(number)
    const gate = isObjectCall(request) ? new Gate(late ? this.#stream(late.body) : []) : undefined
    const reply = this.#cloud.handle({
      ...request,
      // Whose body had no length was handed over as a whole.
      ...(gate && request.headers['content-length'] === undefined && { headers: { 'transfer-encoding': 'chunked', ...request.headers } }),
      body: body ? await this.#read(body) : new Uint8Array(),
      ...(gate && { stream: gate }),
    })
    this.#calls++
    const compared = reply.then((actual) => this.#replied(event, actual, order))
    if (!gate || !late) return compared
    this.#uploads.set(number, { account: event.account, gate, compared })
    await Promise.race([compared, gate.empty.given])
  }

  /** The body of a call has come: its second turn follows, or a refusal. */
  async #body({ call, at, broken }: EventOf<'body'>): Promise<void> {
    const upload = this.#uploads.get(call)
    if (upload === undefined) return
    this.#uploads.delete(call)
    await this.#moveTo(upload.account, at)
    upload.gate.end(broken)
    await upload.compared
  }

  async #replied(event: EventOf<'call'>, actual: Reply, order: number): Promise<void> {
    const { call, at } = event
    const expected = this.recording.replies.get(call)
    const name = nameOf(this.#cloud, event)
    this.options.onReply?.({ call, name, reply: actual })
    if (expected === undefined || this.options.compare === false) return
    const content = this.recording.contents.get(call)
    const { status, headers, body, stream, ended: _, ...rest } = actual
    const sent = new ReplyContent()
    if (!stream) sent.add(Buffer.from(body))
    else if (content) for await (const piece of stream) sent.add(piece)
    const compared = { status, headers, rest, body: stream && !content ? undefined : sent.toJSON() }
    const difference = differenceOf({ ...expected, body: expected.body ?? content?.body }, compared)
    this.#count++
    if (difference) this.#differs(order, { what: `call ${call}, ${name}`, at, ...difference })
  }

  #differs(order: number, difference: Difference): void {
    if (this.#first === undefined || order < this.#first.order) this.#first = { order, difference }
  }

  async #read(body: BodyJson): Promise<Buffer> {
    return 'file' in body ? readFile(pathOfBody(this.recording.file, body)) : bytesOf(body)
  }

  #stream(body: BodyJson): AsyncIterable<Uint8Array> | Uint8Array[] {
    return 'file' in body ? createReadStream(pathOfBody(this.recording.file, body)) : [bytesOf(body)]
  }
}

/** What the recording says of the cloud may be nonsense. */
function checked<T>(create: () => T): T {
  try {
    return create()
  } catch (error) {
    throw new RecordingError(`the recorded options cannot be: ${problemOf(error)}`)
  }
}

/** Something that happens once. */
class Signal {
  give: () => void = () => {}
  readonly given = new Promise<void>((resolve) => {
    this.give = resolve
  })
}

/** A body that is there at once, and ends when it is told to. */
class Gate implements AsyncIterable<Uint8Array> {
  /** Everything has been read, and the reader waits for the end. */
  readonly empty = new Signal()
  readonly #ended = new Signal()
  #broken: string | undefined

  constructor(private readonly source: AsyncIterable<Uint8Array> | readonly Uint8Array[]) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    yield* this.source
    this.empty.give()
    await this.#ended.given
    if (this.#broken !== undefined) throw new Error(this.#broken)
  }

  /** Lets it end, or break off. */
  end(broken?: string): void {
    this.#broken = broken
    this.#ended.give()
  }
}
