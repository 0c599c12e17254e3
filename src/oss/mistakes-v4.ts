/** Mistakes with signature V4 of OSS. */

import { createHmac } from 'node:crypto'
import type { Diagnosis } from '../base/diagnosis.js'
import { diagnose, type Mistake } from '../diagnosis/diagnosis.js'
import { hex, hexMistakes, type Keyed, keyed, secretMistakes, signatureOf } from '../diagnosis/keys.js'
import { proxyHints } from '../diagnosis/proxies.js'
import { encodingMistakes, type Queried } from '../diagnosis/query.js'
import { percentEncode } from '../http/encoding.js'
import type { KeyOwner } from '../identity/key-directory.js'
import { sha256 } from '../signing/signature-acs3.js'
import { partsMistakes } from './mistakes.js'
import { UNSIGNED_PAYLOAD, type V4Credential, type V4Parts, v4CanonicalRequest, v4Key, v4StringToSign } from './signature-v4.js'

/** How a canonical request and a string to sign are put together. */
interface Recipe extends Keyed, V4Parts {
  encode: Queried['encode']
  /** What becomes of the canonical request. */
  shape: (canonical: string) => string
  toSign: (canonical: string) => string
}

const change = (cause: string, changed: Partial<Recipe>, frequent = false): Mistake<Recipe> => ({ cause, change: () => changed, frequent })

/** The key that comes of deriving it in other ways. */
const derived = (start: string, steps: readonly string[], as: 'bytes' | 'hex' = 'bytes'): Buffer | string =>
  steps.reduce<Buffer | string>((key, step) => {
    const next = createHmac('sha256', key).update(step)
    return as === 'hex' ? next.digest('hex') : next.digest()
  }, start)

/** Changes one line of a canonical request. */
const line =
  (index: number, to: (line: string) => string) =>
  (canonical: string): string =>
    canonical
      .split('\n')
      .map((each, at) => (at === index ? to(each) : each))
      .join('\n')

/** Diagnoses a V4 signature. `time` is `20260101T000000Z`. */
export function diagnoseV4(
  parts: V4Parts,
  owner: KeyOwner,
  { credential, time, signature }: { credential: V4Credential; time: string; signature: string },
  token: string | undefined,
): Diagnosis {
  const { headers, query, additionalHeaders } = parts
  const { day, region } = credential
  const steps = [day, region, 'oss', 'aliyun_v4_request']
  const inQuery = query.filter(([name]) => name !== 'x-oss-signature')
  const mistakes = (): Mistake<Recipe>[] => [
    change('"aliyun_v4" is missing before the secret in the key', { keyOf: (secret) => derived(secret, steps) }, true),
    change('"AWS4" was put before the secret in the key, in place of "aliyun_v4"', { keyOf: (secret) => derived(`AWS4${secret}`, steps) }),
    change('the secret itself was used as the key, which must be derived from it', { keyOf: (secret) => secret }, true),
    change('the steps of the key were passed on as hex digits, not as bytes', {
      keyOf: (secret) => derived(`aliyun_v4${secret}`, steps, 'hex'),
    }),
    change('the key was derived for the service "s3", not "oss"', {
      keyOf: (secret) => derived(`aliyun_v4${secret}`, [day, region, 's3', 'aliyun_v4_request']),
    }),
    change('the key was derived with the last step left out', { keyOf: (secret) => derived(`aliyun_v4${secret}`, steps.slice(0, 3)) }),
    change('the region was written with "oss-" before it in the key', {
      keyOf: (secret) => derived(`aliyun_v4${secret}`, [day, `oss-${region}`, ...steps.slice(2)]),
    }),
    ...partsMistakes(
      parts,
      owner.account.oss.buckets.map(({ name }) => name),
    ),
    ...(inQuery.length > 0
      ? [
          ...encodingMistakes,
          change('the parameters of the query were not sorted', {
            shape: line(2, () => inQuery.map(([name, value]) => percentEncode(name) + (value && `=${percentEncode(value)}`)).join('&')),
          }),
          change('"=" was signed behind parameters without a value', {
            shape: line(2, (canonical) =>
              canonical
                .split('&')
                .map((each) => (each.includes('=') ? each : `${each}=`))
                .join('&'),
            ),
          }),
        ]
      : []),
    change('the "/" in the name of the object was percent-encoded', {
      shape: line(1, (path) => `/${percentEncode(decodeURIComponent(path.slice(1)))}`),
    }),
    change('the path was not percent-encoded', { shape: line(1, decodeURIComponent) }),
    ...(additionalHeaders.length > 0 ? [change('the additional headers were not signed', { additionalHeaders: [] })] : []),
    ...Object.keys(headers)
      .filter((name) => !additionalHeaders.includes(name) && /^(?:host|date|user-agent|content-length|content-disposition)$/.test(name))
      .map((name) =>
        change(`the header ${name} was signed, although AdditionalHeaders does not name it`, {
          additionalHeaders: [...additionalHeaders, name],
        }),
      ),
    change('the empty line after the headers was left out', { shape: (canonical) => canonical.replace('\n\n', '\n') }),
    change('the payload hash was left out', { shape: (canonical) => canonical.slice(0, canonical.lastIndexOf('\n') + 1) }),
    change(`the payload was hashed; it must be ${UNSIGNED_PAYLOAD}`, {
      shape: (canonical) => canonical.slice(0, canonical.lastIndexOf('\n') + 1) + sha256(''),
    }),
    change('the canonical request was signed without being hashed', {
      toSign: (canonical) => v4StringToSign(credential, time, '').replace(sha256(''), () => canonical),
    }),
    change('the hash of the canonical request was written in upper case', {
      toSign: (canonical) => v4StringToSign(credential, time, canonical).replace(/[0-9a-f]{64}$/, (digits) => digits.toUpperCase()),
    }),
    change('the line with the algorithm is missing in the string to sign', {
      toSign: (canonical) => v4StringToSign(credential, time, canonical).replace(/^.*\n/, ''),
    }),
    change('the line with the scope is missing in the string to sign', {
      toSign: (canonical) => v4StringToSign(credential, time, canonical).split('\n').toSpliced(2, 1).join('\n'),
    }),
    ...secretMistakes(owner),
    ...hexMistakes,
  ]
  return diagnose<Recipe>(
    {
      right: {
        ...keyed(owner, { keyOf: (secret) => v4Key(secret, credential), algorithm: 'sha256', written: hex }),
        ...parts,
        encode: percentEncode,
        shape: (canonical) => canonical,
        toSign: (canonical) => v4StringToSign(credential, time, canonical),
      },
      mistakes,
      text: (recipe) => recipe.shape(v4CanonicalRequest(recipe)),
      digest: (recipe, canonical) => recipe.toSign(canonical),
      signature: (recipe, canonical) => signatureOf(recipe, recipe.toSign(canonical)),
      effort: 50 * (query.length + Object.keys(headers).length),
      hints: proxyHints(headers),
      hidden: token,
    },
    signature,
  )
}
