/** What is to be removed for its form, whatever it is called: passwords in URLs, accounts in names of resources, owners, signatures in paths, signed texts. */

import type { Found, Work } from './search.js'
import type { View } from './view.js'

/** A pattern, and which of its groups is removed; what has to be in a text for it to be worth while. */
interface Pattern {
  has: string
  pattern: RegExp
}

/** In each, what is removed is the group `it`, and it stands at the end, or before `after`. */
const PATTERNS: readonly Pattern[] = [
  // User and password in a URL.
  { has: '://', pattern: /(?<before>:\/\/[^\s/?#@:"'<>]{0,200}:)(?<it>[^\s/?#@"'<>]{1,200})(?=@)/g },
  // An Alibaba Cloud account in the name of a resource: `acs:ram::1234567890123456:user/alice`.
  { has: 'acs:', pattern: /(?<before>\bacs:[\w-]{0,40}:[\w-]{0,40}:)(?<it>\d{8,20})(?=:)/g },
  // URL authentication of types B and C has the signature in the path: `/202601010000/<MD5>/`, `/<MD5>/<hexadecimal time>/`.
  { has: '/20', pattern: /(?<before>\/20\d{10}\/)(?<it>[0-9a-f]{32})(?=\/)/g },
  { has: '/', pattern: /(?<before>\/)(?<it>[0-9a-f]{32})(?=\/[0-9a-f]{8}\/)/g },
]

/** What errors of signatures show, up to the end of the string or the element in which they do. */
const SIGNED_TEXT = /\bstring[ +]to[ +]sign[ +]is\b:?\s*/gi
const ENDS_SIGNED_TEXT = /["<\\]/g

/** Whom a document of OSS names as the owner. */
const OWNER = /<Owner>((?:(?!<\/?Owner>)[\s\S]){0,500})<\/Owner>/g

/** An element with nothing but text in it. */
const ELEMENT = /(<[\w:.-]{1,100}>)([^<]+)(?=<)/g

/** Looks for what has one of these forms. */
export function* searchPatterns({ text }: View, found: Found): Work {
  for (const { has, pattern } of PATTERNS) {
    if (!text.includes(has)) continue
    for (const { index, groups } of text.matchAll(pattern)) {
      const from = index + (groups?.before?.length ?? 0)
      found.secret(from, from + (groups?.it?.length ?? 0))
    }
    yield
  }
  searchSignedText(text, found)
  if (!text.includes('<Owner>')) return
  for (const { index, 1: inner = '' } of text.matchAll(OWNER)) {
    const begin = index + '<Owner>'.length
    for (const { index: at, 1: tag = '', 2: value = '' } of inner.matchAll(ELEMENT)) {
      const from = begin + at + tag.length
      if (value.trim() !== '') found.secret(from, from + value.length)
    }
  }
}

function searchSignedText(text: string, found: Found): void {
  SIGNED_TEXT.lastIndex = 0
  while (SIGNED_TEXT.test(text)) {
    const from = SIGNED_TEXT.lastIndex
    let to = text.length
    ENDS_SIGNED_TEXT.lastIndex = from
    for (let end = ENDS_SIGNED_TEXT.exec(text); end; end = ENDS_SIGNED_TEXT.exec(text)) {
      if (end[0] === '\\') ENDS_SIGNED_TEXT.lastIndex++
      else {
        to = end.index
        break
      }
    }
    if (from < to) found.unknown(from, to, 'removed')
    SIGNED_TEXT.lastIndex = to
  }
}
