/**
 * Removing secrets, tokens and signatures from what is recorded: by the names of values, wherever they stand (parameters, headers, JSON, XML, URLs, JSON in
 * Base64, JSON in text), and then by the values themselves, wherever else these stand. What cannot be looked into to the end is removed as a whole.
 */

import { namedByFlatPair, namedByPair, sensitivityOf } from './names.js'
import { Placeholders } from './placeholders.js'

/** JSON in Base64 in JSON in text, and so on: beyond this, it is removed. */
const DEEPEST_TEXT = 8

/** Lists and objects in one another. */
const DEEPEST_JSON = 200

/** Stands for what was not looked into. */
const REMOVED = 'removed'

/** An Alibaba Cloud account in the name of a resource: `acs:ram::1234567890123456:user/alice`. */
const ARN = /\b(acs:[\w-]*:[\w-]*:)(\d{8,20})(?=:)/g

/** `?name=value&name=value`, also in the middle of something else. */
const PAIR = /(^|[?&;,\s"'#|/()[\]])([\w.%-]{1,100})=([^&#;,\s"'<>|\\]*)/g

/** `"name": "value"` in what is no JSON as a whole; the value may be cut off. */
const MEMBER = /("([\w.-]{1,100})"\s*:\s*")((?:[^"\\]|\\.)*)/g

/** `<name>value</name>`, also with attributes; the value may be cut off. */
const ELEMENT = /<([\w.:-]{1,100})((?:\s[^<>]{0,500})?>)([^<]*)(?=<|$)/g

/** `<name><![CDATA[value]]></name>`; the value may be cut off. */
const QUOTED_ELEMENT = /<([\w.:-]{1,100})((?:\s[^<>]{0,500})?><!\[CDATA\[)([\s\S]*?)(?=\]\]>|$)/g

/** An element with a name in it, and the element beside it with its value: `<ArgName>auth_key1</ArgName><ArgValue>…</ArgValue>`. */
const ELEMENT_PAIR =
  /(<(?:(?:arg|parameter|param|field|header|attribute)?name|(?:tag)?key)>([^<]{1,100})<\/\w+>\s*<(?:arg|parameter|param|field|header|attribute|tag)?value>)([^<]+)/gi

