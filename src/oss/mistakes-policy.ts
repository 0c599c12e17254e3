/** Mistakes with the signature of a form: what is signed there is the policy. */

import type { Diagnosis } from '../base/diagnosis.js'
import { diagnose, type Mistake } from '../diagnosis/diagnosis.js'
import { base64, base64Mistakes, hex, hexMistakes, type Keyed, keyed, secretMistakes, signatureOf } from '../diagnosis/keys.js'
import type { KeyOwner } from '../identity/key-directory.js'
import { type V4Credential, v4Key } from './signature-v4.js'

interface Recipe extends Keyed {
  policy: string
}

/** Diagnoses the signature of a policy: of V4 where there is a credential, otherwise of V1. */
export function diagnosePolicy(policy: string, owner: KeyOwner, signature: string, credential?: V4Credential): Diagnosis {
  const own: Mistake<Recipe>[] = [
    {
      cause: 'the policy was signed as JSON; what is signed is its Base64',
      change: () => ({ policy: Buffer.from(policy, 'base64').toString('utf8') }),
      frequent: true,
    },
    {
      cause: '"aliyun_v4" is missing in the key, or the key was not derived from the secret',
      change: () => ({ keyOf: (secret) => secret }),
      frequent: true,
    },
  ]
  return diagnose<Recipe>(
    {
      right: {
        ...keyed(
          owner,
          credential
            ? { keyOf: (secret) => v4Key(secret, credential), algorithm: 'sha256', written: hex }
            : { keyOf: (secret) => secret, algorithm: 'sha1', written: base64 },
        ),
        policy,
      },
      mistakes: () => [...own, ...secretMistakes(owner), ...(credential ? hexMistakes : base64Mistakes)],
      text: (recipe) => recipe.policy,
      signature: signatureOf,
    },
    signature,
  )
}
