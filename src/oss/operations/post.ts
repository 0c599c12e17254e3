/** PostObject: an upload by form, signed in the form itself. */

import { sameSecret } from '../../base/same-secret.js'
import type { Received } from '../../bytes/received.js'
import { asHeader } from '../../http/text.js'
import { hmacSha1 } from '../../signing/signature-rpc.js'
import { announcedMd5, checkKey, checkMd5, checkOverwrite, readAttributes } from '../attributes.js'
import { credentialOf, signedAtOf } from '../authenticate.js'
import { readCallback } from '../callback.js'
import { checkNotAhead, mismatch, ownerOf, type Signer } from '../checks.js'
import { isDropBox } from '../drop-box.js'
import { refuseArgument, refuseObject } from '../errors.js'
import { type Form, readForm } from '../form.js'
import { diagnosePolicy } from '../mistakes-policy.js'
import type { Attributes } from '../object.js'
import { type Exchange, permit, receiving } from '../operation.js'
import { checkPolicy } from '../policy.js'
import { emptyReply, xmlReply } from '../reply.js'
import { V4_ALGORITHM, type V4Credential, v4Signature } from '../signature-v4.js'
import { MAX_BYTES_AT_ONCE } from '../storage.js'

/** A form that has been read. */
type Posted = Received & { attributes: Attributes; fields: Form['fields'] }

export const postObject = receiving({
  name: 'PostObject',
  permission: 'PutObject',
  signed: 'form',
  receive: (exchange) => readForm(exchange.call, (form) => receiveFile(exchange, form)),
  async run({ oss, bucket, key }, received: Posted) {
    const { attributes, fields } = received
    checkOverwrite(oss, Object.fromEntries(fields), bucket, key)
    const { etag, crc64 } = await oss.put(bucket, key, received, attributes)
    const location = `http://${bucket}.oss-${oss.regionOf(bucket)}.aliyuncs.com/${encodeURIComponent(key)}`
    const headers = { etag: `"${etag}"`, 'x-oss-hash-crc64ecma': crc64 }
    const redirect = redirectOf(fields.get('success_action_redirect'), { bucket, key, etag: `"${etag}"` })
    if (redirect !== undefined) return emptyReply({ ...headers, location: redirect }, 303)
    const status = Number(fields.get('success_action_status'))
    if (status !== 201) return emptyReply({ ...headers, location }, status === 200 ? 200 : 204)
    return xmlReply('PostResponse', { Bucket: bucket, ETag: `"${etag}"`, Key: key, Location: location }, 201, { ...headers, location })
  },
})

/** Checks everything that the fields say, then takes the file in. */
async function receiveFile(exchange: Exchange, { fields, fileName, fileType, file }: Form): Promise<Posted> {
  const { bucket, call } = exchange
  const signer = signerOf(exchange, fields)
  exchange.signer = signer
  // Of several copies of an account, and of all that upload to the services, only the form says which is meant.
  if (isDropBox(bucket) || signer.account.oss.buckets.some(({ name }) => name === bucket))
    Object.assign(exchange, { account: signer.account, oss: signer.account.oss })
  const { account, oss } = exchange
  if (signer.account !== account) refuseObject('AccessDenied', { reason: `the bucket ${bucket} belongs to another account` })
  const key = (fields.get('key') ?? refuseArgument('key', undefined, 'is missing in the form')).replace(/\$\{filename\}/g, () => fileName)
  exchange.key = key
  checkKey(key)
  permit(signer, postObject, bucket, key)
  const { least, most } = checkPolicy(fields.get('policy') ?? '', new Map([...fields, ['bucket', bucket]]), account.clock.now())
  const given = {
    ...Object.fromEntries([...fields].map(([name, value]) => [name, asHeader(value)])),
    'content-type': fields.get('x-oss-content-type') ?? fields.get('content-type') ?? fileType,
  }
  const attributes = readAttributes(call, given)
  exchange.callback = readCallback(fields.get('callback'), undefined, [...fields])
  checkOverwrite(oss, given, bucket, key)
  const md5 = announcedMd5(fields.get('content-md5') ?? call.headers['content-md5'])
  const received = await oss.storage.receive(file, Math.min(most, MAX_BYTES_AT_ONCE))
  try {
    if (received.size < least)
      refuseObject('EntityTooSmall', { reason: `the file has ${received.size} bytes, and the policy asks for at least ${least}` })
    checkMd5(md5, received.md5)
  } catch (error) {
    received.release()
    throw error
  }
  return Object.assign(received, { attributes, fields })
}

/** Who signed the policy: V1 with three fields, V4 with four. */
function signerOf({ findOwner, call }: Exchange, fields: Form['fields']): Signer {
  const policy = fields.get('policy')
  const token = fields.get('x-oss-security-token')
  const needed =
    fields.has('x-oss-credential') || fields.has('x-oss-signature-version')
      ? ['policy', 'x-oss-signature-version', 'x-oss-credential', 'x-oss-date', 'x-oss-signature']
      : ['policy', 'ossaccesskeyid', 'signature']
  const missing = needed.filter((name) => !fields.get(name))
  if (missing.length === 3 && needed.length === 3)
    refuseObject('AccessDenied', { reason: 'the form is not signed, and the bucket is private' })
  if (missing.length > 0 || policy === undefined) return refuseArgument(missing.join(', '), undefined, 'is missing in the form')
  const field = (name: string): string => fields.get(name) as string
  if (needed.length === 3) {
    const signature = field('signature')
    const owner = ownerOf(field('ossaccesskeyid'), token, findOwner)
    return checkSignature(owner, policy, signature)
  }
  const version = field('x-oss-signature-version')
  if (version !== V4_ALGORITHM) refuseArgument('x-oss-signature-version', version, `must be ${V4_ALGORITHM}`)
  const credential = credentialOf('x-oss-credential', field('x-oss-credential'))
  const signedAt = signedAtOf(field('x-oss-date'), credential)
  const signature = field('x-oss-signature')
  const owner = ownerOf(credential.accessKeyId, token, findOwner)
  checkNotAhead(owner, signedAt, call)
  return {
    ...checkSignature(owner, policy, signature, credential),
    region: credential.region,
  }
}

function checkSignature(owner: Signer, policy: string, signature: string, credential?: V4Credential): Signer {
  const { accessKeySecret } = owner.key
  const right = credential ? v4Signature(accessKeySecret, credential, policy) : hmacSha1(accessKeySecret, policy)
  if (sameSecret(signature, right)) return owner
  return mismatch(owner, signature, policy, diagnosePolicy(policy, owner, signature, credential))
}

/** Where to go after the upload, with what was uploaded in the query; `undefined` if the form does not say, or not a web address. */
function redirectOf(text: string | undefined, uploaded: Record<string, string>): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  for (const [name, value] of Object.entries(uploaded)) url.searchParams.set(name, value)
  return url.href
}
