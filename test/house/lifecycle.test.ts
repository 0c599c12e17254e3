/**
 * docs/lifecycle.md is true: what a step refuses, and that it comes before the next one. A call that is wrong in every way is refused by the first
 * step; with that put right, by the second; and so on, until it is answered.
 */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Account, Call } from '../../src/index.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { testCloud } from '../support/cloud.js'
import { acs3Post, hmacSha1, joined, rpcFields, rpcText, timestamp, type Wire, wireCall } from '../support/wire.js'

const page = readFileSync('docs/lifecycle.md', 'utf8')

/** The rows of the table below a heading: what is in their first cell, and all codes in their last one. */
function stepsOf(heading: string): { step: string; codes: string[] }[] {
  const [, chapter = ''] = page.split(`\n## ${heading}\n`)
  const rows = [...(chapter.split('\n## ', 1)[0] as string).matchAll(/^\| ([^|]+) \|.*\| ([^|]*) \|$/gm)].slice(1)
  return rows.map(([, step = '', last = '']) => ({ step, codes: [...last.matchAll(/`([A-Z][\w.]+)`/g)].map(([, code]) => code as string) }))
}

/** One thing that is wrong with a call. */
interface Wrong {
  /** The step that finds it, as the page calls it. */
  step: string
  code: string
  /** Parameters or headers; `undefined` leaves one out. */
  fields?: Readonly<Record<string, string | undefined>>
  method?: string
  host?: string
  path?: string
  bodySize?: number
  /** What is wrong with the account. */
  arrange?: (account: Account) => void
}

/** The first of these counts where several say the same. */
const merged = (wrongs: readonly Wrong[]): Wrong & { fields: Record<string, string | undefined> } => {
  const all = Object.assign({}, ...wrongs.toReversed())
  return { ...all, fields: Object.assign({}, ...wrongs.toReversed().map(({ fields }) => fields)) }
}

const codeOf = (body: string | Uint8Array): string => /(?:<Code>|"Code":")([^<"]*)/.exec(String(body))?.[1] ?? 'answered'

/** Refusals one after the other, each once what the one before complains of is put right. */
async function refusals(wrongs: readonly Wrong[], ask: (wrongs: readonly Wrong[]) => Promise<string>): Promise<string[]> {
  const codes: string[] = []
  for (let first = 0; first <= wrongs.length; first++) codes.push(await ask(wrongs.slice(first)))
  return codes
}

/** Arranges what is wrong, the last first, so that the first one counts. */
const arrange = (account: Account, wrongs: readonly Wrong[]): void => {
  for (const wrong of wrongs.toReversed()) wrong.arrange?.(account)
}

/** A call of signature 1.0, signed with this secret unless its fields have a signature already. */
function signed(fields: Record<string, string | undefined>, secret: string, rest: { method?: string; host?: string }): Call {
  const pairs = rpcFields(fields)
  const signature: Wire = 'Signature' in fields ? [] : [['Signature', hmacSha1(`${secret}&`, rpcText(pairs))]]
  return wireCall({ ...rest, query: joined([...pairs, ...signature]) })
}

