/** Encryption of HLS streams: for the service's own player, or with a key of the caller's (VOD manual 8.1.1, "EncryptConfig"; 17.1, "EncryptSetting"). */

import { createCipheriv, createHash } from 'node:crypto'
import type { Account } from '../../../../account/types.js'
import { fingerprint } from '../../../../base/ids.js'
import type { JobError } from '../../../../jobs/job.js'
import type { EncryptConfig } from '../templates/job-params.js'
import type { Template } from '../templates/template-group.js'
import { decryptDataKey } from './data-keys.js'
import { formatOf } from './names.js'

/** How a stream is encrypted. */
export type Encryption =
  /** Only the service's own player can play it. */
  | { type: 'AliyunVoDEncryption' }
  /** Every player can that gets the key at `config.DecryptKeyUri`. */
  | { type: 'HLSEncryption'; config: EncryptConfig }

/** What transcoding was asked for, as far as it is about encryption. */
export interface EncryptionRequest {
  /** Started by an upload, or by a call. */
  trigger: 'Auto' | 'Manual'
  /** The key for standard encryption; only a call can have one. */
  encryptConfig?: EncryptConfig | undefined
}

const isSwitchedOn = ({ EncryptSetting }: Template): boolean => EncryptSetting !== undefined

/**
 * How what a template makes is encrypted; only HLS can be. After an upload each template decides for itself. Of a call the manual says that all
 * templates of the group must have encryption on, else nothing is encrypted; those for subtitles make nothing that could be.
 */
export function encryptionOf(
  template: Template,
  templates: readonly Template[],
  { trigger, encryptConfig }: EncryptionRequest,
): Encryption | undefined {
  if (formatOf(template) !== 'm3u8' || !isSwitchedOn(template)) return undefined
  if (trigger === 'Manual' && !templates.every((each) => each.Type === 'SubtitlePackage' || isSwitchedOn(each))) return undefined
  return encryptConfig ? { type: 'HLSEncryption', config: encryptConfig } : { type: 'AliyunVoDEncryption' }
}

/** What segments are encrypted with, AES-128 in CBC mode, and how a playlist says so. */
export interface SegmentKey {
  key: Buffer
  iv: Buffer
  /** The tag in the playlist. */
  tag: string
  /** Version of HLS that has all that is in the tag. */
  version: number
}

/** What the service says of a ciphertext that is none of its keys' (developer guide, HLS standard encryption: the code alone). */
const KEY_NOT_FOUND: JobError = {
  code: 'KeyNotFound',
  message: 'The key of the specified CipherText is not found.',
  reason: 'CipherText is not one that GenerateKMSDataKey has handed out to this account',
}

/** The key for the segments of a job. All of them have one initialisation vector, so that equal segments stay equal. */
export function segmentKeyOf(account: Account, encryption: Encryption, jobId: string): SegmentKey | { failed: JobError } {
  const iv = Buffer.from(fingerprint(jobId, 'initialisation vector').slice(0, 32), 'hex')
  const vector = `IV=0x${iv.toString('hex')}`
  if (encryption.type === 'HLSEncryption') {
    const { CipherText, DecryptKeyUri } = encryption.config
    const key = decryptDataKey(account, CipherText)?.plaintext
    if (key === undefined) return { failed: KEY_NOT_FOUND }
    return { key, iv, tag: `#EXT-X-KEY:METHOD=AES-128,URI="${quotable(DecryptKeyUri)}",${vector}`, version: 3 }
  }
  // Nobody is given this one. A format of its own tells players that the key is not for them; how the service writes it is not documented.
  const key = createHash('sha256').update(`${account.ids.seed}\0${account.accountId}\0${jobId}`).digest().subarray(0, 16)
  return { key, iv, tag: `#EXT-X-KEY:METHOD=AES-128,URI="aliyunvod:${jobId}",${vector},KEYFORMAT="com.aliyun.vod"`, version: 5 }
}

/** Text between quotation marks: what would end it, or the line, is percent-encoded. */
const quotable = (uri: string): string => uri.replace(/["\s]/g, encodeURIComponent)

/** Encrypts a segment. */
export function encrypted(segment: Uint8Array, { key, iv }: SegmentKey): Buffer {
  const cipher = createCipheriv('aes-128-cbc', key, iv)
  return Buffer.concat([cipher.update(segment), cipher.final()])
}
