/** Characters that are written as something else: percent-encoded, with a backslash as in JSON, or as an entity of XML. */

const [PERCENT, BACKSLASH, AMPERSAND, SEMICOLON, HASH] = [0x25, 0x5c, 0x26, 0x3b, 0x23]

/** What stands behind a backslash, and what it means. */
const AFTER_BACKSLASH = new Uint8Array(128)
for (const [name = '', meant = name] of ['"', "'", '\\', '/', 'n\n', 'r\r', 't\t', 'b\b', 'f\f'].map((pair) => [...pair]))
  AFTER_BACKSLASH[name.charCodeAt(0)] = meant.charCodeAt(0)

/** Those of XML; HTML knows most of them in capital letters, too. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  AMP: '&',
  LT: '<',
  GT: '>',
  QUOT: '"',
}

/** What they begin with, behind the ampersand. */
const BEGIN_OF_ENTITY = [...'alqgALQG#'].map((each) => each.charCodeAt(0))

/** Characters of the longest entity, such as `&#x10FFFF;`. */
const LONGEST_ENTITY = 10

/** True for what an escape may begin with. */
export const mayEscape = (code: number): boolean => code === PERCENT || code === BACKSLASH || code === AMPERSAND

/** Which encoding an escape is of, by what it begins with: 1, 2 or 3. */
export const encodingOf = (code: number): number => (code === PERCENT ? 1 : code === BACKSLASH ? 2 : 3)

/** The escape that stands at a place: sixteen times the code point that it means, plus its length; 0 if there is none. As a number, because there are many. */
export function escapeAt(text: string, at: number): number {
  switch (text.charCodeAt(at)) {
    case PERCENT:
      return percentAt(text, at)
    case BACKSLASH:
      return backslashAt(text, at)
    case AMPERSAND:
      return entityAt(text, at)
    default:
      return 0
  }
}

const packed = (point: number, length: number): number => point * 16 + length

/** The code point of what {@link escapeAt} has answered. */
export const pointOf = (written: number): number => written >> 4

/** Its length. */
export const lengthOf = (written: number): number => written & 15

function percentAt(text: string, at: number): number {
  const first = byteAt(text, at)
  if (first < 0) return 0
  const more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 0
  let point = more === 0 ? first : first & (0x3f >> more)
  for (let each = 1; each <= more; each++) {
    const next = byteAt(text, at + 3 * each)
    // What is no UTF-8 is a character for each byte.
    if (next < 0x80 || next > 0xbf) return packed(first, 3)
    point = (point << 6) | (next & 0x3f)
  }
  return packed(point > 0x10ffff ? first : point, point > 0x10ffff ? 3 : 3 * (more + 1))
}

const byteAt = (text: string, at: number): number => (text.charCodeAt(at) === PERCENT ? hexAt(text, at + 1, 2) : -1)

function backslashAt(text: string, at: number): number {
  const next = text.charCodeAt(at + 1)
  const meant = AFTER_BACKSLASH[next] ?? 0
  if (meant !== 0) return packed(meant, 2)
  const digits = next === 0x75 ? 4 : next === 0x78 ? 2 : 0
  const point = digits === 0 ? -1 : hexAt(text, at + 2, digits)
  return point < 0 ? 0 : packed(point, 2 + digits)
}

function entityAt(text: string, at: number): number {
  if (!BEGIN_OF_ENTITY.includes(text.charCodeAt(at + 1))) return 0
  let end = at + 2
  while (end < at + LONGEST_ENTITY && text.charCodeAt(end) !== SEMICOLON) end++
  if (text.charCodeAt(end) !== SEMICOLON) return 0
  const length = end + 1 - at
  if (text.charCodeAt(at + 1) !== HASH) {
    const meant = ENTITIES[text.slice(at + 1, end)]
    return meant === undefined ? 0 : packed(meant.charCodeAt(0), length)
  }
  const [, hex, decimal] = /^(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(text.slice(at + 2, end)) ?? []
  const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  return point >= 0 && point <= 0x10ffff ? packed(point, length) : 0
}

/** A number of that many hexadecimal digits; -1 if there is none. */
function hexAt(text: string, at: number, digits: number): number {
  let value = 0
  for (let each = at; each < at + digits; each++) {
    const code = text.charCodeAt(each)
    const letter = code | 0x20
    const digit = code >= 0x30 && code <= 0x39 ? code - 0x30 : letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}

/** A text without its escapes, and without those that then show, a few times over. */
export function unescaped(text: string, times = 4): string {
  if (times === 0 || !/[%\\&]/.test(text)) return text
  let plain = ''
  let done = 0
  for (let at = 0; at < text.length; at++) {
    const written = escapeAt(text, at)
    if (written === 0) continue
    plain += text.slice(done, at) + String.fromCodePoint(pointOf(written))
    at += lengthOf(written) - 1
    done = at + 1
  }
  return done === 0 ? text : unescaped(plain + text.slice(done), times - 1)
}
