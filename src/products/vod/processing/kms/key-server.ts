/**
 * A key server for HLS standard encryption, as every user of the real service runs one. For tests that have none of their own, the emulator answers at
 * `/_vod/hls-key`: with the key that CipherText stands for, in 16 bytes, as players want it.
 */

import type { Account } from '../../../../account/types.js'
import { sameSecret } from '../../../../base/same-secret.js'
import type { Call, Reply } from '../../../../http/call.js'
import { parseParams } from '../../../../http/encoding.js'
import { headerText } from '../../../../http/text.js'
import { corsHeaders } from '../../../../oss/cors.js'
import { answerTo } from '../../../../oss/errors.js'
import type { Route } from '../../../../product/product.js'
import { inTurn } from '../../../../serving/in-turn.js'
import { type Protocol, type ServedCall, serveCall } from '../../../../serving/serve-call.js'
import { HLS_TOKEN } from '../../shared/domains/play-domain.js'
import { decryptDataKey, ownerOfDataKey } from '../../shared/streams/data-keys.js'

/** Path of the key server, at any host of the emulator: no bucket can have this name. */
export const KEY_PATH = '/_vod/hls-key'

/** A request for a key. */
interface KeyCall extends ServedCall {
  /** Whose key it is; of what is nobody's, the default account. */
  account: Account
  ciphertext: string
  token: string | undefined
}

const refused = (status: number, reason: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { ...headers, 'x-emulator-reason': headerText(reason) },
  body: '',
})

function answer({ account, ciphertext, token, call: { method } }: KeyCall): Reply {
  if (method !== 'GET' && method !== 'HEAD') return refused(405, 'keys can only be read', { allow: 'GET, HEAD' })
  const expected = account.settings.values.vod.hlsUriToken
  if (expected !== undefined && !sameSecret(token ?? '', expected))
    return refused(403, `the setting vod.hlsUriToken asks for another ${HLS_TOKEN}`)
  const key = decryptDataKey(account, ciphertext)?.plaintext
  if (key === undefined) return refused(404, 'CipherText is not one that GenerateKMSDataKey has handed out')
  return {
    status: 200,
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(key.byteLength), 'cache-control': 'no-store' },
    body: method === 'HEAD' ? '' : key,
  }
}

const keys: Protocol<KeyCall> = {
  answer: (context) =>
    inTurn(context.account, context.call, () => {
      context.requestId = context.account.oss.ids.uuid()
      return answer(context)
    }),
  refuse: (_context, error) => ({ reply: refused(500, answerTo(error).reason ?? 'there was an internal error'), error }),
  headers: ({ call }) => corsHeaders(call),
  fallbackAccount: ({ account }) => account,
  logFields: ({ call: { stream: _, ...call } }) => ({
    call: { ...call, body: new Uint8Array() },
    action: undefined,
    operation: { service: 'vod', name: 'HlsKey', object: KEY_PATH },
    identity: undefined,
  }),
  nameOf: () => 'the key server',
}

/** Requests for keys. */
export const keyRoute: Route = {
  name: 'HLS keys',
  serve(call: Call, { accounts, defaultAccount }) {
    if (call.path !== KEY_PATH) return undefined
    const query = parseParams(call.query)
    // Base64 is often put into a URL as it is, where a plus sign means a space.
    const ciphertext = (query.get('CipherText') ?? '').replaceAll(' ', '+')
    const account = ownerOfDataKey(accounts, ciphertext) ?? defaultAccount
    return serveCall(keys, { call, account, ciphertext, token: query.get(HLS_TOKEN), requestId: '', match: undefined })
  },
}
