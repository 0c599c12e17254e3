/** A bucket of the services that callers upload to: the official clients put local files there before they call a vision service. */

/** Who is given a form or a credential for one of its objects may put it there; it is kept for so many seconds of the account's clock. */
export const DROP_BOX = { bucket: 'viapi-customer-temp', region: 'cn-shanghai', seconds: 86_400 } as const

/** True of the bucket that callers upload to and that none of them has. */
export const isDropBox = (bucket: string | undefined): boolean => bucket === DROP_BOX.bucket
