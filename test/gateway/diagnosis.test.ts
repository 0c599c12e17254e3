/** What a refusal says about a signature that does not match: each mistake that clients make, made here by hand. */

import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../src/index.js'
import { testCloud } from '../support/cloud.js'
import {
  acs3Headers,
  acs3Text,
  byName,
  type CanonicalParts,
  encode,
  FORM_TYPE,
  hmacSha1,
  hmacSha256,
  joined,
  rpcFields,
  rpcText,
  sha256,
  timestamp,
  type Wire,
  wireCall,
} from '../support/wire.js'

const SECRET = 'testAccessKeySecret'
const OTHER_SECRET = 'anotherSecret'

/** Shows most mistakes of encoding: blank, plus, slash, Chinese. */
const AWKWARD = 'a b+c/中'

const sorted = (fields: Wire): Wire => [...fields].sort(byName)
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const lower = (text: string): string => text.replace(/%../g, (octet) => octet.toLowerCase())

/** How a client signs with signature 1.0, and what it sends. */
interface Rpc {
  /** What is sent. */
  fields?: Wire
  /** What is signed of it. */
  text?: (fields: Wire) => string
  key?: string
  sign?: (key: string, text: string) => string
  /** The signature as it arrives. */
  arrives?: (signature: string) => string
}

/** A GET of signature 1.0. */
function rpc({
  fields = rpcFields({ JobId: AWKWARD, Empty: '' }),
  text = rpcText,
  key = `${SECRET}&`,
  sign = hmacSha1,
  arrives = (same) => same,
}: Rpc): Call {
  return wireCall({ query: joined([...fields, ['Signature', arrives(sign(key, text(fields)))]]) })
}

/** A GET whose client signs a query that it encodes after its own fashion. */
const encodedBy = (as: (text: string) => string, JobId: string) => (): Call =>
  rpc({ fields: rpcFields({ JobId }), text: (fields) => `GET&%2F&${encode(joined(sorted(fields), as))}` })

const texted = (text: (fields: Wire) => string, fields?: Wire) => (): Call => rpc({ text, ...(fields && { fields }) })

/** A call whose signature has what it takes to show the mistake. */
function until(shows: (signature: string) => boolean, arrives: (signature: string) => string): Call {
  let call: Call
  let shown = false
  do {
    call = rpc({
      fields: rpcFields({ JobId: 'x' }),
      arrives: (signature) => {
        shown = shows(signature)
        return arrives(signature)
      },
    })
  } while (!shown)
  return call
}

/** A POST whose fields are split over query and form, of which the client signs some. */
const split = (signing: (query: Wire, form: Wire) => Wire) => (): Call => {
  const fields = rpcFields({ JobId: 'x' })
  const [query, form] = [fields.slice(0, 4), fields.slice(4)]
  const signature = hmacSha1(`${SECRET}&`, rpcText(signing(query, form), 'POST'))
  return wireCall({ method: 'POST', query: joined(query), form: joined([...form, ['Signature', signature]]) })
}

const without = (name: string) => (fields: Wire) => rpcText(fields.filter(([each]) => each !== name))
const lists: Wire = rpcFields(
  Object.fromEntries(
    [1, 2, 10].flatMap((n) => [
      [`Tag.${n}.Key`, `k${n}`],
      [`Tag.${n}.Value`, 'v'],
    ]),
  ),
)
const inListOrder = (name: string): string => name.replace(/\d+/, (digits) => digits.padStart(4, '0'))

/** Mistakes with the secret, which both signatures know: how it is used in place of the right one. */
const secrets: [cause: string, secret: string][] = [
  ['the secret of another access key of this account was used', OTHER_SECRET],
  ['the secret was used with a line break after it', `${SECRET}\n`],
  ['the secret was used with a line break (\\r\\n) after it', `${SECRET}\r\n`],
  ['the secret was used with a blank after it', `${SECRET} `],
  ['the secret was used with a blank before it', ` ${SECRET}`],
  ['the secret was used with the quotation marks around it', `"${SECRET}"`],
  ['the secret lacks its last character', SECRET.slice(0, -1)],
  ['the secret lacks its first character', SECRET.slice(1)],
  ['the secret was used in Base64, as a Kubernetes Secret holds it', base64(SECRET)],
  ['the access key id was used in place of the secret', 'testAccessKeyId'],
  ['the secret was empty; is an environment variable not set?', ''],
  ['the secret was the word "undefined"; is an environment variable not set?', 'undefined'],
  ['the secret was the word "null"; is an environment variable not set?', 'null'],
  ['the secret was the word "None"; is an environment variable not set?', 'None'],
]

