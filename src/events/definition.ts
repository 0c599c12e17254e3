/** What the definition of an event type is made of. */

import { z } from 'zod'
import type { Account, EventTypes } from '../account/types.js'
import type { EventRoute, HttpRoute } from './record.js'

/** One event type. */
export interface EventDefinition<Fields extends z.ZodType = z.ZodType, Type extends string = string> {
  /** `FileUploadComplete` */
  type: Type
  /** What happens then; completes "sent when …". */
  when: string
  /** The Actions that lead to it, by their names in the service. */
  actions: readonly string[]
  /** What it carries beside what every event of the service carries. The output of this schema is what is sent. */
  fields: Fields
  /** How events of the service are put together and find their receivers. */
  channel: EventChannel
  /** For the contracts. Default: those in fixtures/examples, or what the schema of its fields tells. */
  examples?: readonly EventExample[]
}

/** An event as it is received, for the contracts. */
export interface EventExample {
  /** What it shows: `a video that cannot be transcoded`. */
  title?: string | undefined
  /** Provider states that lead to it. */
  states?: readonly (string | { name: string; params: Record<string, unknown> })[] | undefined
  /** What it says; JSON in a text is written as what the text means. Fields that every event of the service has can be left out. */
  payload: Readonly<Record<string, z.core.util.JSONType>>
  /** Fields whose very value counts, not only their kind: `Status`. A literal of the schema always counts. */
  exact?: readonly string[] | undefined
}

/** Defines an event type; its name and fields are known to the compiler. */
export const defineEvent = <Fields extends z.ZodType, const Type extends string>(
  event: EventDefinition<Fields, Type>,
): EventDefinition<Fields, Type> => event

/** Whom an event concerns, beside what it says. */
export interface NotifyOptions {
  /** What the upload or job was given: text that its events hand back, and where they go instead of the address that is set. */
  userData?: { extend?: string | undefined; callbackUrl?: string | undefined } | undefined
  /** App of the medium. Default: the service's own. */
  appId?: string | undefined
}

/** An event that has happened. */
export interface Happening {
  definition: EventDefinition
  /** As the definition's schema has made them. */
  fields: object
  /** Milliseconds since 1970 on the account's clock. */
  at: number
}

/** What a service decides of its events. */
export interface EventChannel {
  /** All that an event says, where it goes, and which app it belongs to, if the service has apps. */
  address: (
    account: Account,
    event: Happening,
    options: NotifyOptions,
  ) => { payload: Readonly<Record<string, unknown>>; route: EventRoute; appId?: string }
  /** Headers of an attempt to deliver over HTTP, made at an instant of the account's clock. */
  headers: (route: HttpRoute, at: number) => Record<string, string>
  /** The fields that events of a type have beside their own. */
  commonFields: (definition: EventDefinition) => z.ZodRawShape
  /** What contracts know of receivers. Default: nothing, so that their states have to see to one. */
  receiver?: {
    /** Name of the provider state in which all events are posted to somebody. */
    state: string
    /** The headers that a delivery has then, beside its type. */
    headers: z.ZodRawShape
  }
}

/** Name of an event type. */
export type EventType = keyof EventTypes

type DefinitionOf<Type extends EventType> = EventTypes[Type] extends EventDefinition ? EventTypes[Type] : never

/** What an event of a type is made of. */
export type EventFields<Type extends EventType> = z.input<DefinitionOf<Type>['fields']>

/** The fields of events of a type, but for those that are structures. */
export const fieldNames = (definition: EventDefinition): string[] => [
  ...Object.keys(definition.channel.commonFields(definition)),
  ...plainFields(definition.fields),
]

function plainFields(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(plainFields)
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape).flatMap(([name, field]) => (isStructure(field) ? [] : [name]))
}

function isStructure(field: z.core.$ZodType): boolean {
  if (field instanceof z.ZodOptional) return isStructure(field.unwrap())
  if (field instanceof z.ZodPipe) return isStructure(field.out)
  return field instanceof z.ZodObject || field instanceof z.ZodArray
}

/** The two fields that say why something failed. */
export const failure = { ErrorCode: z.string(), ErrorMessage: z.string() }

/** The fields of something that succeeded or failed: some in both cases, the others in their case only. */
export const outcome = <Common extends z.ZodRawShape, Success extends z.ZodRawShape, Fail extends z.ZodRawShape = typeof failure>(
  common: Common,
  success: Success,
  fail: Fail = failure as unknown as Fail,
) =>
  z.discriminatedUnion('Status', [
    z.strictObject({ Status: z.literal('success'), ...common, ...success }),
    z.strictObject({ Status: z.literal('fail'), ...common, ...fail }),
  ])

/** A number that is sent as text. */
export const numeral = () =>
  z
    .number()
    .transform(String)
    .pipe(z.string().regex(/^-?\d+(\.\d+)?$/))

/** A value that is sent as JSON text. */
export const jsonText = <Schema extends z.ZodType>(schema: Schema) => schema.transform((value) => JSON.stringify(value)).pipe(z.string())

/** A UTC time such as `2026-01-01T00:00:00Z`. */
export const utcSeconds = () => z.iso.datetime({ precision: 0 })
