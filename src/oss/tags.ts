/** Tags of objects. */

import { z } from 'zod'
import { parsePairs } from '../http/encoding.js'
import { refuseObject } from './errors.js'

/** Tags of one object. */
export const MAX_TAGS = 10

const MAX_KEY_CHARACTERS = 128
const MAX_VALUE_CHARACTERS = 256

/** Letters, digits, blanks and a few signs. */
const TEXT = /^[\p{L}\p{N} +\-=._:/]*$/u

export const tagsSchema = z.array(z.strictObject({ key: z.string(), value: z.string() }))

/** In the order in which they were given. */
export type Tags = z.output<typeof tagsSchema>

/** Refuses tags that no object can have. */
export function checkTags(tags: Tags): Tags {
  const refuse = (reason: string): never => refuseObject('InvalidTag', { reason })
  if (tags.length > MAX_TAGS) refuse(`there are ${tags.length} tags, and an object has at most ${MAX_TAGS}`)
  const keys = new Set<string>()
  for (const { key, value } of tags) {
    if (key === '' || key.length > MAX_KEY_CHARACTERS) refuse(`the key of a tag has 1 to ${MAX_KEY_CHARACTERS} characters`)
    if (value.length > MAX_VALUE_CHARACTERS) refuse(`the value of a tag has at most ${MAX_VALUE_CHARACTERS} characters`)
    if (!TEXT.test(key) || !TEXT.test(value)) refuse('a tag holds letters, digits, blanks and + - = . _ : / only')
    if (keys.has(key)) refuse(`two tags have the key "${key}"`)
    keys.add(key)
  }
  return tags
}

/** Reads the header x-oss-tagging: `key=value&key=value`, percent-encoded. */
export function readTagHeader(header: string): Tags {
  for (const pair of header.split('&'))
    if (pair.split('=').length > 2)
      refuseObject('InvalidTag', { reason: `x-oss-tagging holds "${pair.slice(0, 60)}", which is not key=value` })
  return checkTags(parsePairs(header).map(([key, value]) => ({ key, value })))
}
