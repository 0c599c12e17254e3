/** A typed client of the control API of a running emulator (`/_emulator`). */

import type { z } from 'zod'
import type { SettingsInput } from '../account/types.js'
import type { AssetInput } from '../assets/asset.js'
import type { Duration } from '../base/clock.js'
import type { clockSchema } from '../base/time-schemas.js'
import type { ControlRoutes } from '../control/index.js'
import type { Answer, Page, Sent } from '../control/route.js'
import type { EventFields, EventType } from '../events/definition.js'
import type { FaultInput, JobScriptInput } from '../faults/fault.js'
import type { FaultState } from '../faults/faults.js'
import type { Call } from '../http/call.js'
import type { Permissions } from '../identity/permissions.js'
import type { LogQuery } from '../log/query.js'
import type { LogCheck } from '../log/verify.js'
import { isRegExp, regExpJson } from '../patterns/json.js'
import type { LiveStreamInput } from '../products/vod/live/input.js'
import type { AudienceInput } from '../products/vod/shared/statistics/audience.js'
import type { Parameters } from '../scenarios/scenario.js'
import type { SigningKey } from '../signing/sign.js'
import type { StateDocument } from '../state/state.js'
import type { SettleOptions } from '../testing/settle.js'
import type { WorldInput } from '../worlds/world.js'
import { CallError } from './error.js'
import { type LiveOptions, listen } from './live.js'
import { documentOf, exchange, originOf, overHttp, unexpected } from './transport.js'

/** Which emulator, and which of its accounts. */
export interface ControlOptions {
  /** Where the emulator listens, such as `http://127.0.0.1:4010`. */
  endpoint: string
  /** Any access key of the account that the calls are about. Default: the default account. */
  accessKeyId?: string
  /** What the emulator was started with as `--control-token`. Default: it asks for none. */
  controlToken?: string
  /** Milliseconds to wait for an answer. Default 10,000. */
  timeoutMs?: number
}

/** What one route of the control API answers. */
type AnswerTo<Name extends keyof ControlRoutes> = Answer<ControlRoutes[Name]>

/** Whether the emulator runs, and which. */
export type Health = AnswerTo<'GET /health'>

/** What to start a further account with. */
export type NewAccount = NonNullable<Sent<ControlRoutes['POST /accounts']>['body']>

/** Someone who can call, and where: what `createClient` and `createControl` take. */
export interface Caller extends SigningKey {
  endpoint: string
  /** Where the control API asks for one. */
  controlToken?: string
}

/** An account whose keys may be news: its own, and the latest of each RAM user that has one. */
export interface AccountKeys extends Caller {
  accountId: string
  users: ({ name: string } & Partial<SigningKey>)[]
}

/** An account's clock. */
export type ClockState = AnswerTo<'GET /clock'>

/** A move of a clock: where it stands now, and what fell due on the way. */
export type ClockMove = AnswerTo<'POST /clock/advance'>

/** A RAM user or role: its name, and which Actions it may call. */
export interface Principal extends Permissions {
  name: string
}

/** A job as the control API shows it: its instants are ISO 8601 UTC times. */
export type JobState = AnswerTo<'GET /jobs'>[number]

/** An event notification as the control API shows it: its instants are ISO 8601 UTC times. */
export type EventState = AnswerTo<'GET /events'>[number]

/** A message of a queue as the control API hands it out: its instants are ISO 8601 UTC times. */
export type QueueMessage = AnswerTo<'POST /queues/{queue}/receive'>[number]

/** A client of the control API. Every call rejects with a `CallError`; with the code `Control.Refused` the message says what was wrong. */
export type Control = ReturnType<typeof createControl>

