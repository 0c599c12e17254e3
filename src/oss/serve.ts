/** The way of a request through OSS. */

import type { Account } from '../account.js'
import { stopwatch } from '../clock.js'
import { ApiError } from '../errors.js'
import type { FindKey } from '../gateway/authenticate.js'
import type { Call, Reply } from '../gateway/call.js'
import type { AccessKey } from '../identity/ram.js'
import type { Ids } from '../ids.js'
import { objectKey } from '../model/object.js'
import { accessKeyIdOf, authenticate, type FindOwner, type Signer } from './authenticate.js'
import { corsHeaders, preflight } from './cors.js'
import { OssError, refuseArgument, refuseObject } from './errors.js'
import { type Exchange, type Operation, permit } from './operation.js'
import { putBucket } from './operations/buckets.js'
import { findOperation } from './operations/index.js'
import { errorReply } from './reply.js'
import { type OssRequest, readRequest } from './request.js'
import { Received } from './storage.js'

/** What OSS needs to know of the cloud. */
export interface ObjectContext {
  findKey: FindKey
  /** The account whose services sign URLs with this key. */
  findSigner: (accessKeyId: string) => Account | undefined
  /** Who has a bucket: an account, or a service. */
  findBucket: (name: string) => Account | 'service' | undefined
  /** Request ids of requests that lead to no account. */
  ids: Ids
  /** Where such requests are logged. */
  strayLog: () => Account
  /** Base URL under which the emulator is reached, if it is. */
  publicUrl: () => string | undefined
  /** Told of a bug: an error that is not part of the contract. */
  onBug: (error: unknown, about: string) => void
}

/** Serves one request. Never rejects. */
export async function serveObject(context: ObjectContext, call: Call): Promise<Reply> {
  const started = stopwatch()
  const request = readRequest(call, context.publicUrl())
  const account = accountOf(context, request)
  const requestId = (account?.oss.ids ?? context.ids).hex().slice(0, 24).toUpperCase()
  const passage: Passage = { request, requestId, operation: undefined, exchange: undefined }
  let reply: Reply
  let error: unknown
  try {
    reply = call.method === 'OPTIONS' ? preflight(call) : await answer(context, passage)
  } catch (caught) {
    error = caught
    reply = errorReply(caught instanceof OssError ? caught : new OssError('InternalError'), call.method, call.host, requestId)
  }
  reply.headers = { server: 'AliyunOSS', 'x-oss-request-id': requestId, 'x-oss-server-time': '0', ...corsHeaders(call), ...reply.headers }
  const logged = account ?? context.strayLog()
  const { operation, exchange } = passage
  const { stream: _, ...read } = call
  logged.log.add({
    requestId,
    at: logged.clock.now(),
    // A body may be large, and says nothing here.
    call: { ...read, body: NOTHING },
    action: undefined,
    operation: { service: 'oss', name: operation?.name, object: exchange ? `${exchange.bucket}/${exchange.key}` : call.path.slice(1) },
    identity: exchange?.signer?.key.identity,
    status: reply.status,
    error,
    elapsedMs: stopwatch() - started,
  })
  if (error !== undefined && !(error instanceof ApiError)) context.onBug(error, `oss ${operation?.name ?? call.method} ${requestId}`)
  return reply
}

const NOTHING = new Uint8Array()

/** What is known of a request so far. */
interface Passage {
  request: OssRequest
  requestId: string
  operation: Operation | undefined
  exchange: Exchange | undefined
}

/** The account that a request is logged with: whose key it names, else whose bucket. */
function accountOf({ findKey, findSigner, findBucket }: ObjectContext, request: OssRequest): Account | undefined {
  const id = accessKeyIdOf(request)
  const named = id === undefined ? undefined : (findKey(id)?.account ?? findSigner(id))
  if (named) return named
  const owner = findBucket(request.place?.bucket ?? '')
  return owner === 'service' ? undefined : owner
}

