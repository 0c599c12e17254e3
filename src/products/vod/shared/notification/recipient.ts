/** Who is told of what happens to a medium. */

import type { UserData } from '../media/user-data.js'

/** What the events of a medium take from its record. */
export interface Recipient {
  appId: string
  userData: { callbackUrl?: string; extend?: string }
}

/** The app whose callback is told, and what the uploader wants to be told beside. */
export function recipientOf({ appId, userData }: { appId: string; userData?: UserData | undefined }): Recipient {
  const { callbackUrl, extend } = userData ?? {}
  return { appId, userData: { ...(callbackUrl !== undefined && { callbackUrl }), ...(extend !== undefined && { extend }) } }
}
