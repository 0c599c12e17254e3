import { createHash } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { EmulatorOptions } from '../../../emulator/index.js'
import { receiver } from '../../events/support.js'
import { popCore, testEmulator } from '../../support/sdk.js'
import { decode, domains, sample, type Ticket } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'

/** An emulator, and the official clients pointed at it. */
async function sdkWorld(options: EmulatorOptions = {}) {
  const emulator = await testEmulator(options)
  onTestFinished(emulator.close)
  const { cloud, url } = emulator
  const account = cloud.account()
  const call = popCore({ url, key: account.credentials, version: '2017-03-21' }, 'POST')
  const advance = (by: string) => account.clock.advance(by)
  const video = (params: object = {}) => call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4', ...params })
  return { ...emulator, account, call, advance, video }
}

/** A film that takes several parts to upload: a real beginning, and much behind it that no player minds. */
const large = Buffer.concat([sample('sample.mp4'), Buffer.alloc(350_000, 'x')])

describe.each([{ authorizationV4: false }, { authorizationV4: true }])('with the OSS client, %j', (signing) => {
  test.each(['put', 'multipartUpload'] as const)('%s: from the ticket to the bytes that are played', async (how) => {
    const { url: listener, arrivals } = await receiver()
    const { call, advance, video } = await sdkWorld()
    const AuthKey = 'Abcdefgh1234'
    await call('SetMessageCallback', { CallbackURL: `${listener}/all`, EventTypeList: 'ALL', AuthSwitch: 'on', AuthKey })
    const ticket = await video({ UserData: JSON.stringify({ Extend: { order: 7 }, MessageCallback: { CallbackURL: `${listener}/mine` } }) })
    const client = uploaderOf(ticket, signing)
    if (how === 'put') await client.put(objectOf(ticket), large)
    else await client.multipartUpload(objectOf(ticket), large, { partSize: 100 * 1024, parallel: 2 })
    const { VideoId } = ticket
    const status = async () => (await call('GetUploadDetails', { MediaIds: VideoId })).UploadDetails[0].Status
    expect(await status()).toBe('UploadSucc')
    await advance('1s')
    expect(await status()).toBe('Transcoding')
    await advance('1m')
    const { VideoBase, PlayInfoList } = await call('GetPlayInfo', { VideoId, Formats: 'mp4' })
    expect(VideoBase.Status).toBe('Normal')
    const [{ PlayURL, Size }] = PlayInfoList.PlayInfo
    expect(Size).toBe(large.length)
    expect(Buffer.from(await (await fetch(PlayURL)).arrayBuffer()).equals(large)).toBe(true)
    const part = await fetch(PlayURL, { headers: { range: 'bytes=100000-100099' } })
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, large.subarray(100_000, 100_100)])

    expect(arrivals.map(({ body }) => body.EventType)).toEqual([
      'MediaBaseChangeComplete',
      'FileUploadComplete',
      'VideoAnalysisComplete',
      'SnapshotComplete',
      'StreamTranscodeComplete',
      'StreamTranscodeComplete',
      'TranscodeComplete',
    ])
    for (const { path, headers, body } of arrivals) {
      expect([path, body.Extend]).toEqual(['/mine', '{"order":7}'])
      const signed = `${listener}/mine|${headers['x-vod-timestamp']}|${AuthKey}`
      expect(headers['x-vod-signature']).toBe(createHash('md5').update(signed).digest('hex'))
    }
  })
})

test('credentials open the one object that they are for', async () => {
  const { video } = await sdkWorld()
  const [first, second] = [await video(), await video()]
  await expect(uploaderOf(first).put(objectOf(second), Buffer.from('x'))).rejects.toMatchObject({ code: 'AccessDenied' })
  await expect(uploaderOf(first).put(objectOf(first), Buffer.from('x'))).resolves.toMatchObject({ name: objectOf(first) })
})

test('credentials verify what was uploaded, and do not read it', async () => {
  const { video } = await sdkWorld()
  const ticket = await video()
  const client = uploaderOf(ticket)
  await client.put(objectOf(ticket), Buffer.from('x'))
  expect((await client.head(objectOf(ticket))).status).toBe(200)
  // biome-ignore lint/suspicious/noExplicitAny: the types leave this method out
  expect((await (client as any).getObjectMeta(objectOf(ticket))).status).toBe(200)
  await expect(client.get(objectOf(ticket))).rejects.toMatchObject({ code: 'AccessDenied' })
})

