/** Signatures: the manual's example, and what a refusal says about a wrong one. */

import { describe, expect, test } from 'vitest'
import { rpcSignature, rpcStringToSign } from '../../src/gateway/signature-rpc.js'
import { type Call, describeActions } from '../../src/index.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'
import {
  acs3Authorization,
  acs3Headers,
  acs3Text,
  byName,
  type CanonicalParts,
  encode,
  hmacSha1,
  joined,
  rpcFields,
  rpcText,
  sha256,
  type Wire,
  wireCall,
} from '../support/wire.js'

const SECRET = 'testAccessKeySecret'

test('the worked example of the VOD manual, chapter 4.4', () => {
  const text = rpcStringToSign('GET', [
    ['Timestamp', '2017-10-10T12:02:54Z'],
    ['Format', 'JSON'],
    ['AccessKeyId', 'testAccessKeyId'],
    ['Action', 'GetVideoPlayAuth'],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureNonce', '8f8a035d-6496-4268-afd4-67c22837e38d'],
    ['Version', '2017-03-21'],
    ['SignatureVersion', '1.0'],
    ['VideoId', '5aed81b74ba84920be578cdfe004af4b'],
  ])
  expect(text).toBe(
    'GET&%2F&AccessKeyId%3DtestAccessKeyId%26Action%3DGetVideoPlayAuth%26Format%3DJSON%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D8f8a035d-6496-4268-afd4-67c22837e38d%26SignatureVersion%3D1.0%26Timestamp%3D2017-10-10T12%253A02%253A54Z%26Version%3D2017-03-21%26VideoId%3D5aed81b74ba84920be578cdfe004af4b',
  )
  expect(rpcSignature(text, SECRET)).toBe('Ibgh7y8Vp47LBuAsf5Xhi1SvDss=')
})

/** A parameter that shows most mistakes of encoding: blank, plus, star, tilde, the marks that encodeURIComponent leaves, slash, Chinese. */
const AWKWARD = 'a b+c/中'

/** Signs `fields` with signature 1.0 after the client's own fashion. */
const signed = (fields: Wire, text: string, key = `${SECRET}&`): Wire => [...fields, ['Signature', hmacSha1(key, text)]]
const get = (fields: Wire): Call => wireCall({ query: joined(fields) })
const sorted = (fields: Wire): Wire => [...fields].sort(byName)

/** A GET whose client signs `GET&%2F&` and the query as it encodes it. */
const encodedBy = (as: (text: string) => string, JobId: string) => (): Call => {
  const fields = rpcFields({ JobId })
  return get(signed(fields, `GET&%2F&${encode(joined(sorted(fields), as))}`))
}
/** A GET whose client signs a text that it makes of the fields. */
const texted =
  (text: (fields: Wire) => string, JobId = AWKWARD) =>
  (): Call => {
    const fields = rpcFields({ JobId, Empty: '' })
    return get(signed(fields, text(fields)))
  }

/** A POST whose fields are split over query and form, of which the client signs some. */
const split = (signing: (query: Wire, form: Wire) => Wire) => (): Call => {
  const fields = rpcFields({ JobId: 'x' })
  const [query, form] = [fields.slice(0, 4), fields.slice(4)]
  return wireCall({ method: 'POST', query: joined(query), form: joined(signed(form, rpcText(signing(query, form), 'POST'))) })
}