/** Mistakes where both sides have signed the same text. */
const rpcSameText: [cause: string, make: () => Call][] = [
  ['the secret was used without the "&" that follows it in the key', () => rpc({ key: SECRET })],
  ...secrets.map(([cause, secret]): [string, () => Call] => [cause, () => rpc({ key: `${secret}&` })]),
  [
    'HMAC-SHA256 was used instead of HMAC-SHA1',
    () => rpc({ sign: (key, text) => createHmac('sha256', key).update(text).digest('base64') }),
  ],
  [
    'the signature was written in hex instead of Base64',
    () => rpc({ sign: (key, text) => createHmac('sha1', key).update(text).digest('hex') }),
  ],
  [
    'the signature is the Base64 of hex digits; HMAC must be asked for its raw bytes',
    () => rpc({ sign: (key, text) => base64(createHmac('sha1', key).update(text).digest('hex')) }),
  ],
  [
    'the signature is right, but was sent without encoding: its "+" arrived as a blank; write "%2B"',
    () =>
      until(
        (signature) => signature.includes('+'),
        (signature) => signature.replaceAll('+', ' '),
      ),
  ],
  ['the signature is right, but was percent-encoded twice', () => rpc({ arrives: encode })],
  [
    'the signature was written in URL-safe Base64, with "-" and "_"',
    () =>
      until(
        (signature) => /[+/]/.test(signature),
        (signature) => signature.replaceAll('+', '-').replaceAll('/', '_'),
      ),
  ],
  [
    'the signature was written in URL-safe Base64 without "="',
    () =>
      until(
        (signature) => /[+/]/.test(signature),
        (signature) => signature.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
      ),
  ],
  [
    'the signature lacks the "=" at its end',
    () =>
      until(
        (signature) => !/[+/]/.test(signature.slice(0, -1)),
        (signature) => signature.replaceAll('=', ''),
      ),
  ],
  ['the signature has a line break at its end', () => rpc({ arrives: (signature) => `${signature}\n` })],
  ['key and text were exchanged in the HMAC', () => rpc({ sign: (key, text) => hmacSha1(text, key) })],
  [
    'a line break at the end was signed along, as echo without -n writes it',
    () => rpc({ sign: (key, text) => hmacSha1(key, `${text}\n`) }),
  ],
]

