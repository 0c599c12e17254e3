/** Mistakes with signature 1.0, and what a call that makes one would have signed. */

import type { Diagnosis } from '../base/diagnosis.js'
import { diagnose, type Mistake } from '../diagnosis/diagnosis.js'
import { base64, base64Mistakes, type Keyed, keyed, secretMistakes, signatureOf } from '../diagnosis/keys.js'
import { proxyHints } from '../diagnosis/proxies.js'
import { canonicalOf, encodingMistakes, orderMistakes, otherEncoders, pairsMistakes, type Queried, queried } from '../diagnosis/query.js'
import { isCommon } from '../http/common-parameters.js'
import { type Pairs, percentEncode } from '../http/encoding.js'
import type { KeyOwner } from '../identity/key-directory.js'
import type { ReadCall } from '../rpc/read.js'
import { earlierTimes } from './times.js'

/** How a text of signature 1.0 is put together. */
interface Recipe extends Keyed, Queried {
  method: string
  path: string
  /** How the canonical query is encoded once more. */
  again: (canonical: string) => string
  join: (method: string, path: string, query: string) => string
}

/** Parameters, given or not, that clients sign empty and then leave out. */
const OFTEN_EMPTY = ['Signature', 'SecurityToken', 'SignatureType', 'RegionId']

/** Bodies up to this size are read as JSON. */
const MAX_JSON = 20_000

/** Diagnoses a signature of generation 1.0. */
export function diagnoseRpc({ call, query, form, params }: ReadCall, owner: KeyOwner, signature: string): Diagnosis {
  const signed = (pairs: Pairs): Pairs => pairs.filter(([name]) => name !== 'Signature')
  const pairs = signed([...query, ...form])
  const { method, headers } = call
  const change = (cause: string, changed: (right: Recipe) => Partial<Recipe>, frequent = false): Mistake<Recipe> => ({
    cause,
    change: changed,
    frequent,
  })

  const mistakes = (): Mistake<Recipe>[] => [
    change('the secret was used without the "&" that follows it in the key', () => ({ keyOf: (secret) => secret }), true),
    ...encodingMistakes,
    ...otherEncoders.flatMap(([encoder, encode]) => {
      const cause = `one encoder was used both for names and values and for the canonical query: ${encoder}`
      const both = { encode: (text: string) => encode(text), again: encode }
      // Some encode the path with it as well, and some have it as a constant.
      return encode('/') === '%2F'
        ? [change(cause, () => both)]
        : [change(cause, () => ({ ...both, path: encode('/') })), change(cause, () => both)]
    }),
    ...orderMistakes,
    ...['GET', 'POST', 'HEAD']
      .filter((each) => each !== method)
      .map((each) => change(`the string to sign starts with ${each}, but the call arrived as ${method}`, () => ({ method: each }), true)),
    change('the method was signed in lower case', () => ({ method: method.toLowerCase() })),
    change('the canonical query was not encoded a second time', () => ({ again: (canonical) => canonical }), true),
    change('the canonical query was encoded once too often', () => ({ again: (canonical) => percentEncode(percentEncode(canonical)) })),
    change('the second encoding writes escapes in lower case (%3d instead of %3D)', () => ({
      again: (canonical) => percentEncode(canonical).replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase()),
    })),
    change('the value of Timestamp was encoded once less than the others', () => ({
      encode: (text, name) => (name === 'Timestamp' ? text : percentEncode(text)),
    })),
    change('the value of Timestamp was encoded once more than the others', () => ({
      encode: (text, name) => (name === 'Timestamp' ? percentEncode(percentEncode(text)) : percentEncode(text)),
    })),
    change('the path was not encoded: "/" instead of "%2F"', () => ({ path: '/' }), true),
    change('the path was left out', () => ({ path: '' })),
    change('the path was left out, with the "&" behind it', () => ({ join: (verb, _path, text) => `${verb}&${text}` })),
    change('the method and the path were left out', () => ({ join: (_verb, _path, text) => text })),
    change('the method was left out', () => ({ join: (_verb, path, text) => `${path}&${text}` })),
    ...(call.path === '/'
      ? []
      : [change(`the path ${call.path.slice(0, 60)} was signed; it is always "/"`, () => ({ path: percentEncode(call.path) }))]),
    ...(form.length > 0 ? [change('the parameters of the body were not signed', () => ({ pairs: signed(query) }))] : []),
    ...(query.length > 0 ? [change('the parameters of the query were not signed', () => ({ pairs: signed(form) }))] : []),
    ...OFTEN_EMPTY.filter((name) => name === 'Signature' || !params.has(name)).map((name) =>
      change(`an empty ${name} was signed along`, () => ({ pairs: [...pairs, [name, '']] })),
    ),
    change('the common parameters were not signed', () => ({ pairs: pairs.filter(([name]) => !isCommon(name)) })),
    ...jsonMistakes(call, pairs),
    ...earlierTimes(params.get('Timestamp') ?? '').map(({ cause, earlier }) =>
      change(cause, () => ({ pairs: pairs.map(([name, value]) => [name, name === 'Timestamp' ? earlier : value]) })),
    ),
    ...secretMistakes(owner),
    ...base64Mistakes,
    ...pairsMistakes(pairs),
  ]
  return diagnose<Recipe>(
    {
      right: {
        ...keyed(owner, { keyOf: (secret) => `${secret}&`, algorithm: 'sha1', written: base64 }),
        ...queried(pairs),
        method,
        path: '%2F',
        again: percentEncode,
        join: (verb, path, text) => `${verb}&${path}&${text}`,
      },
      mistakes,
      text: (recipe) => recipe.join(recipe.method, recipe.path, recipe.again(canonicalOf(recipe))),
      signature: signatureOf,
      effort: 50 * pairs.length,
      hints: proxyHints(headers),
      hidden: params.get('SecurityToken'),
    },
    signature,
  )
}

/** A body of JSON is not signed, and not read either; some clients sign its fields all the same. */
function jsonMistakes({ headers, body }: ReadCall['call'], pairs: Pairs): Mistake<Recipe>[] {
  if (!/\bjson\b/i.test(headers['content-type'] ?? '') || body.byteLength > MAX_JSON) return []
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  let fields: unknown
  try {
    fields = JSON.parse(text)
  } catch {
    return []
  }
  if (typeof fields !== 'object' || fields === null) return []
  const values: Pairs = Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
  return [
    {
      cause: 'the fields of the JSON body were signed; parameters belong in the query or in a form',
      change: () => ({ pairs: [...pairs, ...values] }),
    },
  ]
}
