/** The format of recordings: JSON Lines, the first line a header, then a line for each thing that happened, in the order in which it did. */

import { z } from 'zod'
import { problemOf } from '../../src/base/problem.js'
import { RecordingError } from './recording-error.js'

/** What the first line says that a recording is. */
export const FORMAT = 'vod-viapi-emulator/recording'

/** Version of the format. */
export const VERSION = 1

/** Bytes of a body that stand in its line; a larger one of a request is in a file beside the recording, of a larger one of a reply there is the hash. */
export const MAX_IN_LINE = 64 * 1024

/** The folder beside a recording for what is too large for its lines. */
export const bodiesOf = (file: string): string => `${file}.bodies`

const instant = z.number()

const bytesSchema = z.union([z.strictObject({ text: z.string() }), z.strictObject({ base64: z.base64() })])

/** Bytes of a request: as text where they are text, or in a file of their own, named by its number. */
const bodySchema = z.union([bytesSchema, z.strictObject({ file: z.string().regex(/^[a-z0-9-]+$/), size: z.int() })])

/** Bytes of a reply, or what they come to. */
const contentSchema = z.union([bytesSchema, z.strictObject({ sha256: z.string(), size: z.int() })])

const headersSchema = z.record(z.string(), z.string())

/** Options as they were given. Who takes them checks them. */
const optionsSchema = z.record(z.string(), z.json())

/** What the cloud was created with, or which upstream the calls were forwarded to. */
export const headerSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Version of the package that has recorded. */
  package: z.string(),
  /** Instant at which the default account's clock started; of an upstream, at which the recording did. */
  startedAt: instant,
  /** Of calls that were forwarded: to where, `real` or the base of a URL. Secrets are removed from them, and they are compared, not replayed. */
  upstream: z.string().optional(),
  cloud: optionsSchema.default({}),
  /** Where the emulator listened. */
  listensAt: z.string().optional(),
  /** Scenarios that the default account was started with. */
  scenario: z.array(z.string()).default([]),
  /** State that it took over before that. */
  state: z.record(z.string(), z.json()).optional(),
})

/**
 * `account`: the account's own access key. `at`: its clock. `receivedAt`: the machine's time. All instants are milliseconds since 1970.
 * A call without `account` leads to none, and stands where it came in.
 */
const eventSchema = z.discriminatedUnion('type', [
  /** An account was created. */
  z.strictObject({ type: z.literal('account'), account: z.string(), startedAt: instant, options: optionsSchema }),
  /** An account was disposed of. */
  z.strictObject({ type: z.literal('dispose'), account: z.string() }),
  /** A call has its turn. */
  z.strictObject({
    type: z.literal('call'),
    call: z.int(),
    account: z.string().optional(),
    at: instant.optional(),
    receivedAt: instant,
    method: z.string(),
    host: z.string(),
    path: z.string(),
    query: z.string(),
    headers: headersSchema,
    clientAddress: z.string().optional(),
    /** By which address, or which of the real hosts, it has reached the emulator. */
    origin: z.union([z.string(), z.strictObject({ scheme: z.enum(['http', 'https']).optional(), port: z.string().optional() })]).optional(),
    /** Whether it has come over TLS. */
    secure: z.boolean().optional(),
    /** Size of a body that was too large to be read. */
    bodySize: z.number().optional(),
    /** Absent: there is none, or it comes later. */
    body: bodySchema.optional(),
  }),
  /** The body of a call has come, or as much of it as was read; if `at` is there, the call has its second turn. */
  z.strictObject({
    type: z.literal('body'),
    call: z.int(),
    at: instant.optional(),
    body: bodySchema,
    /** What was wrong with the connection, if it broke off. */
    broken: z.string().optional(),
  }),
  /** The reply to a call. */
  z.strictObject({
    type: z.literal('reply'),
    call: z.int(),
    status: z.int(),
    headers: headersSchema,
    /** Absent: the bytes come later, if anybody reads them. */
    body: contentSchema.optional(),
    /** What else there is to the reply, such as what happens to the connection. */
    rest: z.json().default({}),
  }),
  /** The bytes of a reply that were sent piece by piece. */
  z.strictObject({ type: z.literal('content'), call: z.int(), body: contentSchema }),
  /** A call to the control API is served. */
  z.strictObject({
    type: z.literal('control'),
    control: z.int(),
    account: z.string().optional(),
    at: instant.optional(),
    receivedAt: instant,
    method: z.string(),
    url: z.string(),
    body: bodySchema.optional(),
  }),
  /** A call to the control API has been answered. */
  z.strictObject({ type: z.literal('controlled'), control: z.int(), ok: z.boolean() }),
])

/** What JSON can say. */
export type Json = z.output<ReturnType<typeof z.json>>
export type Header = z.output<typeof headerSchema>
export type Event = z.output<typeof eventSchema>
export type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>
export type BodyJson = z.output<typeof bodySchema>
export type BytesJson = z.output<typeof bytesSchema>
export type ContentJson = z.output<typeof contentSchema>

/** Reads the first line. Throws a {@link RecordingError}. */
export function readHeader(line: string): Header {
  const header = parseLine(line)
  if (header?.format !== FORMAT) throw new RecordingError(`it is no recording: its first line does not say "format": "${FORMAT}"`)
  if (header.version !== VERSION)
    throw new RecordingError(`it is a recording of version ${header.version}, and this emulator reads version ${VERSION}`)
  return check(headerSchema, header, 1)
}

/** Reads any other line; `undefined` if it is not whole. Throws a {@link RecordingError}. */
export function readEvent(line: string, number: number): Event | undefined {
  const event = parseLine(line)
  return event && check(eventSchema, event, number)
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown, number: number): z.output<Schema> {
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  throw new RecordingError(`line ${number}: ${problemOf(checked.error)}`)
}

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Bytes as a line holds them. */
export function bytesJson(bytes: Uint8Array): BytesJson {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8')
  return Buffer.from(text).equals(buffer) ? { text } : { base64: buffer.toString('base64') }
}

/** The bytes that a line holds. */
export const bytesOf = (body: BytesJson): Buffer => ('text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64'))
