/** The way of a request through OSS. */

import type { Account, KeyPair } from '../../account/types.js'
import type { Ids } from '../../base/ids.js'
import type { MaybePromise } from '../../base/maybe-promise.js'
import { Received } from '../../bytes/received.js'
import { noReply } from '../../faults/effects.js'
import type { Addresses } from '../../http/addresses.js'
import type { Call, Reply } from '../../http/call.js'
import type { AccessKey, ObjectName } from '../../identity/access-key.js'
import type { FindKey } from '../../identity/key-directory.js'
import { inTurn } from '../../serving/in-turn.js'
import type { Protocol, ServedCall } from '../../serving/serve-call.js'
import { serveCall } from '../../serving/serve-call.js'
import { accessKeyIdOf, authenticate } from '../authenticate.js'
import { callBack } from '../call-back.js'
import type { FindOwner, Signer } from '../checks.js'
import { corsHeaders, preflight } from '../cors.js'
import { isDropBox } from '../drop-box.js'
import { answerTo, refuseArgument, refuseObject } from '../errors.js'
import { breaksInUpload, matchFaults, receiveHalf, replaceReply, runOperation, shortCircuit } from '../faults.js'
import { objectKey, type StoredObject } from '../object.js'
import { type Exchange, type Operation, permit } from '../operation.js'
import { errorReply } from '../reply.js'
import { type OssRequest, readRequest } from '../request.js'
import { findOperation } from './operations.js'

/** What OSS needs to know of the cloud. */
export interface ObjectContext {
  findKey: FindKey
  /** The account whose services sign URLs with this key. */
  findSigner: (accessKeyId: string, object: ObjectName) => Account | undefined
  /** Who has the bucket of an object: an account, of several `caller` if it is among them, or a service. */
  findBucket: (object: ObjectName, caller?: Account) => Account | 'service' | undefined
  /** Request ids of requests that lead to no account. */
  ids: Ids
  /** Where such requests are logged. */
  fallbackAccount: () => Account
  /** Base URL under which the emulator is reached, if it is. */
  addresses: Addresses
  /** Told of a bug: an error that is not part of the contract. */
  onBug: (error: unknown, about: string) => void
}

/** Serves one request. Never rejects. */
export function serveObject(server: ObjectContext, call: Call): MaybePromise<Reply> {
  const request = readRequest(call, server.addresses)
  const account = accountOf(server, request)
  return serveCall(oss, { server, call, request, account, requestId: '', operation: undefined, exchange: undefined, match: undefined })
}

const NOTHING = new Uint8Array()

/** Requests to OSS. */
const oss: Protocol<RequestContext> = {
  answer: (context) => (context.account ? answer(context, context.account) : refuseUnattributed(context)),
  refuse({ call, requestId }, caught) {
    const answered = answerTo(caught)
    // Of a bug, the log says what the answer does not.
    const error = answered.reason === undefined ? caught : answered
    return { reply: errorReply(answered, call.method, call.host, requestId), error }
  },
  replaceReply: ({ match }) => replaceReply(match),
  headers: ({ requestId, call }) => ({
    server: 'AliyunOSS',
    'x-oss-request-id': requestId,
    'x-oss-server-time': '0',
    ...corsHeaders(call),
  }),
  fallbackAccount: ({ server }) => server.fallbackAccount(),
  logFields({ call: { stream: _, ...call }, operation, exchange }) {
    const object = exchange ? `${exchange.bucket}/${exchange.key}` : call.path.slice(1)
    return {
      // A body may be large, and says nothing here.
      call: { ...call, body: NOTHING },
      action: undefined,
      operation: { service: 'oss', name: operation?.name, object },
      identity: exchange?.signer?.key.identity,
    }
  },
  nameOf: ({ operation, call }) => `oss ${operation?.name ?? call.method}`,
}

/** What is known of a request so far. */
interface RequestContext extends ServedCall {
  server: ObjectContext
  request: OssRequest
  operation: Operation | undefined
  exchange: Exchange | undefined
}

/** The account that a request is logged with: whose key it names, else whose bucket. */
function accountOf({ findKey, findSigner, findBucket, fallbackAccount }: ObjectContext, request: OssRequest): Account | undefined {
  const id = accessKeyIdOf(request)
  const object = { bucket: request.address?.bucket ?? '', key: request.address?.key ?? '' }
  const named = id === undefined ? undefined : (findKey(id)?.account ?? findSigner(id, object))
  if (named) return named
  const owner = findBucket(object)
  if (owner !== 'service') return owner
  // Whose a form is that is posted to the services is known once it has been read.
  return isDropBox(object.bucket) && request.call.method === 'POST' ? fallbackAccount() : undefined
}

/** A request that leads to no account is answered without one, or refused. */
function refuseUnattributed(context: RequestContext): MaybePromise<Reply> {
  context.call.onTurn?.(undefined)
  return begin(context, undefined) ?? refuseObject('AccessDenied', { reason: 'the request leads to no account' })
}

