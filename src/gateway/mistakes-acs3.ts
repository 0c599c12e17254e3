/** Mistakes with ACS3-HMAC-SHA256, and what a call that makes one would have signed. */

import { hash } from 'node:crypto'
import type { Diagnosis } from '../base/diagnosis.js'
import { diagnose, type Mistake } from '../diagnosis/diagnosis.js'
import { hex, hexMistakes, type Keyed, keyed, secretMistakes, signatureOf } from '../diagnosis/keys.js'
import { forwardedHosts, proxyHints } from '../diagnosis/proxies.js'
import { canonicalOf, encodingMistakes, orderMistakes, pairsMistakes, type Queried, queried } from '../diagnosis/query.js'
import { type Pairs, parsePairs, percentEncode } from '../http/encoding.js'
import type { KeyOwner } from '../identity/key-directory.js'
import type { ReadCall } from '../rpc/read.js'
import { ACS3_ALGORITHM, type Acs3Request, acs3StringToSign, sha256 } from '../signing/signature-acs3.js'
import { earlierTimes } from './times.js'

/** How a canonical request and a string to sign are put together. */
interface Recipe extends Keyed, Queried {
  method: string
  path: string
  /** What becomes of the canonical query. */
  again: (canonical: string) => string
  /** Signed headers, in the order of their lines. */
  headers: Pairs
  line: (name: string, value: string) => string
  /** What becomes of the lines of the headers: an empty line follows, because each ends with a line break. */
  block: (lines: string) => string
  names: readonly string[]
  payload: string
  join: (parts: readonly string[]) => string
  /** From the canonical request to the string to sign. */
  toSign: (canonical: string) => string
}

/** Bodies up to this size are hashed in other ways too. */
const MAX_BODY = 20_000

/** Headers that are tried one by one. */
const MAX_HEADERS = 20

/** Headers that HTTP libraries and proxies like to write anew. */
const OFTEN_CHANGED = new Set(['accept', 'accept-encoding', 'connection', 'content-length', 'date', 'user-agent'])

/** Types that stand for others on the way. */
const CONTENT_TYPES = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-8',
  'application/x-www-form-urlencoded;charset=utf-8',
  'application/x-www-form-urlencoded; charset=UTF-8',
  'application/x-www-form-urlencoded;charset=UTF-8',
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
  'application/octet-stream',
  'text/plain;charset=UTF-8',
]

const change = (cause: string, changed: (right: Recipe) => Partial<Recipe>, frequent = false): Mistake<Recipe> => ({
  cause,
  change: changed,
  frequent,
})

