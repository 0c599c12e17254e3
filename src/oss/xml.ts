/** XML from outside: counted before it is parsed, because a parser takes seconds for what no operation needs. */

import { XMLParser } from 'fast-xml-parser'
import { refuseObject } from './errors.js'

/** How large the document of an operation may be. */
export interface XmlLimits {
  /** Tags that begin an element. */
  elements: number
  /** Elements within one another. */
  depth: number
}

/** Characters between `<` and `>`: enough for a name and a namespace. */
const MAX_TAG_CHARACTERS = 256

// Entities stay as they are written: only quotation marks stand for anything in what the operations read.
const options = { ignoreAttributes: true, parseTagValue: false, processEntities: false }

const malformed = (reason: string): never => refuseObject('MalformedXML', { reason })

/** Reads a document: texts as they are written, elements called `repeated` in a list. Refuses what is no XML, and more of it than the limits allow. */
export function readXml(text: string, limits: XmlLimits, repeated?: string): unknown {
  countTags(text, limits)
  try {
    return new XMLParser({ ...options, isArray: (name) => name === repeated }).parse(text, true)
  } catch (error) {
    return malformed(`the body is not XML: ${error instanceof Error ? error.message.split('\n', 1)[0]?.slice(0, 200) : error}`)
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
