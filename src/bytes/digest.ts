/** MD5 as OSS writes it. */

import { hash } from 'node:crypto'

/** Upper-case hex, as in an ETag. */
export const md5Of = (bytes: Uint8Array): string => hash('md5', bytes, 'hex').toUpperCase()

/** Base64 of a hex digest, as in Content-MD5. */
export const toBase64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')