const rpcMistakes: [cause: string, make: () => Call][] = [
  ['the string to sign starts with POST, but the call arrived as GET', texted((fields) => rpcText(fields, 'POST'))],
  [
    'the string to sign starts with GET, but the call arrived as POST',
    () => {
      const fields = rpcFields()
      return wireCall({ method: 'POST', form: joined([...fields, ['Signature', hmacSha1(`${SECRET}&`, rpcText(fields))]]) })
    },
  ],
  ['the method was signed in lower case', texted((fields) => rpcText(fields, 'get'))],
  ['a space was encoded as "+" instead of "%20"', encodedBy((text) => encode(text).replaceAll('%20', '+'), 'a b')],
  ['"*" was not encoded as "%2A"', encodedBy((text) => encode(text).replaceAll('%2A', '*'), 'a*b')],
  ['"~" was encoded as "%7E"', encodedBy((text) => encode(text).replaceAll('~', '%7E'), 'a~b')],
  [
    '"/" was not encoded as "%2F" (quote of Python leaves it unless told otherwise)',
    encodedBy((text) => encode(text).replaceAll('%2F', '/'), 'a/b'),
  ],
  ["the characters !'()* were not encoded (encodeURIComponent leaves them as they are)", encodedBy(encodeURIComponent, "it's (a)!")],
  [
    'java.net.URLEncoder was used without replacing "+", "*" and "%7E"',
    encodedBy((text) => encode(text).replaceAll('%20', '+').replaceAll('%2A', '*').replaceAll('~', '%7E'), 'a b*c~d'),
  ],
  [
    'urlencode of PHP was used instead of rawurlencode: "+" for a space, "%7E" for "~"',
    encodedBy((text) => encode(text).replaceAll('%20', '+').replaceAll('~', '%7E'), 'a b*c~d'),
  ],
  [
    'HttpUtility.UrlEncode was used: escapes in lower case, "+" for a space, and !()* left as they are',
    encodedBy((text) => lower(encodeURIComponent(text).replaceAll("'", '%27').replaceAll('%20', '+').replaceAll('~', '%7E')), 'a (b)!/*~'),
  ],
  ...(
    [
      ["encodeURIComponent, which leaves !'()* as they are", encodeURIComponent, "it's (a)!*"],
      ['java.net.URLEncoder or encodeURIComponent, which leave "*" as it is', (text) => encode(text).replaceAll('%2A', '*'), 'a*b'],
      ['quote of Python, which leaves "/" as it is', (text) => encode(text).replaceAll('%2F', '/'), 'a/b'],
      [
        'java.net.URLEncoder without replacing "+", "*" and "%7E"',
        (text) => encode(text).replaceAll('%20', '+').replaceAll('%2A', '*').replaceAll('~', '%7E'),
        'a b*~',
      ],
    ] satisfies [string, (text: string) => string, string][]
  ).map(([encoder, as, JobId]): [string, () => Call] => [
    `one encoder was used both for names and values and for the canonical query: ${encoder}`,
    () => rpc({ fields: rpcFields({ JobId }), text: (fields) => `GET&${as('/')}&${as(joined(sorted(fields), as))}` }),
  ]),
  ['escapes were written in lower case (%2f instead of %2F)', encodedBy((text) => lower(encode(text)), AWKWARD)],
  ['names and values were not encoded', texted((fields) => `GET&%2F&${encode(joined(sorted(fields), (text) => text))}`)],
  ['names and values were encoded twice', texted((fields) => `GET&%2F&${encode(joined(sorted(fields), (text) => encode(encode(text))))}`)],
  [
    'names were encoded, values were not',
    texted(
      (fields) =>
        `GET&%2F&${encode(
          sorted(fields)
            .map(([name, value]) => `${encode(name)}=${value}`)
            .join('&'),
        )}`,
      rpcFields({ 'Na me': 'a b' }),
    ),
  ],
  ['the parameters were not sorted by name', texted((fields) => `GET&%2F&${encode(joined(fields))}`)],
  [
    'the parameters were sorted without regard to letter case; capitals come first',
    texted(
      (fields) => `GET&%2F&${encode(joined([...fields].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))))}`,
      rpcFields({ jobId: 'x' }),
    ),
  ],
  [
    'the items of a list were sorted by number; .10 comes before .2',
    texted((fields) => `GET&%2F&${encode(joined([...fields].sort(([a], [b]) => (inListOrder(a) < inListOrder(b) ? -1 : 1))))}`, lists),
  ],
  [
    'the parameters were sorted as "name=value"; only the name counts',
    texted(
      (fields) =>
        `GET&%2F&${encode(
          sorted(fields)
            .map(([name, value]) => `${encode(name)}=${encode(value)}`)
            .sort()
            .join('&'),
        )}`,
      rpcFields({ Tag: 'x', Tag1: 'y' }),
    ),
  ],
  ['the parameters were sorted the wrong way round', texted((fields) => `GET&%2F&${encode(joined(sorted(fields).reverse()))}`)],
  ['the canonical query was not encoded a second time', texted((fields) => `GET&%2F&${joined(sorted(fields))}`)],
  ['the canonical query was encoded once too often', texted((fields) => `GET&%2F&${encode(encode(joined(sorted(fields))))}`)],
  [
    'the second encoding writes escapes in lower case (%3d instead of %3D)',
    texted((fields) => `GET&%2F&${lower(encode(joined(sorted(fields))))}`),
  ],
  [
    'the value of Timestamp was encoded once less than the others',
    texted((fields) => rpcText(fields).replaceAll('%253A', '%3A'), rpcFields({ JobId: 'a b' })),
  ],
  [
    'the value of Timestamp was encoded once more than the others',
    texted((fields) => rpcText(fields).replaceAll('%253A', '%25253A'), rpcFields({ JobId: 'a b' })),
  ],
  ['the path was not encoded: "/" instead of "%2F"', texted((fields) => `GET&/&${encode(joined(sorted(fields)))}`)],
  ['the path was left out', texted((fields) => `GET&&${encode(joined(sorted(fields)))}`)],
  ['the path was left out, with the "&" behind it', texted((fields) => `GET&${encode(joined(sorted(fields)))}`)],
  ['the method was left out', texted((fields) => `%2F&${encode(joined(sorted(fields)))}`)],
  ['the method and the path were left out', texted((fields) => encode(joined(sorted(fields))))],
  [
    'the path /api/ was signed; it is always "/"',
    () => ({ ...rpc({ fields: rpcFields({ JobId: 'x' }), text: (fields) => rpcText(fields).replace('%2F', '%2Fapi%2F') }), path: '/api/' }),
  ],
  ['the parameters of the body were not signed', split((query) => query)],
  ['the parameters of the query were not signed', split((_query, form) => form)],
  ['an empty Signature was signed along', texted((fields) => rpcText([...fields, ['Signature', '']]))],
  ['an empty SecurityToken was signed along', texted((fields) => rpcText([...fields, ['SecurityToken', '']]))],
  ['an empty SignatureType was signed along', texted((fields) => rpcText([...fields, ['SignatureType', '']]))],
  ['the common parameters were not signed', texted((fields) => rpcText(fields.filter(([name]) => name === 'JobId' || name === 'Empty')))],
  [
    'the fields of the JSON body were signed; parameters belong in the query or in a form',
    () => {
      const fields = rpcFields()
      const signature = hmacSha1(`${SECRET}&`, rpcText([...fields, ['JobId', 'x'], ['Limit', '5']], 'POST'))
      return {
        ...wireCall({
          method: 'POST',
          query: joined([...fields, ['Signature', signature]]),
          headers: { 'content-type': 'application/json' },
        }),
        body: Buffer.from('{"JobId":"x","Limit":5}'),
      }
    },
  ],
  ['empty parameters were not signed', texted((fields) => rpcText(fields.filter(([, value]) => value !== '')))],
  [
    'a "+" in a value was sent without encoding, and arrives as a space; write "%2B"',
    () => {
      const fields = rpcFields({ JobId: 'a+b' })
      const signature = hmacSha1(`${SECRET}&`, rpcText(fields))
      return wireCall({ query: joined([...fields, ['Signature', signature]]).replace('a%2Bb', 'a+b') })
    },
  ],
  [
    'the values were encoded twice for sending',
    () => {
      const fields = rpcFields({ JobId: 'a b' })
      const signature = hmacSha1(`${SECRET}&`, rpcText(fields))
      return wireCall({ query: joined([...fields, ['Signature', signature]]).replace('a%20b', 'a%2520b') })
    },
  ],
  [
    'values were signed without the blanks around them',
    texted((fields) => rpcText(fields.map(([name, value]) => [name, value.trim()])), rpcFields({ JobId: ' x ' })),
  ],
  ['the parameter RegionId was not signed', texted(without('RegionId'), rpcFields({ RegionId: 'cn-shanghai' }))],
  ['the parameter Format was not signed', texted(without('Format'))],
  ['the parameter JobId was not signed', texted(without('JobId'))],
  ['the items of the list Tag were not signed', texted((fields) => rpcText(fields.filter(([name]) => !name.startsWith('Tag'))), lists)],
  [
    'of a parameter that is sent twice only the first was signed',
    texted((fields) => rpcText(fields.slice(0, -1)), [...rpcFields({ Tag: 'a' }), ['Tag', 'b']]),
  ],
  [
    'of a parameter that is sent twice only the last was signed',
    texted((fields) => rpcText(fields.filter(([, value]) => value !== 'a')), [...rpcFields({ Tag: 'a' }), ['Tag', 'b']]),
  ],
]

