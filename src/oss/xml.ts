/** XML from outside: counted before it is parsed, because a parser takes seconds for what no operation needs. */

import { XMLParser } from 'fast-xml-parser'
import { messageOf } from '../base/realm.js'
import { toIso } from '../base/times.js'
import { refuseObject } from './errors.js'

/** An instant as documents have it: whole seconds, in the form of milliseconds, which is all that some clients read. */
export const toXmlTime = (instant: number): string => toIso(Math.floor(instant / 1000) * 1000)

/** How large the document of an operation may be. */
export interface XmlLimits {
  /** Tags that begin an element. */
  elements: number
  /** Elements within one another. */
  depth: number
}

/** Characters between `<` and `>`: enough for a name and a namespace. */
const MAX_TAG_CHARACTERS = 256

/** References that every XML document may have. */
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What references stand for, by name or by number; others stay as they are written. */
const dereferenced = (text: string): string =>
  text.replace(/&(?:([a-z]{2,4})|#0*(\d{1,7})|#x0*([\da-f]{1,6}));/gi, (whole, name?: string, decimal?: string, hexadecimal?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole
  })

// The parser's own way with entities leaves out numbers, or takes in all of HTML.
const options = {
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  tagValueProcessor: (_name: string, text: string) => dereferenced(text),
}

const malformed = (reason: string): never => refuseObject('MalformedXML', { reason })

/** Reads a document: texts with their blanks, references replaced; elements called `repeated` in a list. Refuses what is no XML, and more of it than the limits allow. */
export function readXml(text: string, limits: XmlLimits, repeated?: string): unknown {
  countTags(text, limits)
  try {
    return new XMLParser({ ...options, isArray: (name) => name === repeated }).parse(text, true)
  } catch (error) {
    return malformed(`the body is not XML: ${messageOf(error).split('\n', 1)[0]?.slice(0, 200)}`)
  }
}

/** Refuses tags that are too many, too long or nested too deep, and what a document of OSS never has: document types, CDATA, processing instructions. */
function countTags(text: string, { elements, depth }: XmlLimits): void {
  let begun = 0
  let level = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const next = text[at + 1]
    const prolog = next === '?' && text.slice(0, at).trim() === ''
    if (next === '!' || (next === '?' && !prolog))
      malformed('the body has a document type, a comment or something else that is neither element nor text')
    const end = text.indexOf('>', at)
    if (end < 0 || end - at > MAX_TAG_CHARACTERS) malformed(`a tag has more than ${MAX_TAG_CHARACTERS} characters`)
    if (prolog) continue
    if (next === '/') level--
    else {
      if (++begun > elements) malformed(`the body has more than ${elements} elements`)
      if (text[end - 1] !== '/' && ++level > depth) malformed(`the body has elements nested more than ${depth} deep`)
    }
  }
}
