/** What comes with an object beside its content: type, kept headers, conditions of writing it. */

import { z } from 'zod'
import type { Call } from '../http/call.js'
import { refuseArgument, refuseObject } from './errors.js'
import type { Attributes } from './object.js'
import { readTagHeader } from './tags.js'

/** Names and values, as headers or as fields of a form; names in lower case. */
export type Given = Readonly<Record<string, string | undefined>>

/** Headers that are kept and sent along with the object. */
const KEPT = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires']

const STORAGE_CLASSES = ['Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive']
const ENCRYPTIONS = ['AES256', 'KMS', 'SM4']
const ACLS = ['default', 'private', 'public-read', 'public-read-write']

/** Bytes of names and values of user metadata. */
const MAX_METADATA = 8 * 1024

/** What can stand in a header. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

const headerValueSchema = z.string().regex(HEADER_VALUE, 'has characters that cannot stand in a header')

const headerNameSchema = z
  .string()
  .refine((name) => KEPT.includes(name) || /^x-oss-[a-z0-9-]+$/.test(name), 'is not the name of a header that is kept')

/** Attributes that come from elsewhere, as far as they are sent in headers: as {@link readAttributes} would have made them. */
export const attributesSchema = z.object({ contentType: headerValueSchema, headers: z.record(headerNameSchema, headerValueSchema) })

/** What is remembered of a User-Agent. */
const MAX_AGENT_CHARACTERS = 256

/** Reads what is to be kept with an object; `given` are the headers of the call, or the fields of its form. */
export function readAttributes({ headers: sent, clientAddress }: Call, given: Given = sent): Attributes {
  const headers: Record<string, string> = {}
  for (const name of KEPT) if (given[name] !== undefined) headers[name] = checked(name, given[name])
  let size = 0
  for (const [name, value] of Object.entries(given)) {
    if (!name.startsWith('x-oss-meta-') || value === undefined) continue
    if (!/^x-oss-meta-[a-z0-9-]+$/.test(name))
      refuseArgument(name, value, 'has other characters than letters, digits and hyphens in its name')
    size += name.length + value.length
    headers[name] = checked(name, value)
  }
  if (size > MAX_METADATA) refuseArgument('x-oss-meta-*', undefined, `have ${size} bytes in all, and at most ${MAX_METADATA} are allowed`)
  headers['x-oss-storage-class'] = oneOf('x-oss-storage-class', given['x-oss-storage-class'] ?? 'Standard', STORAGE_CLASSES)
  const encryption = given['x-oss-server-side-encryption']
  if (encryption !== undefined) {
    if (!ENCRYPTIONS.includes(encryption))
      refuseObject('InvalidEncryptionAlgorithmError', { reason: `${encryption.slice(0, 40)} is not one of ${ENCRYPTIONS.join(', ')}` })
    headers['x-oss-server-side-encryption'] = encryption
  }
  const tagging = given['x-oss-tagging']
  const tags = tagging === undefined ? undefined : readTagHeader(tagging)
  const contentType = checked('content-type', given['content-type'] || 'application/octet-stream')
  // A page cannot set User-Agent.
  const client = (sent['x-oss-user-agent'] ?? sent['user-agent'])?.slice(0, MAX_AGENT_CHARACTERS)
  const publicRead = readAcl(given) === 'public-read'
  return { contentType, headers, uploader: { client, address: clientAddress }, ...(publicRead && { publicRead }), ...(tags && { tags }) }
}

/** Who may read an object and change it. */
export function readAcl(given: Given): string {
  const acl = oneOf('x-oss-object-acl', given['x-oss-object-acl'] ?? 'default', ACLS)
  if (acl === 'public-read-write') refuseObject('NotImplemented', { reason: 'objects that anybody can change are not implemented' })
  return acl
}

/** Refuses to overwrite an object that is there, if asked to. */
export function checkOverwrite(oss: { object: (bucket: string, key: string) => unknown }, given: Given, bucket: string, key: string): void {
  const forbid = oneOf('x-oss-forbid-overwrite', given['x-oss-forbid-overwrite'] ?? 'false', ['true', 'false'])
  if (forbid === 'true' && oss.object(bucket, key))
    refuseObject('FileAlreadyExists', { reason: 'x-oss-forbid-overwrite is true, and the object exists', fields: { Key: key } })
}

/** Refuses names that no object can have. */
export function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key)
  if (bytes < 1 || bytes > 1023 || /^[/\\]/.test(key))
    refuseObject('InvalidObjectName', {
      reason: 'the name of an object has 1 to 1023 bytes and does not start with a slash',
      fields: { ObjectName: key.slice(0, 200) },
    })
}

/** Hex MD5 that Content-MD5 announces, or `undefined` if it is not sent. */
export function announcedMd5(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const bytes = Buffer.from(value, 'base64')
  if (bytes.byteLength !== 16 || bytes.toString('base64') !== value)
    refuseObject('InvalidDigest', { reason: 'Content-MD5 is not the Base64 of 16 bytes', fields: { 'Content-MD5': value.slice(0, 100) } })
  return bytes.toString('hex').toUpperCase()
}

/** Refuses content that is not what Content-MD5 announces. */
export function checkMd5(announced: string | undefined, md5: string): void {
  if (announced !== undefined && announced !== md5)
    refuseObject('InvalidDigest', {
      reason: `Content-MD5 announces ${announced}, and the body that arrived has ${md5} (both in hex)`,
    })
}

/** A value that can stand in a header. */
export const checked = (name: string, value: string | undefined): string =>
  HEADER_VALUE.test(value ?? '') ? (value ?? '') : refuseArgument(name, value, 'has characters that cannot stand in a header')

function oneOf(name: string, value: string, allowed: readonly string[]): string {
  return allowed.includes(value) ? value : refuseArgument(name, value, `is not one of ${allowed.join(', ')}`)
}
