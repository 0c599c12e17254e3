/** Play domains: media files over the content delivery network, with URL authentication of type A where a domain has it on. */

import type { Account } from '../../../account/types.js'
import { sameSecret } from '../../../base/same-secret.js'
import type { Call, Reply } from '../../../http/call.js'
import { parsePairs } from '../../../http/encoding.js'
import { corsHeaders, preflight } from '../../../oss/cors.js'
import { answerTo } from '../../../oss/errors.js'
import { isObjectCall, OSS_HOST } from '../../../oss/location.js'
import type { StoredObject } from '../../../oss/object.js'
import { getObject } from '../../../oss/operations/download.js'
import { errorReply } from '../../../oss/reply.js'
import type { Route } from '../../../product/product.js'
import { inTurn } from '../../../serving/in-turn.js'
import type { Protocol, ServedCall } from '../../../serving/serve-call.js'
import { serveCall } from '../../../serving/serve-call.js'
import { authKey, HLS_TOKEN } from '../shared/addresses/addresses.js'
import type { Domain } from '../shared/storage/settings.js'
import { storagesOf } from '../shared/storage/storages.js'
import { continued, isManifest } from './manifests.js'

/** A call for a file under a play domain. */
export interface PlayCall {
  account: Account
  domain: Domain
  /** Path of the file under the domain, as the call has it: still percent-encoded, starting with `/`. */
  path: string
}

/** Finds out whether a call is for a file under a play domain. Of several accounts with the domain, the one that has the file is meant. */
export function playCallOf(accounts: Iterable<Account>, { host, path }: Call): PlayCall | undefined {
  if (path.length < 2) return undefined
  const hostName = host.replace(/:\d+$/, '').toLowerCase()
  const slash = path.indexOf('/', 1)
  const first = slash < 0 ? '' : path.slice(1, slash).toLowerCase()
  let last: PlayCall | undefined
  for (const account of accounts) {
    for (const domain of account.settings.values.vod.domains ?? []) {
      // Where everything is under one address, the domain is the first part of the path.
      if (domain.name !== hostName && domain.name !== first) continue
      last = { account, domain, path: domain.name === hostName ? path : path.slice(slash) }
      if (objectAt(last)) return last
    }
  }
  return last
}

/** The emulator's own address stands for a domain of the default account where players ask it for their policy (manual 16.2.1). */
export function policyCallOf(account: Account, { host, path }: Call): PlayCall | undefined {
  return path === '/crossdomain.xml' && !OSS_HOST.test(host) ? { account, domain: { name: host }, path } : undefined
}

/** Answers a call for a file under a play domain. Never rejects. */
const servePlay = (play: PlayCall, call: Call): Promise<Reply> => serveCall(playout, { ...play, call, requestId: '', match: undefined })

const NOTHING = new Uint8Array()

/** What is larger is no playlist, whatever it is called. */
const MAX_MANIFEST = 16 * 1024 * 1024

/** Requests of players. */
const playout: Protocol<PlayCall & ServedCall> = {
  answer: (context) =>
    inTurn(context.account, context.call, () => {
      context.requestId = context.account.oss.ids.hex().slice(0, 24).toUpperCase()
      return answer(context, context.call)
    }),
  refuse({ call, requestId }, caught) {
    const answered = answerTo(caught)
    return { reply: errorReply(answered, call.method, call.host, requestId), error: answered.reason === undefined ? caught : answered }
  },
  headers: ({ call }) => corsHeaders(call),
  fallbackAccount: ({ account }) => account,
  logFields: ({ call: { stream: _, ...call }, domain, path }) => ({
    call: { ...call, body: NOTHING },
    action: undefined,
    operation: { service: 'cdn', name: 'Play', object: domain.name + path },
    identity: undefined,
  }),
  nameOf: ({ domain, path }) => `play ${domain.name}${path}`,
}

