/** Pacts that the official SDKs have recorded with the Pact mock server: their signatures are made anew. */

import { MatchersV3, PactV3, type V3Request } from '@pact-foundation/pact'
import { describe, expect, test } from 'vitest'
import { verifyPacts } from '../../contracts/index.js'
import { openApi, popCore, type SdkCall } from '../support/sdk.js'
import { record, SEGMENT, usePactFiles } from './support.js'

const { folder } = usePactFiles()

const { fromProviderState, like, regex } = MatchersV3

const { Action, Version, VideoUrl } = SEGMENT
const key = { accessKeyId: 'anyKeyWillDo', accessKeySecret: 'anySecretWillDo' }

/** What a call signed with 1.0 carries besides its own parameters. */
const signature = {
  AccessKeyId: like('id'),
  Format: 'JSON',
  Signature: like('signature'),
  SignatureMethod: 'HMAC-SHA1',
  SignatureNonce: like('nonce'),
  SignatureVersion: '1.0',
  Timestamp: like('2026-01-01T00:00:00Z'),
}

describe('a call that was recorded with', () => {
  const acs3 = { 'x-acs-action': Action, 'x-acs-version': Version }
  test.each<[sdk: string, request: Pick<V3Request, 'method'> & Partial<V3Request>, connect: (url: string) => SdkCall]>([
    [
      'pop-core: signature 1.0 in the query',
      { method: 'GET', query: { Action, Version, VideoUrl, ...signature } },
      (url) => popCore({ url, key, version: Version }, 'GET'),
    ],
    [
      'openapi-client: ACS3, parameters in a form',
      {
        method: 'POST',
        headers: acs3,
        body: new URLSearchParams({ VideoUrl }).toString(),
        contentType: 'application/x-www-form-urlencoded',
      },
      (url) => openApi({ url, key, version: Version }, 'form'),
    ],
    [
      'openapi-client: ACS3 with the signature itself in the pact',
      {
        method: 'POST',
        headers: {
          ...acs3,
          Authorization: regex(/^ACS3-HMAC-SHA256 .+$/, 'ACS3-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=c'),
          'x-acs-signature-nonce': like('nonce'),
        },
        query: { VideoUrl },
      },
      (url) => openApi({ url, key, version: Version }, 'query'),
    ],
  ])('%s', async (_sdk, request, connect) => {
    const dir = folder()
    const pact = new PactV3({ consumer: 'sdk', provider: 'videoseg', dir, logLevel: 'error' })
    pact
      .uponReceiving('a call')
      .withRequest({ path: '/', ...request })
      .willRespondWith({ status: 200, headers: { 'Content-Type': 'application/json' }, body: { RequestId: like('id') } })
    await record(pact, (url) => connect(url)(Action, { VideoUrl }))
    expect(await verifyPacts({ pacts: dir })).toMatchObject({
      ok: true,
      interactions: [{ action: 'videoseg.SegmentVideoBody', outcome: 'ok', problems: [] }],
    })
  })
})

test('a JobId that the provider state gives', async () => {
  const dir = folder()
  const pact = new PactV3({ consumer: 'sdk', provider: 'videoseg', dir, logLevel: 'error' })
  pact
    .given(`a finished ${Action} job`)
    .uponReceiving('a question for a result')
    .withRequest({
      method: 'POST',
      path: '/',
      headers: { 'x-acs-action': 'GetAsyncJobResult', 'x-acs-version': Version },
      query: { JobId: fromProviderState(`\${JobId}`, 'the-job') },
    })
    .willRespondWith({ status: 200, headers: { 'Content-Type': 'application/json' }, body: { Data: { Status: 'PROCESS_SUCCESS' } } })
  await record(pact, (url) => openApi({ url, key, version: Version }, 'query')('GetAsyncJobResult', { JobId: 'the-job' }))
  expect(await verifyPacts({ pacts: dir })).toMatchObject({ ok: true, interactions: [{ outcome: 'ok', problems: [] }] })
})