const rpcMistakes: [cause: string, make: () => Call][] = [
  [
    'the secret was used without the "&" that follows it in the key',
    () => {
      const fields = rpcFields()
      return get(signed(fields, rpcText(fields), SECRET))
    },
  ],
  [
    'the secret of another access key of this account was used',
    () => {
      const fields = rpcFields()
      return get(signed(fields, rpcText(fields), 'anotherSecret&'))
    },
  ],
  ['the string to sign starts with POST, but the call was made with GET', texted((fields) => rpcText(fields, 'POST'))],
  [
    'the string to sign starts with GET, but the call was made with POST',
    () => {
      const fields = rpcFields()
      return wireCall({ method: 'POST', form: joined(signed(fields, rpcText(fields, 'GET'))) })
    },
  ],
  ['a space was encoded as "+" instead of "%20"', encodedBy((text) => encode(text).replaceAll('%20', '+'), 'a b')],
  ['"*" was not encoded as "%2A"', encodedBy((text) => encode(text).replaceAll('%2A', '*'), 'a*b')],
  ['"~" was encoded as "%7E"', encodedBy((text) => encode(text).replaceAll('~', '%7E'), 'a~b')],
  ["the characters !'()* were not encoded (encodeURIComponent leaves them as they are)", encodedBy(encodeURIComponent, "it's (a)!")],
  [
    'java.net.URLEncoder was used without replacing "+", "*" and "%7E"',
    encodedBy((text) => encode(text).replaceAll('%20', '+').replaceAll('%2A', '*').replaceAll('~', '%7E'), 'a b*c~d'),
  ],
  [
    'escapes were written in lower case (%2f instead of %2F)',
    encodedBy((text) => encode(text).replace(/%../g, (octet) => octet.toLowerCase()), AWKWARD),
  ],
  ['the parameters were not sorted by name', texted((fields) => `GET&%2F&${encode(joined(fields))}`)],
  [
    'the parameters were sorted without regard to letter case; capitals come first',
    () => {
      const fields = rpcFields({ jobId: 'x' })
      const withoutCase = [...fields].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
      return get(signed(fields, `GET&%2F&${encode(joined(withoutCase))}`))
    },
  ],
  [
    'names and values were not encoded before the canonical query was encoded',
    texted((fields) => `GET&%2F&${encode(joined(sorted(fields), (text) => text))}`),
  ],
  ['the canonical query was not encoded a second time', texted((fields) => `GET&%2F&${joined(sorted(fields))}`)],
  ['the canonical query was encoded once too often', texted((fields) => `GET&%2F&${encode(encode(joined(sorted(fields))))}`)],
  ['the path was not encoded: "/" instead of "%2F"', texted((fields) => `GET&/&${encode(joined(sorted(fields)))}`)],
  ['the method and the path were left out', texted((fields) => encode(joined(sorted(fields))))],
  ['an empty Signature was signed along', texted((fields) => rpcText([...fields, ['Signature', '']]))],
  ['the parameters of the body were not signed', split((query) => query)],
  ['the parameters of the query were not signed', split((_query, form) => form)],
  ['empty parameters were not signed', texted((fields) => rpcText(fields.filter(([, value]) => value !== '')))],
]

/** A POST of ACS3 to GetAsyncJobResult whose client signs other parts, or with another secret, than it should. */
const acs3 =
  (
    signing: (right: CanonicalParts) => Partial<CanonicalParts> | string,
    {
      query = "B=b c&A='a'",
      headers: more = {},
      secret = SECRET,
    }: { query?: string; headers?: Record<string, string>; secret?: string } = {},
  ) =>
  (): Call => {
    const form = 'JobId=x'
    const headers = acs3Headers(form, more)
    const pairs = new URLSearchParams(query)
    const right = { method: 'POST', path: '/', query: joined(sorted([...pairs])), headers, payloadHash: sha256(form) }
    const made = signing(right)
    const text = typeof made === 'string' ? made : acs3Text({ ...right, ...made })
    return wireCall({
      method: 'POST',
      query: joined([...pairs]),
      form,
      headers: { ...headers, authorization: acs3Authorization(text, headers, { id: 'testAccessKeyId', secret }) },
    })
  }

const acs3Mistakes: [cause: string, make: () => Call][] = [
  [
    'the payload hash that was signed (x-acs-content-sha256) is not the hash of the body that arrived',
    acs3(() => ({ payloadHash: sha256('JobId=y') }), { headers: { 'x-acs-content-sha256': sha256('JobId=y') } }),
  ],
  ['the body was not hashed: the payload hash is that of an empty body', acs3(() => ({ payloadHash: sha256('') }))],
  ['"&" was added to the secret, as signature 1.0 has it', acs3(() => ({}), { secret: `${SECRET}&` })],
  ['the secret of another access key of this account was used', acs3(() => ({}), { secret: 'anotherSecret' })],
  ['the canonical request starts with another method than POST', acs3(() => ({ method: 'GET' }))],
  ['the query was not signed', acs3(() => ({ query: '' }))],
  ['a space in the query was encoded as "+" instead of "%20"', acs3(({ query }) => ({ query: query.replaceAll('%20', '+') }))],
  ["the characters !'()* of the query were not encoded", acs3(({ query }) => ({ query: query.replaceAll('%27', "'") }))],
  ['the parameters of the query were not sorted by name', acs3(() => ({ query: 'B=b%20c&A=%27a%27' }))],
  ['the host was signed without its port', acs3(({ headers }) => ({ headers: { ...headers, host: '127.0.0.1' } }))],
  ['the path was left out of the canonical request', acs3(() => ({ path: '' }))],
  [
    'a proxy changed the signed header Host from videoseg.cn-shanghai.aliyuncs.com to 127.0.0.1:4010',
    acs3(({ headers }) => ({ headers: { ...headers, host: 'videoseg.cn-shanghai.aliyuncs.com' } }), {
      headers: { 'x-forwarded-host': 'videoseg.cn-shanghai.aliyuncs.com' },
    }),
  ],
]

/** Mistakes in the key, where both sides have signed the same text. */
const ABOUT_THE_KEY = /secret/