/** Creates a client of the control API. Throws a `TypeError` if the endpoint is not a URL of http or https. */
export function createControl({ endpoint, accessKeyId, controlToken, timeoutMs }: ControlOptions) {
  const { origin, protocol, host } = new URL(originOf(endpoint))
  const send = overHttp(protocol)
  /** Where the accounts are that it creates. */
  const place = { endpoint: origin, ...(controlToken !== undefined && { controlToken }) }

  /** Sends a request to a route. */
  const request = async (name: keyof ControlRoutes, { params = {}, query = {}, body, about = accessKeyId }: Request) => {
    const [method = '', template = ''] = name.split(' ')
    const path = `/_emulator${template === '/' ? '' : template}`.replace(/\{(\w+)\}/g, (_, param: string) =>
      encodeURIComponent(String(params[param])),
    )
    const asked = Object.entries({ ...query, accessKeyId: about }).filter(([, value]) => value !== undefined)
    const call: Call = {
      method,
      host,
      path,
      query: asked.map(([each, value]) => `${encodeURIComponent(each)}=${encodeURIComponent(String(value))}`).join('&'),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(controlToken !== undefined && { authorization: `Bearer ${controlToken}` }),
      },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body, withPatterns)),
    }
    const title = `${method} ${path}`
    const reply = await exchange(title, send, call, { timeoutMs })
    if (reply.status >= 200 && reply.status < 300) return { title, call, reply }
    const error = documentOf(reply)?.error
    if (typeof error !== 'string') throw unexpected(title, call, reply)
    throw new CallError('Control.Refused', error, { call: title, status: reply.status })
  }

  /**
   * Calls a route by its name in `GET /_emulator/control.json`, such as `POST /clock/advance`; what is sent and what is answered have the types that are
   * declared there.
   */
  const call = async <Name extends keyof ControlRoutes>(
    name: Name,
    sent: Sent<ControlRoutes[Name]> & { about?: string | undefined } = {} as never,
  ): Promise<AnswerTo<Name>> => {
    const { title, call: asked, reply } = await request(name, sent as Request)
    const document = documentOf(reply)
    if (document === undefined) throw unexpected(title, asked, reply)
    return document as AnswerTo<Name>
  }

  return {
    call,
    /** What there is: name, version, address and routes. */
    index: () => call('GET /'),
    /** Whether the emulator runs, and which. */
    health: () => call('GET /health'),
    /** The catalogue: every Action with its parameters and errors. */
    actions: () => call('GET /actions'),
    /** Where what is known of the services today and their manuals disagree. */
    facts: (page: Page = {}) => call('GET /facts', { query: page }),
    /** The OpenAPI 3.1 document of all Actions. */
    openApi: () => call('GET /openapi.json'),
    /** The OpenAPI 3.1 document of the control API. */
    controlApi: () => call('GET /control.json'),

    /** The base of the URLs that answers hold. */
    publicUrl: {
      /** What was set; null: URLs have the address under which the emulator was reached. */
      get: async () => (await call('GET /public-url')).publicUrl,
      set: async (publicUrl: string | null) => (await call('PUT /public-url', { body: { publicUrl } })).publicUrl,
    },

    /** All accounts, in the order in which they were created. */
    accounts: (page: Page = {}) => call('GET /accounts', { query: page }),
    /** Creates an empty account. What comes back is what `createClient` and `createControl` take. */
    createAccount: async (options: NewAccount = {}): Promise<Caller & { accountId: string }> => ({
      ...place,
      ...(await call('POST /accounts', { body: options })),
    }),
    /** Ends an account and forgets everything in it: the one that the key belongs to, else the one that this client is about. */
    disposeAccount: (key: { accessKeyId?: string } = {}) => call('DELETE /accounts', { about: key.accessKeyId }),
    /** Creates a copy of the account: the same in everything but its keys. What comes back is what `createClient` and `createControl` take. */
    fork: async (): Promise<AccountKeys> => ({ ...place, ...(await call('POST /accounts/fork')) }),
    /** Creates a copy of the account as it was before a call, clock included; the setting `history` says of how many calls that is kept. */
    forkAt: async (requestId: string): Promise<AccountKeys> => ({
      ...place,
      ...(await call('POST /requests/{requestId}/fork', { params: { requestId } })),
    }),
    /**
     * What happens in the account, as it happens; resolves once it is listened to. Ends with the signal, or where it is no longer iterated over. After a
     * connection that broke it goes on where it was, and tells of a `gap` where it cannot.
     */
    live: ({ all, types, signal }: LiveOptions = {}) => {
      const query = Object.entries({ all, types: types?.join(','), accessKeyId }).filter(([, value]) => value !== undefined)
      const url = `${origin}/_emulator/live?${new URLSearchParams(Object.fromEntries(query.map(([name, value]) => [name, String(value)])))}`
      return listen({ url, headers: controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` }, signal })
    },
    /** Back to the state in which the account was created. */
    reset: () => call('POST /reset'),

    /** Everything in the account, as a document. */
    state: {
      /** With `bytes: 'inline'` it holds the bytes of objects; by default it names them, for imports into the same emulator. */
      export: ({ bytes = 'named' }: { bytes?: 'named' | 'inline' } = {}) => call('GET /state', { query: { bytes } }),
      /** Replaces everything in the account but its own keys. RAM users whose keys another account has get new ones. */
      import: async (document: StateDocument): Promise<AccountKeys> => ({ ...place, ...(await call('PUT /state', { body: document })) }),
    },

    /** States to come back to. */
    snapshots: {
      /** In the order in which they were saved. */
      list: (page: Page = {}) => call('GET /snapshots', { query: page }),
      /** Saves one; of one name, the latest counts. */
      save: (name: string) => call('POST /snapshots', { body: { name } }),
      /** Takes the account back to one, which stays. */
      restore: (name: string) => call('POST /snapshots/{name}/restore', { params: { name } }),
      /** Resolves with those that are left. */
      delete: (name: string) => call('DELETE /snapshots/{name}', { params: { name } }),
    },

    clock: {
      get: () => call('GET /clock'),
      /** What falls due next, in that order. */
      due: ({ limit }: { limit?: number } = {}) => call('GET /clock/due', { query: { limit } }),
      /** Changes mode, time (forward only) or speed. */
      set: (change: z.input<typeof clockSchema>) => call('PUT /clock', { body: change }),
      /** Moves the clock forward by a length of time, such as `10m` or milliseconds. */
      advance: (by: Duration) => call('POST /clock/advance', { body: { by } }),
      /** Moves the clock forward to an ISO 8601 UTC time. */
      advanceTo: (to: string) => call('POST /clock/advance', { body: { to } }),
    },

    settings: {
      get: () => call('GET /settings'),
      /** Takes over what is given and leaves the rest. */
      change: (change: SettingsInput) => call('PUT /settings', { body: change }),
    },

    /** What is to go wrong: see {@link FaultInput}. */
    faults: {
      /** Those that are set, in the order in which they were, and how often each has matched and happened. */
      list: (page: Page = {}) => call('GET /faults', { query: page }),
      /** Sets a fault. */
      add: async (fault: FaultInput) => (await call('POST /faults', { body: fault })) as FaultState,
      /** Sets several, or none if one of them cannot be. */
      addAll: async (faults: readonly FaultInput[]) => (await call('POST /faults', { body: faults })) as FaultState[],
      /** Takes one back. */
      remove: (id: string) => call('DELETE /faults/{id}', { params: { id } }),
      /** Takes all back. */
      clear: () => call('DELETE /faults'),
    },

    /** What is known about the files that calls refer to by URL. */
    assets: {
      list: (page: Page = {}) => call('GET /assets', { query: page }),
      /** Declares files, or declares them anew. Resolves with all there are. */
      put: (...assets: AssetInput[]) => call('PUT /assets', { body: assets }),
      clear: () => call('DELETE /assets'),
    },

    /** The jobs of the account, oldest first; and what can be made of them. */
    jobs: Object.assign((page: Page = {}) => call('GET /jobs', { query: page }), {
      /** Lets a job go on that is held, or that was to be held later; without an id, all of them. Resolves with those that go on. */
      release: async (id?: string): Promise<JobState[]> =>
        id === undefined ? call('POST /jobs/release') : [await call('POST /jobs/{id}/release', { params: { id } })],
      /** Decides what becomes of a job that has not ended; `custom`: the code that it fails with need not be a documented one. */
      script: (id: string, script: JobScriptInput, { custom }: { custom?: true } = {}) =>
        call('POST /jobs/{id}/script', { params: { id }, body: { ...script, ...(custom && { custom }) } }),
    }),
    /** Live streams: nobody can push one here. */
    liveStreams: {
      /** Tells of one that has been recorded: a job makes videos of it, which ListLiveRecordVideo lists. */
      record: (stream: LiveStreamInput) => call('POST /live-streams', { body: stream }),
    },
    /** Plays, beside those that players ask for. */
    plays: {
      /** Has an audience of any size play a video; the statistics tell of it from nine the next morning, in China. */
      simulate: (audience: AudienceInput) => call('POST /plays', { body: audience }),
    },
    /** The latest calls to the account, oldest first; and what can be asked of them. */
    requests: Object.assign((page: Page = {}) => call('GET /requests', { query: page }), {
      /** One call with its request and its answer, headers and bodies included. */
      get: (requestId: string) => call('GET /requests/{requestId}', { params: { requestId } }),
      /** The calls that a query asks for, oldest first. */
      find: (query: LogQuery = {}, page: Page = {}) => call('POST /requests/find', { body: query, query: page }),
      /** How many calls a query asks for. */
      count: async (query: LogQuery = {}) => (await call('POST /requests/count', { body: query })).count,
      /** Rejects unless there are as many calls as there should be, and says what there is instead; unless told otherwise, at least one. */
      verify: (check: LogCheck) => call('POST /requests/verify', { body: check }),
      /** Forgets all calls. */
      clear: () => call('DELETE /requests'),
      /** A call as a command line for curl, with the signature that was sent or with one of now. */
      async curl(requestId: string, { resign = false }: { resign?: boolean } = {}): Promise<string> {
        const { reply } = await request('GET /requests/{requestId}/curl', { params: { requestId }, query: { resign } })
        return String(reply.body).trimEnd()
      },
      /** All calls as an HTTP archive (HAR 1.2). */
      har: () => call('GET /requests/har'),
      /** The calls to one service as a Pact file; `provider` is the service, and can be left out where all calls went to one. */
      pact: ({ consumer, provider }: { consumer: string; provider?: string }) =>
        call('GET /requests/pact', { query: { consumer, provider } }),
    }),
    /** The check at the end of a test: what is left over. */
    settle: (options: SettleOptions = {}) => call('POST /settle', { body: options }),
    /** What the account was used for, and what it would have cost. */
    usage: () => call('GET /usage'),

    /** Scenarios: named bundles of faults, settings, clock and world. */
    scenarios: {
      /** All that can be applied, in alphabetical order, and whether they are in force. */
      list: (page: Page = {}) => call('GET /scenarios', { query: page }),
      /** What the file of a scenario has. */
      get: (name: string) => call('GET /scenarios/{name}', { params: { name } }),
      /** Applies a scenario, all of it or nothing, with values for its parameters. */
      apply: (name: string, parameters: Parameters = {}) => call('POST /scenarios/{name}', { params: { name }, body: parameters }),
      /** Takes back the faults and settings of a scenario that is in force; clock and world stay. */
      end: (name: string) => call('DELETE /scenarios/{name}', { params: { name } }),
    },

    /** Worlds: what can be in an account, as data. */
    worlds: {
      /** Those that the package brings along. */
      list: (page: Page = {}) => call('GET /worlds', { query: page }),
      /** What one has. */
      get: (name: string) => call('GET /worlds/{name}', { params: { name } }),
      /** Adds a world to the account, all of it or nothing: one by name, or one's own. */
      apply: (world: string | WorldInput) =>
        typeof world === 'string' ? call('POST /worlds/{name}', { params: { name: world } }) : call('POST /worlds', { body: world }),
    },

    /** Event notifications: what happened, who was told, and every attempt at it. */
    events: {
      /** Oldest first. */
      list: (page: Page = {}) => call('GET /events', { query: page }),
      /** Lets an event happen that no Action leads to. */
      notify: <Type extends EventType>(type: Type, fields: EventFields<Type>, notice: { appId?: string; userData?: string } = {}) =>
        call('POST /events', { body: { type, fields: fields as Record<string, unknown>, ...notice } }),
      /** Forgets all events, and gives up what is still to be delivered. */
      clear: () => call('DELETE /events'),
    },

    /** The queues that event notifications go to in MNS mode. */
    queues: {
      /** Those that hold messages. */
      list: (page: Page = {}) => call('GET /queues', { query: page }),
      /** Reads up to 16 messages (default 1), oldest first, and hides them (default 30 s of the account's clock). */
      receive: (queue: string, options: { count?: number; hiddenFor?: Duration } = {}) =>
        call('POST /queues/{queue}/receive', { params: { queue }, body: options }),
      /** Deletes a message while it is hidden. */
      delete: (queue: string, receiptHandle: string) => call('POST /queues/{queue}/delete', { params: { queue }, body: { receiptHandle } }),
    },

    ram: {
      /** Creates a RAM user with a key pair, or changes what an existing one may do. What comes back is what `createClient` takes. */
      putUser: async (user: Principal): Promise<Caller & { arn: string }> => ({
        endpoint: origin,
        ...(await call('POST /ram/users', { body: written(user) })),
      }),
      /** Creates a RAM role, or changes what an existing one may do. */
      putRole: (role: Principal) => call('POST /ram/roles', { body: written(role) }),
      /** Starts an STS session of a role, of 900 to 43,200 seconds (default 3600). What comes back is what `createClient` takes. */
      async assumeRole(session: { role: string; durationSeconds?: number }): Promise<Caller & { securityToken: string }> {
        const { Credentials } = await call('POST /sts/sessions', { body: session })
        const { AccessKeyId: id, AccessKeySecret: secret, SecurityToken: securityToken } = Credentials
        return { endpoint: origin, accessKeyId: id, accessKeySecret: secret, securityToken }
      },
      /** Enables or disables an access key of the account, its users or its sessions. */
      setKeyActive: (key: string, active: boolean) => call('PUT /access-keys', { body: { accessKeyId: key, active } }),
    },
  }
}

/** What is sent, whatever the route. */
interface Request {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  about?: string | undefined
}

/** Permissions in lists of their own, as a body has them. */
const written = ({ allow, deny, ...rest }: Principal) => ({
  ...rest,
  ...(allow && { allow: [...allow] }),
  ...(deny && { deny: [...deny] }),
})

/** Regular expressions as JSON has them. */
const withPatterns = (_name: string, value: unknown): unknown => (isRegExp(value) ? regExpJson(value) : value)