/** `name="value"`, also with apostrophes and with spaces; the value may be cut off. */
const QUOTED_PAIR = /(\b([\w.-]{1,100})[ \t]{0,8}=[ \t]{0,8}(["']))((?:(?!\3)[^\n]){1,8192})/g

/** `name: value` in a line, `'name': 'value'`, and JSON with its quotes escaped. Words of a sentence have no digits. */
const LOOSE_MEMBER =
  /((?:^|[\s{,(])(?:\\{0,8}["'])?([\w-]{3,100})(?:\\{0,8}["'])?[ \t]{0,8}:[ \t]{0,8}(?:\\{0,8}["'](?:(?:Bearer|Basic) )?|(?:(?:Bearer|Basic) )?(?=[^\s"'\\,;{}<>&]{0,500}\d)))([^\s"'\\,;{}<>&]+)/g

/** User and password in a URL. */
const IN_URL = /(:\/\/[^\s/?#@:"'<>]{0,200}:)([^\s/?#@"'<>]{1,200})(?=@)/g

/** Whom a document of OSS names as the owner. */
const OWNER = /(<Owner>)([\s\S]{0,500}?)(<\/Owner>)/g

/** URL authentication of types B and C has the signature in the path: `/202601010000/<MD5>/`, `/<MD5>/<hexadecimal time>/`. */
const SIGNED_PATH = /(\/20\d{10}\/)([0-9a-f]{32})(?=\/)|(\/)([0-9a-f]{32})(?=\/[0-9a-f]{8}\/)/g

/** What errors of signatures show, behind which everything is part of what was signed. */
const SIGNED_TEXT = /(\bstring to sign is\b:?\s*)[\s\S]+/i

/** Members that say nothing of what they hold, unlike the name of the object in which they are. */
const OF_ITS_PARENT = /^(?:values?|items?|strings?|text|content)$/i

/** Removes what is nobody else's business. One is used for a whole recording: what came up once is removed everywhere from then on. */
export class Redactor {
  readonly #placeholders = new Placeholders()

  /** A text of which nothing is known: JSON, XML, a URL, a path, a sentence. */
  text(text: string): string {
    return this.#placeholders.replaceIn(this.#text(text, 0))
  }

  /** A value that has a name, such as a field of a form. */
  value(name: string, value: string): string {
    return this.#placeholders.replaceIn(this.#value(name, value, 0))
  }

  /** A query string or a form, still encoded. What holds nothing to be removed stays as it was written. */
  pairs(encoded: string): string {
    const parts = encoded.split('&').map((part): [name: string, value?: string] => {
      const equals = part.indexOf('=')
      return equals < 0 ? [part] : [part.slice(0, equals), part.slice(equals + 1)]
    })
    const paired = namedByFlatPair(parts)
    const replaced = parts.map(([name, value]) =>
      value === undefined ? name : `${name}=${this.#encoded(paired.get(name) ?? name, value, 0)}`,
    )
    return this.#placeholders.replaceIn(replaced.join('&'))
  }

  /** The value of a header. */
  header(name: string, value: string): string {
    return /^(?:proxy-)?authorization$/i.test(name) ? this.#authorization(value) : this.value(name, value)
  }

  #value(name: string | undefined, value: string, depth: number): string {
    if (value === '') return value
    if (depth > DEEPEST_TEXT) return REMOVED
    const sensitivity = name === undefined ? undefined : sensitivityOf(name)
    if (sensitivity === 'credential') {
      const [key = '', ...rest] = value.split('/')
      return [this.#placeholders.of(key), ...rest].join('/')
    }
    if (sensitivity === 'secret' || sensitivity === 'account') return this.#placeholders.of(value)
    const inside = this.#inBase64(value, depth)
    if (inside !== undefined) return inside
    if (sensitivity === 'container') return this.#inJson(value, depth) ?? this.#placeholders.of(value)
    return this.#text(value, depth)
  }

  #text(text: string, depth: number): string {
    if (depth > DEEPEST_TEXT) return REMOVED
    const json = this.#inJson(text, depth)
    if (json !== undefined) return json
    const named = (name: string, value: string): string => this.#encoded(name, value, depth + 1)
    return text
      .replace(SIGNED_TEXT, `$1${REMOVED}`)
      .replace(OWNER, (_whole, begin: string, inner: string, end: string) => begin + this.#owner(inner) + end)
      .replace(ELEMENT_PAIR, (_whole, before: string, name: string, value: string) => before + this.#inXml(name, value, depth + 1))
      .replace(
        QUOTED_ELEMENT,
        (_whole, name: string, begin: string, value: string) => `<${name}${begin}${this.#value(name, value, depth + 1)}`,
      )
      .replace(ELEMENT, (_whole, name: string, begin: string, value: string) => `<${name}${begin}${this.#inXml(name, value, depth + 1)}`)
      .replace(LOOSE_MEMBER, (whole, before: string, name: string, value: string) =>
        sensitivityOf(name) === undefined ? whole : before + this.#value(name, value, depth + 1),
      )
      .replace(QUOTED_PAIR, (whole, before: string, name: string, _quote: string, value: string) =>
        sensitivityOf(name) === undefined ? whole : before + this.#value(name, value, depth + 1),
      )
      .replace(IN_URL, (_whole, before: string, password: string) => before + this.#placeholders.of(password))
      .replace(MEMBER, (_whole, begin: string, name: string, value: string) => begin + this.#escaped(name, value, depth + 1))
      .replace(PAIR, (whole, before: string, name: string, value: string) =>
        value === '' ? whole : `${before}${name}=${named(name, value)}`,
      )
      .replace(
        SIGNED_PATH,
        (_whole, before: string | undefined, md5: string, slash: string, other: string) =>
          (before ?? slash) + this.#placeholders.of(md5 ?? other),
      )
      .replace(ARN, (_whole, before: string, account: string) => before + this.#placeholders.of(account))
  }

  /** A value that stands percent-encoded. */
  #encoded(encodedName: string, encoded: string, depth: number): string {
    const [name, value] = [decoded(encodedName), decoded(encoded)]
    const replaced = this.#value(name, value, depth)
    return replaced === value ? encoded : encodeURIComponent(replaced)
  }

  /** A value that stands in a text of JSON. */
  #escaped(name: string, escaped: string, depth: number): string {
    let value = escaped
    try {
      value = JSON.parse(`"${escaped.replace(/\\u?[\da-f]{0,3}$/i, '')}"`)
    } catch {
      // It is looked into as it stands.
    }
    const replaced = this.#value(name, value, depth)
    return replaced === value ? escaped : JSON.stringify(replaced).slice(1, -1)
  }

  /** A value that stands in an element. */
  #inXml(name: string, value: string, depth: number): string {
    if (value.trim() === '') return value
    const plain = value.replace(/&(amp|lt|gt|quot|apos);/g, (_whole, entity: string) => ENTITIES[entity] ?? '')
    const replaced = this.#value(name, plain, depth)
    return replaced === plain ? value : replaced.replace(/[&<>]/g, (character) => `&${NAMES[character]};`)
  }

  #owner(inner: string): string {
    return inner.replace(
      ELEMENT,
      (_whole, name: string, begin: string, value: string) => `<${name}${begin}${value.trim() && this.#placeholders.of(value)}`,
    )
  }

  /** `ACS3-HMAC-SHA256 Credential=…,Signature=…`, `OSS key:signature`, `OSS2 AccessKeyId:…,Signature:…`: whose it is stays to be seen. Any other goes as a whole. */
  #authorization(value: string): string {
    const key = (text: string): string => this.#placeholders.of(text)
    const [, v1, id, signature] = /^(OSS )([^:]+):(.*)$/s.exec(value) ?? []
    if (v1 !== undefined) return `${v1}${key(id ?? '')}:${key(signature ?? '')}`
    const [, scheme, fields = ''] = /^((?:ACS3-HMAC-|OSS4-HMAC-|OSS2)\S*)\s+(.*)$/s.exec(value) ?? []
    if (scheme === undefined) return this.#placeholders.of(value)
    const replaced = fields.split(',').map((field) => {
      const [, name = '', separator = '', text = ''] = /^\s*(\w+)([=:])(.*)$/s.exec(field) ?? []
      if (/^(?:SignedHeaders|AdditionalHeaders)$/i.test(name)) return `${name}${separator}${text}`
      return name === '' ? key(field) : `${name}${separator}${this.#value(/^Credential$/i.test(name) ? name : 'secret', text, 0)}`
    })
    return `${scheme} ${replaced.join(',')}`
  }

  #inBase64(value: string, depth: number): string | undefined {
    if (value.length < 16 || !/^[A-Za-z0-9+/_\s-]+={0,2}\s*$/.test(value)) return undefined
    const text = Buffer.from(value, 'base64').toString('utf8')
    const replaced = /^\s*[{[]/.test(text) ? this.#inJson(text, depth + 1) : undefined
    if (replaced === undefined) return undefined
    const all = this.#placeholders.replaceIn(replaced)
    return all === text ? value : Buffer.from(all).toString('base64')
  }

  /** `undefined` for what is no JSON. */
  #inJson(text: string, depth: number): string | undefined {
    if (!/^\s*[{[]/.test(text)) return undefined
    let read: unknown
    try {
      read = JSON.parse(text)
    } catch {
      return undefined
    }
    const replaced = this.#json(undefined, read, depth + 1, 0)
    return replaced === read ? text : JSON.stringify(replaced)
  }

  /** The same object if there is nothing to be removed. */
  #json(name: string | undefined, value: unknown, depth: number, level: number): unknown {
    if (typeof value === 'string') return this.#value(name, value, depth)
    if (typeof value === 'number') {
      if (name === undefined || sensitivityOf(name) === undefined) return value
      this.#placeholders.of(String(value))
      return 0
    }
    if (typeof value !== 'object' || value === null) return value
    if (level > DEEPEST_JSON) return REMOVED
    if (Array.isArray(value)) {
      const replaced = value.map((each) => this.#json(name, each, depth, level + 1))
      return replaced.some((each, index) => each !== value[index]) ? replaced : value
    }
    const members = Object.entries(value)
    const paired = namedByPair(value as Record<string, unknown>)
    const replaced = members.map(([member, each]) => [
      member,
      this.#json(paired.get(member) ?? (OF_ITS_PARENT.test(member) ? (name ?? member) : member), each, depth, level + 1),
    ]) as [string, unknown][]
    return replaced.some(([, each], index) => each !== members[index]?.[1]) ? Object.fromEntries(replaced) : value
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt' }

/** What stands percent-encoded; as it is, where that is broken. */
function decoded(text: string): string {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