/** An ACS3 POST to GetAsyncJobResult whose client signs other parts, or in another way, than it should. */
interface Acs3 {
  query?: string
  form?: string
  /** Headers that are sent and signed beyond the usual ones. */
  headers?: Record<string, string>
  /** Headers that are sent, and changed or added on the way. */
  arrives?: Record<string, string>
  text?: (right: CanonicalParts) => Partial<CanonicalParts> | string
  toSign?: (canonical: string) => string
  key?: string
  sign?: (key: string, text: string) => string
  authorization?: (right: string) => string
}

function acs3({
  query = "B=b c&A='a'",
  form = 'JobId=x',
  headers: more = {},
  arrives = {},
  text = () => ({}),
  toSign = (canonical) => `ACS3-HMAC-SHA256\n${sha256(canonical)}`,
  key = SECRET,
  sign = hmacSha256,
  authorization = (same) => same,
}: Acs3): Call {
  const headers = acs3Headers(form, more)
  const pairs = [...new URLSearchParams(query)] as Wire
  const right = { method: 'POST', path: '/', query: joined(sorted(pairs)), headers, payloadHash: sha256(form) }
  const made = text(right)
  const canonical = typeof made === 'string' ? made : acs3Text({ ...right, ...made })
  const names = Object.keys(headers).sort().join(';')
  const signature = sign(key, toSign(canonical))
  const signed = {
    ...headers,
    authorization: authorization(`ACS3-HMAC-SHA256 Credential=testAccessKeyId,SignedHeaders=${names},Signature=${signature}`),
  }
  return wireCall({ method: 'POST', query: joined(pairs), form, headers: { ...signed, ...arrives } })
}

const acs3Query = (as: (text: string) => string, value: string) => (): Call =>
  acs3({ query: joined([['Value', value]]), text: () => ({ query: joined([['Value', value]], as) }) })

/** Changes the lines of the headers in the right canonical request. */
const lines =
  (change: (lines: string[]) => string[]) =>
  (right: CanonicalParts): string => {
    const all = acs3Text(right).split('\n')
    return [...all.slice(0, 3), ...change(all.slice(3, -3)), ...all.slice(-3)].join('\n')
  }

const capitals = (text: string): string => text.replace(/(?:^|-|(?<=;))[a-z]/g, (start) => start.toUpperCase())
const capitalLine = (line: string): string => capitals(line.slice(0, line.indexOf(':'))) + line.slice(line.indexOf(':'))
/** The headers in the order in which they are sent. */
const SENT = ['host', 'content-type', 'x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256']
const linesAsSent = lines((all) => SENT.map((name) => all.find((line) => line.startsWith(`${name}:`)) ?? ''))
const JSON_TYPE = 'application/json; charset=utf-8'

const acs3SameText: [cause: string, make: () => Call][] = [
  ['"&" was added to the secret, as signature 1.0 has it', () => acs3({ key: `${SECRET}&` })],
  ['"ACS3" was put before the secret; the key is the secret alone', () => acs3({ key: `ACS3${SECRET}` })],
  ['"aliyun_v4" was put before the secret, as OSS has it', () => acs3({ key: `aliyun_v4${SECRET}` })],
  ...secrets.map(([cause, secret]): [string, () => Call] => [cause, () => acs3({ key: secret })]),
  ['HMAC-SHA1 was used instead of HMAC-SHA256', () => acs3({ sign: (key, text) => createHmac('sha1', key).update(text).digest('hex') })],
  [
    'the signature was written in Base64 instead of hex',
    () => acs3({ sign: (key, text) => createHmac('sha256', key).update(text).digest('base64') }),
  ],
  ['the signature was written in upper case', () => acs3({ sign: (key, text) => hmacSha256(key, text).toUpperCase() })],
  ['key and text were exchanged in the HMAC', () => acs3({ sign: (key, text) => hmacSha256(text, key) })],
  [
    'a line break at the end was signed along, as echo without -n writes it',
    () => acs3({ sign: (key, text) => hmacSha256(key, `${text}\n`) }),
  ],
]

