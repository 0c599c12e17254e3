/** Every error of the gateway, in both formats and through both signatures. */

import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../src/index.js'
import { sign } from '../../src/signing/sign.js'
import { NO_JOB, testCloud, VIDEO_URL } from '../support/cloud.js'
import { acs3Post, rpcGet, timestamp, wireCall } from '../support/wire.js'

const HOST_ID = 'videoseg.cn-shanghai.aliyuncs.com'
const UUID = /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/

type World = ReturnType<typeof testCloud>
/** How a call differs from a right one: the fields of signature 1.0, or the headers of ACS3. */
type Make = (format: 'JSON' | 'XML', world: World) => Call | Promise<Call>

interface Row {
  code: string
  status: number
  message: string | RegExp
  rpc?: Make
  acs3?: Make
}

/** A call of signature 1.0 with changed fields. */
const rpc =
  (changes: Record<string, string | undefined>, rest?: Parameters<typeof rpcGet>[1]): Make =>
  (Format) =>
    rpcGet({ Format, ...changes }, rest)
/** A call of ACS3 with changed headers. */
const acs3 =
  (changes: Record<string, string | undefined>, rest?: Parameters<typeof acs3Post>[1]): Make =>
  (Format) =>
    acs3Post(changes, { query: `Format=${Format}`, ...rest })

/** Makes the same call twice. */
const replayed = async (call: Call, { cloud }: World): Promise<Call> => {
  await cloud.handle(call)
  return call
}

/** An STS session of a role that may do everything. */
const session = ({ account }: World) => {
  account.ram.putRole('worker', { allow: ['*'] })
  return account.ram.assumeRole('worker')
}

const inSession = (token: (right: string) => string | undefined): Pick<Row, 'rpc' | 'acs3'> => ({
  rpc: (Format, world) => {
    const { accessKeyId, accessKeySecret, securityToken = '' } = session(world)
    return rpcGet({ Format, AccessKeyId: accessKeyId, SecurityToken: token(securityToken) }, { secret: accessKeySecret })
  },
  acs3: (Format, world) => {
    const { accessKeyId: id, accessKeySecret: secret, securityToken = '' } = session(world)
    return acs3Post({ 'x-acs-security-token': token(securityToken) }, { query: `Format=${Format}`, key: { id, secret } })
  },
})

const missing = (name: string): string => `The input parameter "${name}" that is mandatory for processing this request is not supplied.`

