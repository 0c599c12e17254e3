/** How the nodes of a domain answer a player. */

import type { Call, Reply } from '../../../../http/call.js'
import { parseParams } from '../../../../http/encoding.js'
import { preflight } from '../../../../oss/cors.js'
import type { StoredObject } from '../../../../oss/object.js'
import { getObject } from '../../../../oss/operations/download.js'
import { type Signing, signedPath } from '../../shared/addresses/url-auth.js'
import { allArgsOf, type Domain, isOn, serves } from '../../shared/domains/domain.js'
import { addressOf, denialOf } from './access.js'
import { authenticate } from './authenticate.js'
import { throughCache } from './cache.js'
import { objectAt, type PlayCall } from './find.js'
import { continued, isManifest } from './manifests.js'
import { partOf } from './seek.js'
import { countVisit } from './visits.js'

/** What is larger is no playlist, whatever it is called. */
const MAX_MANIFEST = 16 * 1024 * 1024

/** True for a call that came over HTTPS: whatever takes TLS off before the emulator says so. */
export const isSecure = ({ secure = false, headers }: Call): boolean => secure || headers['x-forwarded-proto']?.toLowerCase() === 'https'

/** Answers a call. */
export async function answer(play: PlayCall, call: Call): Promise<Reply> {
  const { domain } = play
  if (domain === undefined) return file(play, call)
  return asConfigured(domain, redirect(domain, call) ?? (await file(play, call)))
}

/** A reply, be it with a file or an error, as the domain's owner wants it. */
export const asConfigured = (domain: Domain, reply: Reply): Reply => withHeaders(domain, withErrorPage(domain, reply))

/** A refusal by the nodes, in the words of their server. */
const denied = (why: string): Reply => ({ status: 403, headers: { 'x-tengine-error': why }, body: '' })

/** What is answered for a domain that no node answers for; `undefined` for one that is played through. */
export function refusalBy(domain: Domain | undefined): Reply | undefined {
  if (domain === undefined || serves(domain)) return undefined
  const reason = `the domain ${domain.name} is ${domain.status}, and only one that is online is played through`
  return { status: 403, headers: { 'x-tengine-error': 'non-existent domain', 'x-emulator-reason': reason }, body: '' }
}

function redirect(domain: Domain, call: Call): Reply | undefined {
  const secure = isSecure(call)
  const scheme = isOn(domain, 'https_force') && !secure ? 'https' : isOn(domain, 'http_force') && secure ? 'http' : undefined
  if (scheme === undefined) return undefined
  const location = `${scheme}://${call.host}${call.path}${call.query === '' ? '' : `?${call.query}`}`
  // A door that is called in process may be given what cannot stand in a URL.
  const encoded = location.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent)
  return { status: 301, headers: { location: encoded }, body: '' }
}

async function file(play: PlayCall, call: Call): Promise<Reply> {
  const {
    account,
    domain,
    play: { auth, name: host },
    path,
  } = play
  if (call.method === 'OPTIONS') return preflight(call)
  if (call.method !== 'GET' && call.method !== 'HEAD') return { status: 405, headers: { allow: 'GET, HEAD, OPTIONS' }, body: '' }
  const query = parseParams(call.query)
  const denial = domain && (denialOf(domain, call) ?? countVisit(account, domain, path, addressOf(call)))
  if (denial !== undefined) return denied(denial)
  const proof = auth && authenticate(account, auth, play.asCalled, query, domain !== undefined && isOn(domain, 'video_seek'))
  if (proof && 'denied' in proof) return denied(`denied by req auth: ${proof.denied}`)
  const object = objectAt(play)
  if (object === undefined) return { status: 404, headers: { 'x-emulator-reason': 'no storage of the account has this file' }, body: '' }
  const cached = domain && throughCache(account, { domain, host, path, query }, object)
  const reply = (await changed(object, play, query, proof?.signing)) ?? (await whole(object, play, call))
  return { ...reply, headers: { ...reply.headers, ...cached }, ...(call.method === 'HEAD' && { body: '', stream: undefined }) }
}

/** What a node makes of a file, where it does not send it as it is. */
async function changed(
  object: StoredObject,
  play: PlayCall,
  query: ReadonlyMap<string, string>,
  signing: Signing | undefined,
): Promise<Reply | undefined> {
  const {
    domain,
    play: { tokenName },
  } = play
  const token = tokenName === undefined ? undefined : query.get(tokenName)
  if ((signing || token !== undefined) && isManifest(object.key) && object.size <= MAX_MANIFEST)
    return manifest(object, play, signing, tokenName !== undefined && token !== undefined ? { name: tokenName, value: token } : undefined)
  return domain && isOn(domain, 'video_seek') ? partOf(object, query) : undefined
}

/** A file as it is, or a range of it: what a browser is told of it is the same, wherever it comes from. */
async function whole({ bucket, key }: StoredObject, { account }: PlayCall, call: Call): Promise<Reply> {
  const { oss } = account
  const nobody = { address: undefined, signer: undefined, findOwner: () => undefined }
  return getObject.run({ call, pairs: [], query: new Map(), bucket, key, account, oss, ...nobody }, undefined as never)
}

/** A playlist or manifest: what it names can be had as long as it can itself. */
async function manifest(
  { content, contentType, key }: StoredObject,
  { path, prefix, play: { auth } }: PlayCall,
  signing: Signing | undefined,
  token: { name: string; value: string } | undefined,
): Promise<Reply | undefined> {
  const text = Buffer.from(await content.bytes()).toString('utf8')
  const body = await continued(text, key, {
    path,
    prefix,
    token,
    // Only who has signed it can have meant it.
    preview: signing?.preview,
    sign: auth && signing && ((named, preview) => signedPath(auth, named, { ...signing, preview })),
  })
  return body === undefined
    ? undefined
    : { status: 200, headers: { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) }, body }
}

/** Who meets an error may be sent to a page that says more. */
function withErrorPage({ configs }: Domain, reply: Reply): Reply {
  const page = allArgsOf(configs, 'error_page').find(({ error_code }) => error_code === String(reply.status))?.rewrite_page
  return page === undefined ? reply : { status: 302, headers: { ...reply.headers, location: page, 'content-length': '0' }, body: '' }
}

/** Headers that the domain's owner has chosen. */
function withHeaders({ configs }: Domain, reply: Reply): Reply {
  const headers = { ...reply.headers }
  for (const { key = '', value = '' } of allArgsOf(configs, 'set_resp_header')) {
    if (value === 'null') delete headers[key.toLowerCase()]
    else headers[key.toLowerCase()] = value
  }
  return { ...reply, headers }
}
