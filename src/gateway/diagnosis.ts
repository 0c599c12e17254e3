/**
 * Why a signature does not match: tries the mistakes that clients make, and says which one reproduces the signature that came.
 * Runs only when a signature has been refused.
 */

import { canonicalQuery, type Pairs, percentEncode } from './encoding.js'
import { type Acs3Request, acs3CanonicalRequest, acs3Signature, acs3StringToSign, sha256 } from './signature-acs3.js'
import { hmacSha1 } from './signature-rpc.js'

/** What is known about a signature that does not match. */
export interface Diagnosis {
  /** The mistake that reproduces the client's signature, in words, or that none of the known ones does. */
  cause: string
  /** What the server signed. */
  serverStringToSign: string
  /** What the client must have signed, if the mistake could be told. */
  clientStringToSign?: string
  /** The first place at which the two differ, with what follows on either side. */
  firstDifference?: { position: number; client: string; server: string }
}

const UNKNOWN = 'none of the known mistakes leads to this signature; most likely the secret is another one'

/** A mistake, what the client would have signed with it, and the key it would have used. */
interface Mistake {
  cause: string
  /** Made only when its turn comes: most calls make one of the first mistakes. */
  text: () => string
  key?: string
}

/** Calls whose text to sign is longer than this are not diagnosed: trying every mistake on them would hold up everybody. */
const MOST_CHARACTERS = 100_000

const TOO_LARGE = 'the call is too large to try the known mistakes on it'

/** Diagnoses a signature of generation 1.0. `otherSecrets` are those of the same account's other keys. */
export function diagnoseRpc(
  call: { method: string; query: Pairs; form: Pairs; signature: string },
  serverText: string,
  secret: string,
  otherSecrets: readonly string[],
): Diagnosis {
  const { method, query, form } = call
  const pairs = [...query, ...form].filter(([name]) => name !== 'Signature')
  const text = (canonical: string, by = method): string => `${by}&%2F&${percentEncode(canonical)}`
  const plus = (value: string): string => percentEncode(value).replaceAll('%20', '+')
  const inOrder = (ordered: Pairs): string => ordered.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')
  const withoutCase = (): Pairs => [...pairs].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
  const other = method === 'GET' ? 'POST' : 'GET'

  const mistakes: Mistake[] = [
    { cause: 'the secret was used without the "&" that follows it in the key', text: () => serverText, key: secret },
    ...otherSecrets.map((each) => ({
      cause: 'the secret of another access key of this account was used',
      text: () => serverText,
      key: `${each}&`,
    })),
    {
      cause: `the string to sign starts with ${other}, but the call was made with ${method}`,
      text: () => text(canonicalQuery(pairs), other),
    },
    { cause: 'a space was encoded as "+" instead of "%20"', text: () => text(canonicalQuery(pairs, plus)) },
    {
      cause: '"*" was not encoded as "%2A"',
      text: () => text(canonicalQuery(pairs, (value) => percentEncode(value).replaceAll('%2A', '*'))),
    },
    { cause: '"~" was encoded as "%7E"', text: () => text(canonicalQuery(pairs, (value) => percentEncode(value).replaceAll('~', '%7E'))) },
    {
      cause: "the characters !'()* were not encoded (encodeURIComponent leaves them as they are)",
      text: () => text(canonicalQuery(pairs, encodeURIComponent)),
    },
    {
      cause: 'java.net.URLEncoder was used without replacing "+", "*" and "%7E"',
      text: () => text(canonicalQuery(pairs, (value) => plus(value).replaceAll('%2A', '*').replaceAll('~', '%7E'))),
    },
    { cause: 'escapes were written in lower case (%2f instead of %2F)', text: () => text(canonicalQuery(pairs, lowerEscapes)) },
    { cause: 'the parameters were not sorted by name', text: () => text(inOrder(pairs)) },
    { cause: 'the parameters were sorted without regard to letter case; capitals come first', text: () => text(inOrder(withoutCase())) },
    {
      cause: 'names and values were not encoded before the canonical query was encoded',
      text: () => text(canonicalQuery(pairs, (value) => value)),
    },
    { cause: 'the canonical query was not encoded a second time', text: () => `${method}&%2F&${canonicalQuery(pairs)}` },
    { cause: 'the canonical query was encoded once too often', text: () => text(percentEncode(canonicalQuery(pairs))) },
    { cause: 'the path was not encoded: "/" instead of "%2F"', text: () => serverText.replace('&%2F&', '&/&') },
    { cause: 'the method and the path were left out', text: () => percentEncode(canonicalQuery(pairs)) },
    { cause: 'an empty Signature was signed along', text: () => text(canonicalQuery([...pairs, ['Signature', '']])) },
    {
      cause: 'the parameters of the body were not signed',
      text: () => text(canonicalQuery(query.filter(([name]) => name !== 'Signature'))),
    },
    {
      cause: 'the parameters of the query were not signed',
      text: () => text(canonicalQuery(form.filter(([name]) => name !== 'Signature'))),
    },
    { cause: 'empty parameters were not signed', text: () => text(canonicalQuery(pairs.filter(([, value]) => value !== ''))) },
  ]
  return diagnose(serverText, mistakes, ({ text, key = `${secret}&` }) => hmacSha1(key, text()) === call.signature)
}