const rows: [title: string, row: Row][] = [
  [
    'a method other than GET and POST',
    {
      code: 'UnsupportedHTTPMethod',
      status: 400,
      message: 'This http method is not supported.',
      rpc: (Format) => ({ ...rpcGet({ Format }), method: 'PUT' }),
      acs3: (Format) => ({ ...acs3Post({}, { query: `Format=${Format}` }), method: 'DELETE' }),
    },
  ],
  [
    'a body that is too large',
    {
      code: 'InvalidContentLength',
      status: 413,
      message: 'The length of the request content exceeds the limit.',
      rpc: (Format) => ({ ...rpcGet({ Format }), method: 'POST', body: new Uint8Array(4 * 1024 * 1024 + 1) }),
      acs3: (Format) => ({ ...acs3Post({}, { query: `Format=${Format}` }), body: new Uint8Array(4 * 1024 * 1024 + 1) }),
    },
  ],
  [
    'no Action',
    {
      code: 'MissingParameter',
      status: 400,
      message: missing('Action'),
      rpc: rpc({ Action: undefined }),
      acs3: acs3({ 'x-acs-action': undefined }),
    },
  ],
  [
    'no Version',
    {
      code: 'MissingParameter',
      status: 400,
      message: missing('Version'),
      rpc: rpc({ Version: undefined }, { host: HOST_ID }),
      acs3: acs3({ 'x-acs-version': undefined, host: HOST_ID }),
    },
  ],
  [
    'a Version that no service has',
    {
      code: 'InvalidVersion',
      status: 400,
      message: 'Specified parameter Version is not valid.',
      rpc: rpc({ Version: '2000-01-01' }, { host: HOST_ID }),
      acs3: acs3({ 'x-acs-version': '2000-01-01', host: HOST_ID }),
    },
  ],
  [
    'an unknown Action',
    {
      code: 'InvalidAction.NotFound',
      status: 404,
      message: 'Specified api is not found, please check your url and method.',
      rpc: rpc({ Action: 'SegmentCat' }),
      acs3: acs3({ 'x-acs-action': 'SegmentCat' }),
    },
  ],
  [
    'an Action of another service at the host of one',
    {
      code: 'InvalidAction.NotFound',
      status: 404,
      message: 'Specified api is not found, please check your url and method.',
      rpc: rpc({ Action: 'DetectVideoShot' }, { host: HOST_ID }),
      acs3: acs3({ 'x-acs-action': 'DetectVideoShot', host: HOST_ID }),
    },
  ],
  [
    'a region without the service',
    {
      code: 'UnsupportedOperation',
      status: 400,
      message: 'The specified action is not supported.',
      rpc: rpc({}, { host: 'videoseg.cn-beijing.aliyuncs.com' }),
      acs3: acs3({ host: 'videoseg.cn-beijing.aliyuncs.com' }),
    },
  ],
  ...['AccessKeyId', 'SignatureMethod', 'SignatureVersion', 'SignatureNonce', 'Timestamp'].map((name): [string, Row] => [
    `no ${name}`,
    { code: 'MissingParameter', status: 400, message: missing(name), rpc: rpc({ [name]: undefined }) },
  ]),
  ...['x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256'].map((name): [string, Row] => [
    `no ${name}`,
    { code: 'MissingParameter', status: 400, message: missing(name), acs3: acs3({ [name]: undefined }) },
  ]),
  [
    'another signature method',
    {
      code: 'InvalidParameter',
      status: 400,
      message: 'The specified parameter "SignatureMethod" is not valid.',
      rpc: rpc({ SignatureMethod: 'HMAC-SHA256' }),
    },
  ],
  [
    'another signature version',
    {
      code: 'InvalidParameter',
      status: 400,
      message: 'The specified parameter "SignatureVersion" is not valid.',
      rpc: rpc({ SignatureVersion: '2.0' }),
    },
  ],
  [
    'no signature',
    {
      code: 'IncompleteSignature',
      status: 400,
      message: 'The request signature does not conform to Aliyun standards.',
      rpc: rpc({ Signature: undefined }),
      acs3: acs3({}, { authorization: (right) => right.replace(/,Signature=.*/, '') }),
    },
  ],
  [
    'an algorithm that nobody knows',
    {
      code: 'IncompleteSignature',
      status: 400,
      message: 'The request signature does not conform to Aliyun standards.',
      acs3: acs3({}, { authorization: (right) => right.replace('SHA256', 'SM3') }),
    },
  ],
  [
    'an x-acs header that is not signed',
    {
      code: 'IncompleteSignature',
      status: 400,
      message: 'The request signature does not conform to Aliyun standards.',
      acs3: acs3({}, { authorization: (right) => right.replace('x-acs-signature-nonce', 'x-acs-other') }),
    },
  ],
  [
    'a host that is not signed',
    {
      code: 'IncompleteSignature',
      status: 400,
      message: 'The request signature does not conform to Aliyun standards.',
      acs3: acs3({}, { authorization: (right) => right.replace('SignedHeaders=host;', 'SignedHeaders=') }),
    },
  ],
  [
    'a body whose content type is not signed',
    {
      code: 'IncompleteSignature',
      status: 400,
      message: 'The request signature does not conform to Aliyun standards.',
      acs3: acs3({ 'content-type': undefined }, { form: 'JobId=x' }),
    },
  ],
  [
    'an unknown access key',
    {
      code: 'InvalidAccessKeyId.NotFound',
      status: 404,
      message: 'Specified access key is not found.',
      rpc: rpc({ AccessKeyId: 'nobody' }),
      acs3: acs3({}, { key: { id: 'nobody', secret: 'x' } }),
    },
  ],
  [
    'a disabled access key',
    {
      code: 'InvalidAccessKeyId.Inactive',
      status: 400,
      message: 'Specified access key is disabled.',
      rpc: (Format, { account }) => {
        account.ram.setActive('testAccessKeyId', false)
        return rpcGet({ Format })
      },
      acs3: (Format, { account }) => {
        account.ram.setActive('testAccessKeyId', false)
        return acs3Post({}, { query: `Format=${Format}` })
      },
    },
  ],
  [
    'a session without its token',
    {
      code: 'MissingSecurityToken',
      status: 400,
      message: 'SecurityToken is mandatory for this action.',
      ...inSession(() => undefined),
    },
  ],
  [
    'a token that is none',
    {
      code: 'InvalidSecurityToken.Malformed',
      status: 403,
      message: 'Specified SecurityToken is malformed.',
      ...inSession(() => 'abc'),
    },
  ],
  [
    'a token of another session',
    {
      code: 'InvalidSecurityToken.MismatchWithAccessKey',
      status: 403,
      message: 'Specified SecurityToken mismatch with the AccessKey.',
      ...inSession((right) => `${right.slice(0, -1)}_`.replace(/_$/, right.endsWith('A') ? 'B' : 'A')),
    },
  ],
  [
    'a session that has ended',
    {
      code: 'InvalidSecurityToken.Expired',
      status: 403,
      message: 'Specified SecurityToken is expired.',
      rpc: async (format, world) => {
        const call = inSession((right) => right).rpc?.(format, world)
        await world.account.clock.advance(3600_000)
        return call as Call
      },
      acs3: async (format, world) => {
        const call = inSession((right) => right).acs3?.(format, world)
        await world.account.clock.advance(3600_000)
        return call as Call
      },
    },
  ],
  [
    'a timestamp that is none',
    {
      code: 'InvalidTimeStamp.Format',
      status: 400,
      message: 'Specified time stamp or date value is not well formatted.',
      rpc: rpc({ Timestamp: '2026-13-01T00:00:00Z' }),
      acs3: acs3({ 'x-acs-date': 'yesterday' }),
    },
  ],
  [
    'a timestamp of 16 minutes ago',
    {
      code: 'InvalidTimeStamp.Expired',
      status: 400,
      message: 'Specified time stamp or date value is expired.',
      rpc: rpc({ Timestamp: timestamp(-16) }),
      acs3: acs3({ 'x-acs-date': timestamp(-16) }),
    },
  ],
  [
    'a timestamp in 16 minutes',
    {
      code: 'InvalidTimeStamp.Expired',
      status: 400,
      message: 'Specified time stamp or date value is expired.',
      rpc: rpc({ Timestamp: timestamp(16) }),
      acs3: acs3({ 'x-acs-date': timestamp(16) }),
    },
  ],
  [
    'a wrong secret',
    {
      code: 'SignatureDoesNotMatch',
      status: 400,
      message:
        /^Specified signature (is not matched with our calculation\. server string to sign is:GET&%2F&AccessKeyId%3DtestAccessKeyId|does not match our calculation\. server stringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}], server canonicalRequest is \[POST\n\/\nFormat=)/,
      rpc: rpc({}, { secret: 'wrong' }),
      acs3: acs3({}, { key: { id: 'testAccessKeyId', secret: 'wrong' } }),
    },
  ],
  [
    'a call that is repeated',
    {
      code: 'SignatureNonceUsed',
      status: 400,
      message: 'Specified signature nonce was used already.',
      rpc: (Format, world) => replayed(rpcGet({ Format }), world),
      acs3: (Format, world) => replayed(acs3Post({}, { query: `Format=${Format}` }), world),
    },
  ],
  [
    'a nonce that is too long',
    {
      code: 'InvalidParameter',
      status: 400,
      message: /^The specified parameter "(SignatureNonce|x-acs-signature-nonce)" is not valid\.$/,
      rpc: rpc({ SignatureNonce: 'n'.repeat(257) }),
      acs3: acs3({ 'x-acs-signature-nonce': 'n'.repeat(257) }),
    },
  ],
  [
    'more calls than the limit',
    {
      code: 'Throttling.User',
      status: 400,
      message: 'Request was denied due to user flow control.',
      rpc: (Format, { account }) => {
        account.settings.change({ limits: { actions: { '*': { limit: 0, per: 'day' } } } })
        return rpcGet({ Format })
      },
      acs3: (Format, { account }) => {
        account.settings.change({ limits: { actions: { '*': { limit: 0, per: 'day' } } } })
        return acs3Post({}, { query: `Format=${Format}` })
      },
    },
  ],
  [
    'no parameter that the Action needs',
    {
      code: 'MissingParameter',
      status: 400,
      message: missing('JobId'),
      rpc: rpc({}),
      acs3: acs3({}),
    },
  ],
  [
    'a parameter with a wrong value',
    {
      code: 'InvalidParameter',
      status: 400,
      message: 'The specified parameter "JobId" is not valid.',
      rpc: rpc({ JobId: NO_JOB }),
      acs3: acs3({}, { form: `JobId=${NO_JOB}` }),
    },
  ],
]

