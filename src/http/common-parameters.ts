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
])

/** True for a parameter that every call may carry, whatever the Action. */
export const isCommon = (name: string): boolean => COMMON.has(name)
