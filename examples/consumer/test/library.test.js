/** What this application expects of event notifications, and of an upload: each expectation is tested, and written to pacts/. */

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { MatchersV3, PactV4 } from '@pact-foundation/pact'
import { createReceiver, isGenuine, Library, upload } from '../src/library.js'
import { against } from './mock-server.js'

const { eachLike, fromProviderState, like, regex } = MatchersV3

process.env.PACT_DO_NOT_TRACK = 'true'

const events = new PactV4({ consumer: 'photo-desk', provider: 'vod', dir: 'pacts', logLevel: 'error' })
const storage = new PactV4({ consumer: 'photo-desk', provider: 'oss', dir: 'pacts', logLevel: 'error' })

// What the application has set with SetMessageCallback, and when an example was sent.
const RECEIVER = { url: 'https://photo-desk.example.com/vod', authKey: 'Secret123', now: Date.UTC(2026, 0, 1) / 1000 }
const CALLBACK = { CallbackURL: RECEIVER.url, AuthKey: RECEIVER.authKey }

/** The beginning of an MP4: Pact looks at the bytes, too. */
const FILM = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')

const md5 = (text) => createHash('md5').update(text).digest('hex')

const SIGNED = {
  'x-vod-timestamp': String(RECEIVER.now),
  'x-vod-signature': md5(`${RECEIVER.url}|${RECEIVER.now}|${RECEIVER.authKey}`),
}

/** The same in the pact: when a notification is sent, nobody knows before. */
const HEADERS = {
  'x-vod-timestamp': regex(/^\d{10}$/, SIGNED['x-vod-timestamp']),
  'x-vod-signature': regex(/^[0-9a-f]{32}$/, SIGNED['x-vod-signature']),
}

/** Starts a message: an event that the states lead to. */
const event = (states) => {
  const message = events.addAsynchronousInteraction().given('an HTTP callback', CALLBACK)
  for (const [state, params] of states) message.given(state, params)
  return message
}

/** Has a library take in a message as it would come over HTTP; returns the library. */
async function received({ contents: { content }, metadata }) {
  const library = new Library()
  const server = createReceiver(library, RECEIVER).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...metadata },
    body: JSON.stringify(content),
  })
  server.close()
  assert.equal(answer.status, 200)
  return library
}

test('a video that has been transcoded is ready, with its streams', () =>
  event([['a video', { UploadURLs: 'http://photos.example.com/tour.mp4', UserData: '{}' }]])
    .expectsToReceive('a video that has been transcoded', (message) => {
      message.withMetadata(HEADERS).withJSONContent({
        EventType: 'TranscodeComplete',
        VideoId: like('v1'),
        Status: 'success',
        StreamInfos: eachLike({ Status: 'success', FileUrl: regex(/^http.+/, 'http://cdn.example.com/v1.mp4') }),
      })
    })
    .executeTest(async (message) => {
      const { videos } = await received(message)
      assert.deepEqual(videos.get('v1'), { state: 'ready', streams: ['http://cdn.example.com/v1.mp4'] })
    }))

test('a video that cannot be transcoded has failed, and it is known why', () =>
  event([
    ['jobs of SubmitTranscodeJobs fail', { code: 'InvalidParameter.ResourceContentBad' }],
    ['UploadMediaByURL has been called', { UploadURLs: 'http://photos.example.com/tour.mp4', UserData: '{}' }],
  ])
    .expectsToReceive('a video that cannot be transcoded', (message) => {
      message.withMetadata(HEADERS).withJSONContent({
        EventType: 'TranscodeComplete',
        VideoId: like('v1'),
        Status: 'fail',
        StreamInfos: eachLike({ Status: 'fail', ErrorCode: 'InvalidParameter.ResourceContentBad' }),
      })
    })
    .executeTest(async (message) => {
      const { videos } = await received(message)
      assert.deepEqual(videos.get('v1'), { state: 'failed', reason: 'InvalidParameter.ResourceContentBad' })
    }))

test('a notification with another signature, or an old one, is not taken', () => {
  assert.equal(isGenuine(SIGNED, RECEIVER), true)
  assert.equal(isGenuine({ ...SIGNED, 'x-vod-signature': md5('guessed') }, RECEIVER), false)
  assert.equal(isGenuine(SIGNED, { ...RECEIVER, now: RECEIVER.now + 3600 }), false)
})

test('a video is uploaded with the credentials of its ticket', () => {
  const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64')
  const ticket = {
    UploadAddress: encoded({ Endpoint: 'https://oss-cn-shanghai.aliyuncs.com', Bucket: 'outin-1', FileName: 'sv/tour.mp4' }),
    UploadAuth: encoded({ AccessKeyId: 'STS.any', AccessKeySecret: 'any', SecurityToken: 'any' }),
  }
  const put = storage
    .addInteraction()
    .given('an upload ticket')
    .uponReceiving('the file of a video')
    .withRequest('PUT', fromProviderState(`/\${Bucket}/\${FileName}`, '/outin-1/sv/tour.mp4'), (request) => {
      request.headers({ 'Content-Type': 'video/mp4' }).body('video/mp4', FILM)
    })
    .willRespondWith(200, (response) => {
      response.headers({ ETag: `"${md5(FILM).toUpperCase()}"` })
    })
  return against(put, ({ url }) => upload(ticket, FILM, { endpoint: url }))
})