describe('a call', () => {
  const suspended = { services: { vod: 'suspended' as const } }
  const wrongs: readonly Wrong[] = [
    { step: 'method and size', code: 'UnsupportedHTTPMethod', method: 'PUT' },
    { step: 'method and size', code: 'InvalidContentLength', bodySize: 1e9 },
    { step: 'service and Action', code: 'MissingParameter', fields: { Action: undefined } },
    { step: 'service and Action', code: 'MissingParameter', fields: { Version: undefined } },
    { step: 'service and Action', code: 'InvalidVersion', fields: { Version: '1999-01-01' } },
    { step: 'service and Action', code: 'InvalidAction.NotFound', fields: { Action: 'PlayInfo' } },
    { step: 'service and Action', code: 'UnsupportedOperation', host: 'vod.cn-nowhere.aliyuncs.com' },
    { step: 'who calls', code: 'MissingParameter', fields: { AccessKeyId: undefined } },
    { step: 'who calls', code: 'InvalidParameter', fields: { SignatureMethod: 'HMAC-MD5' } },
    { step: 'who calls', code: 'MissingParameter', fields: { SignatureNonce: undefined } },
    { step: 'who calls', code: 'IncompleteSignature', fields: { Signature: undefined } },
    { step: 'who calls', code: 'InvalidAccessKeyId.NotFound', fields: { AccessKeyId: 'nobody' } },
    { step: 'who calls', code: 'InvalidAccessKeyId.Inactive', fields: { AccessKeyId: 'OFF' } },
    { step: 'who calls', code: 'MissingSecurityToken', fields: { AccessKeyId: 'SESSION', SecurityToken: undefined } },
    { step: 'who calls', code: 'InvalidSecurityToken.Malformed', fields: { AccessKeyId: 'SESSION', SecurityToken: 'none' } },
    {
      step: 'who calls',
      code: 'InvalidSecurityToken.MismatchWithAccessKey',
      fields: { AccessKeyId: 'SESSION', SecurityToken: 'CAISsomethingElse' },
    },
    { step: 'who calls', code: 'InvalidSecurityToken.Expired', fields: { AccessKeyId: 'EXPIRED', SecurityToken: 'TOKEN' } },
    { step: 'who calls', code: 'InvalidTimeStamp.Format', fields: { Timestamp: 'now' } },
    { step: 'who calls', code: 'InvalidTimeStamp.Expired', fields: { Timestamp: timestamp(-16) } },
    { step: 'who calls', code: 'SignatureDoesNotMatch', fields: { Signature: 'c2lnbmF0dXJl' } },
    { step: 'who calls', code: 'SignatureNonceUsed', fields: { SignatureNonce: 'used' } },
    { step: 'may they', code: 'OperationDenied.Suspended', arrange: (account) => account.settings.change(suspended) },
    { step: 'may they', code: 'Forbidden', arrange: ({ ram }) => void ram.putUser('alice', { allow: ['vod:*'], deny: ['vod:Get*'] }) },
    {
      step: 'how often',
      code: 'Throttling.User',
      arrange: ({ settings }) => settings.change({ limits: { actions: { 'vod.GetPlayInfo': { limit: 0, per: 'second' } } } }),
    },
    {
      step: 'faults',
      code: 'ServiceUnavailable',
      arrange: ({ faults }) => void faults.add({ action: 'GetPlayInfo', error: 'ServiceUnavailable' }),
    },
    { step: 'parameters', code: 'InvalidParameter', fields: { Format: 'YAML' } },
    { step: 'parameters', code: 'MissingParameter', fields: { VideoId: undefined } },
    { step: 'parameters', code: 'InvalidParameter', fields: { AuthTimeout: 'long' } },
    { step: 'the Action', code: 'InvalidVideo.NotFound', fields: { VideoId: '0'.repeat(32) } },
    { step: 'the Action', code: 'Forbidden.IllegalStatus', fields: { VideoId: 'UPLOADING' } },
  ]

  /** A call of GetPlayInfo by a RAM user, in an account with a video that can be played. */
  async function ask(wrongs: readonly Wrong[]): Promise<string> {
    const { cloud, account, call } = testCloud()
    const { ram, vod } = account
    ram.putUser('alice', { allow: ['vod:*'] })
    const key = ram.createAccessKey('alice')
    const off = ram.createAccessKey('alice')
    ram.setActive(off.accessKeyId, false)
    ram.putRole('player', { allow: ['vod:*'] })
    const expired = ram.assumeRole('player', 900)
    await account.clock.advance('1h')
    const session = ram.assumeRole('player', 900)
    const film = { Title: 'film', FileName: 'film.mp4' }
    const { VideoId } = (await call('vod.CreateUploadVideo', film)).body
    const { VideoId: uploading } = (await call('vod.CreateUploadVideo', film)).body
    vod.videos.update(VideoId, (video) => Object.assign(video, { status: 'Normal', streams: [stream] }))

    const names: Record<string, string> = {
      OFF: off.accessKeyId,
      SESSION: session.accessKeyId,
      EXPIRED: expired.accessKeyId,
      TOKEN: expired.securityToken ?? '',
      UPLOADING: uploading,
    }
    const usual = { Action: 'GetPlayInfo', Version: '2017-03-21', AccessKeyId: key.accessKeyId, VideoId }
    const { fields, method = 'GET', host = 'vod.cn-shanghai.aliyuncs.com', bodySize = 0 } = merged(wrongs)
    const named = Object.entries(fields).map(([name, value]) => [name, names[value ?? ''] ?? value])
    await cloud.handle(signed({ ...usual, SignatureNonce: 'used' }, key.accessKeySecret, { host: 'vod.cn-shanghai.aliyuncs.com' }))
    arrange(account, wrongs)
    const { body } = await cloud.handle({
      ...signed({ ...usual, ...Object.fromEntries(named) }, key.accessKeySecret, { method, host }),
      bodySize,
    })
    return codeOf(body)
  }

  it('is refused by one step after the other', async () => {
    expect(await refusals(wrongs, ask)).toEqual([...wrongs.map(({ code }) => code), 'answered'])
  })

  it('of the current SDKs has its signature in headers, which are asked for in this order', async () => {
    const headers = ['authorization', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256']
    const { cloud } = testCloud()
    const codes: string[] = []
    for (let first = 0; first <= headers.length; first++) {
      const missing = headers.slice(first)
      const call = acs3Post(
        Object.fromEntries(missing.filter((name) => name !== 'authorization').map((name) => [name, undefined])),
        missing.includes('authorization') ? { authorization: () => 'ACS3-HMAC-SHA256 nothing' } : {},
      )
      codes.push(codeOf((await cloud.handle(call)).body))
    }
    expect(codes).toEqual(['IncompleteSignature', 'MissingParameter', 'MissingParameter', 'MissingParameter', 'MissingParameter'])
    // The last one is of GetAsyncJobResult, which is called without its JobId.
    expect(stepsOf('A call').find(({ step }) => step === 'who calls')?.codes).toEqual(expect.arrayContaining(codes))
  })

  it('goes through the steps of the page, which name these codes', () => {
    const steps = stepsOf('A call').filter(({ codes }) => codes.length > 0)
    expect(steps.map(({ step }) => step)).toEqual([...new Set(wrongs.map(({ step }) => step))])
    for (const { step, codes } of steps)
      expect(new Set(codes), step).toEqual(new Set(wrongs.filter((wrong) => step === wrong.step).map(({ code }) => code)))
  })
})

const stream = {
  jobId: '1'.repeat(32),
  definition: 'OD' as const,
  format: 'mp4' as const,
  streamType: 'video' as const,
  specification: 'Original',
  status: 'Normal' as const,
  file: { bucket: 'films', key: 'film.mp4' },
  size: 1,
  duration: 1,
  bitrate: 1,
  createdAt: 0,
  modifiedAt: 0,
}

describe('a request to OSS', () => {
  const date = (minutes = 0): string => new Date(Date.now() + minutes * 60_000).toUTCString()
  const wrongs: readonly Wrong[] = [
    { step: 'address', code: 'InvalidURI', path: '/%zz' },
    { step: 'operation', code: 'MethodNotAllowed', method: 'PATCH' },
    { step: 'who asks', code: 'InvalidArgument', fields: { authorization: 'Basic abc' } },
    { step: 'who asks', code: 'AccessDenied', fields: { date: 'today' } },
    { step: 'who asks', code: 'RequestTimeTooSkewed', fields: { date: date(-16) } },
    { step: 'who asks', code: 'InvalidAccessKeyId', fields: { accessKeyId: 'nobody' } },
    { step: 'who asks', code: 'InvalidSecurityToken', fields: { accessKeyId: 'EXPIRED', 'x-oss-security-token': 'CAISsomethingElse' } },
    { step: 'who asks', code: 'SecurityTokenExpired', fields: { accessKeyId: 'EXPIRED', 'x-oss-security-token': 'TOKEN' } },
    { step: 'who asks', code: 'SignatureDoesNotMatch', fields: { accessKeyId: 'USER', secret: 'another' } },
    { step: 'whose bucket', code: 'NoSuchBucket', path: '/no-such-bucket/film.mp4?append&position=7' },
    { step: 'whose bucket', code: 'AccessDenied', path: '/of-others/film.mp4?append&position=7' },
    { step: 'may they', code: 'AccessDenied', arrange: ({ ram }) => void ram.putUser('alice', { allow: ['oss:Get*'] }) },
    {
      step: 'faults',
      code: 'InternalError',
      arrange: ({ faults }) => void faults.add({ oss: { operation: 'AppendObject', error: 'InternalError' } }),
    },
    { step: 'body', code: 'InvalidDigest', fields: { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' } },
    { step: 'effect', code: 'PositionNotEqualToLength', path: '/films/film.mp4?append&position=7' },
  ]

  /** Five bytes are appended to an object by a RAM user. */
  async function ask(wrongs: readonly Wrong[]): Promise<string> {
    const { cloud, account } = testCloud()
    const { ram, oss } = account
    oss.createBucket('films', 'cn-shanghai')
    cloud.createAccount().oss.createBucket('of-others', 'cn-shanghai')
    ram.putUser('alice', { allow: ['oss:*'] })
    const user = ram.createAccessKey('alice')
    ram.putRole('uploader', { allow: ['oss:*'] })
    const expired = ram.assumeRole('uploader', 900)
    await account.clock.advance('1h')
    arrange(account, wrongs)

    const names: Record<string, string> = { USER: user.accessKeyId, EXPIRED: expired.accessKeyId, TOKEN: expired.securityToken ?? '' }
    const { fields, method = 'POST', path: target = '/films/film.mp4?append&position=0' } = merged(wrongs)
    const { accessKeyId = 'USER', secret = user.accessKeySecret, authorization, ...given } = fields
    const headers = Object.fromEntries(
      Object.entries({ date: date(), ...given }).map(([name, value]) => [name, names[value ?? ''] ?? value]),
    )
    const [path = '', query = ''] = target.split('?')
    const [, bucket = '', ...key] = path.split('/')
    const parts = { method, headers, date: headers.date ?? '', bucket, key: key.join('/'), query: [...new URLSearchParams(query)] }
    const own = `OSS ${names[accessKeyId] ?? accessKeyId}:${v1Signature(secret, v1StringToSign(parts))}`
    const host = '127.0.0.1:4010'
    const call = { method, host, path, query, headers: { host, authorization: own, ...headers, ...(authorization && { authorization }) } }
    return codeOf((await cloud.handle({ ...call, body: Buffer.from('bytes') })).body)
  }

  it('is refused by one step after the other', async () => {
    expect(await refusals(wrongs, ask)).toEqual([...wrongs.map(({ code }) => code), 'answered'])
  })

  it('goes through the steps of the page, which name these codes', () => {
    const steps = stepsOf('A request to OSS').filter(({ codes }) => codes.length > 0)
    expect(steps.map(({ step }) => step)).toEqual([...new Set(wrongs.map(({ step }) => step))])
    for (const { step, codes } of steps)
      expect(new Set(codes), step).toEqual(new Set(wrongs.filter((wrong) => wrong.step === step).map(({ code }) => code)))
  })
})