const acs3Mistakes: [cause: string, make: () => Call][] = [
  [
    'the payload hash that was signed (x-acs-content-sha256) is not that of the body that arrived: the body was changed after it was hashed, or another one was hashed',
    () => acs3({ headers: { 'x-acs-content-sha256': sha256('JobId=y') }, text: () => ({ payloadHash: sha256('JobId=y') }) }),
  ],
  [
    'the payload hash that was signed (x-acs-content-sha256) is not that of the body that arrived: it was hashed with "%20" and sent with "+"',
    () => acs3({ form: 'JobId=a+b', text: () => ({ payloadHash: sha256('JobId=a%20b') }) }),
  ],
  [
    'the payload hash that was signed (x-acs-content-sha256) is not that of the body that arrived: it was hashed with "+" and sent with "%20"',
    () => acs3({ form: 'JobId=a%20b', text: () => ({ payloadHash: sha256('JobId=a+b') }) }),
  ],
  [
    'the payload hash that was signed (x-acs-content-sha256) is not that of the body that arrived: it was hashed before its values were percent-encoded',
    () => acs3({ form: 'JobId=%E4%B8%AD', text: () => ({ payloadHash: sha256('JobId=中') }) }),
  ],
  [
    'the payload hash that was signed (x-acs-content-sha256) is not that of the body that arrived: it was hashed with a line break at its end',
    () => acs3({ text: () => ({ payloadHash: sha256('JobId=x\n') }) }),
  ],
  [
    'the payload hash that was signed (x-acs-content-sha256) is not that of the body that arrived: it was hashed as JSON, and sent as a form',
    () => acs3({ text: () => ({ payloadHash: sha256('{"JobId":"x"}') }) }),
  ],
  ['the body was not hashed: the payload hash is that of an empty body', () => acs3({ text: () => ({ payloadHash: sha256('') }) })],
  [
    'the body was not hashed: the payload hash is that of an empty body',
    () => acs3({ headers: { 'x-acs-content-sha256': sha256('') }, text: () => ({ payloadHash: sha256('') }) }),
  ],
  ['the payload hash was left out', () => acs3({ text: () => ({ payloadHash: '' }) })],
  ['the payload hash was written in upper case', () => acs3({ text: ({ payloadHash }) => ({ payloadHash: payloadHash.toUpperCase() }) })],
  [
    'the payload hash was UNSIGNED-PAYLOAD, which OSS knows and these services do not',
    () => acs3({ text: () => ({ payloadHash: 'UNSIGNED-PAYLOAD' }) }),
  ],
  ['the body itself was signed in place of its hash', () => acs3({ text: () => ({ payloadHash: 'JobId=x' }) })],
  [
    'the payload hash was written in Base64',
    () => acs3({ text: ({ payloadHash }) => ({ payloadHash: Buffer.from(payloadHash, 'hex').toString('base64') }) }),
  ],
  ['the canonical request starts with GET, but the call arrived as POST', () => acs3({ text: () => ({ method: 'GET' }) })],
  ['the method was signed in lower case', () => acs3({ text: () => ({ method: 'post' }) })],
  ['the method was left out of the canonical request', () => acs3({ text: (right) => acs3Text(right).replace('POST\n', '') })],
  ['the path was left out of the canonical request', () => acs3({ text: () => ({ path: '' }) })],
  [
    'the line of the path is missing in the canonical request',
    () => acs3({ text: (right) => acs3Text(right).replace('POST\n/\n', 'POST\n') }),
  ],
  ['the path was percent-encoded: "%2F" instead of "/"', () => acs3({ text: () => ({ path: '%2F' }) })],
  ['the path /api was signed; it is always "/"', () => ({ ...acs3({ query: 'Action=x', text: () => ({ path: '/api' }) }), path: '/api' })],
  ['the query was not signed', () => acs3({ text: () => ({ query: '' }) })],
  ['a space was encoded as "+" instead of "%20"', acs3Query((text) => encode(text).replaceAll('%20', '+'), 'a b')],
  ['"*" was not encoded as "%2A"', acs3Query((text) => encode(text).replaceAll('%2A', '*'), 'a*b')],
  ['"~" was encoded as "%7E"', acs3Query((text) => encode(text).replaceAll('~', '%7E'), 'a~b')],
  [
    '"/" was not encoded as "%2F" (quote of Python leaves it unless told otherwise)',
    acs3Query((text) => encode(text).replaceAll('%2F', '/'), 'a/b'),
  ],
  ["the characters !'()* were not encoded (encodeURIComponent leaves them as they are)", acs3Query(encodeURIComponent, "it's (a)!")],
  ['escapes were written in lower case (%2f instead of %2F)', acs3Query((text) => lower(encode(text)), AWKWARD)],
  ['names and values were not encoded', acs3Query((text) => text, AWKWARD)],
  ['names and values were encoded twice', acs3Query((text) => encode(encode(text)), AWKWARD)],
  ['the parameters were not sorted by name', () => acs3({ text: () => ({ query: 'B=b%20c&A=%27a%27' }) })],
  [
    'the canonical query was encoded a second time, as signature 1.0 has it',
    () => acs3({ text: ({ query }) => ({ query: encode(query) }) }),
  ],
  ['"=" was left out behind parameters without a value', () => acs3({ query: 'A=&B=b', text: () => ({ query: 'A&B=b' }) })],
  ['the canonical query starts with "?"', () => acs3({ text: ({ query }) => ({ query: `?${query}` }) })],
  ['the parameters of the form were signed as if they stood in the query', () => acs3({ query: '', text: () => ({ query: 'JobId=x' }) })],
  [
    'the parameters of the form were signed along with those of the query',
    () => acs3({ query: 'A=a', text: () => ({ query: 'A=a&JobId=x' }) }),
  ],
  ['the parameter A was not signed', () => acs3({ text: () => ({ query: 'B=b%20c' }) })],
  ['the host was signed without its port', () => acs3({ text: ({ headers }) => ({ headers: { ...headers, host: '127.0.0.1' } }) })],
  [
    'the host was signed with the port 443, and sent as vod.test',
    () => acs3({ headers: { host: 'vod.test' }, text: ({ headers }) => ({ headers: { ...headers, host: 'vod.test:443' } }) }),
  ],
  [
    'a proxy changed the signed header Host from emulator.test (x-forwarded-host) to 127.0.0.1:4010',
    () =>
      acs3({
        text: ({ headers }) => ({ headers: { ...headers, host: 'emulator.test' } }),
        arrives: { 'x-forwarded-host': 'emulator.test, inner.test' },
      }),
  ],
  [
    'a proxy changed the signed header Host from emulator.test:8443 (x-forwarded-host and x-forwarded-port) to 127.0.0.1:4010',
    () =>
      acs3({
        text: ({ headers }) => ({ headers: { ...headers, host: 'emulator.test:8443' } }),
        arrives: { 'x-forwarded-host': 'emulator.test', 'x-forwarded-port': '8443' },
      }),
  ],
  [
    'a proxy changed the signed header Host from emulator.test (forwarded) to 127.0.0.1:4010',
    () =>
      acs3({
        text: ({ headers }) => ({ headers: { ...headers, host: 'emulator.test' } }),
        arrives: { forwarded: 'for=192.0.2.1;host=emulator.test;proto=https' },
      }),
  ],
  [
    'the signed host is videoseg.cn-shanghai.aliyuncs.com, and the call arrived with 127.0.0.1:4010',
    () => acs3({ text: ({ headers }) => ({ headers: { ...headers, host: 'videoseg.cn-shanghai.aliyuncs.com' } }) }),
  ],
  [
    'the host was signed with "http://" before it',
    () => acs3({ text: ({ headers }) => ({ headers: { ...headers, host: 'http://127.0.0.1:4010' } }) }),
  ],
  ['the host was signed empty', () => acs3({ text: ({ headers }) => ({ headers: { ...headers, host: '' } }) })],
  [
    'the signed headers were sorted for signing, but not in SignedHeaders of Authorization',
    () => acs3({ authorization: (right) => right.replace('host;x-acs-action', 'x-acs-action;host') }),
  ],
  ['the lines of the headers were not sorted by name', () => acs3({ text: linesAsSent })],
  [
    'neither the lines of the headers nor their names were sorted',
    () =>
      acs3({
        text: (right) => linesAsSent(right).replace(/^content-type;host;.*$/m, SENT.join(';')),
      }),
  ],
  [
    'the names of the headers were signed with capitals (X-Acs-Date), not in lower case',
    () => acs3({ text: (right) => lines((all) => all.map(capitalLine))(right).replace(/^content-type;host;.*$/m, capitals) }),
  ],
  [
    'the names of the headers were signed as SignedHeaders of Authorization has them, not in lower case',
    () => {
      const odd = (text: string): string => text.replaceAll('x-acs-', 'X-ACS-')
      return acs3({
        text: (right) => lines((all) => all.map(odd))(right).replace(/^content-type;host;.*$/m, odd),
        authorization: odd,
      })
    },
  ],
  [
    'the names in the lines of the headers were signed with capitals (X-Acs-Date), not in lower case',
    () => acs3({ text: lines((all) => all.map(capitalLine)) }),
  ],
  [
    'the list of the signed headers was signed with capitals (X-Acs-Date), not in lower case',
    () => acs3({ text: (right) => acs3Text(right).replace(/^content-type;host;.*$/m, capitals) }),
  ],
  [
    'the values of the headers were not trimmed',
    () => acs3({ headers: { 'x-acs-signature-nonce': ' once ' }, text: (right) => acs3Text(right).replace(':once\n', ': once \n') }),
  ],
  [
    'a blank was put behind the colon in the lines of the headers',
    () => acs3({ text: lines((all) => all.map((line) => line.replace(':', ': '))) }),
  ],
  ['the values of the headers were signed in lower case', () => acs3({ text: lines((all) => all.map((line) => line.toLowerCase())) })],
  [
    `Content-Type was signed as ${JSON_TYPE}, and changed on the way to ${FORM_TYPE}`,
    () => acs3({ headers: { 'content-type': JSON_TYPE }, arrives: { 'content-type': FORM_TYPE } }),
  ],
  [
    'the header user-agent was signed empty: it was set or changed after signing',
    () => acs3({ headers: { 'user-agent': '' }, arrives: { 'user-agent': 'proxy/1.0' } }),
  ],
  [
    'the header x-acs-version was not signed, although SignedHeaders names it',
    () => acs3({ text: lines((all) => all.filter((line) => !line.startsWith('x-acs-version:'))) }),
  ],
  [
    'the header x-acs-version was not signed, neither its line nor its name, although SignedHeaders names it',
    () =>
      acs3({
        text: (right) => lines((all) => all.filter((line) => !line.startsWith('x-acs-version:')))(right).replace(';x-acs-version', ''),
      }),
  ],
  [
    'the header accept was signed, although SignedHeaders does not name it',
    () => acs3({ headers: { accept: '*/*' }, authorization: (right) => right.replace('accept;', '') }),
  ],
  [
    'x-acs-date was signed with the value of the header Date',
    () =>
      acs3({
        text: ({ headers }) => ({ headers: { ...headers, 'x-acs-date': 'Fri, 02 Jan 2026 00:00:00 GMT' } }),
        arrives: { date: 'Fri, 02 Jan 2026 00:00:00 GMT' },
      }),
  ],
  [
    'the empty line after the headers was left out',
    () => acs3({ text: (right) => acs3Text(right).replace('\n\ncontent-type;host;', '\ncontent-type;host;') }),
  ],
  [
    'there is an empty line too many after the headers',
    () => acs3({ text: (right) => acs3Text(right).replace('\n\ncontent-type;host;', '\n\n\ncontent-type;host;') }),
  ],
  [
    'the names of the signed headers were left out',
    () => acs3({ text: (right) => acs3Text(right).replace(/^content-type;host;.*\n/m, '') }),
  ],
  [
    'the names of the signed headers were joined by ","',
    () => acs3({ text: (right) => acs3Text(right).replace(/^content-type;host;.*$/m, (names) => names.replaceAll(';', ',')) }),
  ],
  [
    'line breaks were signed as a backslash and "n"',
    () =>
      acs3({ text: (right) => acs3Text(right).replaceAll('\n', '\\n'), toSign: (canonical) => `ACS3-HMAC-SHA256\\n${sha256(canonical)}` }),
  ],
  // From here on the canonical request is right.
  ['the canonical request was signed without being hashed', () => acs3({ toSign: (canonical) => `ACS3-HMAC-SHA256\n${canonical}` })],
  [
    'the canonical request itself was signed: neither hashed, nor with the line of the algorithm',
    () => acs3({ toSign: (canonical) => canonical }),
  ],
  [
    'the hash of the canonical request was written in upper case',
    () => acs3({ toSign: (canonical) => `ACS3-HMAC-SHA256\n${sha256(canonical).toUpperCase()}` }),
  ],
  [
    'the hash of the canonical request was written in Base64',
    () => acs3({ toSign: (canonical) => `ACS3-HMAC-SHA256\n${Buffer.from(sha256(canonical), 'hex').toString('base64')}` }),
  ],
  ['the line with the algorithm is missing in the string to sign', () => acs3({ toSign: sha256 })],
  [
    'a line break in the string to sign is a backslash and "n"',
    () => acs3({ toSign: (canonical) => `ACS3-HMAC-SHA256\\n${sha256(canonical)}` }),
  ],
]

