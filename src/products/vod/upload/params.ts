/** Parameters that the upload Actions share (VOD manual 5). */

import type { z } from 'zod'
import { ownText } from '../../../base/own-text.js'
import { paramType, type ReadText, readerOf, Violated } from '../../../params/param-type.js'
import { text } from '../../../params/scalars.js'
import { extensionOf, mediaTypeOf } from '../shared/media/extensions.js'
import { emoticonIn } from './display-text.js'

/** How long a title or description may be. */
type Limit = { maxLength: number } | { maxBytes: number }

/** Words for people to read: no emoticons, and no longer than allowed. */
export function words(limit: Limit): z.ZodType<string, string> {
  const facts =
    'maxBytes' in limit ? { maxLength: limit.maxBytes, lengthUnit: 'bytes' as const } : { ...limit, lengthUnit: 'characters' as const }
  const bounded = readerOf(text(limit)) as ReadText<string>
  return paramType({ type: 'String', ...facts, codes: { value: 'IllegalCharacters', length: 'LengthExceededMax' } }, (value) => {
    const read = bounded(value)
    if (read instanceof Violated) return read
    const emoticon = emoticonIn(value)
    return emoticon === undefined ? value : new Violated('value', `holds "${emoticon}", and emoticons are not allowed`)
  })
}

export const TAGS = { most: 16, maxLength: 32 } as const

/** At most 16 tags of at most 32 characters, separated by commas. */
export const tags = (): z.ZodType<string[], string> =>
  paramType(
    {
      type: 'String',
      format: 'list',
      separator: ',',
      maxItems: TAGS.most,
      itemMaxLength: TAGS.maxLength,
      lengthUnit: 'characters',
      codes: { value: 'TagsExceededMax', length: 'LengthExceededMax', format: 'IllegalCharacters' },
    },
    (value) => {
      const found = tagsIn(value)
      if (found.length > TAGS.most) return new Violated('value', `has ${found.length} tags, and at most ${TAGS.most} are allowed`)
      const long = found.find((tag) => [...tag].length > TAGS.maxLength)
      if (long !== undefined)
        return new Violated('length', `holds a tag of ${[...long].length} characters, and at most ${TAGS.maxLength} are allowed`)
      const emoticon = emoticonIn(value)
      return emoticon === undefined ? found : new Violated('format', `holds "${emoticon}", and emoticons are not allowed`)
    },
  )

/** The tags of a list; blanks around them and empty ones do not count. */
export const tagsIn = (list: string): string[] =>
  list
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')

/** No path of a file is longer anywhere. The manual sets no limit. */
const MAX_NAME_BYTES = 8192

/** Name of a video or audio file; its extension must be a supported one. */
export const mediaFileName = (): z.ZodType<string, string> =>
  paramType(
    { type: 'String', maxLength: MAX_NAME_BYTES, lengthUnit: 'bytes', ownLimit: true, codes: { value: 'InvalidFileName.Extension' } },
    (value) => {
      if (Buffer.byteLength(value) > MAX_NAME_BYTES) return new Violated('length', `has more than ${MAX_NAME_BYTES} bytes`)
      const extension = extensionOf(value)
      if (mediaTypeOf(extension) !== undefined) return value
      return new Violated(
        'value',
        extension === undefined ? 'has no extension' : `has the extension "${extension}", which is none of a video or audio`,
      )
    },
  )

/** Name of any file. */
export const fileName = () => text({ maxBytes: MAX_NAME_BYTES, ownLimit: true })

/** One of the given extensions, in any letter case. */
export const extension = <const Choice extends string>(choices: readonly Choice[]): z.ZodType<Choice, string> =>
  paramType({ type: 'String', enum: choices }, (value) => {
    const lower = value.toLowerCase() as Choice
    return choices.includes(lower) ? lower : new Violated('value', `is none of ${choices.join(', ')}`)
  })

/** Ids of media, templates and workflows are shorter. */
export const id = () => text({ maxLength: 64, ownLimit: true })

/** Host of a bucket. */
export const storageLocation = () => text({ maxBytes: 256, ownLimit: true })

/** Absolute http or https addresses in one parameter, each percent-encoded and separated by commas; one that is not encoded will do. */
export const addresses = (most: number, codes: { value?: string; url?: string } = {}): z.ZodType<string[], string> =>
  paramType({ type: 'String', format: 'list', separator: ',', minItems: 1, maxItems: most, codes }, (value) => {
    const parts = value.split(',', most + 1)
    if (parts.length > most) return new Violated('value', `has more than ${most} URLs`)
    const urls: string[] = []
    for (const [index, part] of parts.entries()) {
      const url = decodeAddress(part.trim())
      if (url === undefined) return new Violated('url', `element ${index + 1} is not an absolute http or https URL, percent-encoded or not`)
      urls.push(ownText(url, value))
    }
    return urls
  })

/** A URL that may have been percent-encoded as a whole; one that holds `://` as it stands has not. `undefined` if it is no URL. */
export function decodeAddress(part: string): string | undefined {
  let address = part
  try {
    if (!part.includes('://')) address = decodeURIComponent(part)
  } catch {
    return undefined
  }
  return /^https?:\/\//i.test(address) && address.length <= 2048 && URL.canParse(address) ? address : undefined
}
