/** Where a secret may stand: under its name in something, which is encoded in something else, and so on. */

import fc from 'fast-check'

/** What a text says in which a secret stands, and what it is. */
export interface Hidden {
  secret: string
  text: string
  /** How it was made, from the inside out. */
  how: string[]
}

const NAMES = [
  'AccessKeySecret',
  'SecurityToken',
  'x-oss-security-token',
  'Signature',
  'auth_key',
  'password',
  'AppPlayKey',
  'api_key',
  'SSLPri',
  'SecretKey',
  'Password2',
]

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;')

const json = JSON.stringify

const argument = (argName: string, argValue: string): object => ({ argValue, argName })

/** What a name and its value may stand in. */
const forms: Record<string, (name: string, secret: string) => string> = {
  object: (name, secret) => json({ RequestId: 'A1', [name]: secret, More: [1, 'more'] }),
  'written over lines': (name, secret) => json({ Credentials: { [name]: secret } }, undefined, 2),
  'list of lists': (name, secret) =>
    json([
      ['Title', 'a'],
      [name, secret],
    ]),
  'list of names and values': (name, secret) => json(['Title', 'a', name, secret]),
  'name and value': (name, secret) => json([{ Name: name, Value: secret }]),
  'value and name': (name, secret) => json([{ value: secret, type: 'text', name }]),
  'key and value': (name, secret) => json({ Tags: [{ Key: name, Value: secret }] }),
  argument: (name, secret) => json({ FunctionArgs: [{ ArgValue: secret, ArgName: name }] }),
  'object that is named': (name, secret) => json({ [name]: { Value: secret } }),
  'list that is named': (name, secret) => json({ [name]: ['', secret] }),
  query: (name, secret) => `a=b&${encodeURIComponent(name)}=${encodeURIComponent(secret)}&c=d`,
  URL: (name, secret) => `http://a.example/b?${name}=${encodeURIComponent(secret)}#c`,
  'query of a name and a value': (name, secret) => `F.1.ArgName=${name}&F.1.ArgValue=${encodeURIComponent(secret)}`,
  element: (name, secret) => `<a><${name}>${xml(secret)}</${name}></a>`,
  attribute: (name, secret) => `<a b="c" ${name}="${xml(secret)}"/>`,
  'element with attributes': (name, secret) => `<${name} type="b">${xml(secret)}</${name}>`,
  'elements of a name and a value': (name, secret) => `<a><Name>${name}</Name><Value>${xml(secret)}</Value></a>`,
  'elements of a value and a name': (name, secret) => `<a><ArgValue>${xml(secret)}</ArgValue><b>1</b><ArgName>${name}</ArgName></a>`,
  'attributes of a name and a value': (name, secret) => `<input value="${xml(secret)}" type="hidden" name="${name}">`,
  'element with its value in another': (name, secret) => `<${name}>\n<Value>${xml(secret)}</Value>\n</${name}>`,
  'text behind a comment': (name, secret) => `<${name}><!-- <b> -->${xml(secret)}</${name}>`,
  'header, by arguments': (name, secret) =>
    json({ f: [{ Args: [argument('header_operation_type', 'add'), argument('header_value', secret), argument('header_name', name)] }] }),
  'values of a name': (name, secret) => json([{ Name: name, Values: ['', secret] }]),
  'member of a list': (name, secret) => `a[0]=b&${name}[0]=${encodeURIComponent(secret)}`,
  'password in a URL': (_name, secret) => `ftp://somebody:${encodeURIComponent(secret)}@a.example/b`,
  'user in a URL': (_name, secret) => `https://${encodeURIComponent(secret)}@a.example/b`,
}

