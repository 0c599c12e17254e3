/**
 * A door between the Pact verifier and a broker. The verifier does all that it can do with one; what it fetches comes by here, so that the interactions
 * of its pacts can be numbered on the way.
 */

import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { describeFailure } from '../../src/events/deliver.js'
import { VerifyError } from '../format/verify-error.js'

/** An open door. */
export interface BrokerDoor {
  /** What the verifier takes for the broker. */
  url: string
  /** Why the broker could not be reached, if it could not. */
  readonly problem: string | undefined
  close(): Promise<void>
}

/** Bytes of what goes to the broker. */
const MAX_BODY = 256 * 1024 * 1024

/** Headers of one connection, and what `fetch` works out by itself. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'transfer-encoding', 'expect'])

/** Opens the door. `number` is given each pact with its address, and returns it with numbered interactions; text that is no pact it returns as it is. */
export async function openBrokerDoor(broker: string, number: (address: string, text: string) => string): Promise<BrokerDoor> {
  const { origin, pathname } = readUrl(broker)
  let problem: string | undefined
  const app = Fastify({ bodyLimit: MAX_BODY, forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.all('*', async ({ method, url, headers, body }, reply) => {
    const { port } = app.server.address() as AddressInfo
    const own = `http://127.0.0.1:${port}`
    const sent = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      OWN_HEADERS.has(name) || value === undefined ? [] : [[name, String(value)]],
    )
    const address = origin + url
    // Links lead back and forth: those that the broker hands out by this door, those that it is given to itself.
    const given = typeof body === 'string' && body !== '' ? { body: body.replaceAll(own, origin) } : {}
    const answer = await fetch(address, { method, headers: sent, ...given }).catch((error: unknown) => {
      problem = `the broker cannot be reached: ${describeFailure(error)}`
      throw error
    })
    const text = await answer.text()
    const type = answer.headers.get('content-type') ?? 'text/plain'
    const numbered = method === 'GET' && answer.ok && type.includes('json') ? number(address, text) : text
    return reply.code(answer.status).header('content-type', type).send(numbered.replaceAll(origin, own))
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${pathname.replace(/\/$/, '')}`,
    get problem() {
      return problem
    },
    close: () => app.close(),
  }
}

function readUrl(broker: string): URL {
  const url = URL.canParse(broker) ? new URL(broker) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new VerifyError(`pactBrokerUrl: ${broker} is not an http or https URL`)
  return url
}