test('credentials expire after 3000 seconds of the clock; new ones are for the same object', async () => {
  const { call, advance, video } = await sdkWorld()
  const ticket = await video()
  expect(decode(ticket.UploadAuth)).toMatchObject({ Expiration: '3000', ExpireUTCTime: '2026-01-01T00:50:00Z' })
  await advance('2999s')
  await uploaderOf(ticket).put(objectOf(ticket), Buffer.from('in time'))
  await advance('1s')
  await expect(uploaderOf(ticket).put(objectOf(ticket), Buffer.from('late'))).rejects.toMatchObject({ code: 'SecurityTokenExpired' })
  const fresh = await call('RefreshUploadVideo', { VideoId: ticket.VideoId })
  expect([fresh.UploadAddress, fresh.VideoId]).toEqual([ticket.UploadAddress, ticket.VideoId])
  expect(fresh.UploadAuth).not.toBe(ticket.UploadAuth)
  await uploaderOf(fresh).put(objectOf(fresh), Buffer.from('again'))
})

test('fragments of an unfinished upload can be deleted, and go by themselves after seven days', async () => {
  const { call, advance, video } = await sdkWorld()
  const begin = async () => {
    const ticket = await video({ FileSize: 400_000 })
    const client = uploaderOf(ticket)
    const { uploadId } = await client.initMultipartUpload(objectOf(ticket))
    // biome-ignore lint/suspicious/noExplicitAny: the types leave this method out
    await (client as any).uploadPart(objectOf(ticket), uploadId, 1, Buffer.alloc(100_000), 0, 100_000)
    return ticket.VideoId
  }
  const remove = (MediaId: string) => call('DeleteMultipartUpload', { MediaId, MediaType: 'video' })
  const [first, second] = [await begin(), await begin()]
  const [details] = (await call('GetUploadDetails', { MediaIds: first })).UploadDetails
  expect(details).toMatchObject({ UploadSize: 100_000, FileSize: 400_000, UploadRatio: 0.25 })
  await remove(first)
  await expect(remove(first)).rejects.toMatchObject({ code: 'InvalidMultipartUpload.NotFound' })
  await advance('7d')
  await expect(remove(second)).rejects.toMatchObject({ code: 'InvalidMultipartUpload.NotFound' })
})

const BROWSER = 'aliyun-sdk-js/6.18.0 Chrome 120.0.0.0 on Windows 10 64-bit'

test.each([
  { who: 'a browser', headers: { 'x-oss-user-agent': BROWSER }, told: { UploadSource: 'WebSDK', DeviceModel: 'Chrome' } },
  {
    who: 'a phone',
    headers: { 'user-agent': 'aliyun-sdk-android/2.9.5/Dalvik/2.1.0 (Linux; U; Android 6.0)' },
    told: { UploadSource: 'AndroidSDK', DeviceModel: 'Dalvik' },
  },
  { who: 'no upload client of the service', headers: {}, told: { DeviceModel: 'Node.js' } },
  { who: 'a client that says nothing of itself', headers: { 'user-agent': 'x' }, told: {} },
])('the details of an upload tell that $who is at it, in pieces or done', async ({ headers, told }) => {
  const { call, video } = await sdkWorld()
  const details = async ({ VideoId }: Ticket & { VideoId: string }) => {
    const { UploadSource, DeviceModel, UploadIP } = (await call('GetUploadDetails', { MediaIds: VideoId })).UploadDetails[0]
    return { UploadSource, DeviceModel, UploadIP }
  }
  const [done, begun, nobody] = [await video(), await video(), await video()]
  await uploaderOf(done).put(objectOf(done), large, { headers })
  await uploaderOf(begun).initMultipartUpload(objectOf(begun), { headers })
  const nothing = { UploadSource: undefined, DeviceModel: undefined, UploadIP: undefined }
  expect([await details(done), await details(begun), await details(nobody)]).toEqual([
    { ...nothing, ...told, UploadIP: '127.0.0.1' },
    { ...nothing, ...told, UploadIP: '127.0.0.1' },
    nothing,
  ])
})

test('a bucket that was deleted is there again once there is something to upload to it', async () => {
  const { account, call, video } = await sdkWorld()
  const ticket = await video()
  account.oss.deleteBucket(decode(ticket.UploadAddress).Bucket as string)
  const fresh = await call('RefreshUploadVideo', { VideoId: ticket.VideoId })
  await expect(uploaderOf(fresh).put(objectOf(fresh), large)).resolves.toMatchObject({ name: objectOf(fresh) })
})

test('a file is fetched over HTTP from a host that the settings name', async () => {
  const origin = await sdkWorld()
  const { cloud } = origin
  const ticket = await origin.video({ TemplateGroupId: 'VOD_NO_TRANSCODE' })
  await uploaderOf(ticket).put(objectOf(ticket), large)
  const [{ PlayURL }] = (await origin.call('GetPlayInfo', { VideoId: ticket.VideoId })).PlayInfoList.PlayInfo
  const { call, advance } = await sdkWorld({ settings: { vod: { fetchFrom: [new URL(cloud.publicUrl ?? '').host] } } })
  const [{ JobId }] = (await call('UploadMediaByURL', { UploadURLs: encodeURIComponent(PlayURL) })).UploadJobs
  await advance('1m')
  const [info] = (await call('GetURLUploadInfos', { JobIds: JobId })).URLUploadInfoList
  expect(info).toMatchObject({ Status: 'SUCCESS', FileSize: String(large.length) })
})