/** Two mistakes at once, of those that are made often. */
const twoMistakes: [scheme: string, causes: [string, string], make: () => Call][] = [
  [
    'signature 1.0',
    ['the secret was used without the "&" that follows it in the key', 'a space was encoded as "+" instead of "%20"'],
    () => rpc({ key: SECRET, fields: rpcFields({ JobId: 'a b' }), text: (fields) => rpcText(fields).replaceAll('%2520', '%2B') }),
  ],
  [
    'signature 1.0',
    ['the parameters were not sorted by name', 'HMAC-SHA256 was used instead of HMAC-SHA1'],
    () =>
      rpc({
        text: (fields) => `GET&%2F&${encode(joined(fields))}`,
        sign: (key, text) => createHmac('sha256', key).update(text).digest('base64'),
      }),
  ],
  [
    'ACS3',
    ['the parameters were not sorted by name', 'the host was signed without its port'],
    () => acs3({ text: ({ headers }) => ({ query: 'B=b%20c&A=%27a%27', headers: { ...headers, host: '127.0.0.1' } }) }),
  ],
  [
    'ACS3',
    ['"&" was added to the secret, as signature 1.0 has it', 'the signature was written in Base64 instead of hex'],
    () => acs3({ key: `${SECRET}&`, sign: (key, text) => createHmac('sha256', key).update(text).digest('base64') }),
  ],
]