const cases = rows.flatMap(([title, row]) =>
  (['rpc', 'acs3'] as const).flatMap((scheme) => {
    const make = row[scheme]
    return make === undefined ? [] : (['JSON', 'XML'] as const).map((format) => ({ title, scheme, format, make, row }))
  }),
)

const parser = new XMLParser({ parseTagValue: false, ignoreDeclaration: true })

/** Reads a body of an error that must be in the format, and nothing else. */
function readError(format: 'JSON' | 'XML', body: string): Record<string, string> {
  if (format === 'JSON') return JSON.parse(body)
  const document = parser.parse(body)
  expect(Object.keys(document)).toEqual(['Error'])
  return document.Error
}

test.each(cases)('$title: $scheme, $format', async ({ format, make, row }) => {
  const world = testCloud()
  const call = await make(format, world)
  const { status, headers, body } = await world.cloud.handle(call)
  const error = readError(format, String(body))
  expect(headers['content-type']).toBe(format === 'JSON' ? 'application/json;charset=utf-8' : 'text/xml;charset=utf-8')
  expect({ status, code: error.Code }).toEqual({ status: row.status, code: row.code })
  if (typeof row.message === 'string') expect(error.Message).toBe(row.message)
  else expect(error.Message).toMatch(row.message)
  expect(Object.keys(error)).toEqual(['RequestId', 'HostId', 'Code', 'Message', 'Recommend'])
  expect(error.RequestId).toMatch(UUID)
  expect(headers['x-acs-request-id']).toBe(error.RequestId)
  expect(error.HostId).toBe(HOST_ID)
  expect(error.Recommend).toBe(`https://api.aliyun.com/troubleshoot?q=${row.code}&product=videoseg&requestId=${error.RequestId}`)
})

