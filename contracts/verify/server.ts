/** The door for the Pact verifier: each interaction meets an account of its own in the state it asks for, and its request is signed on the way in. */

import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { buildPlainApp } from '../../emulator/server/app.js'
import type { Account, Call, Cloud, Reply } from '../../src/index.js'
import { resignObject } from '../../src/oss/resign.js'
import type { StateError } from '../../src/product/provider-state.js'
import { resign, ShapeError } from '../../src/rpc/resign.js'
import type { Scheme, SigningKey } from '../../src/signing/sign.js'
import { filledIn } from '../states/fill-in.js'
import { applyStates } from '../states/index.js'
import type { PactFile, PactInteraction } from './files.js'
import { type SentMessage, sendMessage } from './messages.js'

/** Carries an interaction's number from the pact to this door. */
export const NUMBER_HEADER = 'x-emulator-interaction'

/** An interaction on its way through verification. */
export interface Trial {
  file: PactFile
  interaction: PactInteraction
  /** `<service>.<Action>`, once the request has named it. */
  action?: string
  /** Why nothing could be verified, in words for the author of the pact. */
  problem?: string
  /** What the request was answered. */
  reply?: Reply
  /** What the states have sent, where a message is expected. */
  message?: SentMessage
}

/** An open door. */
export interface VerifierServer {
  url: string
  statesUrl: string
  /** Where the verifier asks for messages. */
  messages: { port: number; path: string }
  close(): Promise<void>
}

/** Whom an interaction meets. */
interface Arrangement {
  account: Account
  /** What its request is signed with. Default: the account's own. */
  key?: SigningKey
  /** What the states have given. */
  values: Readonly<Record<string, string>>
}

/** The provider of pacts about requests to OSS. */
const OSS = 'oss'

/** Opens the door in front of a cloud; `trials` are found by the numbers that the verifier sends. */
export async function startVerifierServer(cloud: Cloud, trials: readonly Trial[], scheme: Scheme): Promise<VerifierServer> {
  // Where the verifier asks for states, and for messages; no pact can name it.
  const statesPath = `/_pact/${randomUUID()}`
  const messagesPath = `/_pact/${randomUUID()}`
  const arrangements = new Map<Trial, Arrangement>()
  const signed = async (request: Call, trial: Trial, { account, key = account.credentials, values }: Arrangement): Promise<Call> => {
    const { provider } = trial.file
    if (provider === OSS) {
      const region = account.oss.buckets.find(({ name }) => name === values.Bucket)?.region ?? 'cn-shanghai'
      // The fields of a form are where Pact's own generators do not reach.
      return resignObject(request, { key, now: account.clock.now(), region, fillIn: (text) => filledIn(text, values) })
    }
    const { call, action } = resign(request, { catalogue: cloud.catalogue, provider, key, scheme })
    trial.action = action
    return call
  }
  const handle = async (request: Call): Promise<Reply> => {
    const trial = trials[Number(request.headers[NUMBER_HEADER])]
    const arranged = trial && arrangements.get(trial)
    if (trial === undefined || arranged === undefined) return refusal('this door is for the Pact verifier')
    try {
      if (trial.problem !== undefined) return refusal(trial.problem)
      trial.reply = await cloud.handle(await signed(request, trial, arranged))
      return trial.reply
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error
      trial.problem = error.message
      return refusal(error.message)
    } finally {
      cloud.disposeAccount(arranged.account)
      arrangements.delete(trial)
    }
  }

  // Without the control API: a pact is about calls of Actions.
  const app = buildPlainApp({ ...cloud, handle })
  app.post(statesPath, async (request) => {
    const trial = trials[Number((request.body as { state: string }).state)] as Trial
    const { kind, states, message } = trial.interaction
    try {
      if (kind === 'message') {
        const sent = await sendMessage(cloud, states, message)
        trial.message = sent.message
        return sent.values
      }
      const account = cloud.createAccount({ clock: 'manual' })
      arrangements.set(trial, { account, values: {} })
      const { values = {}, key } = await applyStates(cloud, account, states)
      arrangements.set(trial, { account, values, ...(key && { key }) })
      return values
    } catch (error) {
      // The verifier would try again after anything but success; so it goes on, and its request is refused.
      trial.problem = (error as StateError).message
      return {}
    }
  })
  app.post(messagesPath, (request, reply) => {
    const { message, problem = 'nothing was sent' } = trials[Number((request.body as { description: string }).description)] ?? {}
    if (message === undefined) return reply.code(400).send({ error: problem })
    const metadata = Buffer.from(JSON.stringify(message.metadata)).toString('base64')
    return reply.headers({ 'content-type': 'application/json', 'pact-message-metadata': metadata }).send(message.body)
  })

  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return { url, statesUrl: url + statesPath, messages: { port, path: messagesPath }, close: () => app.close() }
}

const refusal = (error: string): Reply => ({
  status: 400,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error }),
})
