/** What the tests of events share: a receiver on the loopback, and a cloud whose events it gets. */

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { CloudOptions } from '../../src/index.js'
import { testCloud } from '../support/cloud.js'

/** A callback as it arrived. */
export interface Arrival {
  path: string
  headers: IncomingHttpHeaders
  body: { EventType: string; [field: string]: unknown }
}

/** What a receiver answers, in turn; the last one from then on. `hang`: nothing at all. */
export type Answer = number | 'hang' | (() => number | Promise<number>)

/** Starts a receiver that answers callbacks as told; default 200. */
export async function receiver(...answers: readonly Answer[]) {
  const arrivals: Arrival[] = []
  const server: Server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const answer = answers[Math.min(arrivals.length, answers.length - 1)] ?? 200
    arrivals.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(Buffer.concat(pieces).toString()) })
    if (answer === 'hang') return
    const status = typeof answer === 'number' ? answer : await answer()
    response.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {}).end('{"ok":true}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, arrivals, types: () => arrivals.map(({ body }) => body.EventType) }
}

/** A cloud with a function that sets its callback, and one that has something happen. */
export function eventCloud(options: CloudOptions = {}) {
  const made = testCloud(options)
  const { cloud, account, call } = made
  onTestFinished(() => cloud.dispose())
  return {
    ...made,
    events: account.events,
    /** Sets a callback; all events are on unless the parameters say otherwise. */
    async listen(params: Record<string, string>): Promise<void> {
      const { status, body } = await call('vod.SetMessageCallback', { EventTypeList: 'ALL', ...params })
      if (status !== 200) throw new Error(`${body.Code}: ${body.Message}`)
    },
    /** A video has been uploaded, or so the account is told. */
    upload: (VideoId = 'v1', notice = {}) =>
      account.turn.take(() => {
        account.events.notify('FileUploadComplete', { VideoId, Size: 3, FileUrl: `http://b/${VideoId}.mp4` }, notice)
      }),
    /** Every event: its type, what became of it, and what each attempt was answered. */
    told: () =>
      account.events.list().map(({ type, state, attempts }) => [type, state, ...attempts.map(({ status, error }) => status ?? error)]),
  }
}