async function answer(context: ObjectContext, passage: Passage): Promise<Reply> {
  const { request } = passage
  if (request.place === undefined) refuseObject('InvalidURI', { reason: 'the path has broken percent-escapes' })
  const operation = findOperation(request)
  passage.operation = operation
  const exchange = open(context, request, operation)
  passage.exchange = exchange
  const { account, oss } = exchange
  const received = await operation.receive(exchange)
  try {
    return await account.turn.take(async () => {
      if (account.oss !== oss) refuseObject('NoSuchBucket', { reason: 'the account was reset while the request was under way' })
      if (account.clock.behind) await account.clock.catchUp()
      account.clock.standStill(passage.requestId)
      try {
        return await operation.run(exchange, received as never)
      } finally {
        account.clock.goOn()
      }
    })
  } catch (error) {
    if (received instanceof Received) received.discard()
    throw error
  }
}

/** Steps: who asks, whose bucket it is, whether who asks may do this. */
function open(context: ObjectContext, request: OssRequest, operation: Operation): Exchange {
  const { bucket = '', key = '' } = request.place ?? {}
  const findOwner = ownerFinder(context)
  const signer = operation.signed === 'form' ? undefined : authenticate(request, findOwner)
  const holder = operation === putBucket ? signer?.account : context.findBucket(bucket)
  if (holder === undefined && operation !== putBucket)
    refuseObject('NoSuchBucket', { reason: `no account has a bucket ${bucket.slice(0, 80)}`, fields: { BucketName: bucket.slice(0, 100) } })
  const account = publicReader(holder, signer, operation, objectKey({ bucket, key })) ?? accountFor(holder, signer, operation, bucket)
  const { oss } = account
  if (signer) {
    permit(signer, operation.permission, bucket, key)
    checkRegion(signer, account, bucket)
  }
  return { ...request, bucket, key, account, oss, signer, findOwner }
}

/** The account of an object that anybody may read, if that is all that is asked. */
function publicReader(
  holder: Account | 'service' | undefined,
  signer: Signer | undefined,
  { permission }: Operation,
  key: string,
): Account | undefined {
  if (signer !== undefined || holder === undefined || holder === 'service' || permission !== 'GetObject') return undefined
  return holder.oss.objects.get(key)?.publicRead ? holder : undefined
}

/** The account that a request works on. */
function accountFor(holder: Account | 'service' | undefined, signer: Signer | undefined, operation: Operation, bucket: string): Account {
  if (operation.signed === 'form' && holder !== undefined && holder !== 'service') return holder
  if (signer === undefined) return refuseObject('AccessDenied', { reason: 'the request is not signed, and the bucket is private' })
  if (signer.key.accessKeyId === signer.account.place.resultKey.accessKeyId || holder === signer.account) return signer.account
  const whose = holder === 'service' ? 'is one of the services' : 'belongs to another account'
  return refuseObject('AccessDenied', { reason: `the bucket ${bucket} ${whose}` })
}

/** A V4 signature is for one region. */
function checkRegion({ region }: Signer, { oss }: Account, bucket: string): void {
  const actual = oss.buckets.find(({ name }) => name === bucket)?.region
  if (region !== undefined && actual !== undefined && region !== actual)
    refuseArgument(
      'Credential',
      region,
      `is signed for the region ${region}, and the bucket is in ${actual}; configure the client with the region ${actual}`,
      'Invalid signing region in Authorization header.',
    )
}

/** Keys of the accounts, and those with which their services sign URLs. */
const ownerFinder =
  ({ findKey, findSigner }: ObjectContext): FindOwner =>
  (accessKeyId) => {
    const owner = findKey(accessKeyId)
    if (owner) return owner
    const account = findSigner(accessKeyId)
    return account && { account, key: serviceKey(account) }
  }

/** The services may hand out what the account has, by URL. */
const serviceKey = ({ accountId, place }: Account): AccessKey => ({
  ...place.resultKey,
  active: true,
  identity: {
    kind: 'role',
    name: 'services',
    arn: `acs:ram::${accountId}:role/services`,
    may: (action) => action === 'oss:GetObject',
  },
})
