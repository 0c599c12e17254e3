/**
 * What has to work under every test runner, as functions that a runner names and runs. CommonJS, because that is what all of them can load.
 * A case is given a world: an account of its own, and how its runner reaches it.
 *
 * @typedef {object} World
 * @property {(service: string, apiVersion: string) => { request(action: string, params?: object): Promise<any> }} client the official client of a service
 * @property {(by: string) => Promise<unknown>} advance moves the account's clock
 * @property {(fault: object) => Promise<unknown>} addFault sets a fault
 */

const assert = require('node:assert/strict')
const { createHmac } = require('node:crypto')

const VIDEO = { VideoUrl: 'http://my.oss-cn-shanghai.aliyuncs.com/a.mp4' }

const videoseg = ({ client }) => client('videoseg', '2020-03-20')

/** Uploads a file to the object that a ticket of VOD is for, as its official uploaders do: with the ticket's session, and signature V1. */
async function upload({ UploadAddress, UploadAuth }, body) {
  const read = (text) => JSON.parse(Buffer.from(text, 'base64').toString())
  const { Endpoint, Bucket, FileName } = read(UploadAddress)
  const { AccessKeyId, AccessKeySecret, SecurityToken } = read(UploadAuth)
  const date = new Date().toUTCString()
  const signed = ['PUT', '', 'video/mp4', date, `x-oss-security-token:${SecurityToken}`, `/${Bucket}/${FileName}`].join('\n')
  const signature = createHmac('sha1', AccessKeySecret).update(signed).digest('base64')
  const { protocol, host } = new URL(Endpoint)
  // A host that is an address takes the bucket in the path.
  const url = /^[\d.:]+$/.test(host) ? `${protocol}//${host}/${Bucket}/${FileName}` : `${protocol}//${Bucket}.${host}/${FileName}`
  const headers = {
    date,
    authorization: `OSS ${AccessKeyId}:${signature}`,
    'content-type': 'video/mp4',
    'x-oss-security-token': SecurityToken,
  }
  return fetch(url, { method: 'PUT', headers, body })
}

/** The world of an account in this process, behind the services' real endpoints. */
exports.inProcess = (RPCClient, { credentials, clock, faults }) => ({
  client: (service, apiVersion) => new RPCClient({ endpoint: `https://${service}.cn-shanghai.aliyuncs.com`, apiVersion, ...credentials }),
  advance: (by) => clock.advance(by),
  addFault: async (fault) => faults.add(fault),
})

/** The world of a new account of an emulator that listens somewhere. */
exports.overHttp = async (RPCClient, endpoint) => {
  const control = async (path, body) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${endpoint}/_emulator${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    assert.ok(response.ok, `${path}: ${response.status}`)
    return response.json()
  }
  const credentials = await control('/accounts', {})
  const ours = `?accessKeyId=${credentials.accessKeyId}`
  return {
    client: (_service, apiVersion) => new RPCClient({ endpoint, apiVersion, ...credentials }),
    advance: (by) => control(`/clock/advance${ours}`, { by }),
    addFault: (fault) => control(`/faults${ours}`, fault),
  }
}

/** @type {Record<string, (world: World) => Promise<void>>} */
exports.cases = {
  async 'a job of the official client ends when the clock has moved'(world) {
    const { RequestId: JobId } = await videoseg(world).request('SegmentVideoBody', VIDEO)
    const job = async () => (await videoseg(world).request('GetAsyncJobResult', { JobId })).Data
    assert.equal((await job()).Status, 'QUEUING')
    await world.advance('5s')
    const { Status, Result } = await job()
    assert.equal(Status, 'PROCESS_SUCCESS')
    const result = await fetch(JSON.parse(Result).VideoUrl)
    assert.equal(result.status, 200)
    assert.ok((await result.arrayBuffer()).byteLength > 0)
  },

  async 'a fault makes one call fail'(world) {
    await world.addFault({ action: 'SegmentVideoBody', error: 'Throttling.User', times: 1 })
    await assert.rejects(videoseg(world).request('SegmentVideoBody', VIDEO), { code: 'Throttling.User' })
    await videoseg(world).request('SegmentVideoBody', VIDEO)
  },

  async 'a call is refused with what is documented'(world) {
    await assert.rejects(videoseg(world).request('SegmentVideoBody', {}), { code: 'MissingParameter' })
    await assert.rejects(videoseg(world).request('SegmentVideoBoddy', VIDEO), { code: 'InvalidAction.NotFound' })
  },

  async 'a video is uploaded and played'(world) {
    const vod = world.client('vod', '2017-03-21')
    const ticket = await vod.request('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
    const film = new TextEncoder().encode('film '.repeat(10_000))
    assert.equal((await upload(ticket, film)).status, 200)
    await world.advance('10m')
    const { PlayInfoList } = await vod.request('GetPlayInfo', { VideoId: ticket.VideoId, Formats: 'mp4' })
    const played = await fetch(PlayInfoList.PlayInfo[0].PlayURL)
    assert.equal(await played.text(), 'film '.repeat(10_000))
  },

  async 'a picture is uploaded and coloured'(world) {
    const ticket = await world.client('vod', '2017-03-21').request('CreateUploadImage', { ImageType: 'default', ImageExt: 'png' })
    assert.equal((await upload(ticket, bmp(64))).status, 200)
    await world.advance('1m')
    const { Data } = await world.client('imageenhan', '2019-09-30').request('ColorizeImage', { ImageURL: ticket.ImageURL })
    const coloured = new Uint8Array(await (await fetch(Data.ImageURL)).arrayBuffer())
    assert.ok(coloured.byteLength > 0)
  },
}

/** A square picture, black and white in stripes, uncompressed. */
function bmp(side) {
  const bytes = Buffer.alloc(54 + side * side * 3, 0)
  bytes.write('BM')
  bytes.writeUInt32LE(bytes.byteLength, 2)
  for (const [offset, value] of [
    [10, 54],
    [14, 40],
    [18, side],
    [22, side],
    [34, side * side * 3],
  ])
    bytes.writeUInt32LE(value, offset)
  bytes.writeUInt16LE(1, 26)
  bytes.writeUInt16LE(24, 28)
  for (let at = 54; at < bytes.byteLength; at += 24) bytes.fill(0xff, at, at + 12)
  return bytes
}
