/** Signatures: the manual's example, and what a refusal says of a wrong one. See diagnosis.test.ts for the mistakes that it names. */

import { expect, test } from 'vitest'
import { type Call, describeActions } from '../../src/index.js'
import { rpcSignature, rpcStringToSign } from '../../src/signing/signature-rpc.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'
import {
  acs3Authorization,
  acs3Headers,
  acs3Text,
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

/** A parameter that shows most mistakes of encoding: blank, plus, slash, Chinese. */
const AWKWARD = 'a b+c/中'

/** Signs `fields` with signature 1.0 after the client's own fashion. */
const signed = (fields: Wire, text: string, key = `${SECRET}&`): Wire => [...fields, ['Signature', hmacSha1(key, text)]]
const get = (fields: Wire): Call => wireCall({ query: joined(fields) })
/** A POST of ACS3 whose client signs the right canonical request, or something else instead. */
function acs3(something?: string): { call: Call; right: string } {
  const [form, query] = ['JobId=x', 'A=%27a%27&B=b%20c']
  const headers = acs3Headers(form)
  const right = acs3Text({ method: 'POST', path: '/', query, headers, payloadHash: sha256(form) })
  const authorization = acs3Authorization(something ?? right, headers)
  return { right, call: wireCall({ method: 'POST', query, form, headers: { ...headers, authorization } }) }
}

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
  const { call, right: text } = acs3('something else')
  const { body } = await cloud.handle(call)
  expect(JSON.parse(String(body)).Message).toBe(
    `Specified signature does not match our calculation. server stringToSign is [ACS3-HMAC-SHA256\n${sha256(text)}], server canonicalRequest is [${text}]`,
  )
})

test.each(['constructor', '__proto__', 'tostring', 'x-not-sent'])('a signed header %s that was not sent is empty', async (name) => {
  const { cloud, account } = testCloud()
  const { call } = acs3()
  const authorization = call.headers.authorization?.replace('SignedHeaders=', `SignedHeaders=${name};`)
  await cloud.handle({ ...call, headers: { ...call.headers, authorization } })
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