describe('the order of the checks', () => {
  /** Mistakes from the first check to the last; each call makes one of them and all that come after it. */
  const mistakes: [code: string, changes: Record<string, string | undefined>][] = [
    ['InvalidVersion', { Version: '2000-01-01' }],
    ['InvalidAction.NotFound', { Action: 'SegmentCat' }],
    ['InvalidAccessKeyId.NotFound', { AccessKeyId: 'nobody' }],
    ['InvalidTimeStamp.Expired', { Timestamp: timestamp(-60) }],
    ['SignatureDoesNotMatch', { Signature: 'x' }],
    ['SignatureNonceUsed', { SignatureNonce: 'again' }],
    ['InvalidApi.NotPurchase', {}],
    ['Throttling.User', {}],
    ['MissingParameter', {}],
  ]
  const acs3Names: Record<string, string> = {
    Version: 'x-acs-version',
    Action: 'x-acs-action',
    Timestamp: 'x-acs-date',
    SignatureNonce: 'x-acs-signature-nonce',
  }

  test.each(mistakes.flatMap(([code], index) => (['rpc', 'acs3'] as const).map((scheme) => ({ code, index, scheme }))))(
    '$code comes before all that follow it: $scheme',
    async ({ code, index, scheme }) => {
      const { cloud, account } = testCloud()
      await cloud.handle(rpcGet({ SignatureNonce: 'again' }))
      const changes = Object.assign({}, ...mistakes.slice(index).map(([, each]) => each))
      if (index <= 6) account.settings.change({ services: { videoseg: 'notOpened' } })
      if (index <= 7) account.settings.change({ limits: { actions: { '*': { limit: 0, per: 'second' } } } })
      let call: Call
      if (scheme === 'rpc') call = rpcGet(changes)
      else {
        const { AccessKeyId: id = 'testAccessKeyId', Signature, ...rest } = changes
        const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [acs3Names[name], value as string]))
        call = acs3Post(headers, { key: { id, secret: Signature ?? 'testAccessKeySecret' } })
      }
      expect(JSON.parse(String((await cloud.handle(call)).body)).Code).toBe(code)
    },
  )
})

