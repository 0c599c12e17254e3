/** Why a signature of OSS does not match: tries the mistakes that clients make. */

import type { KeyOwner } from '../gateway/authenticate.js'

/** A mistake, and what the client would have signed with it. */
export interface Mistake {
  cause: string
  text: string
}

/** How many of an account's other secrets are tried. */
const MOST_OTHER_SECRETS = 20

/** Requests with more to sign than this are not looked into: that would hold up everybody. */
const MOST_CHARACTERS = 20_000

/** The mistake that leads to the signature that came, in words, or that none of the known ones does. */
export function explainMismatch(
  { account, key }: KeyOwner,
  text: string,
  mistakes: readonly Mistake[],
  matches: (secret: string, text: string) => boolean,
): string {
  if (text.length > MOST_CHARACTERS) return 'the request is too large to try the known mistakes on it'
  const made = mistakes.find((mistake) => matches(key.accessKeySecret, mistake.text))
  if (made) return made.cause
  const others = account.ram.keys.filter((other) => other !== key).slice(0, MOST_OTHER_SECRETS)
  if (others.some(({ accessKeySecret }) => matches(accessKeySecret, text)))
    return 'the secret of another access key of this account was used'
  return 'none of the known mistakes leads to this signature; most likely the secret is another one'
}
