/** Mistakes with signature V2 of OSS. */

import type { Diagnosis } from '../base/diagnosis.js'
import { diagnose, type Mistake } from '../diagnosis/diagnosis.js'
import { base64, base64Mistakes, type Keyed, keyed, secretMistakes, signatureOf } from '../diagnosis/keys.js'
import { proxyHints } from '../diagnosis/proxies.js'
import { percentEncode } from '../http/encoding.js'
import type { KeyOwner } from '../identity/key-directory.js'
import { partsMistakes } from './mistakes.js'
import { type V2Parts, v2StringToSign } from './signature-v2.js'

/** How a string to sign is put together. */
interface Recipe extends Keyed, V2Parts {}

/** Diagnoses a V2 signature. */
export function diagnoseV2(parts: V2Parts, owner: KeyOwner, signature: string, token: string | undefined): Diagnosis {
  const { headers, query } = parts
  const encoded = (cause: string, encode: (text: string) => string): Mistake<Recipe> => ({
    cause,
    change: () => ({ encode }),
    frequent: true,
  })
  return diagnose<Recipe>(
    {
      right: { ...keyed(owner, { keyOf: (secret) => secret, algorithm: 'sha256', written: base64 }), ...parts },
      mistakes: () => [
        encoded('the slashes of the resource were not encoded', (text) => text.split('/').map(percentEncode).join('/')),
        encoded("the characters !'()* were not encoded (encodeURIComponent leaves them as they are)", (text) =>
          encodeURIComponent(text.toWellFormed()),
        ),
        encoded('resource and query were not encoded', (text) => text),
        ...partsMistakes(
          parts,
          owner.account.oss.buckets.map(({ name }) => name),
        ),
        ...secretMistakes(owner),
        ...base64Mistakes,
      ],
      text: v2StringToSign,
      signature: signatureOf,
      effort: 50 * (query.length + Object.keys(headers).length),
      hints: proxyHints(headers),
      hidden: token,
    },
    signature,
  )
}