/** Serves a request in one turn, or in two with the body received in between. */
async function answer(context: RequestContext, account: Account): Promise<Reply> {
  const { call, request } = context
  const makesRoom = () => call.method === 'DELETE' || request.query.has('delete')
  const reply = await inTurn(account, call, async () => told(context, await begin(context, account)), makesRoom)
  if (reply) return reply
  const exchange = context.exchange as Exchange
  const operation = context.operation as Operation
  if (breaksInUpload(context.match, call)) {
    await receiveHalf(call)
    return noReply('reset')
  }
  const received = await operation.receive?.(exchange)
  const holder = exchange.account
  context.account = holder
  try {
    let stored: StoredObject | undefined
    const run = async (): Promise<Reply> => {
      if (holder.oss !== exchange.oss) refuseObject('NoSuchBucket', { reason: 'the account was reset while the request was under way' })
      holder.clock.cause = context.requestId
      // Only now it is known what a form is about.
      if (operation.signed === 'form') context.match = matchFaults(operation, exchange)
      const ended = operation.signed === 'form' ? shortCircuit(context.match) : undefined
      if (ended && received instanceof Received) received.release()
      const done = ended ?? (await runOperation(context.match, operation, exchange, received))
      if (!ended && done.status < 300) stored = exchange.callback && holder.oss.object(exchange.bucket, exchange.key)
      return done
    }
    const done = await inTurn(holder, call, run, makesRoom)
    // Who is called may take its time, and call back.
    if (stored === undefined || exchange.callback === undefined) return done
    return await callBack(exchange, exchange.callback, stored, { requestId: context.requestId, operation: operation.name, stored: done })
  } catch (error) {
    if (received instanceof Received) received.release()
    throw error
  }
}

/** Tells of an object that is sent. */
function told({ operation, exchange, call }: RequestContext, reply: Reply | undefined): Reply | undefined {
  if (reply === undefined || exchange === undefined || operation?.name !== 'GetObject' || reply.status >= 300) return reply
  const { oss, bucket, key } = exchange
  const object = oss.object(bucket, key)
  if (object) oss.sent(object, call, reply)
  return reply
}

/** The steps up to where the body is needed. Answers what has none; otherwise operation and exchange are known now. */
function begin(context: RequestContext, account: Account | undefined): Reply | Promise<Reply> | undefined {
  const { request, server } = context
  context.requestId = (account?.oss.ids ?? server.ids).hex().slice(0, 24).toUpperCase()
  if (account) account.clock.cause = context.requestId
  if (request.call.method === 'OPTIONS') return preflight(request.call)
  if (request.address === undefined) refuseObject('InvalidURI', { reason: 'the path has broken percent-escapes' })
  const operation = findOperation(request)
  context.operation = operation
  const exchange = open(server, request, operation)
  // Two keys in one request, of which only the other one was taken for the caller's.
  if (exchange.account !== account) refuseObject('AccessDenied', { reason: 'the request names keys of several accounts' })
  context.exchange = exchange
  if (operation.signed !== 'form') context.match = matchFaults(operation, exchange)
  return shortCircuit(context.match) ?? (operation.receive ? undefined : runOperation(context.match, operation, exchange, undefined))
}

/** Steps: who asks, whose bucket it is, whether who asks may do this. */
function open(server: ObjectContext, request: OssRequest, operation: Operation): Exchange {
  const { bucket = '', key = '' } = request.address ?? {}
  const findOwner = ownerFinder(server, { bucket, key })
  const signer = operation.signed === 'form' ? undefined : authenticate(request, findOwner)
  const { needsBucket = true } = operation
  const holder = needsBucket ? server.findBucket({ bucket, key }, signer?.account) : signer?.account
  if (holder === undefined && needsBucket)
    refuseObject('NoSuchBucket', { reason: `no account has a bucket ${bucket.slice(0, 80)}`, fields: { BucketName: bucket.slice(0, 100) } })
  const whose = holder === 'service' && isDropBox(bucket) && operation.signed === 'form' ? server.fallbackAccount() : holder
  const account = publicReader(whose, signer, operation, objectKey({ bucket, key })) ?? accountFor(whose, signer, operation, bucket)
  const { oss } = account
  if (signer) {
    permit(signer, operation, bucket, key)
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
  if (signer.account.resultKeys.get(signer.key.accessKeyId) || holder === signer.account) return signer.account
  if (holder === 'service' && signer.key.object?.bucket === bucket) return signer.account
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
  ({ findKey, findSigner }: ObjectContext, object: ObjectName): FindOwner =>
  (accessKeyId) => {
    const owner = findKey(accessKeyId)
    if (owner) return owner
    const account = findSigner(accessKeyId, object)
    const pair = account?.resultKeys.get(accessKeyId)
    return account && pair && { account, key: serviceKey(account, pair) }
  }

/** The services may hand out what the account has, by URL. */
const serviceKey = ({ accountId }: Account, pair: KeyPair): AccessKey => ({
  ...pair,
  active: true,
  identity: {
    kind: 'role',
    name: 'services',
    arn: `acs:ram::${accountId}:role/services`,
    // What they sign for others to use is URLs for downloads and policies for uploads by form.
    may: (action) => action === 'oss:GetObject' || action === 'oss:PutObject',
  },
})
