/** UserData of uploads and jobs, as far as it is about notifications (VOD manual 17, request parameters). */

import { z } from 'zod'
import { isAllText, parseJson } from '../../../../params/structures.js'

/** UserData of a medium or a job. */
export interface UserData {
  /** As it was given. */
  text: string
  /** Where its events go instead of the address that is set for the app. */
  callbackUrl?: string
  /** What its events hand back. */
  extend?: string
}

/** Bytes of UserData.Extend. */
const MAX_EXTEND_BYTES = 512

/** A member that is null is as if it were not there. */
const orNull = <Schema extends z.ZodType>(schema: Schema) => z.preprocess((value) => value ?? undefined, schema.optional())

/** The manual's samples write the parts as objects and as JSON text. */
const objectOrText = <Schema extends z.ZodObject>(schema: Schema) =>
  orNull(z.preprocess((value) => (typeof value === 'string' ? parseJson(value) : value), schema))

const schema = z.object({
  MessageCallback: objectOrText(
    z.object({
      CallbackType: orNull(z.string().regex(/^http$/i, 'can only be http')),
      CallbackURL: orNull(z.url({ protocol: /^https?$/ }).or(z.literal(''))),
    }),
  ),
  Extend: orNull(
    z
      .json()
      .transform((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
      .refine((text) => Buffer.byteLength(text) <= MAX_EXTEND_BYTES, `has more than ${MAX_EXTEND_BYTES} bytes`),
  ),
  AccelerateConfig: objectOrText(z.object({ Type: orNull(z.literal('oss')), Domain: orNull(z.string()) })),
})

/** Reads UserData, or says what is wrong with it, as a continuation of the parameter's name. */
export function readUserData(text: string): { userData: UserData } | { problem: string } {
  const document = parseJson(text)
  if (typeof document !== 'object' || document === null) return { problem: 'is not a JSON object' }
  if (!isAllText(document)) return { problem: 'holds control characters, or half of a character' }
  const { success, data, error } = schema.safeParse(document)
  if (!success) {
    const issue = error.issues[0]
    return { problem: `at ${issue?.path.join('.') || 'its root'}: ${issue?.message}` }
  }
  const { MessageCallback: { CallbackURL: callbackUrl } = {}, Extend: extend } = data
  return { userData: { text, ...(callbackUrl && { callbackUrl }), ...(extend !== undefined && { extend }) } }
}