/** What a text may be put into. */
const wrappings: Record<string, (text: string) => string> = {
  'a field of JSON': (text) => json({ RequestId: 'A2', Message: text }),
  'a list in JSON': (text) => json(['a', text]),
  'a sentence': (text) => `it was ${text} that was sent`,
  'percent-encoding': (text) => encodeURIComponent(text),
  'percent-encoding, in a sentence': (text) => `refused: ${encodeURIComponent(text)} (sent twice)`,
  'the value of a parameter': (text) => `Action=X&Extra=${encodeURIComponent(text)}&Version=1`,
  'a parameter of a URL': (text) => `see https://b.example/?to=${encodeURIComponent(text)} again`,
  'a form, with + for blanks': (text) => new URLSearchParams({ Action: 'X', Extra: text }).toString(),
  Base64: (text) => Buffer.from(text).toString('base64'),
  'Base64 in a sentence': (text) => `policy ${Buffer.from(text).toString('base64url')}, decoded`,
  'Base64 in a path': (text) => `/api/v1/my-videos/of_me/a/b/c/${Buffer.from(text).toString('base64url')}`,
  'Base64 of two bytes a character': (text) => json({ Data: Buffer.from(text, 'utf16le').toString('base64') }),
  'Base64 in lines': (text) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n'),
  'an element': (text) => `<Error><Message>${xml(text)}</Message></Error>`,
  'an attribute': (text) => `<Error message="${xml(text)}"/>`,
  'quoted JSON': (text) => `got ${json(text)}`,
  'escaped by code': (text) => `"${json(text).slice(1, -1).replaceAll('\\"', '\\u0022')}"`,
}

const secretOf = (characters: string): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: 12, maxLength: 40 }).map((text) => `S9x${text}x`)

/** What keys, tokens and signatures are made of, and what somebody's password may have in it. */
const usual = secretOf('abcdeXYZ0123456789+/=._-')
const wild = secretOf('abcdXYZ0123456789+/=&%"\'<>\\ -_.:,;{}[]')

const hiddenIn = (secrets: fc.Arbitrary<string>, most: number): fc.Arbitrary<Hidden> =>
  fc
    .record({
      secret: secrets,
      name: fc.constantFrom(...NAMES),
      form: fc.constantFrom(...Object.keys(forms)),
      around: fc.array(fc.constantFrom(...Object.keys(wrappings)), { maxLength: most }),
    })
    .map(({ secret, name, form, around }) => ({
      secret,
      how: [form, ...around],
      text: around.reduce((text, wrapping) => wrappings[wrapping]?.(text) ?? text, forms[form]?.(name, secret) ?? ''),
    }))

/** Secrets in forms in encodings in one another: in up to five, or in up to two if they have signs in them that mean something to each of these. */
export const hidden: fc.Arbitrary<Hidden> = fc.oneof(hiddenIn(usual, 5), hiddenIn(wild, 2))

/** True if somebody who takes encodings off, in any order, comes upon the secret. */
export function isIn(text: string, secret: string): boolean {
  const seen = new Set<string>()
  const left = [text]
  for (let next = left.pop(); next !== undefined && seen.size < 400; next = left.pop()) {
    if (next.includes(secret)) return true
    for (const each of unpackings.map((unpack) => unpack(next as string)))
      if (!seen.has(each)) {
        seen.add(each)
        left.push(each)
      }
  }
  return false
}

const unpackings: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll('+', ' '),
  (text) => text.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString()),
  (text) =>
    text.replace(/\\(?:u([\da-f]{4})|(.))/gis, (_whole, code?: string, each = '') =>
      code === undefined ? ({ n: '\n', r: '\r', t: '\t' }[each as string] ?? each) : String.fromCharCode(Number.parseInt(code, 16)),
    ),
  (text) =>
    text.replace(/&(amp|lt|gt|quot|apos);/g, (_whole, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name] ?? ''),
  (text) => text.replace(/[\w+/-]{16,}(?:\r\n[\w+/-]+)*/g, (run) => Buffer.from(run, 'base64').toString()),
  (text) => text.replace(/(?<=\/a\/b\/c\/)[\w-]{16,}/g, (run) => Buffer.from(run, 'base64').toString()),
  (text) => text.replaceAll('\0', ''),
]
