/** A typed client of the control API of a running emulator (`/_emulator`). */

import type { z } from 'zod'
import type { SettingsInput, SettingsValues, SnapshotInfo } from '../account/types.js'
import type { Asset, AssetInput } from '../assets/asset.js'
import type { ClockMode, Duration, Fired } from '../base/clock.js'
import type { clockSchema } from '../base/time-schemas.js'
import type { ActionDescription } from '../catalogue/describe.js'
import type { openApiDocument } from '../catalogue/openapi.js'
import type { EventFields, EventType } from '../events/definition.js'
import type { QueueState, ReceivedMessage } from '../events/queues.js'
import type { describeEvent } from '../events/record.js'
import type { FaultInput, JobScriptInput } from '../faults/fault.js'
import type { FaultState } from '../faults/faults.js'
import type { Call } from '../http/call.js'
import type { Permissions } from '../identity/permissions.js'
import type { describeJob } from '../jobs/records.js'
import type { LogEntry } from '../log/describe.js'
import type { LogQuery } from '../log/query.js'
import type { LogCheck, Verification } from '../log/verify.js'
import { isRegExp, regExpJson } from '../patterns/json.js'
import type { LiveStreamInput } from '../products/vod/live/input.js'
import type { RecordingLiveStream } from '../products/vod/live/live-streams.js'
import type { AudienceInput, SimulatedPlays } from '../products/vod/shared/statistics/audience.js'
import type { Parameters } from '../scenarios/scenario.js'
import type { AppliedScenario, EndedScenario, ScenarioState } from '../scenarios/scenarios.js'
import type { SigningKey } from '../signing/sign.js'
import type { StateDocument } from '../state/state.js'
import type { SettleOptions, SettleReport } from '../testing/settle.js'
import type { UsageReport } from '../usage/usage.js'
import type { WorldInput } from '../worlds/world.js'
import type { AppliedWorld, WorldInfo } from '../worlds/worlds.js'
import { CallError } from './error.js'
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

/** Whether the emulator runs, and which. */
export interface Health {
  status: 'ok'
  name: string
  version: string
  /** How many Actions it has. */
  actions: number
  uptimeMs: number
}

/** What to start a further account with. */
export interface NewAccount {
  /** Same seed and same calls give the same bytes. */
  seed?: string | number
  clock?: z.input<typeof clockSchema>
  settings?: SettingsInput
  /** What is to go wrong from the start, and again after each reset. */
  faults?: readonly FaultInput[]
  /** What is in it from the start, and again after each reset: name of a world that the package brings along. */
  world?: string
}

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
export interface ClockState {
  mode: ClockMode
  /** ISO 8601 UTC time. */
  now: string
  /** Seconds of the clock per real second. */
  speed: number
  /** How many items wait to fall due. */
  pending: number
}

/** A move of a clock: where it stands now, and what fell due on the way. */
export interface ClockMove extends ClockState {
  fired: Fired[]
}

/** A RAM user or role: its name, and which Actions it may call. */
export interface Principal extends Permissions {
  name: string
}

/** A job as the control API shows it: its instants are ISO 8601 UTC times. */
export type JobState = ReturnType<typeof describeJob>

/** An event notification as the control API shows it: its instants are ISO 8601 UTC times. */
export type EventState = ReturnType<typeof describeEvent>

/** A message of a queue as the control API hands it out: its instants are ISO 8601 UTC times. */
export type QueueMessage = Omit<ReceivedMessage, 'enqueueTime' | 'nextVisibleTime'> & { enqueueTime: string; nextVisibleTime: string }

/** Credentials as STS's AssumeRole answers them. */
interface StsCredentials {
  AccessKeyId: string
  AccessKeySecret: string
  SecurityToken: string
}

/** A Pact file of what was called. */
export interface RecordedPact {
  consumer: { name: string }
  provider: { name: string }
  interactions: { description: string }[]
  metadata: {
    pactSpecification: { version: string }
    /** The calls that are not in it, and why. */
    'vod-viapi-emulator': { leftOut: { requestId: string; call: string; reason: string }[] }
  }
}

/** A client of the control API. Every call rejects with a `CallError`; with the code `Control.Refused` the message says what was wrong. */
export type Control = ReturnType<typeof createControl>

