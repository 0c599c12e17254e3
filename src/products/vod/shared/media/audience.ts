/** Who is told of what happens to a medium. */

import type { UserData } from './user-data.js'

/** What the events of a medium take from its record. */
export interface Audience {
  appId: string
  userData: { callbackUrl?: string; extend?: string }
}

/** The app whose callback is told, and what the uploader wants to be told beside. */
export function audienceOf({ appId, userData }: { appId: string; userData?: UserData | undefined }): Audience {
  const { callbackUrl, extend } = userData ?? {}
  return { appId, userData: { ...(callbackUrl !== undefined && { callbackUrl }), ...(extend !== undefined && { extend }) } }
}
