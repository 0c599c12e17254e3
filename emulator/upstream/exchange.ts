/** One request that is forwarded, and its answer: both go by untouched, and what is kept of them has the secrets removed. */

import type { IncomingHttpHeaders } from 'node:http'
import { machineNow, stopwatch } from '../../src/base/clock.js'
import type { Call } from '../../src/index.js'
import { type BodyJson, bytesJson, type ContentJson } from '../record/format.js'
import type { Part, Redactor } from '../redact/redactor.js'
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

  /** What is kept, once nothing more goes by. What comes up anywhere in it under a name that says what it is, is removed from all of it. */
  async keep(): Promise<Kept> {
    const elapsedMs = stopwatch() - this.#started
    const { path, query, headers, ...rest } = this.call
    const body = await this.sent.end()
    const text = this.#head && (await this.received.text(this.#head.headers))
    const parts: Part[] = []
    /** Has a text looked into with all the others; answers with what tells what has become of it. */
    const add = (part: Part): (() => string) => {
      const index = parts.push(part) - 1
      return () => redacted[index] as string
    }
    const addHeaders = (all: Readonly<IncomingHttpHeaders>, left = new Set<string>()): (() => Record<string, string>) => {
      const added = Object.entries(all).flatMap(([name, value]) =>
        value === undefined || left.has(name)
          ? []
          : [[name, add({ name, text: Array.isArray(value) ? value.join(', ') : value })] as const],
      )
      return () => Object.fromEntries(added.map(([name, became]) => [name, became()]))
    }
    const [queryOf, headersOf, pathOf] = [add({ text: query, isEncoded: true }), addHeaders(headers), add({ text: path })]
    const bodyOf = body && 'part' in body ? add(body.part) : undefined
    const answeredOf = this.#head && addHeaders(this.#head.headers, OF_SENDING)
    const textOf = text === undefined ? undefined : add({ text })
    const redacted = await this.redactor.all(parts)
    const kept = {
      receivedAt: this.#receivedAt,
      elapsedMs,
      call: { ...rest, query: queryOf(), headers: headersOf(), path: pathOf() },
      body: body && ('part' in body ? bytesJson(Buffer.from(bodyOf?.() ?? '')) : body),
      bodySize: this.sent.size,
    }
    if (this.#head === undefined || answeredOf === undefined) return { ...kept, answer: undefined }
    const content = textOf === undefined ? this.received.digest() : { text: textOf() }
    return { ...kept, answer: { status: this.#head.status, headers: answeredOf(), body: content } }
  }
}
