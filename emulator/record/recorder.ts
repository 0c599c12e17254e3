/** Recording what happens to a cloud, so that it can be replayed. */

import pkg from '../../package.json' with { type: 'json' }
import { machineNow } from '../../src/base/clock.js'
import type { Account, Cloud, CloudOptions, NewAccountOptions, Reply, StateDocument } from '../../src/index.js'
import { isObjectCall } from '../../src/oss/location.js'
import { isRegExp, regExpJson } from '../../src/patterns/json.js'
import { ReplyContent, RequestBody } from './bodies.js'
import { bodiesOf, FORMAT, type Header, type Json, VERSION } from './format.js'
import { Lines } from './lines.js'

/** A call to the control API. */
export interface ControlCall {
  /** The account that it is about. */
  account: Account | undefined
  method: string
  /** Path and query. */
  url: string
  body: unknown
}

/** What the recorder cannot see for itself. */
export interface RecordOptions {
  /** Scenarios that the default account is started with. */
  scenario?: readonly string[]
  /** State that it takes over before that. */
  state?: StateDocument | undefined
}

/** A recording that is being made. */
export interface Recorder {
  /**
   * Has a control call served, and records it and whether it was accepted; one that throws was not. It waits until the account has nothing else
   * to do, so that it stands where it took effect.
   */
  control<Answer>(call: ControlCall, serve: () => Promise<{ answer: Answer; accepted: boolean }>): Promise<Answer>
  /** Ends the recording. The cloud goes on. */
  close(): void
}

/**
 * Records every call to a cloud from now on, every account that is created and disposed of, and what the {@link Recorder} is told of, to `file`
 * (JSON Lines; an older file of that name is overwritten) and, where bodies are large, to files in `<file>.bodies`. Each line is written before
 * the call goes on: whatever becomes of the process, what was answered has been recorded. What a test changes in process, such as settings, is
 * not seen. Throws a `RangeError` if the cloud has served calls already, which nobody could replay, and an `Error` if the file cannot be written.
 */
export function record(cloud: Cloud, file: string, { scenario = [], state }: RecordOptions = {}): Recorder {
  if (cloud.account().ids.drawn > 0) throw new RangeError('a recording begins before the first call, and in a data folder that is empty')
  const lines = new Lines(file, cloud.onBug, () => headerOf(cloud, { scenario, state }))
  const folder = bodiesOf(file)
  const { handle, createAccount, disposeAccount } = cloud
  let calls = 0
  let controls = 0

  cloud.handle = async (call) => {
    const number = ++calls
    const receivedAt = call.receivedAt ?? machineNow()
    const body = call.stream ? new RequestBody(folder, `call-${number}`, call.stream) : RequestBody.of(call.body, folder, `call-${number}`)
    // OSS reads bodies outside of its turns, and what it is sent may be long in coming.
    const isLate = isObjectCall(call, cloud)
    const first = (account: Account | undefined): void => {
      const { method, host, path, query, headers, clientAddress, bodySize, origin, secure } = call
      const sent = Object.fromEntries(Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined))
      const request = { method, host, path, query, headers: sent, clientAddress, origin, secure, bodySize: finite(bodySize) }
      const whole = !isLate && body.size > 0 ? body.toJSON() : undefined
      lines.add({ type: 'call', call: number, ...whereIs(account), receivedAt, ...request, body: whole })
    }
    let turns = 0
    const second = (at?: number): void => {
      if (isLate && turns++ === 1) lines.add({ type: 'body', call: number, at, body: body.toJSON(), broken: body.broken })
    }
    const reply = await handle({
      ...call,
      receivedAt,
      ...(call.stream && { stream: body }),
      onTurn(account) {
        call.onTurn?.(account)
        if (turns > 0) return second(account?.clock.now())
        turns = 1
        first(account)
      },
    })
    // It was refused for what came, or for how.
    if (body.size > 0 || body.broken !== undefined) second()
    return recordReply(number, reply)
  }

  const recordReply = (number: number, reply: Reply): Reply => {
    const { status, headers, body, stream, ended: _, ...rest } = reply
    const content = new ReplyContent()
    if (!stream) content.add(Buffer.from(body))
    lines.add({
      type: 'reply',
      call: number,
      status,
      headers: { ...headers },
      body: stream ? undefined : content.toJSON(),
      rest: jsonOf(rest),
    })
    if (!stream) return reply
    return { ...reply, stream: content.of(stream, () => lines.add({ type: 'content', call: number, body: content.toJSON() })) }
  }

  cloud.createAccount = (options: NewAccountOptions = {}) => {
    const account = createAccount(options)
    const { startedAt } = account.clock
    lines.add({ type: 'account', account: account.credentials.accessKeyId, startedAt, options: jsonOf(withWorld(account, options)) })
    return account
  }
  cloud.disposeAccount = (account) => {
    disposeAccount(account)
    lines.add({ type: 'dispose', account: account.credentials.accessKeyId })
  }

  return {
    async control({ account, method, url, body }, serve) {
      while (account?.turn.busy) await account.turn.take(() => {})
      const number = ++controls
      const content = body === undefined ? undefined : RequestBody.of(Buffer.from(JSON.stringify(body)), folder, `control-${number}`)
      lines.add({ type: 'control', control: number, ...whereIs(account), receivedAt: machineNow(), method, url, body: content?.toJSON() })
      let ok = false
      try {
        const { answer, accepted } = await serve()
        ok = accepted
        return answer
      } finally {
        lines.add({ type: 'controlled', control: number, ok })
      }
    },
    close() {
      Object.assign(cloud, { handle, createAccount, disposeAccount })
      lines.close()
    },
  }
}

/** Whose turn it is, and when. */
const whereIs = (account: Account | undefined): { account?: string; at?: number } =>
  account ? { account: account.credentials.accessKeyId, at: account.clock.now() } : {}

/** JSON has no infinity: of a body that was cut off while it was read, the size is not known. */
const finite = (size: number | undefined): number | undefined => (size === undefined ? undefined : Math.min(size, Number.MAX_SAFE_INTEGER))

/** What a replay needs to know of the cloud. */
function headerOf(cloud: Cloud, { scenario = [], state }: RecordOptions): Header {
  const { seed, clock, accessKeys, assets, settings, faults, scenarios, world } = cloud.options
  const { bounds } = cloud
  return {
    format: FORMAT,
    version: VERSION,
    package: pkg.version,
    startedAt: cloud.account().clock.startedAt,
    cloud: jsonOf(
      withWorld(cloud.account(), {
        seed,
        clock,
        accessKeys,
        assets,
        settings,
        faults,
        scenarios,
        world,
        ...bounds,
        publicUrl: cloud.addresses.fixed,
      }),
    ),
    listensAt: cloud.addresses.own,
    scenario: [...scenario],
    ...(state && { state: jsonOf(state) }),
  }
}

/** The same options with the world itself: the replay may run where its file is not. */
const withWorld = <Options extends { world?: CloudOptions['world'] | undefined }>({ worlds }: Account, options: Options): Options =>
  typeof options.world === 'string' ? { ...options, world: worlds.get(options.world) } : options

/** Options as JSON says them. */
const jsonOf = (options: object): Record<string, Json> =>
  JSON.parse(JSON.stringify(options, (_name, value: unknown) => (isRegExp(value) ? regExpJson(value) : value)))
