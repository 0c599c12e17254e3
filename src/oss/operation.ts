/** What an operation of OSS is, and what it is given. */

import type { Account } from '../account/types.js'
import type { Reply } from '../http/call.js'
import type { GrantedObject } from '../identity/access-key.js'
import type { Callback } from './callback.js'
import type { FindOwner, Signer } from './checks.js'
import { refuseObject } from './errors.js'
import type { Oss } from './oss.js'
import type { OssRequest } from './request.js'

/** A request on its way through an operation. */
export interface Exchange extends OssRequest {
  bucket: string
  /** Name of the object; empty if the request is about the bucket. Of a form, known once it has been read. */
  key: string
  /** The account that the request works on. */
  account: Account
  /** Its OSS when the request came in. */
  oss: Oss
  /** Who signed it. Of a form, known once it has been read. */
  signer: Signer | undefined
  findOwner: FindOwner
  /** Whom to call once the object is stored. Known once the request has been read. */
  callback?: Callback | undefined
}

/** One operation: `receive`, if there is one, takes the body in while others go on; `run` answers in the account's turn. */
export interface Operation {
  name: string
  /** What RAM calls the permission for it: `PutObject` for `oss:PutObject`. */
  permission: string
  /** `form`: the signature is in the form that is the body. Default: in the header or the URL. */
  signed?: 'form'
  /** False for what is about no bucket that there must be: it is done for who asks. Default: true. */
  needsBucket?: boolean
  receive?: (exchange: Exchange) => Promise<unknown>
  run: (exchange: Exchange, received: never) => Reply | Promise<Reply>
}

/** Defines an operation with a body; what `receive` returns is given to `run`. */
export const receiving = <T>(operation: {
  name: string
  permission: string
  signed?: 'form'
  needsBucket?: boolean
  receive: (exchange: Exchange) => Promise<T>
  run: (exchange: Exchange, received: T) => Reply | Promise<Reply>
}): Operation => operation

/** Defines an operation without a body. */
export const simple = (name: string, permission: string, run: (exchange: Exchange) => Reply | Promise<Reply>): Operation => ({
  name,
  permission,
  run,
})

/**
 * Refuses who may not do this. An upload credential is for one object alone, opens operations by their own names, and is of no use where the owner of
 * the bucket does not let the services in.
 */
export function permit(
  { account, key: { identity, object } }: Signer,
  { name, permission }: Pick<Operation, 'name' | 'permission'>,
  bucket: string,
  key: string,
): void {
  const deny = (reason: string): never => refuseObject('AccessDenied', { message: 'You have no right to access this object.', reason })
  const needed = `oss:${object ? ownPermissionOf(name, permission) : permission}`
  if (!identity.may(needed)) deny(`${identity.arn} is not allowed to call ${needed}`)
  if (object === undefined) return
  if (bucket !== object.bucket || (key !== '' && !opens(object, key)))
    deny(`this upload credential is for ${object.bucket}/${object.key} only, not for ${bucket}/${key}`)
  if (account.oss.isClosedToServices(bucket)) deny(`the settings say that no service may change the bucket ${bucket}`)
}

/** True if a credential that is issued for this opens the object of this name. */
export const opens = ({ key: own, prefix }: GrantedObject, key: string): boolean =>
  key === own || (prefix !== undefined && key.startsWith(prefix))

/** RAM has one permission for reading an object and for reading what is said of it. */
const ownPermissionOf = (name: string, permission: string): string => (permission === 'GetObject' ? name : permission)