/** Diagnoses an ACS3 signature. `hosts` are those that the service called has in the cloud. */
export function diagnoseAcs3(
  read: ReadCall,
  request: Acs3Request,
  owner: KeyOwner,
  signature: string,
  hosts: () => readonly string[],
): Diagnosis {
  const { call } = read
  const { method, query, signedHeaders, payloadHash } = request
  const mistakes = (): Mistake<Recipe>[] => [
    ...payloadMistakes(read, payloadHash),
    change('"&" was added to the secret, as signature 1.0 has it', () => ({ keyOf: (secret) => `${secret}&` }), true),
    change('"ACS3" was put before the secret; the key is the secret alone', () => ({ keyOf: (secret) => `ACS3${secret}` })),
    change('"aliyun_v4" was put before the secret, as OSS has it', () => ({ keyOf: (secret) => `aliyun_v4${secret}` })),
    ...['GET', 'POST', 'HEAD']
      .filter((each) => each !== method)
      .map((each) =>
        change(`the canonical request starts with ${each}, but the call arrived as ${method}`, () => ({ method: each }), true),
      ),
    change('the method was signed in lower case', () => ({ method: method.toLowerCase() })),
    change('the method was left out of the canonical request', () => ({ join: (parts) => parts.slice(1).join('\n') })),
    change('the path was left out of the canonical request', () => ({ path: '' }), true),
    change('the line of the path is missing in the canonical request', () => ({ join: ([verb, , ...rest]) => [verb, ...rest].join('\n') })),
    change('the path was percent-encoded: "%2F" instead of "/"', () => ({ path: '%2F' })),
    ...(call.path === '/' ? [] : [change(`the path ${call.path.slice(0, 60)} was signed; it is always "/"`, () => ({ path: call.path }))]),
    ...queryMistakes(read),
    ...hostMistakes(request, hosts()),
    ...headerMistakes(read, request),
    change('the empty line after the headers was left out', () => ({ block: (lines) => lines.slice(0, -1) }), true),
    change('there is an empty line too many after the headers', () => ({ block: (lines) => `${lines}\n` })),
    change('the names of the signed headers were left out', () => ({ join: (parts) => parts.toSpliced(4, 1).join('\n') })),
    change('the names of the signed headers were joined by ","', (right) => ({ names: [right.names.join(',')] })),
    change('the canonical request was signed without being hashed', () => ({ toSign: (canonical) => `${ACS3_ALGORITHM}\n${canonical}` })),
    change('the canonical request itself was signed: neither hashed, nor with the line of the algorithm', () => ({
      toSign: (canonical) => canonical,
    })),
    change('the hash of the canonical request was written in upper case', () => ({
      toSign: (canonical) => `${ACS3_ALGORITHM}\n${sha256(canonical).toUpperCase()}`,
    })),
    change('the hash of the canonical request was written in Base64', () => ({
      toSign: (canonical) => `${ACS3_ALGORITHM}\n${hash('sha256', canonical, 'base64')}`,
    })),
    change('the line with the algorithm is missing in the string to sign', () => ({ toSign: sha256 }), true),
    change('the date was put into the string to sign, as other clouds have it', () => ({
      toSign: (canonical) => `${ACS3_ALGORITHM}\n${call.headers['x-acs-date']}\n${sha256(canonical)}`,
    })),
    change('line breaks were signed as a backslash and "n"', () => ({
      join: (parts) => parts.join('\n').replaceAll('\n', '\\n'),
      toSign: (canonical) => acs3StringToSign(canonical).replaceAll('\n', '\\n'),
    })),
    change('a line break in the string to sign is a backslash and "n"', () => ({
      toSign: (canonical) => acs3StringToSign(canonical).replaceAll('\n', '\\n'),
    })),
    ...secretMistakes(owner),
    ...hexMistakes,
    ...pairsMistakes(query),
  ]
  const headers: Pairs = signedHeaders.map((name) => [name, sentValue(request, name).trim()])
  return diagnose<Recipe>(
    {
      right: {
        ...keyed(owner, { keyOf: (secret) => secret, algorithm: 'sha256', written: hex }),
        ...queried(query),
        method,
        path: '/',
        again: (canonical) => canonical,
        headers,
        line: (name, value) => `${name}:${value}\n`,
        block: (lines) => lines,
        names: signedHeaders,
        payload: payloadHash,
        join: (parts) => parts.join('\n'),
        toSign: acs3StringToSign,
      },
      mistakes,
      text: textOf,
      digest: (recipe, canonical) => recipe.toSign(canonical),
      signature: (recipe, canonical) => signatureOf(recipe, recipe.toSign(canonical)),
      effort: 50 * (query.length + headers.length),
      hints: [...changeableHint(signedHeaders), ...proxyHints(call.headers)],
      hidden: call.headers['x-acs-security-token'],
    },
    signature,
  )
}

/** The canonical request. */
function textOf(recipe: Recipe): string {
  const { method, path, again, headers, line, block, names, payload, join } = recipe
  const lines = headers.map(([name, value]) => line(name, value)).join('')
  return join([method, path, again(canonicalOf(recipe)), block(lines), names.join(';'), payload])
}

/** A header may be called `constructor`, and then it is not one that was sent. */
const sentValue = ({ headers }: Acs3Request, name: string): string => (Object.hasOwn(headers, name) ? (headers[name] ?? '') : '')

