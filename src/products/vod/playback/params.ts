/** JSON parameters of GetPlayInfo (VOD manual, appendix "PlayConfig", "ReAuthInfo"). */

import { z } from 'zod'
import { OWN_LIMIT, paramType, Violated } from '../../../params/param-type.js'
import { json } from '../../../params/structures.js'
import { definitions } from '../shared/media/stream.js'

/** A part of auth_key: a hyphen would end it. */
const authPart = z.string().regex(/^[A-Za-z0-9]{1,64}$/, 'must be letters and digits')

/** uid and rand of an authenticated URL. */
export const reAuthInfo = () => json(z.object({ uid: authPart.default('0'), rand: authPart.default('0') }), { maxLength: 1024 })

/** Texts of the manual's are numbers of the SDKs' in places. */
const seconds = z
  .union([z.int(), z.string().regex(/^\d{1,9}$/, 'is not a whole number of seconds')])
  .transform(Number)
  .pipe(z.int().min(1))

/** How a video is to be played. XForwardedFor matters to callers from fixed addresses only, and says nothing here. */
export const playConfig = () =>
  json(
    z.object({
      PlayDomain: z.string().max(253).optional(),
      XForwardedFor: z.string().max(1024).optional(),
      PreviewTime: seconds.optional(),
      MtsHlsUriToken: z.string().max(1024).optional(),
      EncryptType: z.enum(['Unencrypted', 'AliyunVoDEncryption', 'HLSEncryption']).optional(),
    }),
    { maxLength: 4096 },
  )

/** How many a list may name. */
const MAX_NAMES = 1000

/** The marks of streams that a caller names, those that there are not included: who asks with a playback credential may name any. */
export const namedDefinitions = () =>
  paramType<string[]>(
    { type: 'String', format: 'list', separator: ',', minItems: 1, maxItems: MAX_NAMES, ownLimit: true, enum: definitions },
    (value) => {
      const names = value.split(',', MAX_NAMES + 1).map((name) => name.trim())
      if (names.length > MAX_NAMES) return new Violated('value', `has more than ${MAX_NAMES} elements${OWN_LIMIT}`)
      const empty = names.indexOf('')
      return empty < 0 ? names : new Violated('value', `has an empty element at position ${empty + 1}`)
    },
  )