describe('the default format', () => {
  const firstByte = async (call: Call): Promise<string> => String((await testCloud().cloud.handle(call)).body).slice(0, 1)

  test.each([
    ['signature 1.0 to a vision service: JSON', rpcGet({ Format: undefined }), '{'],
    [
      'signature 1.0 to the host of a vision service, without Action: JSON',
      rpcGet({ Format: undefined, Action: undefined, Version: undefined }, { host: HOST_ID }),
      '{',
    ],
    [
      'signature 1.0 with an Action that does not exist, at the host of a vision service: JSON',
      rpcGet({ Format: undefined, Action: 'SegmentCat' }, { host: HOST_ID }),
      '{',
    ],
    ['ACS3: JSON', acs3Post(), '{'],
    ['ACS3 without Action and Version: JSON', acs3Post({ 'x-acs-action': undefined, 'x-acs-version': undefined }), '{'],
    ['Format=xml', rpcGet({ Format: 'xml' }), '<'],
    ['Format=Xml through ACS3', acs3Post({}, { query: 'Format=Xml' }), '<'],
    ['Format=json', rpcGet({ Format: 'json' }), '{'],
  ])('%s', async (_title, call, expected) => {
    expect(await firstByte(call)).toBe(expected)
  })

  test('a Format that does not exist is refused, in the default format', async () => {
    const { body } = await testCloud().cloud.handle(rpcGet({ Format: 'YAML', JobId: 'x' }))
    expect(JSON.parse(String(body))).toMatchObject({ Code: 'InvalidParameter', Message: 'The specified parameter "Format" is not valid.' })
  })
})

describe('a refused call leaves no trace', () => {
  const wrongs: [string, (nonce: string) => Call][] = [
    ['wrong secret', (SignatureNonce) => rpcGet({ SignatureNonce }, { secret: 'wrong' })],
    ['expired timestamp', (SignatureNonce) => rpcGet({ SignatureNonce, Timestamp: timestamp(-60) })],
    ['wrong secret, ACS3', (nonce) => acs3Post({ 'x-acs-signature-nonce': nonce }, { key: { id: 'testAccessKeyId', secret: 'wrong' } })],
  ]

  test.each(wrongs)('%s: neither nonce nor quota is used up', async (_title, wrong) => {
    const { cloud, account } = testCloud()
    account.settings.change({ limits: { actions: { '*': { limit: 1, per: 'day' } } } })
    for (let times = 0; times < 3; times++) await cloud.handle(wrong('once'))
    const answer = JSON.parse(String((await cloud.handle(rpcGet({ SignatureNonce: 'once' }))).body))
    expect(answer.Code).toBe('MissingParameter')
  })

  test('a call that is refused for its parameters has used its nonce', async () => {
    const { cloud } = testCloud()
    await cloud.handle(rpcGet({ SignatureNonce: 'once' }))
    expect(JSON.parse(String((await cloud.handle(rpcGet({ SignatureNonce: 'once', JobId: 'x' }))).body)).Code).toBe('SignatureNonceUsed')
  })
})