function payloadMistakes({ call }: ReadCall, right: string): Mistake<Recipe>[] {
  const { headers, body } = call
  const claimed = headers['x-acs-content-sha256'] ?? ''
  const payload = (cause: string, value: string, frequent = false): Mistake<Recipe> => change(cause, () => ({ payload: value }), frequent)
  const changed = (what: string): string =>
    `the payload hash that was signed (x-acs-content-sha256) is not that of the body that arrived: ${what}`
  const ofNothing = sha256('')
  const mistakes = [
    ...(claimed === right || claimed === ofNothing
      ? []
      : [payload(changed('the body was changed after it was hashed, or another one was hashed'), claimed, true)]),
    ...(body.byteLength > 0 ? [payload('the body was not hashed: the payload hash is that of an empty body', ofNothing, true)] : []),
    payload('the payload hash was left out', ''),
    payload('the payload hash was written in upper case', right.toUpperCase()),
    payload('the payload hash was UNSIGNED-PAYLOAD, which OSS knows and these services do not', 'UNSIGNED-PAYLOAD'),
  ]
  if (body.byteLength === 0 || body.byteLength > MAX_BODY) return mistakes
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  const sorted = (encode: (text: string) => string): string =>
    parsePairs(text)
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .join('&')
  return [
    payload(changed('it was hashed with "%20" and sent with "+"'), sha256(text.replaceAll('+', '%20'))),
    payload(changed('it was hashed with "+" and sent with "%20"'), sha256(text.replaceAll('%20', '+'))),
    payload(changed('it was hashed before its values were percent-encoded'), sha256(sorted((each) => each))),
    payload(changed('it was hashed with a line break at its end'), sha256(`${text}\n`)),
    payload(changed('it was hashed as JSON, and sent as a form'), sha256(JSON.stringify(Object.fromEntries(parsePairs(text))))),
    payload('the body itself was signed in place of its hash', text),
    payload('the payload hash was written in Base64', hash('sha256', body, 'base64')),
    ...mistakes,
  ]
}

function queryMistakes({ call, query, form }: ReadCall): Mistake<Recipe>[] {
  const inForm =
    form.length === 0 || call.body.byteLength > MAX_BODY
      ? []
      : [
          change('the parameters of the form were signed as if they stood in the query', () => ({ pairs: form })),
          change('the parameters of the form were signed along with those of the query', () => ({ pairs: [...query, ...form] })),
        ]
  if (query.length === 0) return inForm
  return [
    change('the query was not signed', () => ({ pairs: [] }), true),
    ...encodingMistakes,
    ...orderMistakes,
    change('the canonical query was encoded a second time, as signature 1.0 has it', () => ({ again: percentEncode }), true),
    change('"=" was left out behind parameters without a value', () => ({ again: (canonical) => canonical.replace(/=(?=&|$)/g, '') })),
    change('the canonical query starts with "?"', () => ({ again: (canonical) => `?${canonical}` })),
    ...inForm,
  ]
}

const withHeader = (headers: Pairs, changed: string, value: string): Pairs =>
  headers.map(([name, sent]) => [name, name === changed ? value : sent])

function hostMistakes({ headers }: Acs3Request, hosts: readonly string[]): Mistake<Recipe>[] {
  const host = headers.host ?? ''
  const bare = host.replace(/:\d+$/, '')
  const signedAs = (cause: string, value: string, frequent = false): Mistake<Recipe>[] =>
    value === host ? [] : [change(cause, (right) => ({ headers: withHeader(right.headers, 'host', value) }), frequent)]
  return [
    ...signedAs('the host was signed without its port', bare, true),
    ...[80, 443].flatMap((port) =>
      signedAs(`the host was signed with the port ${port}, and sent as ${host.slice(0, 80)}`, `${bare}:${port}`),
    ),
    ...forwardedHosts(headers).flatMap(({ host: signed, by }) =>
      signedAs(`a proxy changed the signed header Host from ${signed.slice(0, 80)} (${by}) to ${host.slice(0, 80)}`, signed),
    ),
    ...hosts.flatMap((signed) => signedAs(`the signed host is ${signed}, and the call arrived with ${host.slice(0, 80)}`, signed)),
    ...signedAs('the host was signed with "http://" before it', `http://${host}`),
    ...signedAs('the host was signed with "https://" before it', `https://${host}`),
    ...signedAs('the host was signed in other letter case', host.toLowerCase()),
    ...signedAs('the host was signed empty', ''),
  ]
}

/** `x-acs-date` as a person would write it: `X-Acs-Date`. */
const capitals = (name: string): string => name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase())

const inOrder = <T>(items: readonly T[], nameOf: (item: T) => string): T[] =>
  [...items].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0))

