/** Mistakes with signature V1 of OSS. */

import type { Diagnosis } from '../base/diagnosis.js'
import { diagnose, type Mistake } from '../diagnosis/diagnosis.js'
import { base64, base64Mistakes, type Keyed, keyed, secretMistakes, signatureOf } from '../diagnosis/keys.js'
import { proxyHints } from '../diagnosis/proxies.js'
import { percentEncode } from '../http/encoding.js'
import type { KeyOwner } from '../identity/key-directory.js'
import { partsMistakes } from './mistakes.js'
import { SUB_RESOURCES, type V1Parts, v1StringToSign } from './signature-v1.js'

/** How a string to sign is put together. */
interface Recipe extends Keyed, V1Parts {
  /** What becomes of the text. */
  shape: (text: string) => string
}

const change = (cause: string, changed: Partial<Recipe>, frequent = false): Mistake<Recipe> => ({ cause, change: () => changed, frequent })

/** `?a=1&b`, sorted by name. */
const resourceQuery = (query: V1Parts['query'], encode: (text: string) => string = (text) => text): string =>
  `?${[...query]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => (value === '' ? name : `${name}=${encode(value)}`))
    .join('&')}`

/** Diagnoses a V1 signature. */
export function diagnoseV1(parts: V1Parts, owner: KeyOwner, signature: string, token: string | undefined): Diagnosis {
  const { headers, query, date, key } = parts
  const resources = query.filter(([name]) => SUB_RESOURCES.has(name))
  const mistakes = (): Mistake<Recipe>[] => [
    change('"&" was added to the secret, as signature 1.0 of other services has it', { keyOf: (secret) => `${secret}&` }, true),
    ...partsMistakes(
      parts,
      owner.account.oss.buckets.map(({ name }) => name),
    ),
    ...(query.length > resources.length
      ? [
          change('the whole query was signed; only sub-resources are', {
            query: [],
            shape: (text) => text + resourceQuery(query.filter(([name]) => !['Signature', 'Expires', 'OSSAccessKeyId'].includes(name))),
          }),
        ]
      : []),
    ...(resources.length > 0
      ? [
          change('the values of sub-resources were percent-encoded', {
            query: [],
            shape: (text) => text + resourceQuery(resources, percentEncode),
          }),
          change('the sub-resources were not sorted', {
            query: [],
            shape: (text) => `${text}?${resources.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&')}`,
          }),
          change('"=" was signed behind sub-resources without a value', {
            query: [],
            shape: (text) => `${text}?${resources.map(([name, value]) => `${name}=${value}`).join('&')}`,
          }),
        ]
      : []),
    ...(headers.date !== undefined && headers.date !== date
      ? [change('the header Date was signed as the date; where x-oss-date is sent, that counts', { date: headers.date })]
      : []),
    change('the date was not signed', { date: '' }),
    change('a blank was put behind the colon of x-oss headers', {
      shape: (text) => text.replace(/^(x-oss-[^:\r\n\u2028\u2029]+):/gm, '$1: '),
    }),
    change('the resource was left out', { shape: (text) => text.slice(0, text.lastIndexOf('\n') + 1) }),
    change('the string to sign ends before the name of the object', { key: '' }),
    change('the name of the object was signed in lower case', { key: key.toLowerCase() }),
    ...secretMistakes(owner),
    ...base64Mistakes,
  ]
  return diagnose<Recipe>(
    {
      right: {
        ...keyed(owner, { keyOf: (secret) => secret, algorithm: 'sha1', written: base64 }),
        ...parts,
        shape: (text) => text,
      },
      mistakes,
      text: (recipe) => recipe.shape(v1StringToSign(recipe)),
      signature: signatureOf,
      effort: 50 * (query.length + Object.keys(headers).length),
      hints: proxyHints(headers),
      hidden: token,
    },
    signature,
  )
}
