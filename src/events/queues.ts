/** Queues that events are put into in MNS mode: messages that are hidden once read, and come back unless they are deleted. */

import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Account } from '../account/types.js'
import type { Ids } from '../base/ids.js'
import { timestampSchema } from '../base/time-schemas.js'
import type { Table } from '../state/table.js'

/** Bytes of a message that a queue takes, as queues are set up by default. */
const MAX_BYTES = 65_536

/** How long a message is kept: what the guide advises for such queues. */
const LIFE = 3_600_000

/** How long a message stays hidden after it was read, unless the reader says otherwise. */
const HIDDEN = 30_000

/** Messages kept per account, in all queues; beyond that the oldest are gone. */
const MAX_MESSAGES = 1000

/** Messages that one read may take. */
export const MAX_AT_ONCE = 16

/** The public endpoints of the queue service. */
const PUBLIC_ENDPOINT = /^https?:\/\/[\w*-]+\.mns\.(?![\w-]*internal)[\w-]+\.aliyuncs\.com(?::\d+)?\/?$/i

const QUEUE_NAME = /^[a-z0-9][\w-]{0,119}$/i

const messageSchema = z.strictObject({
  queue: z.string(),
  body: z.string(),
  enqueuedAt: timestampSchema,
  /** Hidden until then. */
  visibleAt: timestampSchema,
  reads: z.int(),
  /** Handle that the latest reader was given. */
  receipt: z.string().optional(),
})

type Message = z.output<typeof messageSchema>

const table = { name: 'events.messages', schema: messageSchema }

/** A message as a reader gets it; instants are milliseconds since 1970 on the account's clock. */
export interface ReceivedMessage {
  messageId: string
  /** With this the message can be deleted, as long as it is hidden. */
  receiptHandle: string
  /** The event as JSON, as an HTTP callback would carry it. */
  body: string
  /** Hex MD5 of the body, upper case. */
  bodyMD5: string
  enqueueTime: number
  nextVisibleTime: number
  /** How often it has been read. */
  dequeueCount: number
}

/** How full a queue is. */
export interface QueueState {
  queue: string
  /** Messages that can be read now. */
  active: number
  /** Messages that were read and may come back. */
  hidden: number
}

export class Queues {
  /** By id, oldest first. */
  readonly #messages: Table<Message>

  constructor(
    private readonly account: Account,
    private readonly ids: Ids,
  ) {
    this.#messages = account.state.table(table)
  }

  /** Puts a message into a queue at an instant of the account's clock. Throws an `Error` where the queue service would not take it. */
  send(endpoint: string, queue: string, body: string, at: number): void {
    if (!PUBLIC_ENDPOINT.test(endpoint)) throw new Error(`${endpoint} is not a public endpoint of the queue service`)
    if (!QUEUE_NAME.test(queue)) throw new Error(`there is no queue "${queue}": names have letters, digits, - and _, 120 at most`)
    const bytes = Buffer.byteLength(body)
    if (bytes > MAX_BYTES) throw new Error(`the message has ${bytes} bytes, and the queue takes at most ${MAX_BYTES}`)
    this.#messages.set(this.ids.uuid(), { queue, body, enqueuedAt: at, visibleAt: at, reads: 0 })
    if (this.#messages.size <= MAX_MESSAGES) return
    const [oldest] = this.#messages.keys()
    this.#messages.delete(oldest as string)
  }

  /** Reads messages of a queue, oldest first, and hides them for so many milliseconds. */
  receive(queue: string, { count = 1, hiddenFor = HIDDEN }: { count?: number; hiddenFor?: number } = {}): ReceivedMessage[] {
    const { now, messages } = this.#alive()
    const found = messages.filter(([, message]) => message.queue === queue && message.visibleAt <= now)
    return found.slice(0, count).map(([messageId, { reads, ...message }]) => {
      const receiptHandle = `${reads + 1}-${this.ids.hex()}`
      const visibleAt = now + hiddenFor
      this.#messages.set(messageId, { ...message, reads: reads + 1, receipt: receiptHandle, visibleAt })
      return {
        messageId,
        receiptHandle,
        body: message.body,
        bodyMD5: hash('md5', message.body, 'hex').toUpperCase(),
        enqueueTime: message.enqueuedAt,
        nextVisibleTime: visibleAt,
        dequeueCount: reads + 1,
      }
    })
  }

  /** Deletes a message that was read; false if it has come back meanwhile, or is gone. */
  delete(queue: string, receiptHandle: string): boolean {
    const { now, messages } = this.#alive()
    const found = messages.find(([, each]) => each.queue === queue && each.receipt === receiptHandle && each.visibleAt > now)
    return found !== undefined && this.#messages.delete(found[0])
  }

  /** The queues that hold messages. */
  list(): QueueState[] {
    const { now, messages } = this.#alive()
    const states = new Map<string, QueueState>()
    for (const [, { queue, visibleAt }] of messages) {
      const state = states.get(queue) ?? { queue, active: 0, hidden: 0 }
      if (visibleAt <= now) state.active++
      else state.hidden++
      states.set(queue, state)
    }
    return [...states.values()]
  }

  /** What is there now, without what has been kept long enough. */
  #alive(): { now: number; messages: [id: string, message: Message][] } {
    const now = this.account.clock.now()
    for (const [id, { enqueuedAt }] of [...this.#messages.pairs()]) if (enqueuedAt + LIFE <= now) this.#messages.delete(id)
    return { now, messages: [...this.#messages.pairs()] }
  }
}
