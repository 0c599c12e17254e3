/** Data keys for HLS standard encryption. No chapter of the manual has these two Actions; the official SDKs do. */

import { z } from 'zod'
import { text } from '../../../../params/scalars.js'
import { vod } from '../../shared/service/service.js'
import { decryptDataKey, generateDataKey } from '../../shared/streams/data-keys.js'

const SOURCE = 'interface of the official SDKs, in no chapter of the VOD manual'

export const generateKmsDataKey = vod.action('GenerateKMSDataKey', {
  summary: 'Makes a data key for HLS standard encryption, and answers it as it is and as the ciphertext that EncryptConfig takes.',
  source: SOURCE,
  input: () => ({}),
  output: () =>
    z.object({
      /** Id of the master key. */
      KeyId: z.string(),
      /** Base64 of the key, 16 bytes. */
      Plaintext: z.string(),
      CiphertextBlob: z.string(),
    }),
  run({ account }) {
    const { keyId, plaintext, ciphertext } = generateDataKey(account)
    return { KeyId: keyId, Plaintext: plaintext.toString('base64'), CiphertextBlob: ciphertext }
  },
})

export const decryptKmsDataKey = vod.action('DecryptKMSDataKey', {
  summary: 'Answers the data key that a ciphertext of GenerateKMSDataKey holds.',
  source: SOURCE,
  input: () => ({ CipherText: text({ maxLength: 4096, ownLimit: true }) }),
  output: () =>
    z.object({
      /** Id of the master key. */
      KeyId: z.string(),
      /** Base64 of the key, 16 bytes. */
      Plaintext: z.string(),
    }),
  run({ input: { CipherText }, account, fail }) {
    const key =
      decryptDataKey(account, CipherText) ??
      // No error is documented: what is no ciphertext is no valid parameter.
      fail('InvalidParameter', {
        param: 'CipherText',
        reason: 'is not a ciphertext that GenerateKMSDataKey has handed out to this account',
      })
    return { KeyId: key.keyId, Plaintext: key.plaintext.toString('base64') }
  },
})
