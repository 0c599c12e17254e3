/** The port through which files are fetched from outside. */

import { ON_BEHALF } from '../../../../http/on-behalf.js'

/** Fetches the file behind a URL, without following redirects. Rejects if there is none. */
export type Download = (url: string, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>

/** Fetches with the `fetch` of the process. */
export const downloadByFetch: Download = async (url, signal) => {
  // A redirect would lead past the list of hosts that may be asked.
  const response = await fetch(url, { headers: ON_BEHALF, signal, redirect: 'manual' })
  if (response.status === 200 && response.body) return response.body
  await response.body?.cancel()
  throw new Error(`the answer has the status ${response.status}`)
}
