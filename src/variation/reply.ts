/** Replies that vary: put together as `src/gateway/render.ts` would have them, each part in one of the ways that the documents allow. */

import type { Format } from '../actions/action.js'
import { headerText, withoutForbidden } from '../http/text.js'
import { variedJson } from './json.js'
import type { Variation } from './variation.js'
import { variedXml } from './xml.js'

/** Header in which a reply says which kinds of variation it has met. */
const HEADER = 'x-emulator-variation'

/** What a reply consists of before it is written. */
export interface Document {
  /** Name of the root, which XML has and JSON has not. */
  root: string
  fields: object
}

/** Body and headers of a reply. */
export interface Written {
  body: string
  headers: Record<string, string>
}

/** The fields of a refusal, as they may be, too: the manuals know no Recommend. */
export function variedRefusal<Fields extends { Recommend: string }>(fields: Fields, variation: Variation): Partial<Fields> {
  if (!variation.happens('refusal.noRecommend')) return fields
  const { Recommend: _, ...rest } = fields
  return rest as Partial<Fields>
}

/** Writes a document in one of the ways in which it can be written. */
export function writeVaried(format: Format, { root, fields }: Document, variation: Variation): Written {
  const type = contentType(format, variation)
  const body = format === 'JSON' ? variedJson(fields, variation) : variedXml(root, withoutForbidden(fields) as object, variation)
  return { body, headers: { 'content-type': type, ...(variation.met.length > 0 && { [HEADER]: headerText(variation.kinds.join(', ')) }) } }
}

function contentType(format: Format, variation: Variation): string {
  const type = format === 'JSON' ? 'application/json' : variation.happens('contentType.applicationXml') ? 'application/xml' : 'text/xml'
  switch (variation.oneOf(['contentType.blank', 'contentType.upperCase', 'contentType.bare'])) {
    case 'contentType.blank':
      return `${type}; charset=utf-8`
    case 'contentType.upperCase':
      return `${type};charset=UTF-8`
    case 'contentType.bare':
      return type
    default:
      return `${type};charset=utf-8`
  }
}