test('a file under a domain with authentication is streamed from the emulator itself', async () => {
  const { call, video, url, control } = await sdkWorld()
  expect(await control('PUT', '/settings', { vod: { domains } })).toMatchObject({ status: 200 })
  const ticket = await video({ TemplateGroupId: 'VOD_NO_TRANSCODE' })
  await uploaderOf(ticket).put(objectOf(ticket), large)
  const PlayConfig = JSON.stringify({ PlayDomain: 'safe.example.com' })
  const [{ PlayURL }] = (await call('GetPlayInfo', { VideoId: ticket.VideoId, PlayConfig })).PlayInfoList.PlayInfo
  expect(PlayURL).toMatch(new RegExp(`^${url}/safe\\.example\\.com/sv/.*\\?auth_key=`))
  const part = await fetch(PlayURL, { headers: { range: 'bytes=0-3' } })
  expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, large.subarray(0, 4)])
  expect((await fetch(PlayURL.split('?')[0])).status).toBe(403)
})

test.each([
  ['CreateUploadImage', { ImageType: 'cover', ImageExt: 'png' }],
  ['CreateUploadAttachedMedia', { BusinessType: 'material', MediaExt: 'png' }],
])('%s: the ticket works as that of a video', async (action, params) => {
  const { call, account } = await sdkWorld()
  const ticket = await call(action, params)
  await uploaderOf(ticket).put(objectOf(ticket), sample('sample.png'))
  expect(account.events.list().map(({ type }) => type)).toEqual([action.replace('CreateUpload', '').concat('UploadComplete')])
})

describe('a playlist, as the official upload clients hand it in', () => {
  const PLAYLIST = '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2.0,\nfilm-1.ts\n#EXT-X-ENDLIST\n'

  async function hlsWorld() {
    const world = await sdkWorld()
    const ticket = await world.video({ FileName: 'film.m3u8' })
    const { ObjectPrefix = '', FileName = '', Bucket = '' } = decode(ticket.UploadAddress)
    return { ...world, ticket, ObjectPrefix, FileName, Bucket, client: uploaderOf(ticket) }
  }

  test('its segments go beside it with the same credential, and with it when the video is deleted', async () => {
    const { ticket, ObjectPrefix, FileName, Bucket, client, account, call } = await hlsWorld()
    expect(FileName.startsWith(ObjectPrefix)).toBe(true)
    expect(ObjectPrefix).toMatch(/\/$/)
    await client.put(`${ObjectPrefix}film-1.ts`, sample('sample.ts'))
    await client.put(FileName, Buffer.from(PLAYLIST))
    expect((await call('GetUploadDetails', { MediaIds: ticket.VideoId })).UploadDetails[0].UploadStatus).toBe('UPLOAD_SUCCESS')
    const names = () => account.oss.objects.list({ by: { bucket: Bucket } }).rows.filter(({ key }) => key.startsWith(ObjectPrefix)).length
    expect(names()).toBe(2)
    await call('DeleteVideo', { VideoIds: ticket.VideoId })
    expect(names()).toBe(0)
  })

  test('the credential opens nothing else', async () => {
    const { client, ObjectPrefix } = await hlsWorld()
    await expect(client.put(ObjectPrefix.slice(0, -2), Buffer.from('x'))).rejects.toMatchObject({ status: 403 })
  })

  test('the address of any other file names no prefix', async () => {
    const { video } = await sdkWorld()
    expect(decode((await video()).UploadAddress)).not.toHaveProperty('ObjectPrefix')
  })
})

test.each(['put', 'multipartUpload'] as const)('%s with what the upload clients tell VOD in x-oss-notification', async (how) => {
  const { call, video } = await sdkWorld()
  const ticket = await video()
  const headers = { 'x-oss-notification': Buffer.from('{"Vod":{"UserData":{"Priority":"7"}}}').toString('base64') }
  const client = uploaderOf(ticket)
  if (how === 'put') await client.put(objectOf(ticket), large, { headers })
  else await client.multipartUpload(objectOf(ticket), large, { partSize: 100 * 1024, headers })
  expect((await call('GetUploadDetails', { MediaIds: ticket.VideoId })).UploadDetails[0].UploadStatus).toBe('UPLOAD_SUCCESS')
})

test('what official clients know beyond the manual is accepted, and not reported as unknown', async () => {
  const { video, account } = await sdkWorld()
  await video({ ReferenceId: 'mine', CoverType: 'cover', GenerateThumbnail: 'true', OwnerId: '1' })
  expect(account.log.watch.unknownParams).toEqual([])
})