function headerMistakes({ call }: ReadCall, request: Acs3Request): Mistake<Recipe>[] {
  const { signedHeaders, headers } = request
  // The names as the client wrote them.
  const written = (/\bSignedHeaders=([^,]*)/.exec(headers.authorization ?? '')?.[1] ?? '').trim().split(';')
  const asWritten = new Map(signedHeaders.map((name, index) => [name, written[index]]))
  const arrived = Object.keys(headers)
  const signed = new Set(signedHeaders)
  const byArrival = arrived.filter((name) => signed.has(name))
  const reordered = (names: readonly string[], right: Recipe): Pairs => {
    const lines = new Map(right.headers.map(([name, value]) => [name, value]))
    return names.map((name) => [name, lines.get(name) ?? ''])
  }
  const sortedNames = [...signedHeaders].sort()
  const unsorted = sortedNames.join() !== signedHeaders.join()
  const unnamed = arrived.filter((name) => !signed.has(name) && name !== 'authorization').slice(0, MAX_HEADERS)

  return [
    ...(unsorted
      ? [
          change('the signed headers were sorted for signing, but not in SignedHeaders of Authorization', (right) => ({
            headers: reordered(sortedNames, right),
            names: sortedNames,
          })),
          change('the lines of the headers were sorted, but not their names', (right) => ({ headers: reordered(sortedNames, right) })),
          change('the names of the headers were sorted, but not their lines', () => ({ names: sortedNames })),
        ]
      : [change('the lines of the headers were not sorted by name', (right) => ({ headers: reordered(byArrival, right) }), true)]),
    change('the names of the headers were not sorted', () => ({ names: byArrival })),
    change('neither the lines of the headers nor their names were sorted', (right) => ({
      headers: reordered(byArrival, right),
      names: byArrival,
    })),
    ...[
      { how: 'as SignedHeaders of Authorization has them', name: (each: string) => asWritten.get(each) ?? each },
      { how: 'with capitals (X-Acs-Date)', name: capitals },
    ].flatMap(({ how, name }) => [
      change(`the names of the headers were signed ${how}, not in lower case`, (right) => ({
        line: (each, value) => `${name(each)}:${value}\n`,
        names: right.names.map(name),
      })),
      change(`the names in the lines of the headers were signed ${how}, not in lower case`, () => ({
        line: (each, value) => `${name(each)}:${value}\n`,
      })),
      change(`the list of the signed headers was signed ${how}, not in lower case`, (right) => ({ names: right.names.map(name) })),
    ]),
    change('the values of the headers were not trimmed', (right) => ({
      headers: right.headers.map(([name]) => [name, sentValue(request, name)]),
    })),
    change('a blank was put behind the colon in the lines of the headers', () => ({ line: (name, value) => `${name}: ${value}\n` }), true),
    change('the values of the headers were signed in lower case', (right) => ({
      headers: right.headers.map(([name, value]) => [name, value.toLowerCase()]),
    })),
    ...earlierTimes(headers['x-acs-date'] ?? '').map(({ cause, earlier }) =>
      change(cause, (right) => ({ headers: withHeader(right.headers, 'x-acs-date', earlier) })),
    ),
    ...(signedHeaders.includes('content-type')
      ? CONTENT_TYPES.map((type) =>
          change(
            `Content-Type was signed as ${type}, and changed on the way to ${headers['content-type']?.slice(0, 80) ?? 'nothing'}`,
            (right) => ({
              headers: withHeader(right.headers, 'content-type', type),
            }),
          ),
        )
      : []),
    ...signedHeaders.slice(0, MAX_HEADERS).flatMap((name) => [
      change(`the header ${name} was signed empty: it was set or changed after signing`, (right) => ({
        headers: withHeader(right.headers, name, ''),
      })),
      change(`the header ${name} was not signed, although SignedHeaders names it`, (right) => ({
        headers: right.headers.filter(([each]) => each !== name),
      })),
      change(`the header ${name} was not signed, neither its line nor its name, although SignedHeaders names it`, (right) => ({
        headers: right.headers.filter(([each]) => each !== name),
        names: right.names.filter((each) => each !== name),
      })),
    ]),
    ...unnamed.map((name) =>
      change(`the header ${name} was signed, although SignedHeaders does not name it`, (right) => ({
        headers: inOrder([...right.headers, [name, sentValue(request, name).trim()] as const], ([each]) => each),
        names: [...right.names, name].sort(),
      })),
    ),
    ...(call.headers.date === undefined
      ? []
      : [
          change('x-acs-date was signed with the value of the header Date', (right) => ({
            headers: withHeader(right.headers, 'x-acs-date', call.headers.date ?? ''),
          })),
        ]),
  ]
}

/** Signing more headers than needed makes a signature fragile. */
function changeableHint(signedHeaders: readonly string[]): string[] {
  const names = signedHeaders.filter((name) => OFTEN_CHANGED.has(name))
  return names.length === 0
    ? []
    : [`signed were also ${names.join(', ')}: if an HTTP library or a proxy has changed them after signing, the signature cannot match`]
}
