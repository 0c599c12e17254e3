/** What is to be removed for its form, whatever it is called: passwords in URLs, accounts in names of resources, owners, signatures in paths, access keys, tokens, private keys, signed texts. */

import { type Found, matchAt, PIECE, type Work } from './search.js'
import type { View } from './view.js'

/** A pattern, and which of its groups is removed; what has to be in a text for it to be worth while. */
interface Pattern {
  has: string
  pattern: RegExp
}

/** An apostrophe may be in a password as it is; it may also be the end of a text, in a list of texts. */
const APOSTROPHE = `'(?![,;:)\\]}])`
const IN_USER = `(?:[^\\s/?#:@"'<>\\\\]|${APOSTROPHE})`
const IN_PASSWORD = `(?:[^\\s/?#"'<>\\\\]|${APOSTROPHE})`
const userInfo = (source: string): RegExp => new RegExp(source, 'g')

/** In each, what is removed is the group `it`, and it stands at the end, or before `after`. */
const PATTERNS: readonly Pattern[] = [
  // User and password in a URL: either may be a token.
  { has: '://', pattern: userInfo(`(?<before>://)(?<it>${IN_USER}{1,4000})(?=(?::${IN_PASSWORD}{0,4000})?@)`) },
  { has: '://', pattern: userInfo(`(?<before>://${IN_USER}{0,4000}:)(?<it>${IN_PASSWORD}{1,4000})(?=@)`) },
  // Ids of access keys, long-lived and of sessions, and the tokens of these.
  { has: 'LTAI', pattern: /(?<![A-Za-z0-9])(?<it>LTAI[A-Za-z0-9]{12,26})(?![A-Za-z0-9])/g },
  { has: 'STS.', pattern: /(?<![A-Za-z0-9.])(?<it>STS\.[A-Za-z0-9]{12,60})(?![A-Za-z0-9])/g },
  { has: 'CAIS', pattern: /(?<![A-Za-z0-9+/])(?<it>CAIS[A-Za-z0-9+/]{60,}={0,2})/g },
  // JSON Web Tokens.
  { has: 'eyJ', pattern: /(?<![\w-])(?<it>eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){1,3})/g },
  // An Alibaba Cloud account in the name of a resource: `acs:ram::1234567890123456:user/alice`.
  { has: 'acs:', pattern: /(?<before>\bacs:[\w-]{0,40}:[\w-]{0,40}:)(?<it>\d{8,20})(?=:)/g },
  // URL authentication of types B and C has the signature in the path: `/202601010000/<MD5>/`, `/<MD5>/<hexadecimal time>/`.
  { has: '/20', pattern: /(?<before>\/20\d{10}\/)(?<it>[0-9a-f]{32})(?=\/)/gi },
  { has: '/', pattern: /(?<before>\/)(?<it>[0-9a-f]{32})(?=\/[0-9a-f]{8}\/)/gi },
]

/** A private key as PEM, also where its lines are in one, or escaped, or it is cut off. */
const BEGIN_OF_KEY = /-----BEGIN[A-Z0-9 +]{0,40} ?PRIVATE[ +]KEY/g
const UP_TO_END_OF_KEY = /(?:[\w+/=\s:,.()-]|\\[nrt])*?-----END[A-Z0-9 +]{1,50}-----/y
const INSIDE_KEY = /(?:[\w+/=\s:,.()-]|\\[nrt])*/y

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
    let pause = PIECE
    for (const { index, groups } of text.matchAll(pattern)) {
      if (index > pause) {
        pause = index + PIECE
        yield
      }
      const from = index + (groups?.before?.length ?? 0)
      found.secret(from, from + (groups?.it?.length ?? 0))
    }
    yield
  }
  searchPrivateKeys(text, found)
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

function searchPrivateKeys(text: string, found: Found): void {
  BEGIN_OF_KEY.lastIndex = 0
  for (let begin = BEGIN_OF_KEY.exec(text); begin; begin = BEGIN_OF_KEY.exec(text)) {
    const from = BEGIN_OF_KEY.lastIndex
    const end = matchAt(UP_TO_END_OF_KEY, text, from) || matchAt(INSIDE_KEY, text, from)
    found.secret(begin.index, end)
    BEGIN_OF_KEY.lastIndex = end
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
