/** The live stream: what changes in the cloud, as server-sent events, to all who listen. */

import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { liveRoutes } from '../../src/control/live.js'
import type { Change, Cloud } from '../../src/index.js'
import { type Asked, type Control, serveRoutes } from './serve.js'

/** Streams at a time. */
const MAX_STREAMS = 100

/** Events that are kept for who comes back, and how many bytes they have in all. */
const MAX_KEPT = 2000
const MAX_KEPT_BYTES = 4_000_000

/** Bytes that a reader may be behind: more than who comes back is told at once. */
const MAX_BEHIND = 6_000_000

/** Milliseconds between signs of life, by which proxies and clients see that the stream goes on. */
const HEARTBEAT = 15_000

/** Milliseconds for which events are kept when nobody listens any more: who was cut off comes back. */
const LINGER = 30_000

/** Milliseconds after which a browser comes back. */
const RETRY = 1000

/** An event as it is sent. */
interface LiveEvent {
  number: number
  type: Change['type']
  accessKeyId: string
  text: string
  bytes: number
}

/** Who listens, and to what. */
interface Reader {
  response: ServerResponse
  wants: (event: LiveEvent) => boolean
}

type Query = Asked<(typeof liveRoutes)['GET /live']>

/** Serves the stream. Nothing of it is done before somebody listens. */
export function serveLive(control: Control): void {
  const streams = new LiveStreams(control.cloud)
  control.app.addHook('preClose', async () => streams.close())
  serveRoutes(control, liveRoutes, { 'GET /live': (asked) => streams.open(asked) })
}

class LiveStreams {
  /** By this, ids of another process are told apart. */
  readonly #name = randomBytes(4).toString('hex')
  readonly #readers = new Set<Reader>()
  /** The latest events, oldest first. */
  readonly #kept: LiveEvent[] = []
  #bytes = 0
  #number = 0
  #stop: (() => void) | undefined
  #heartbeat: NodeJS.Timeout | undefined
  #linger: NodeJS.Timeout | undefined

  constructor(private readonly cloud: Cloud) {}

  open({ account, query: { all, types }, request, reply }: Query) {
    if (this.#readers.size >= MAX_STREAMS) return reply.code(503).send({ error: `there are ${MAX_STREAMS} streams already; end one first` })
    const response = reply.raw
    // Behind another request on the same connection, nothing would tell that the reader has gone.
    if (response.socket === null || response.destroyed)
      return reply.code(400).send({ error: 'ask for a stream on a connection of its own, or when what was asked for before is answered' })
    this.#listen()
    const { accessKeyId } = account.credentials
    const wants = (event: LiveEvent): boolean =>
      (all === true || event.accessKeyId === accessKeyId) && (types === undefined || types.has(event.type))
    reply.hijack()
    const reader: Reader = { response, wants }
    response.on('error', () => response.destroy())
    response.once('close', () => this.#leave(reader))
    this.#readers.add(reader)
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // Proxies that gather what they hand on would have nothing to show.
      'x-accel-buffering': 'no',
    })
    const missed = this.#missedBy(request.headers['last-event-id'])
    const told =
      missed === undefined
        ? this.#frame('gap', this.#number, '{}')
        : missed
            .filter(wants)
            .map(({ text }) => text)
            .join('')
    this.#send(reader, `retry: ${RETRY}\n\n${told}${this.#frame('ready', this.#number, '{}')}`)
    return reply
  }

  /** Ends all streams. */
  close(): void {
    for (const { response } of this.#readers) response.destroy()
    this.#forget()
  }

  /** The events behind one; `undefined` if that is not known, or not any more. */
  #missedBy(id: string | string[] | undefined): readonly LiveEvent[] | undefined {
    if (id === undefined || id === '') return []
    const [, name, digits] = /^([\da-f]+)-(\d{1,15})$/.exec(String(id)) ?? []
    const number = Number(digits)
    const oldest = this.#kept[0]?.number ?? this.#number + 1
    if (name !== this.#name || number < oldest - 1 || number > this.#number) return undefined
    return this.#kept.slice(number - oldest + 1)
  }

  #listen(): void {
    clearTimeout(this.#linger)
    this.#stop ??= this.cloud.follow((change) => this.#tell(change))
    if (this.#heartbeat) return
    this.#heartbeat = setInterval(() => {
      for (const reader of this.#readers) this.#send(reader, `id: ${this.#idOf(this.#number)}\n\n`)
    }, HEARTBEAT).unref()
  }

  #leave(reader: Reader): void {
    this.#readers.delete(reader)
    if (this.#readers.size > 0) return
    clearInterval(this.#heartbeat)
    this.#heartbeat = undefined
    clearTimeout(this.#linger)
    if (this.#stop) this.#linger = setTimeout(() => this.#forget(), LINGER).unref()
  }

  #forget(): void {
    clearTimeout(this.#linger)
    this.#stop?.()
    this.#stop = undefined
    this.#kept.length = 0
    this.#bytes = 0
    // What happens from here on is not known: no id of before leads on.
    this.#number++
  }

  #tell(change: Change): void {
    const { type, accessKeyId } = change
    const number = ++this.#number
    const text = this.#frame(type, number, JSON.stringify(change))
    const event: LiveEvent = { number, type, accessKeyId, text, bytes: Buffer.byteLength(text) }
    this.#kept.push(event)
    this.#bytes += event.bytes
    while (this.#kept.length > MAX_KEPT || (this.#bytes > MAX_KEPT_BYTES && this.#kept.length > 1))
      this.#bytes -= (this.#kept.shift() as LiveEvent).bytes
    for (const reader of this.#readers) if (reader.wants(event)) this.#send(reader, event.text)
  }

  #frame(type: string, number: number, data: string): string {
    return `id: ${this.#idOf(number)}\nevent: ${type}\ndata: ${data}\n\n`
  }

  #idOf(number: number): string {
    return `${this.#name}-${number}`
  }

  /** Who has not taken what was sent before is cut off, and finds what is kept when it comes back; a single event may be as long as it is. */
  #send({ response }: Reader, text: string): void {
    if (response.writableLength > MAX_BEHIND) response.destroy()
    else response.write(text)
  }
}
