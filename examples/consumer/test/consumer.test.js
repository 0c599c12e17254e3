/** What this application expects of imageenhan: each expectation is tested against the Pact mock server, and written to pacts/. */

import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { MatchersV3, PactV3 } from '@pact-foundation/pact'
import { createPhotos } from '../src/photos.js'
import { against } from './mock-server.js'

const { fromProviderState, like, number, regex } = MatchersV3

/** The job that the provider state has made; against the mock server, the example. */
const JobId = fromProviderState(`\${JobId}`, '11A898F7')

const PHOTO = 'http://photos.oss-cn-shanghai.aliyuncs.com/beach.jpg'

process.env.PACT_DO_NOT_TRACK = 'true'
rmSync('pacts', { recursive: true, force: true })

// The provider is named after the service. The SDK signs in headers (ACS3), so the pact holds the parameters alone.
const pact = new PactV3({ consumer: 'photo-desk', provider: 'imageenhan', dir: 'pacts', logLevel: 'error' })

/** Starts an interaction: a call of an Action, as the SDK sends it. */
const call = (description, Action, params) =>
  pact.uponReceiving(description).withRequest({
    method: 'POST',
    path: '/',
    headers: { 'x-acs-action': Action, 'x-acs-version': '2019-09-30' },
    contentType: 'application/x-www-form-urlencoded',
    body: params,
  })

const json = (status, body) => ({ status, headers: { 'Content-Type': 'application/json' }, body })

/** Runs a test against the mock server that has just been told what to expect. */
const withPhotos = (run) =>
  against(pact, ({ url }) =>
    run(createPhotos({ accessKeyId: 'any', accessKeySecret: 'any', endpoint: new URL(url).host, protocol: 'HTTP', pollMs: 0 })),
  )

test('a photo has a sharpness', () => {
  call('a question for the sharpness of a photo', 'AssessSharpness', { ImageURL: PHOTO }).willRespondWith(
    json(200, { RequestId: like('C0B594A1'), Data: { Sharpness: number(0.1) } }),
  )
  return withPhotos(async (photos) => assert.equal(await photos.sharpness(PHOTO), 0.1))
})

test('a file that is no picture is refused', () => {
  pact.given('an asset that cannot be decoded', { url: PHOTO })
  call('a question for the sharpness of a broken photo', 'AssessSharpness', { ImageURL: PHOTO }).willRespondWith(
    json(400, { Code: 'InvalidImage.Content', Message: like('The picture cannot be read.') }),
  )
  return withPhotos((photos) => assert.rejects(photos.sharpness(PHOTO), { code: 'InvalidImage.Content' }))
})

test('a photo is recoloured by a job, which ends with pictures', () => {
  call('a photo to recolour', 'RecolorHDImage', { Url: PHOTO, Mode: 'AUTO', ColorCount: '2', Degree: '0.5' }).willRespondWith(
    json(200, { RequestId: like('11A898F7') }),
  )
  pact.given('a finished RecolorHDImage job')
  call('a question for a result', 'GetAsyncJobResult', { JobId }).willRespondWith(
    json(200, {
      Data: {
        Status: 'PROCESS_SUCCESS',
        Result: regex(/^\{"ImageList":\["http[^"]+"(,"http[^"]+")*\]\}$/, '{"ImageList":["http://result/1.jpg"]}'),
      },
    }),
  )
  return withPhotos(async (photos) => assert.deepEqual(await photos.recolour(PHOTO), ['http://result/1.jpg']))
})

test('a failed job says why', () => {
  pact.given('a failed RecolorHDImage job')
  call('a question for a result', 'GetAsyncJobResult', { JobId }).willRespondWith(
    json(200, { Data: { Status: 'PROCESS_FAILED', ErrorCode: 'InvalidImage.Content', ErrorMessage: like('…') } }),
  )
  return withPhotos((photos) => assert.rejects(photos.pictures('11A898F7'), { code: 'InvalidImage.Content' }))
})