/** Sends a call to a cloud whose default account has two keys; what the log has on it, and the reply. */
async function refused(call: Call) {
  const { cloud, account } = testCloud({ accessKeys: [{ accessKeyId: 'another', accessKeySecret: OTHER_SECRET }] })
  const reply = await cloud.handle(call)
  const entry = account.log.all().at(-1)
  expect(entry?.code).toBe('SignatureDoesNotMatch')
  return { reply, entry, diagnosis: entry?.diagnosis, reason: reply.headers['x-emulator-reason'] ?? '' }
}

const headerForm = (text: string): string => text.replace(/[^\x20-\x7e]/gu, encodeURIComponent)

describe.each([
  ...rpcMistakes.map(([cause, make]) => ({ scheme: 'signature 1.0', cause, make })),
  ...acs3Mistakes.map(([cause, make]) => ({ scheme: 'ACS3', cause, make })),
  ...twoMistakes.map(([scheme, causes, make]) => ({ scheme, cause: causes, make })),
])('$scheme: $cause', ({ cause, make }) => {
  test('is named, with the first difference marked', async () => {
    const { diagnosis, reason } = await refused(make())
    if (typeof cause === 'string') expect(diagnosis?.cause).toBe(cause)
    else expect(diagnosis?.cause.split('; and ').sort()).toEqual([...cause].sort())
    expect(reason).toContain(headerForm(diagnosis?.cause ?? ''))
    const { serverStringToSign: server = '', clientStringToSign: client = '', firstDifference } = diagnosis ?? {}
    if (client === server) return expect(cause).toEqual(twoMistakes.at(-1)?.[1])
    const { position = 0, marked: [clientLine, serverLine, caret] = ['', '', ''] } = firstDifference ?? {}
    expect(client.slice(0, position)).toBe(server.slice(0, position))
    expect(client[position]).not.toBe(server[position])
    // Under the caret stands the first character that differs, in both lines.
    const column = caret.indexOf('^')
    expect(clientLine.slice('client: '.length, column)).toBe(serverLine.slice('server: '.length, column))
    expect(clientLine[column]).not.toBe(serverLine[column])
    expect(reason).toContain(`differ after ${position} characters`)
  })
})

describe.each([
  ...rpcSameText.map(([cause, make]) => ({ scheme: 'signature 1.0', cause, make })),
  ...acs3SameText.map(([cause, make]) => ({ scheme: 'ACS3', cause, make })),
])('$scheme: $cause', ({ cause, make }) => {
  test('is named, and that both strings to sign are equal', async () => {
    const { diagnosis, reason } = await refused(make())
    expect(diagnosis?.cause).toBe(cause)
    expect(diagnosis?.clientStringToSign).toBe(diagnosis?.serverStringToSign)
    expect(diagnosis?.comparison).toContain('the strings to sign are equal')
    expect(diagnosis).not.toHaveProperty('firstDifference')
    expect(reason).toContain('equal')
  })
})

test.each([
  [
    'signature 1.0',
    'Timestamp',
    (earlier: string) =>
      rpc({
        fields: rpcFields({ Timestamp: timestamp() }),
        text: (fields) => rpcText(fields.map(([name, value]) => [name, name === 'Timestamp' ? earlier : value])),
      }),
  ],
  ['ACS3', 'x-acs-date', (earlier: string) => acs3({ text: ({ headers }) => ({ headers: { ...headers, 'x-acs-date': earlier } }) })],
] as const)('%s: a %s that was taken anew after signing is told', async (_scheme, _name, make) => {
  const { diagnosis } = await refused(make(timestamp(-1 / 60)))
  expect(diagnosis?.cause).toMatch(/^the time was taken anew after signing: the one signed is [12] s earlier than /)
})

