/** What the definition of an event type is made of. */

import { z } from 'zod'

/** Names that EventTypeList has for more than the event type of that name. */
export type SharedSwitch = 'AIComplete'

/** One event type. */
export interface EventDefinition<Fields extends z.ZodType = z.ZodType> {
  /** What happens then; completes "sent when …". */
  when: string
  /** The VOD Actions that lead to it. */
  actions: readonly string[]
  /** What it carries beside what every event carries. The output of this schema is what is sent. */
  fields: Fields
  /** The name that stands for it in EventTypeList, if that is not its own. */
  switch?: SharedSwitch
  /** True if the event says which app it belongs to. */
  namesApp?: boolean
}

/** Defines an event type; its fields are known to the compiler. */
export const defineEvent = <Fields extends z.ZodType>(definition: EventDefinition<Fields>): EventDefinition<Fields> => definition

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
export const numeral = () => z.number().transform(String)

/** A value that is sent as JSON text. */
export const jsonText = <Schema extends z.ZodType>(schema: Schema) => schema.transform((value) => JSON.stringify(value))

/** A UTC time such as `2026-01-01T00:00:00Z`. */
export const utcSeconds = () => z.iso.datetime({ precision: 0 })