async function answer(play: PlayCall, call: Call): Promise<Reply> {
  const { account, domain } = play
  if (call.method === 'OPTIONS') return preflight(call)
  if (call.method !== 'GET' && call.method !== 'HEAD') return { status: 405, headers: { allow: 'GET, HEAD, OPTIONS' }, body: '' }
  const query = new Map(parsePairs(call.query))
  const denied = domain.auth && denialOf(account, domain.auth, play.path, query)
  if (denied !== undefined) return { status: 403, headers: { 'x-tengine-error': `denied by req auth: ${denied}` }, body: '' }
  const object = objectAt(play)
  if (object === undefined) return { status: 404, headers: { 'x-emulator-reason': 'no storage of the account has this file' }, body: '' }
  if ((domain.auth || query.has(HLS_TOKEN)) && isManifest(object.key) && object.size <= MAX_MANIFEST) {
    const reply = await manifest(object, play, query)
    return call.method === 'HEAD' ? { ...reply, body: '' } : reply
  }
  const { bucket, key } = object
  // What a browser is told of a file is the same, wherever it comes from.
  const reply = await getObject.run(
    {
      call,
      address: undefined,
      pairs: [],
      query: new Map(),
      bucket,
      key,
      account,
      oss: account.oss,
      signer: undefined,
      findOwner: () => undefined,
    },
    undefined as never,
  )
  return call.method === 'HEAD' ? { status: reply.status, headers: reply.headers, body: '' } : reply
}

/** The file that a call is for, in whichever storage it is. */
function objectAt({ account, path }: PlayCall): StoredObject | undefined {
  let key: string
  try {
    key = decodeURIComponent(path.slice(1))
  } catch {
    return undefined
  }
  for (const { bucket } of storagesOf(account)) {
    const object = account.oss.object(bucket, key)
    if (object) return object
  }
  return undefined
}

type Auth = NonNullable<Domain['auth']>

/** `timestamp-rand-uid-md5hash` */
const AUTH_KEY = /^(\d{1,12})-([^-]*)-([^-]*)-([0-9a-f]{32})$/

/** Why a call is denied, in the words of the server (developer guide, URL authentication); `undefined` if it is not. */
function denialOf({ clock }: Account, auth: Auth, path: string, query: ReadonlyMap<string, string>): string | undefined {
  const given = query.get('auth_key')
  if (given === undefined) return 'no url arg auth_key'
  const [, timestamp, rand = '', uid = '', hash = ''] = AUTH_KEY.exec(given) ?? []
  if (timestamp === undefined) return `invalid auth_key=${given.replace(/[^\x21-\x7e]/g, '').slice(0, 100)}`
  const end = query.get('end')
  const preview = end === undefined ? undefined : Number(end)
  const keys = auth.backupKey === undefined ? [auth.key] : [auth.key, auth.backupKey]
  if (!keys.some((key) => sameSecret(given, authKey(path, Number(timestamp), key, { rand, uid }, preview))))
    return `invalid md5hash=${hash}`
  return clock.now() > Number(timestamp) * 1000 + auth.validity ? `expired timestamp=${timestamp}` : undefined
}

/** A playlist or manifest: what it names can be had as long as it can itself. */
async function manifest(
  { content, contentType, key }: StoredObject,
  { domain, path }: PlayCall,
  query: ReadonlyMap<string, string>,
): Promise<Reply> {
  const text = Buffer.from(await content.bytes()).toString('utf8')
  const [, timestamp = '0', rand = '0', uid = '0'] = AUTH_KEY.exec(query.get('auth_key') ?? '') ?? []
  const end = query.get('end')
  const preview = end === undefined ? undefined : Number(end)
  const { auth } = domain
  const body = continued(text, key, {
    path,
    hlsToken: query.get(HLS_TOKEN),
    // Only who has signed it can have meant it.
    preview: auth && preview,
    // A segment has no preview of its own; a playlist in a playlist has.
    authKeyOf:
      auth && ((named) => authKey(named, Number(timestamp), auth.key, { rand, uid }, named.endsWith('.m3u8') ? preview : undefined)),
  })
  return { status: 200, headers: { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) }, body }
}

/** Calls for files under play domains. */
export const playRoute: Route = {
  name: 'play domains',
  serve(call, { accounts, defaultAccount }) {
    if (!isObjectCall(call)) return undefined
    const play = playCallOf(accounts, call) ?? policyCallOf(defaultAccount, call)
    return play && servePlay(play, call)
  },
}