describe.each([
  ['signature 1.0', () => rpc({ key: 'unknown&' })],
  ['ACS3', () => acs3({ key: 'unknown' })],
])('%s: a call that makes no known mistake', (_scheme, make) => {
  test('is said to make none', async () => {
    const { diagnosis, reason } = await refused(make())
    expect(diagnosis?.cause).toBe('none of the known mistakes leads to this signature; most likely the secret is another one')
    expect(diagnosis).not.toHaveProperty('clientStringToSign')
    expect(reason).toContain('none of the known mistakes')
  })

  test('does not get the secrets of another account tried on it', async () => {
    const { cloud } = testCloud()
    const stranger = cloud.createAccount({ seed: 'stranger' })
    const call =
      make === undefined
        ? rpc({})
        : _scheme === 'ACS3'
          ? acs3({ key: stranger.credentials.accessKeySecret })
          : rpc({ key: `${stranger.credentials.accessKeySecret}&` })
    await cloud.handle(call)
    expect(cloud.account().log.all()[0]?.diagnosis?.cause).toContain('none of the known mistakes')
  })
})

test('signature 1.0: a SecurityToken that was not signed is told', async () => {
  const { cloud, account } = testCloud()
  account.ram.putRole('worker', { allow: ['*'] })
  const { accessKeyId, accessKeySecret, securityToken } = account.ram.assumeRole('worker')
  const fields = rpcFields({ AccessKeyId: accessKeyId, SecurityToken: securityToken })
  await cloud.handle(rpc({ fields, key: `${accessKeySecret}&`, text: without('SecurityToken') }))
  expect(account.log.all()[0]?.diagnosis?.cause).toBe('the parameter SecurityToken was not signed')
})

test.each([
  [
    'a proxy',
    acs3({ key: 'unknown', arrives: { via: '1.1 proxy', 'x-forwarded-for': '192.0.2.1' } }),
    'the call came through a proxy (via, x-forwarded-for)',
  ],
  [
    'headers that change on the way',
    acs3({ key: 'unknown', headers: { 'user-agent': 'x', accept: '*/*' } }),
    'signed were also accept, user-agent',
  ],
])('an unknown mistake is told with a hint at %s', async (_what, call, hint) => {
  const { diagnosis } = await refused(call)
  expect(diagnosis?.cause).toContain(hint)
})

test('the mark in ACS3 texts shows line breaks as pictures, in the log, and as \\n in the header', async () => {
  const { diagnosis, reason } = await refused(
    acs3({ query: '', text: (right) => acs3Text(right).replace('\n\ncontent-type;host;', '\ncontent-type;host;') }),
  )
  const [client, server, caret] = diagnosis?.firstDifference?.marked ?? ['', '', '']
  expect(client.slice(caret.indexOf('^'))).toMatch(/^content-type;host;x-acs-action/)
  expect(server.slice(caret.indexOf('^'))).toMatch(/^␊content-type;host;x-acs-action/)
  expect(reason).toContain('>>>\\ncontent-type;host;')
})

test('neither secrets nor tokens get into the log, and no secret into the reply', async () => {
  const { cloud, account } = testCloud({ accessKeys: [{ accessKeyId: 'another', accessKeySecret: OTHER_SECRET }] })
  account.ram.putRole('worker', { allow: ['*'] })
  const { accessKeyId, accessKeySecret, securityToken } = account.ram.assumeRole('worker')
  const key = { AccessKeyId: accessKeyId, SecurityToken: securityToken }
  const calls = [
    rpc({ key: `${OTHER_SECRET}&` }),
    rpc({
      fields: rpcFields({ ...key, JobId: 'a b' }),
      key: `${accessKeySecret}&`,
      text: (fields) => rpcText(fields).replaceAll('%2520', '%2B'),
    }),
    rpc({ fields: rpcFields(key), key: 'unknown' }),
    acs3({
      headers: { 'x-acs-security-token': securityToken },
      key: OTHER_SECRET,
      authorization: (right) => right.replace('testAccessKeyId', accessKeyId),
    }),
  ]
  for (const call of calls) {
    const { headers, body } = await cloud.handle(call)
    const reply = JSON.stringify([headers, body])
    for (const secret of [SECRET, OTHER_SECRET, accessKeySecret]) expect(reply).not.toContain(secret)
  }
  const log = JSON.stringify(account.log.all())
  expect(account.log.all().map(({ code }) => code)).toEqual(calls.map(() => 'SignatureDoesNotMatch'))
  for (const secret of [SECRET, OTHER_SECRET, accessKeySecret, securityToken]) expect(log).not.toContain(secret)
  expect(log).toContain('SecurityToken%3D***')
})

test.each([
  ['a text', () => rpcFields({ JobId: '!'.repeat(200_000) })],
  ['many parameters', () => rpcFields(Object.fromEntries(Array.from({ length: 9000 }, (_, n) => [`P${n}`, 'x'])))],
])('a huge call with a wrong signature is refused without trying every mistake on it: %s', async (_what, make) => {
  const { cloud, account } = testCloud()
  const fields = make()
  await cloud.handle(wireCall({ method: 'POST', form: joined([...fields, ['Signature', hmacSha1(`${SECRET}&`, rpcText(fields))]]) }))
  expect(account.log.all()[0]?.diagnosis?.cause).toContain('too large')
})
