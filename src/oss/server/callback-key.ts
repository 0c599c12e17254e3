/** The host of the real cloud where servers get the public key of OSS, with which they check upload callbacks. */

import type { Call, Reply } from '../../http/call.js'
import { callbackPublicKey, PUBLIC_KEY_AT_HOST, PUBLIC_KEY_HOST } from '../call-back.js'

const serveKey = async ({ method, path }: Call): Promise<Reply> =>
  path === PUBLIC_KEY_AT_HOST && (method === 'GET' || method === 'HEAD')
    ? { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: method === 'HEAD' ? '' : await callbackPublicKey() }
    : { status: 404, headers: { 'x-emulator-reason': `of this host there is only GET ${PUBLIC_KEY_AT_HOST}` }, body: '' }

/** Requests for the public key. */
export const callbackKeyRoute = {
  name: 'public key of OSS',
  hasHost: (hostname: string): boolean => hostname === PUBLIC_KEY_HOST,
  hosts: () => [PUBLIC_KEY_HOST],
  serve: (call: Call): Promise<Reply> | undefined =>
    call.host.replace(/:\d+$/, '').toLowerCase() === PUBLIC_KEY_HOST ? serveKey(call) : undefined,
}
