/**
 * Data keys, with which HLS streams are encrypted: those of a key management service that VOD keeps for its users (GenerateKMSDataKey,
 * DecryptKMSDataKey). A ciphertext holds its key, encrypted under a master key that follows from the tenant. So nothing of it is stored, and it
 * is good wherever the account's state goes: into a document, a fork, another process.
 */

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import type { Account } from '../../../../account/types.js'
import { fingerprint } from '../../../../base/ids.js'

/** A key and what stands for it. */
export interface DataKey {
  /** Id of the master key: a UUID in lower case. */
  keyId: string
  /** 16 bytes, for AES-128. */
  plaintext: Buffer
  /** Base64. */
  ciphertext: string
}

const KEY_BYTES = 16
const ID_BYTES = 36
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHERTEXT_BYTES = ID_BYTES + NONCE_BYTES + KEY_BYTES + TAG_BYTES

/** Id of the tenant's master key. */
export function masterKeyId({ accountId, ids }: Account): string {
  const hex = fingerprint(ids.seed, accountId, 'master key')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const masterKey = ({ accountId, ids }: Account): Buffer => createHash('sha256').update(`${ids.seed}\0${accountId}\0master key`).digest()

/** A new data key. */
export function generateDataKey(account: Account): DataKey {
  const keyId = masterKeyId(account)
  const [key, nonce] = [account.ids.hex(), account.ids.hex()].map((hex) => Buffer.from(hex, 'hex')) as [Buffer, Buffer]
  const plaintext = key.subarray(0, KEY_BYTES)
  const cipher = createCipheriv('aes-256-gcm', masterKey(account), nonce.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(keyId))
  const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()])
  const ciphertext = Buffer.concat([Buffer.from(keyId), nonce.subarray(0, NONCE_BYTES), encrypted, cipher.getAuthTag()])
  return { keyId, plaintext, ciphertext: ciphertext.toString('base64') }
}

/** The data key of a ciphertext; `undefined` if it is none, or another account's. */
export function decryptDataKey(account: Account, ciphertext: string): DataKey | undefined {
  const keyId = masterKeyId(account)
  const bytes = Buffer.from(ciphertext, 'base64')
  if (bytes.length !== CIPHERTEXT_BYTES || masterKeyIdIn(bytes) !== keyId) return undefined
  const [nonce, encrypted] = [bytes.subarray(ID_BYTES, ID_BYTES + NONCE_BYTES), bytes.subarray(ID_BYTES + NONCE_BYTES, -TAG_BYTES)]
  const decipher = createDecipheriv('aes-256-gcm', masterKey(account), nonce)
    .setAAD(Buffer.from(keyId))
    .setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return { keyId, plaintext: Buffer.concat([decipher.update(encrypted), decipher.final()]), ciphertext }
  } catch {
    // Its digest does not match: it was changed.
    return undefined
  }
}

const masterKeyIdIn = (bytes: Buffer): string => bytes.toString('latin1', 0, ID_BYTES)

/** The account, of several, whose data key a ciphertext holds; of copies of one account, the first. */
export function ownerOfDataKey(accounts: Iterable<Account>, ciphertext: string): Account | undefined {
  const keyId = masterKeyIdIn(Buffer.from(ciphertext, 'base64'))
  for (const account of accounts) if (masterKeyId(account) === keyId) return account
  return undefined
}
