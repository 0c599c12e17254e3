/** One request that is forwarded, and its answer: both go by untouched, and what is kept of them has the secrets removed. */

import type { IncomingHttpHeaders } from 'node:http'
import { machineNow, stopwatch } from '../../src/base/clock.js'
import type { Call } from '../../src/index.js'
import type { BodyJson, ContentJson } from '../record/format.js'
import type { Redactor } from '../redact/redactor.js'
import { AnswerBody } from './answer-body.js'
import { type BodyFile, type KeptBody, keepBody } from './request-body.js'

/** What is kept of an exchange. */
export interface Kept {
  receivedAt: number
  elapsedMs: number
  /** The request without its body. */
  call: Call
  body: BodyJson | undefined
  /** Bytes of the request's body. */
  bodySize: number
  /** The answer, as far as it came. */
  answer: { status: number; headers: Record<string, string>; body: ContentJson } | undefined
}

/** Headers of an answer that are about how it was sent, not about what it says. */
const OF_SENDING = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive'])

/** One exchange, while it goes by. */
export class Exchange {
  readonly sent: KeptBody
  readonly received = new AnswerBody()
  readonly #receivedAt = machineNow()
  readonly #started = stopwatch()
  #head: { status: number; headers: IncomingHttpHeaders } | undefined

  /** `call` is the request as it has come in, without its body. */
  constructor(
    private readonly call: Call,
    private readonly redactor: Redactor,
    file: BodyFile | undefined,
  ) {
    this.sent = keepBody(call, redactor, file)
  }

  /** Takes note of the head of the answer. */
  answered(status: number, headers: IncomingHttpHeaders): void {
    this.#head = { status, headers }
  }

  /** What is kept, once nothing more goes by. Of what was sent first: what is removed from that is removed from the answer, too. */
  async keep(): Promise<Kept> {
    const elapsedMs = stopwatch() - this.#started
    const { path, query, headers, ...rest } = this.call
    const call = { ...rest, query: await this.redactor.longPairs(query), headers: this.#redacted(headers), path: this.redactor.text(path) }
    const body = await this.sent.end()
    const common = { receivedAt: this.#receivedAt, elapsedMs, call, body, bodySize: this.sent.size }
    if (this.#head === undefined) return { ...common, answer: undefined }
    const { status, headers: answered } = this.#head
    const text = await this.received.text(answered)
    return {
      ...common,
      answer: {
        status,
        headers: this.#redacted(answered, OF_SENDING),
        body: text === undefined ? this.received.digest() : { text: await this.redactor.longText(text) },
      },
    }
  }

  #redacted(headers: Readonly<IncomingHttpHeaders>, left = new Set<string>()): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => {
        if (value === undefined || left.has(name)) return []
        return [[name, this.redactor.header(name, Array.isArray(value) ? value.join(', ') : value)]]
      }),
    )
  }
}
