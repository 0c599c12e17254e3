/** Play domains: media files over the content delivery network. */

import type { Reply } from '../../../../http/call.js'
import { corsHeaders } from '../../../../oss/cors.js'
import { answerTo } from '../../../../oss/errors.js'
import { isObjectCall } from '../../../../oss/location.js'
import { errorReply } from '../../../../oss/reply.js'
import type { Route } from '../../../../product/product.js'
import { inTurn } from '../../../../serving/in-turn.js'
import type { Protocol, ServedCall } from '../../../../serving/serve-call.js'
import { serveCall } from '../../../../serving/serve-call.js'
import { countSent } from '../../shared/statistics/play-requests.js'
import { writeAccess } from '../logs/access-log.js'
import { addressOf } from './access.js'
import { answer, asConfigured, isSecure, refusalBy } from './answer.js'
import { objectAt, type PlayCall, playCallOf, policyCallOf } from './find.js'

const NOTHING = new Uint8Array()

/** Requests of players. */
const playout: Protocol<PlayCall & ServedCall> = {
  answer: (context) =>
    inTurn(context.account, context.call, async () => {
      context.requestId = context.account.oss.ids.hex().slice(0, 24).toUpperCase()
      const { call, domain } = context
      // It may have become another one while others had their turn.
      if (domain) context.domain = context.account.playDomains.get(domain.name) ?? domain
      const refusal = refusalBy(context.domain)
      if (refusal) return refusal
      let reply: Reply
      try {
        reply = await answer(context, call)
      } catch (error) {
        await count(context, refusedWith(context, error).reply)
        throw error
      }
      await count(context, reply)
      return reply
    }),
  refuse: refusedWith,
  headers: ({ call }) => corsHeaders(call),
  fallbackAccount: ({ account }) => account,
  logFields: ({ call: { stream: _, ...call }, play, path }) => ({
    call: { ...call, body: NOTHING },
    action: undefined,
    operation: { service: 'cdn', name: 'Play', object: play.name + path },
    identity: undefined,
  }),
  nameOf: ({ play, path }) => `play ${play.name}${path}`,
}

/** What a player gets for what was thrown. */
function refusedWith({ call, requestId, domain }: PlayCall & ServedCall, caught: unknown): { reply: Reply; error: unknown } {
  const answered = answerTo(caught)
  const reply = errorReply(answered, call.method, call.host, requestId)
  return { reply: domain ? asConfigured(domain, reply) : reply, error: answered.reason === undefined ? caught : answered }
}

/** Counts a reply in the traffic of the domain, and writes it into its access log. */
async function count(play: PlayCall & ServedCall, reply: Reply): Promise<void> {
  const { account, call, requestId, domain, path } = play
  if (domain === undefined) return
  const { status, headers, body, stream } = reply
  const bytes = call.method === 'HEAD' ? 0 : stream ? Number(headers['content-length']) : Buffer.byteLength(body)
  const at = account.clock.now()
  const https = isSecure(call)
  account.traffic.record(domain.name, { bytes, https, at })
  const object = objectAt(play)
  const address = addressOf(call)
  if (object) countSent(account, { object, call, reply, bytes, address })
  const url = `${https ? 'https' : 'http'}://${play.play.name}${path}`
  await writeAccess(account, { requestId, domain: domain.name, at, url, address, call, status, bytes, headers })
}

/** Calls for files under play domains. */
export const playRoute: Route = {
  name: 'play domains',
  serve(call, { defaultAccount }) {
    if (!isObjectCall(call)) return undefined
    const play = playCallOf(defaultAccount, call) ?? policyCallOf(defaultAccount, call)
    return play && serveCall(playout, { ...play, call, requestId: '', match: undefined })
  },
  hasHost: (hostname, { defaultAccount }) => defaultAccount.cloud.playDomains.find(hostname).next().done !== true,
  hosts: ({ defaultAccount }) => defaultAccount.cloud.playDomains.names(),
}