describe.each([
  ...rpcMistakes.map(([cause, make]) => ({ scheme: 'signature 1.0', cause, make })),
  ...acs3Mistakes.map(([cause, make]) => ({ scheme: 'ACS3', cause, make })),
])('$scheme: $cause', ({ cause, make }) => {
  test('is named in the call log, with the first difference', async () => {
    const { cloud, account } = testCloud({ accessKeys: [{ accessKeyId: 'another', accessKeySecret: 'anotherSecret' }] })
    const { status, headers } = await cloud.handle(make())
    expect(status).toBe(400)
    const [entry] = account.log.all()
    expect(entry).toMatchObject({ code: 'SignatureDoesNotMatch', diagnosis: { cause } })
    const { serverStringToSign: server, clientStringToSign: client = '', firstDifference } = entry?.diagnosis ?? { serverStringToSign: '' }
    expect(headers['x-emulator-reason']).toContain(cause.slice(0, 20))
    if (ABOUT_THE_KEY.test(cause)) {
      expect([client, firstDifference]).toEqual([server, undefined])
      return
    }
    const { position, ...excerpts } = firstDifference ?? { position: 0, client: '?', server: '?' }
    expect(client.slice(0, position)).toBe(server.slice(0, position))
    expect(client[position]).not.toBe(server[position])
    expect([client.includes(excerpts.client), server.includes(excerpts.server)]).toEqual([true, true])
  })
})

test.each([
  [
    'signature 1.0',
    () => {
      const fields = rpcFields()
      return get(signed(fields, rpcText(fields), 'unknown&'))
    },
  ],
  ['ACS3', acs3(() => ({}), { secret: 'unknown' })],
])('%s: a secret of nobody leaves the cause open', async (_scheme, make) => {
  const { cloud, account } = testCloud()
  await cloud.handle(make())
  const { diagnosis } = account.log.all()[0] ?? {}
  expect(diagnosis?.cause).toContain('none of the known mistakes')
  expect(diagnosis).not.toHaveProperty('firstDifference')
})

test('a refusal carries the text that the server signed', async () => {
  const { cloud } = testCloud()
  const fields = rpcFields({ JobId: AWKWARD })
  const { body } = await cloud.handle(get(signed(fields, 'something else')))
  expect(JSON.parse(String(body)).Message).toBe(
    `Specified signature is not matched with our calculation. server string to sign is:${rpcText(fields)}`,
  )
})

test('a refusal of ACS3 carries the string to sign and the canonical request', async () => {
  const { cloud } = testCloud()
  let text = ''
  const call = acs3((right) => {
    text = acs3Text(right)
    return 'something else'
  })()
  const { body } = await cloud.handle(call)
  expect(JSON.parse(String(body)).Message).toBe(
    `Specified signature does not match our calculation. server stringToSign is [ACS3-HMAC-SHA256\n${sha256(text)}], server canonicalRequest is [${text}]`,
  )
})

test.each(['constructor', '__proto__', 'tostring', 'x-not-sent'])('a signed header %s that was not sent is empty', async (name) => {
  const { cloud, account } = testCloud()
  const right = acs3(() => ({}))()
  const authorization = right.headers.authorization?.replace('SignedHeaders=', `SignedHeaders=${name};`)
  await cloud.handle({ ...right, headers: { ...right.headers, authorization } })
  const [entry] = account.log.all()
  expect(entry?.code).toBe('SignatureDoesNotMatch')
  expect(entry?.diagnosis?.serverStringToSign).toContain(`\n${name}:\n`)
})

test('the log shows neither signatures nor secrets', async () => {
  const { cloud, account, call } = testCloud()
  account.ram.putRole('worker', { allow: ['*'] })
  const { accessKeyId, accessKeySecret, securityToken = '' } = account.ram.assumeRole('worker')
  await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL }, { key: { accessKeyId, accessKeySecret, securityToken } })
  await cloud.handle(get(signed(rpcFields(), 'wrong')))
  const log = JSON.stringify(account.log.all())
  expect(account.log.all()[0]).toMatchObject({ status: 200, identity: 'acs:ram::1234567890123456:role/worker' })
  for (const secret of [SECRET, accessKeySecret, securityToken]) expect(log).not.toContain(secret)
})

test('a huge call with a wrong signature is refused without trying every mistake on it', async () => {
  const { cloud, account } = testCloud()
  const fields = rpcFields({ JobId: '!'.repeat(200_000) })
  await cloud.handle(wireCall({ method: 'POST', form: joined(signed(fields, 'wrong')) }))
  expect(account.log.all()[0]?.diagnosis?.cause).toContain('too large')
})

test('every signature that is right is taken, whatever the Action', async () => {
  const { cloud, send } = testCloud()
  for (const { service, action } of describeActions(cloud.catalogue)) {
    for (const scheme of ['rpc', 'acs3'] as const) {
      for (const method of ['GET', 'POST'] as const) {
        const { body } = await send(`${service}.${action}`, { Any: AWKWARD }, { scheme, method })
        expect(JSON.parse(String(body)).Code).not.toBe('SignatureDoesNotMatch')
      }
    }
  }
})