describe('a nonce', () => {
  const world = () => {
    const { cloud, account } = testCloud()
    const codeOf = async (SignatureNonce: string): Promise<string> =>
      JSON.parse(String((await cloud.handle(rpcGet({ SignatureNonce }))).body)).Code
    return { account, codeOf }
  }

  test('is remembered for half an hour at least', async () => {
    const { account, codeOf } = world()
    await codeOf('early')
    await account.clock.advance('29m')
    await codeOf('late')
    await account.clock.advance('2m')
    expect([await codeOf('other'), await codeOf('late')]).toEqual(['MissingParameter', 'SignatureNonceUsed'])
    await account.clock.advance('27m')
    expect(await codeOf('late')).toBe('SignatureNonceUsed')
  })

  test('is forgotten in the end', async () => {
    const { account, codeOf } = world()
    await codeOf('old')
    await account.clock.advance('61m')
    expect(await codeOf('old')).toBe('MissingParameter')
  })

  test('belongs to its access key', async () => {
    const { cloud, account } = testCloud({ accessKeys: [{ accessKeyId: 'another', accessKeySecret: 'anotherSecret' }] })
    for (const [AccessKeyId, secret] of [
      ['testAccessKeyId', 'testAccessKeySecret'],
      ['another', 'anotherSecret'],
    ] as const)
      await cloud.handle(rpcGet({ SignatureNonce: 'same', AccessKeyId }, { secret }))
    expect(account.log.all().map(({ code }) => code)).toEqual(['MissingParameter', 'MissingParameter'])
  })
})

describe('the parameters of a POST', () => {
  const fields = { JobId: NO_JOB }
  const signed = sign('rpc', {
    host: '127.0.0.1',
    version: '2020-03-20',
    action: 'GetAsyncJobResult',
    params: fields,
    key: { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' },
  })
  const pairs = Buffer.from(signed.body).toString().split('&')

  test.each([0, 3, pairs.length])('may be split over query and form: %i of them in the query', async (count) => {
    const call = wireCall({ method: 'POST', query: pairs.slice(0, count).join('&'), form: pairs.slice(count).join('&') })
    expect(JSON.parse(String((await testCloud().cloud.handle(call)).body)).Code).toBe('InvalidParameter')
  })

  test('are not read from a body that is not a form', async () => {
    const call = wireCall({ method: 'POST', form: pairs.join('&'), headers: { 'content-type': 'application/json' } })
    const { headers } = await testCloud().cloud.handle(call)
    expect(headers['x-emulator-reason']).toContain('application/json')
  })
})

describe('an answer in XML', () => {
  test('has the root <Action>Response', async () => {
    const { send } = testCloud()
    const { status, body } = await send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }, { format: 'XML' })
    expect(status).toBe(200)
    expect(body).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?><SegmentVideoBodyResponse><RequestId>[0-9A-F-]{36}<\/RequestId><Message>[^<]*GetAsyncJobResult[^<]*<\/Message><\/SegmentVideoBodyResponse>$/,
    )
  })

  test('escapes what XML wants escaped', async () => {
    const { cloud } = testCloud()
    // The wrong secret makes the server print the whole text to sign; the host stands in it as it came.
    const host = `a<b>&"c'`
    const { body } = await cloud.handle(rpcGet({ Format: 'XML', Action: undefined, Version: undefined }, { host }))
    expect(parser.parse(String(body)).Error.HostId).toBe(host)
    expect(String(body)).not.toContain('a<b>')
  })
})

test.each(['AccessKeyId', 'Timestamp', 'SignatureNonce', 'Action', 'Version'])('without %s, the reason names it', async (name) => {
  const { cloud } = testCloud()
  const { headers } = await cloud.handle(rpcGet({ [name]: undefined }))
  expect(headers['x-emulator-reason']).toMatch(new RegExp(`^${name} `))
})
