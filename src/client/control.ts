/** A typed client of the control API of a running emulator (`/_emulator`). */

import type { z } from 'zod'
import type { ActionDescription } from '../catalogue/describe.js'
import type { openApiDocument } from '../catalogue/openapi.js'
import type { ClockMode, Duration, Fired } from '../clock.js'
import type { QueueState, ReceivedMessage } from '../events/queues.js'
import type { describeEvent } from '../events/record.js'
import type { EventFields, EventType } from '../events/types.js'
import type { Call } from '../gateway/call.js'
import type { Permissions } from '../identity/ram.js'
import type { describeJob } from '../jobs/jobs.js'
import type { LogEntry } from '../log.js'
import type { Asset, AssetInput } from '../model/asset.js'
import type { clockSchema, SettingsInput, settingsSchema } from '../settings.js'
import type { UsageReport } from '../usage/usage.js'
import { CallError } from './error.js'
import type { SigningKey } from './sign.js'
import { documentOf, exchange, originOf, overHttp, unexpected } from './transport.js'

/** Which emulator, and which of its accounts. */
export interface ControlOptions {
  /** Where the emulator listens, such as `http://127.0.0.1:4010`. */
  endpoint: string
  /** Any access key of the account that the calls are about. Default: the default account. */
  accessKeyId?: string
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
}

/** Someone who can call, and where: what `createClient` and `createControl` take. */
export interface Caller extends SigningKey {
  endpoint: string
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

type Settings = z.output<typeof settingsSchema>

/** A client of the control API. Every call rejects with a `CallError`; with the code `Control.Refused` the message says what was wrong. */
export type Control = ReturnType<typeof createControl>

/** Creates a client of the control API. Throws a `TypeError` if the endpoint is not a URL of http or https. */
export function createControl({ endpoint, accessKeyId, timeoutMs }: ControlOptions) {
  const { origin, protocol, host } = new URL(originOf(endpoint))
  const send = overHttp(protocol)

  const ask = async <Answer>(method: string, path: string, content?: unknown, about = accessKeyId): Promise<Answer> => {
    const name = `${method} /_emulator${path}`
    const call: Call = {
      method,
      host,
      path: `/_emulator${path}`,
      query: about === undefined ? '' : `accessKeyId=${encodeURIComponent(about)}`,
      headers: content === undefined ? {} : { 'content-type': 'application/json' },
      body: Buffer.from(content === undefined ? '' : JSON.stringify(content)),
    }
    const reply = await exchange(name, send, call, { timeoutMs })
    const document = documentOf(reply)
    const succeeded = reply.status >= 200 && reply.status < 300
    if (document !== undefined && succeeded) return document as Answer
    if (succeeded || typeof document?.error !== 'string') throw unexpected(name, call, reply)
    throw new CallError('Control.Refused', document.error, { call: name, status: reply.status })
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
      return { endpoint: origin, ...account }
    },
    /** Ends an account and forgets everything in it: the one that the key belongs to, else the one that this client is about. */
    disposeAccount: (key: { accessKeyId?: string } = {}) =>
      ask<{ accountId: string; disposed: true }>('DELETE', '/accounts', undefined, key.accessKeyId),
    /** Back to the state in which the account was created. */
    reset: () => ask<{ accountId: string; reset: true }>('POST', '/reset'),

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
      get: () => ask<Settings>('GET', '/settings'),
      /** Takes over what is given and leaves the rest. */
      change: (change: SettingsInput) => ask<Settings>('PUT', '/settings', change),
    },

    /** What is known about the files that calls refer to by URL. */
    assets: {
      list: () => ask<Asset[]>('GET', '/assets'),
      /** Declares files, or declares them anew. Resolves with all there are. */
      put: (...assets: AssetInput[]) => ask<Asset[]>('PUT', '/assets', assets),
      clear: () => ask<Asset[]>('DELETE', '/assets'),
    },

    /** The jobs of the account, oldest first. */
    jobs: () => ask<JobState[]>('GET', '/jobs'),
    /** The latest calls to the account, oldest first. */
    requests: () => ask<LogEntry[]>('GET', '/requests'),
    /** What the account was used for, and what it would have cost. */
    usage: () => ask<UsageReport & { accountId: string }>('GET', '/usage'),

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
      async assumeRole(session: { role: string; durationSeconds?: number }): Promise<Required<Caller>> {
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