/** Diagnoses an ACS3 signature. `claimedPayloadHash` is the header `x-acs-content-sha256`. */
export function diagnoseAcs3(
  request: Acs3Request,
  signature: string,
  claimedPayloadHash: string,
  secret: string,
  otherSecrets: readonly string[],
): Diagnosis {
  const server = acs3CanonicalRequest(request)
  const replaced = (changes: Partial<Acs3Request>): string => acs3CanonicalRequest({ ...request, ...changes })
  const host = request.headers.host ?? ''
  const withHost = (value: string): string => replaced({ headers: { ...request.headers, host: value } })
  const query = canonicalQuery(request.query)
  const withQuery = (value: string): string => server.replace(`\n/\n${query}\n`, () => `\n/\n${value}\n`)
  const forwarded = request.headers['x-forwarded-host']

  const mistakes: Mistake[] = [
    {
      cause: 'the payload hash that was signed (x-acs-content-sha256) is not the hash of the body that arrived',
      text: () => replaced({ payloadHash: claimedPayloadHash }),
    },
    { cause: 'the body was not hashed: the payload hash is that of an empty body', text: () => replaced({ payloadHash: sha256('') }) },
    { cause: '"&" was added to the secret, as signature 1.0 has it', text: () => server, key: `${secret}&` },
    ...otherSecrets.map((key) => ({ cause: 'the secret of another access key of this account was used', text: () => server, key })),
    {
      cause: `the canonical request starts with another method than ${request.method}`,
      text: () => replaced({ method: request.method === 'GET' ? 'POST' : 'GET' }),
    },
    { cause: 'the query was not signed', text: () => withQuery('') },
    { cause: 'a space in the query was encoded as "+" instead of "%20"', text: () => withQuery(query.replaceAll('%20', '+')) },
    {
      cause: "the characters !'()* of the query were not encoded",
      text: () => withQuery(canonicalQuery(request.query, encodeURIComponent)),
    },
    {
      cause: 'the parameters of the query were not sorted by name',
      text: () => withQuery(request.query.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')),
    },
    { cause: 'the host was signed without its port', text: () => withHost(host.replace(/:\d+$/, '')) },
    { cause: 'the path was left out of the canonical request', text: () => server.replace('\n/\n', '\n\n') },
    ...(forwarded
      ? [{ cause: `a proxy changed the signed header Host from ${forwarded} to ${host}`, text: () => withHost(forwarded) }]
      : []),
  ]
  return diagnose(server, mistakes, ({ text, key = secret }) => acs3Signature(acs3StringToSign(text()), key) === signature)
}

function diagnose(server: string, mistakes: readonly Mistake[], matches: (mistake: Mistake) => boolean): Diagnosis {
  if (server.length > MOST_CHARACTERS) return { cause: TOO_LARGE, serverStringToSign: server }
  const made = mistakes.find(matches)
  if (made === undefined) return { cause: UNKNOWN, serverStringToSign: server }
  const { cause } = made
  const client = made.text()
  if (client === server) return { cause, serverStringToSign: server, clientStringToSign: client }
  let position = 0
  while (client[position] === server[position]) position++
  const excerpt = (text: string): string => text.slice(Math.max(0, position - 12), position + 36)
  return {
    cause,
    serverStringToSign: server,
    clientStringToSign: client,
    firstDifference: { position, client: excerpt(client), server: excerpt(server) },
  }
}

const lowerEscapes = (value: string): string => percentEncode(value).replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())
