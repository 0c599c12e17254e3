/** Parameters that every call may carry, whatever the Action. */

const COMMON: ReadonlySet<string> = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Timestamp',
  'SecurityToken',
  'RegionId',
  // Every RPC interface of the official clients knows these; they say whose resource is meant, and change nothing for who owns it.
  'OwnerId',
  'OwnerAccount',
  'ResourceOwnerId',
  'ResourceOwnerAccount',
])

/** True for a parameter that every call may carry, whatever the Action. */
export const isCommon = (name: string): boolean => COMMON.has(name)