/** Creates a client of the control API. Throws a `TypeError` if the endpoint is not a URL of http or https. */
export function createControl({ endpoint, accessKeyId, controlToken, timeoutMs }: ControlOptions) {
  const { origin, protocol, host } = new URL(originOf(endpoint))
  const send = overHttp(protocol)
  /** Where the accounts are that it creates. */
  const place = { endpoint: origin, ...(controlToken !== undefined && { controlToken }) }

  const request = async (method: string, path: string, content?: unknown, about = accessKeyId) => {
    const name = `${method} /_emulator${path}`
    const [route = '', query = ''] = path.split('?', 2)
    const call: Call = {
      method,
      host,
      path: `/_emulator${route}`,
      query: [query, about === undefined ? '' : `accessKeyId=${encodeURIComponent(about)}`].filter(Boolean).join('&'),
      headers: {
        ...(content !== undefined && { 'content-type': 'application/json' }),
        ...(controlToken !== undefined && { authorization: `Bearer ${controlToken}` }),
      },
      body: Buffer.from(content === undefined ? '' : JSON.stringify(content, withPatterns)),
    }
    const reply = await exchange(name, send, call, { timeoutMs })
    if (reply.status >= 200 && reply.status < 300) return { name, call, reply }
    const error = documentOf(reply)?.error
    if (typeof error !== 'string') throw unexpected(name, call, reply)
    throw new CallError('Control.Refused', error, { call: name, status: reply.status })
  }

  const ask = async <Answer>(method: string, path: string, content?: unknown, about?: string): Promise<Answer> => {
    const { name, call, reply } = await request(method, path, content, about)
    const document = documentOf(reply)
    if (document === undefined) throw unexpected(name, call, reply)
    return document as Answer
  }

  return {
    /** Whether the emulator runs, and which. */
    health: () => ask<Health>('GET', '/health'),
    /** The catalogue: every Action with its parameters and errors. */
    actions: () => ask<ActionDescription[]>('GET', '/actions'),
    /** The OpenAPI 3.1 document of all Actions. */
    openApi: () => ask<ReturnType<typeof openApiDocument>>('GET', '/openapi.json'),

    /** Creates an empty account. What comes back is what `createClient` and `createControl` take. */
    async createAccount(options: NewAccount = {}): Promise<Caller & { accountId: string }> {
      const account = await ask<SigningKey & { accountId: string }>('POST', '/accounts', options)
      return { ...place, ...account }
    },
    /** Ends an account and forgets everything in it: the one that the key belongs to, else the one that this client is about. */
    disposeAccount: (key: { accessKeyId?: string } = {}) =>
      ask<{ accountId: string; disposed: true }>('DELETE', '/accounts', undefined, key.accessKeyId),
    /** Creates a copy of the account: the same in everything but its keys. What comes back is what `createClient` and `createControl` take. */
    async fork(): Promise<AccountKeys> {
      return { ...place, ...(await ask<Omit<AccountKeys, 'endpoint'>>('POST', '/accounts/fork')) }
    },
    /** Back to the state in which the account was created. */
    reset: () => ask<{ accountId: string; reset: true }>('POST', '/reset'),

    /** Everything in the account, as a document. */
    state: {
      /** With `bytes: 'inline'` it holds the bytes of objects; by default it names them, for imports into the same emulator. */
      export: ({ bytes = 'named' }: { bytes?: 'named' | 'inline' } = {}) => ask<StateDocument>('GET', `/state?bytes=${bytes}`),
      /** Replaces everything in the account but its own keys. RAM users whose keys another account has get new ones. */
      async import(document: StateDocument): Promise<AccountKeys> {
        return { ...place, ...(await ask<Omit<AccountKeys, 'endpoint'>>('PUT', '/state', document)) }
      },
    },

    /** States to come back to. */
    snapshots: {
      /** In the order in which they were saved. */
      list: () => ask<SnapshotInfo[]>('GET', '/snapshots'),
      /** Saves one; of one name, the latest counts. */
      save: (name: string) => ask<SnapshotInfo>('POST', '/snapshots', { name }),
      /** Takes the account back to one, which stays. */
      restore: (name: string) => ask<SnapshotInfo>('POST', `/snapshots/${encodeURIComponent(name)}/restore`),
      /** Resolves with those that are left. */
      delete: (name: string) => ask<SnapshotInfo[]>('DELETE', `/snapshots/${encodeURIComponent(name)}`),
    },

    clock: {
      get: () => ask<ClockState>('GET', '/clock'),
      /** Changes mode, time (forward only) or speed. */
      set: (change: z.input<typeof clockSchema>) => ask<ClockMove>('PUT', '/clock', change),
      /** Moves the clock forward by a length of time, such as `10m` or milliseconds. */
      advance: (by: Duration) => ask<ClockMove>('POST', '/clock/advance', { by }),
      /** Moves the clock forward to an ISO 8601 UTC time. */
      advanceTo: (to: string) => ask<ClockMove>('POST', '/clock/advance', { to }),
    },

    settings: {
      get: () => ask<SettingsValues>('GET', '/settings'),
      /** Takes over what is given and leaves the rest. */
      change: (change: SettingsInput) => ask<SettingsValues>('PUT', '/settings', change),
    },

    /** What is to go wrong: see {@link FaultInput}. */
    faults: {
      /** Those that are set, in the order in which they were, and how often each has matched and happened. */
      list: () => ask<FaultState[]>('GET', '/faults'),
      /** Sets a fault. */
      add: (fault: FaultInput) => ask<FaultState>('POST', '/faults', fault),
      /** Sets several, or none if one of them cannot be. */
      addAll: (faults: readonly FaultInput[]) => ask<FaultState[]>('POST', '/faults', faults),
      /** Takes one back. */
      remove: (id: string) => ask<FaultState[]>('DELETE', `/faults/${encodeURIComponent(id)}`),
      /** Takes all back. */
      clear: () => ask<FaultState[]>('DELETE', '/faults'),
    },

    /** What is known about the files that calls refer to by URL. */
    assets: {
      list: () => ask<Asset[]>('GET', '/assets'),
      /** Declares files, or declares them anew. Resolves with all there are. */
      put: (...assets: AssetInput[]) => ask<Asset[]>('PUT', '/assets', assets),
      clear: () => ask<Asset[]>('DELETE', '/assets'),
    },

    /** The jobs of the account, oldest first; and what can be made of them. */
    jobs: Object.assign(() => ask<JobState[]>('GET', '/jobs'), {
      /** Lets a job go on that is held, or that was to be held later; without an id, all of them. Resolves with those that go on. */
      release: async (id?: string): Promise<JobState[]> =>
        id === undefined
          ? ask<JobState[]>('POST', '/jobs/release')
          : [await ask<JobState>('POST', `/jobs/${encodeURIComponent(id)}/release`)],
      /** Decides what becomes of a job that has not ended; `custom`: the code that it fails with need not be a documented one. */
      script: (id: string, script: JobScriptInput, { custom }: { custom?: true } = {}) =>
        ask<JobState>('POST', `/jobs/${encodeURIComponent(id)}/script`, { ...script, ...(custom && { custom }) }),
    }),
    /** Live streams: nobody can push one here. */
    liveStreams: {
      /** Tells of one that has been recorded: a job makes videos of it, which ListLiveRecordVideo lists. */
      record: (stream: LiveStreamInput) => ask<RecordingLiveStream>('POST', '/live-streams', stream),
    },
    /** Plays, beside those that players ask for. */
    plays: {
      /** Has an audience of any size play a video; the statistics tell of it from nine the next morning, in China. */
      simulate: (audience: AudienceInput) => ask<SimulatedPlays>('POST', '/plays', audience),
    },
    /** The latest calls to the account, oldest first; and what can be asked of them. */
    requests: Object.assign(() => ask<LogEntry[]>('GET', '/requests'), {
      /** The calls that a query asks for, oldest first. */
      find: (query: LogQuery = {}) => ask<LogEntry[]>('POST', '/requests/find', query),
      /** How many calls a query asks for. */
      count: async (query: LogQuery = {}) => (await ask<{ count: number }>('POST', '/requests/count', query)).count,
      /** Rejects unless there are as many calls as there should be, and says what there is instead; unless told otherwise, at least one. */
      verify: (check: LogCheck) => ask<Verification>('POST', '/requests/verify', check),
      /** Forgets all calls. */
      clear: () => ask<LogEntry[]>('DELETE', '/requests'),
      /** A call as a command line for curl, with the signature that was sent or with one of now. */
      async curl(requestId: string, { resign = false }: { resign?: boolean } = {}): Promise<string> {
        const { reply } = await request('GET', `/requests/${encodeURIComponent(requestId)}/curl?resign=${resign}`)
        return String(reply.body).trimEnd()
      },
      /** The calls to one service as a Pact file; `provider` is the service, and can be left out where all calls went to one. */
      pact: ({ consumer, provider }: { consumer: string; provider?: string }) =>
        ask<RecordedPact>(
          'GET',
          `/requests/pact?consumer=${encodeURIComponent(consumer)}${provider === undefined ? '' : `&provider=${encodeURIComponent(provider)}`}`,
        ),
    }),
    /** The check at the end of a test: what is left over. */
    settle: (options: SettleOptions = {}) => ask<SettleReport>('POST', '/settle', options),
    /** What the account was used for, and what it would have cost. */
    usage: () => ask<UsageReport & { accountId: string }>('GET', '/usage'),

    /** Scenarios: named bundles of faults, settings, clock and world. */
    scenarios: {
      /** All that can be applied, in alphabetical order, and whether they are in force. */
      list: () => ask<ScenarioState[]>('GET', '/scenarios'),
      /** What the file of a scenario has. */
      get: (name: string) => ask<Record<string, unknown>>('GET', `/scenarios/${encodeURIComponent(name)}`),
      /** Applies a scenario, all of it or nothing, with values for its parameters. */
      apply: (name: string, parameters: Parameters = {}) =>
        ask<AppliedScenario>('POST', `/scenarios/${encodeURIComponent(name)}`, parameters),
      /** Takes back the faults and settings of a scenario that is in force; clock and world stay. */
      end: (name: string) => ask<EndedScenario>('DELETE', `/scenarios/${encodeURIComponent(name)}`),
    },

    /** Worlds: what can be in an account, as data. */
    worlds: {
      /** Those that the package brings along. */
      list: () => ask<WorldInfo[]>('GET', '/worlds'),
      /** What one has. */
      get: (name: string) => ask<WorldInput>('GET', `/worlds/${encodeURIComponent(name)}`),
      /** Adds a world to the account, all of it or nothing: one by name, or one's own. */
      apply: (world: string | WorldInput) =>
        typeof world === 'string'
          ? ask<AppliedWorld>('POST', `/worlds/${encodeURIComponent(world)}`)
          : ask<AppliedWorld>('POST', '/worlds', world),
    },

    /** Event notifications: what happened, who was told, and every attempt at it. */
    events: {
      /** Oldest first. */
      list: () => ask<EventState[]>('GET', '/events'),
      /** Lets an event happen that no Action leads to. */
      notify: <Type extends EventType>(type: Type, fields: EventFields<Type>, notice: { appId?: string; userData?: string } = {}) =>
        ask<EventState>('POST', '/events', { type, fields, ...notice }),
      /** Forgets all events, and gives up what is still to be delivered. */
      clear: () => ask<EventState[]>('DELETE', '/events'),
    },

    /** The queues that event notifications go to in MNS mode. */
    queues: {
      /** Those that hold messages. */
      list: () => ask<QueueState[]>('GET', '/queues'),
      /** Reads up to 16 messages (default 1), oldest first, and hides them (default 30 s of the account's clock). */
      receive: (queue: string, options: { count?: number; hiddenFor?: Duration } = {}) =>
        ask<QueueMessage[]>('POST', `/queues/${encodeURIComponent(queue)}/receive`, options),
      /** Deletes a message while it is hidden. */
      delete: (queue: string, receiptHandle: string) =>
        ask<{ deleted: true }>('POST', `/queues/${encodeURIComponent(queue)}/delete`, { receiptHandle }),
    },

    ram: {
      /** Creates a RAM user with a key pair, or changes what an existing one may do. What comes back is what `createClient` takes. */
      async putUser(user: Principal): Promise<Caller & { arn: string }> {
        return { endpoint: origin, ...(await ask<SigningKey & { arn: string }>('POST', '/ram/users', user)) }
      },
      /** Creates a RAM role, or changes what an existing one may do. */
      putRole: (role: Principal) => ask<{ arn: string }>('POST', '/ram/roles', role),
      /** Starts an STS session of a role, of 900 to 43,200 seconds (default 3600). What comes back is what `createClient` takes. */
      async assumeRole(session: { role: string; durationSeconds?: number }): Promise<Caller & { securityToken: string }> {
        const { Credentials } = await ask<{ Credentials: StsCredentials }>('POST', '/sts/sessions', session)
        const { AccessKeyId: id, AccessKeySecret: secret, SecurityToken: securityToken } = Credentials
        return { endpoint: origin, accessKeyId: id, accessKeySecret: secret, securityToken }
      },
      /** Enables or disables an access key of the account, its users or its sessions. */
      setKeyActive: (accessKeyId: string, active: boolean) =>
        ask<{ accessKeyId: string; active: boolean }>('PUT', '/access-keys', { accessKeyId, active }),
    },
  }
}

/** Regular expressions as JSON has them. */
const withPatterns = (_name: string, value: unknown): unknown => (isRegExp(value) ? regExpJson(value) : value)
