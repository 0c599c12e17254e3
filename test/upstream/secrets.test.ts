/** No secret, token or signature that went by is in a recording, nor in the call log, wherever it stood. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeWorld, recipesOf } from '../../conformance/run/world.js'
import { percentEncode } from '../../src/http/encoding.js'
import type { Call } from '../../src/index.js'
import { resignObject } from '../../src/oss/resign.js'
import { type SigningKey, sign } from '../../src/signing/sign.js'
import { decode, type Ticket } from '../vod/support.js'
import { type Answered, cloudUpstream, flow, forwarding, serverOf, temporaryFile, through, withTicket } from './support.js'

/** Values that nobody else may see, as they went over the wire: of keys, tokens, signatures, and what holds them. */
class Seen {
  readonly values = new Set<string>()

  add(...values: (string | undefined | null)[]): void {
    for (const value of values) if (value && value.length >= 8) this.values.add(value)
  }

  /** What a request was signed with. */
  request({ query, headers, body }: Call): void {
    const text = `${query}&${Buffer.from(body).toString('latin1')}`
    for (const [, , value = ''] of text.matchAll(
      /(Signature|SecurityToken|security-token|AccessKeyId|SignatureNonce|x-oss-signature|x-oss-credential)=([^&\s]+)/g,
    ))
      this.add(decodeURIComponent(value).split('/2')[0], value)
    for (const name of ['x-acs-security-token', 'x-oss-security-token', 'x-acs-signature-nonce', 'cookie']) this.add(headers[name])
    this.add(...(headers.authorization?.match(/(?<=Signature=|:)[\w+/=]{8,}|(?<=Credential=)[^,/]+/g) ?? []))
  }

  /** What an answer holds, by the names of its fields and in every URL, however deep. */
  answer(text: string): void {
    const look = (value: unknown, name = ''): void => {
      if (typeof value === 'string') {
        if (/^(?:AccessKeyId|AccessKeySecret|SecurityToken|Signature|AuthInfo|AuthKey|Plaintext|ScrollToken|SSLPri)$/.test(name))
          this.add(value)
        for (const [, found = ''] of value.matchAll(
          /(?:[?&](?:Signature|OSSAccessKeyId|security-token|auth_key|x-oss-signature)=)([^&\s"]+)/g,
        ))
          this.add(decodeURIComponent(found), found)
        for (const inner of [value, Buffer.from(value, 'base64').toString()])
          if (/^[{[]/.test(inner)) {
            try {
              look(JSON.parse(inner))
            } catch {
              // It was none.
            }
          }
      } else if (typeof value === 'object' && value !== null) for (const [each, member] of Object.entries(value)) look(member, each)
    }
    for (const [, name = '', value = ''] of text.matchAll(/<(\w+)>([^<]+)<\/\1>/g)) look(value.replaceAll('&amp;', '&'), name)
    if (text.startsWith('{')) look(JSON.parse(text))
  }
}

/** Those of the values that are in a text, in whatever coding, also within Base64. */
function foundIn(text: string, { values }: Seen): string[] {
  const unpacked = [
    text,
    ...(text.match(/[A-Za-z0-9+/]{24,}={0,2}/g) ?? []).map((each) => Buffer.from(each, 'base64').toString('latin1')),
  ].join('\n')
  return [...values].filter((value) =>
    [
      value,
      percentEncode(value),
      percentEncode(percentEncode(value)),
      Buffer.from(value).toString('base64').replace(/=+$/, ''),
      Buffer.from(value).toString('hex'),
    ].some((form) => unpacked.includes(form)),
  )
}

test('of the examples of all Actions, signed in every way, by accounts, users and sessions', async () => {
  const upstream = await cloudUpstream({ clock: 'manual' })
  const record = temporaryFile()
  const client = await forwarding(upstream.url, { record })
  const seen = new Seen()
  const send = async (call: Call): Promise<Answered> => {
    seen.request(call)
    const answer = await client.send(call)
    seen.answer(answer.text)
    return answer
  }
  const { cloud } = upstream
  const recipes = recipesOf(cloud)
  let count = 0
  for (const action of cloud.catalogue.actions) {
    const recipe = recipes.get(action.id)
    if (recipe === undefined) continue
    const { account, params } = await makeWorld(cloud, recipe)
    account.ram.putRole('app', { allow: ['*'] })
    const session = account.ram.assumeRole('app')
    const { name, service } = action
    const scheme = count % 2 === 0 ? 'rpc' : 'acs3'
    seen.add(account.credentials.accessKeyId, account.credentials.accessKeySecret, session.accessKeySecret, session.securityToken)
    const format = count % 5 === 0 ? 'XML' : 'JSON'
    const method = count % 7 === 0 ? 'GET' : 'POST'
    const askWith = (key: SigningKey) =>
      send(sign(scheme, { host: service.host, version: service.version, action: name, params, key, format, method }))
    // What may be managed by the account alone is refused to a session.
    const asSession = count % 3 === 0 && (await askWith(session)).status === 200
    if (!asSession) expect([action.id, (await askWith(account.credentials)).status]).toEqual([action.id, 200])
    count++
    cloud.disposeAccount(account)
  }
  expect(count).toBeGreaterThan(180)
  const ticket: Ticket = (await send(callOf('CreateUploadVideo', { Title: 'a', FileName: 'a.mp4' }))).body
  await send(withTicket(ticket, { method: 'PUT', body: Buffer.from('film') }))
  // In the URL, with both signatures, and by form.
  const { Bucket, FileName } = decode(ticket.UploadAddress)
  const { AccessKeyId = '', AccessKeySecret = '', SecurityToken = '' } = decode(ticket.UploadAuth)
  const key = { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken }
  const base = { method: 'GET', host: `${Bucket}.oss-cn-shanghai.aliyuncs.com`, path: `/${FileName}`, headers: {}, body: new Uint8Array() }
  const form = `--b\r\nContent-Disposition: form-data; name="key"\r\n\r\n${FileName}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nfilm\r\n--b--\r\n`
  const signing = { key, now: cloud.account().clock.now(), region: 'cn-shanghai' }
  for (const request of [
    { ...base, query: 'Signature=x' },
    { ...base, query: 'x-oss-signature=x' },
    { ...base, query: '', headers: { authorization: 'OSS4-HMAC-SHA256 x' } },
    {
      ...base,
      method: 'POST',
      path: '/',
      query: '',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: Buffer.from(form),
    },
  ]) {
    const signed = await resignObject(request, signing)
    seen.add(
      ...(Buffer.from(signed.body)
        .toString()
        .match(/(?<=name="(?:Signature|OSSAccessKeyId|x-oss-security-token)"\r\n\r\n)[^\r]+/g) ?? []),
    )
    await send(signed)
  }
  // Refusals that show what was to be signed.
  for (const call of [callOf('GetVideoInfo', { VideoId: 'a' }), withTicket(ticket, { method: 'PUT', body: Buffer.from('b') })]) {
    const { authorization, ...headers } = call.headers
    const wrong = { ...headers, ...(authorization && { authorization: authorization.replace(/.{4}$/, 'AAA=') }) }
    const body = authorization
      ? call.body
      : Buffer.from(
          Buffer.from(call.body)
            .toString()
            .replace(/Signature=[^&]{4}/, 'Signature=AAAA'),
        )
    expect((await send({ ...call, headers: wrong, body })).status).toBeGreaterThanOrEqual(400)
  }
  expect(seen.values.size).toBeGreaterThan(400)
  const logged = JSON.stringify(
    client.cloud
      .account()
      .log.records()
      .map(({ action: _, error, ...record }) => [record, String(error), Buffer.from(record.call.body).toString()]),
  )
  await client.close()
  expect(foundIn(logged, seen)).toEqual([])
  expect(foundIn(readFileSync(record, 'latin1'), seen)).toEqual([])

  function callOf(action: string, params: Record<string, string>): Call {
    return sign('rpc', { host: 'vod.cn-shanghai.aliyuncs.com', version: '2017-03-21', action, params, key: cloud.account().credentials })
  }
})

const SECRET = 'sEcReT/+value=='
const ID = '1234567890123456'
const DIGEST = 'ABCDEF1234567890ABCDEF1234567890'

/** Where an upstream may have a secret, and what kind of answer that is. */
const hiding: Record<string, [type: string, text: string]> = {
  'a field of JSON': ['application/json', JSON.stringify({ Credentials: { AccessKeySecret: SECRET } })],
  'JSON in JSON in JSON': ['application/json', JSON.stringify({ A: JSON.stringify({ B: JSON.stringify({ SecurityToken: SECRET }) }) })],
  'Base64 of JSON in JSON': [
    'application/json',
    JSON.stringify({ Extra: Buffer.from(JSON.stringify({ x: { AuthInfo: SECRET } })).toString('base64') }),
  ],
  'what is no JSON as a whole': ['application/json', `{"AccessKeySecret":"${SECRET}","More":"`],
  'JSON in what is none as a whole': ['application/json', `{"A":"{\\"SecurityToken\\":\\"${SECRET}\\"}","More":"`],
  'a value that is cut off': ['application/json', `{"SecurityToken":"${SECRET}`],
  'an element of XML': ['text/xml', `<a><SecurityToken>${SECRET}</SecurityToken></a>`],
  'an element that is cut off': ['text/xml', `<a><SecurityToken>${SECRET}`],
  'a name and its value': ['application/json', JSON.stringify({ FunctionArgs: [{ ArgName: 'auth_key1', ArgValue: SECRET }] })],
  'a name and its value in XML': ['text/xml', `<a><ArgName>auth_key1</ArgName>\n<ArgValue>${SECRET}</ArgValue></a>`],
  'an element with attributes': ['text/xml', `<a><SecurityToken type="b">${SECRET}</SecurityToken></a>`],
  'an attribute': ['text/xml', `<a SecurityToken="${SECRET}"/>`],
  'a quoted element': ['text/xml', `<a><SecurityToken><![CDATA[${SECRET}]]></SecurityToken></a>`],
  'a play key': ['application/json', JSON.stringify({ AppPlayKey: SECRET, AppDecryptKey: SECRET, AppEncryptKey: SECRET })],
  'an object that holds it': ['application/json', JSON.stringify({ Secret: { Value: SECRET } })],
  'Base64 in lines': [
    'application/json',
    JSON.stringify({
      Extra: Buffer.from(JSON.stringify({ AccessKeySecret: SECRET, More: 'more'.repeat(20) }))
        .toString('base64')
        .replace(/.{76}/g, '$&\r\n'),
    }),
  ],
  'several keys': ['application/json', JSON.stringify({ AccessKeyIds: [SECRET], Secrets: SECRET })],
  'the name of an account': ['application/json', JSON.stringify({ UserId: SECRET, OwnerAccount: SECRET })],
  'a password in a URL': ['application/json', JSON.stringify({ CallbackURL: `http://user:${encodeURIComponent(SECRET)}@a/b` })],
  'a header in a sentence': [
    'application/json',
    JSON.stringify({ Message: `was sent\nx-acs-security-token: 1${SECRET}\nauthorization: Bearer 1${SECRET}` }),
  ],
  'what another language calls JSON': ['application/json', JSON.stringify({ Message: `{'AccessKeySecret': '${SECRET}'}` })],
  'JSON that is quoted': ['application/json', JSON.stringify({ Message: `not: {\\"AccessKeySecret\\":\\"${SECRET}\\"}` })],
  'a list of tokens': ['application/json', JSON.stringify({ Tokens: 1, Token: [SECRET, SECRET] })],
  'a signed URL': ['application/json', JSON.stringify({ Url: `http://a/b?Signature=${encodeURIComponent(SECRET)}&x=1` })],
  'a URL in a URL': [
    'application/json',
    JSON.stringify({ Url: `http://a/?to=${encodeURIComponent(`http://b/?security-token=${encodeURIComponent(SECRET)}`)}` }),
  ],
  'a playlist': ['application/vnd.apple.mpegurl', `#EXTM3U\nhttp://a/0.ts?auth_key=${encodeURIComponent(SECRET)}\n`],
  'a header in a text': ['text/plain', `authorization: OSS testAccessKeyId:${SECRET}\nDate: x`],
  'headers as Go shows them': ['text/plain', `map[Authorization:[Bearer ${SECRET}] Date:[x]]`],
  'an id of an access key in a sentence': ['application/json', JSON.stringify({ Message: `LTAI5t${ID} is inactive` })],
  'an id of a session in a sentence': ['application/json', JSON.stringify({ Message: `STS.NT${ID} has expired` })],
  'a token in a sentence': ['application/json', JSON.stringify({ Message: `CAIS${ID.repeat(9)} has expired` })],
  'a web token in a sentence': ['application/json', JSON.stringify({ Message: `eyJhbGciOiJIUzI1NiJ9.eyJh${ID}.${ID} has expired` })],
  'a private key under any name': [
    'application/json',
    JSON.stringify({ Key: `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n-----END RSA PRIVATE KEY-----\n` }),
  ],
  'a private key that is cut off': ['application/json', `{"Key":"-----BEGIN EC PRIVATE KEY-----\\n${SECRET}`],
  'the account in what says why it was refused': [
    'application/json',
    JSON.stringify({ AccessDeniedDetail: { AuthPrincipalOwnerId: ID, AuthPrincipalDisplayName: ID } }),
  ],
  'what came before its name, in Base64': [
    'application/json',
    JSON.stringify({ A: Buffer.from(`it was ${SECRET}`).toString('base64'), B: JSON.stringify({ Token: SECRET }) }),
  ],
  'a signed URL of another cloud': [
    'application/json',
    JSON.stringify({ Url: `https://a.example/b?sv=1&sig=${encodeURIComponent(SECRET)}` }),
  ],
  'JSON in a URL, behind a zero byte': [
    'text/plain',
    `/?a=${encodeURIComponent(JSON.stringify({ Token: 'a' }).replace('a"', `%00${SECRET}"`))}`.replace('%2500', '%00'),
  ],
  'a part of a form': ['text/plain', `--b\nContent-Disposition: form-data; name="Signature"\n\n${SECRET}\n--b--`],
  'a path, signed in capital letters': ['application/json', JSON.stringify({ Url: `http://a.example/202601010000/${DIGEST}/b.mp4` })],
  'a sentence that tells it': ['application/json', JSON.stringify({ Message: `server string to sign is:GET&${SECRET}` })],
}

test.each(Object.entries(hiding))('nor from %s', async (_where, [type, text]) => {
  const record = temporaryFile()
  const { send, close } = await forwarding(
    await serverOf((_request, response) => response.writeHead(200, { 'content-type': type }).end(text)),
    { record },
  )
  await send({ method: 'GET', host: 'vod.cn-shanghai.aliyuncs.com', path: '/', query: 'Action=X', headers: {}, body: new Uint8Array() })
  await close()
  const seen = new Seen()
  seen.add(SECRET, ID, DIGEST)
  expect(foundIn(readFileSync(record, 'latin1'), seen)).toEqual([])
})

test('nor from a form with names and values', async () => {
  const record = temporaryFile()
  const { send, close } = await forwarding(await serverOf((_request, response) => response.end('{}')), { record })
  const query = `Action=X&Functions.1.ArgName=auth_key1&Functions.1.ArgValue=${encodeURIComponent(SECRET)}&Password.1=${encodeURIComponent(SECRET)}`
  await send({ method: 'GET', host: 'vod.cn-shanghai.aliyuncs.com', path: '/', query, headers: {}, body: new Uint8Array() })
  await close()
  const seen = new Seen()
  seen.add(SECRET)
  expect(foundIn(readFileSync(record, 'latin1'), seen)).toEqual([])
})

test.each([
  ['a field that is too long to be looked into', 'name="x"', JSON.stringify({ Token: SECRET.repeat(10_000) })],
  ['a field whose name is not quoted', 'name=SecurityToken', SECRET],
])('nor from %s', async (_what, name, value) => {
  const record = temporaryFile()
  const { send, close } = await forwarding(await serverOf((incoming, response) => incoming.resume().on('end', () => response.end())), {
    record,
  })
  const body = Buffer.from(
    `--b\r\nContent-Disposition: form-data; ${name}\r\n\r\n${value}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nfilm\r\n--b--\r\n`,
  )
  const headers = { 'content-type': 'multipart/form-data; boundary=b', 'content-length': String(body.byteLength) }
  await send({ method: 'POST', host: 'bucket.oss-cn-shanghai.aliyuncs.com', path: '/', query: '', headers, body })
  await close()
  const seen = new Seen()
  seen.add(SECRET)
  const text = readFileSync(record, 'latin1')
  expect(foundIn(text, seen)).toEqual([])
  expect(text).toMatch(/removed.*film/)
})

test('nor from headers of either side', async () => {
  const record = temporaryFile()
  const url = await serverOf((_request, response) =>
    response.writeHead(200, { 'set-cookie': [`a=${SECRET}`], location: `http://a/?Signature=${SECRET}` }).end(),
  )
  const { proxyUrl, close } = await forwarding(url, { record })
  const headers = {
    authorization: `Bearer ${SECRET}`,
    cookie: `a=${SECRET}`,
    'x-api-key': SECRET,
    'x-acs-security-token': SECRET,
    referer: `http://a/?token=${SECRET}`,
  }
  await through(proxyUrl, { method: 'GET', host: 'vod.cn-shanghai.aliyuncs.com', path: '/', query: '', headers, body: new Uint8Array() })
  await close()
  expect(readFileSync(record, 'utf8')).toContain('removed-1')
  const seen = new Seen()
  seen.add(SECRET)
  expect(foundIn(readFileSync(record, 'latin1'), seen)).toEqual([])
})

test('what came up once under its name is removed everywhere from then on', async () => {
  const record = temporaryFile()
  let asked = 0
  const url = await serverOf((_request, response) =>
    response.end(asked++ === 0 ? JSON.stringify({ AccessKeySecret: SECRET }) : `it was ${SECRET}, was it not`),
  )
  const { send, close } = await forwarding(url, { record })
  const call: Call = { method: 'GET', host: 'vod.cn-shanghai.aliyuncs.com', path: '/', query: '', headers: {}, body: new Uint8Array() }
  await send(call)
  await send(call)
  await close()
  expect(readFileSync(record, 'utf8')).toContain('it was removed-1, was it not')
})

test('the same flow has the same shape without them: nothing else is removed', async () => {
  const upstream = await cloudUpstream()
  const record = temporaryFile()
  const client = await forwarding(upstream.url, { record })
  await flow(client, upstream.settle)
  await client.close()
  const text = readFileSync(record, 'utf8')
  for (const kept of [
    'renamed',
    'CreateUploadVideo',
    'SignatureMethod=HMAC-SHA1',
    'app-1000000',
    'OutputType',
    'ACS3-HMAC-SHA256 Credential=removed-1,SignedHeaders=',
  ])
    expect(text).toContain(kept)
})
