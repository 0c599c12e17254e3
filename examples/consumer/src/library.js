/** What this application does with Alibaba Cloud's VOD: it uploads videos, and learns from event notifications what has become of them. */

import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import OSS from 'ali-oss'

/** What the application knows of its videos. */
export class Library {
  /** @type {Map<string, { state: 'arrived' | 'ready' | 'failed', reason?: string, streams?: string[] }>} */
  videos = new Map()

  /**
   * Takes in an event notification, as VOD posts it.
   * @param {{ EventType: string, VideoId: string, Status: string, [field: string]: any }} event
   */
  take({ EventType, VideoId, Status, StreamInfos = [] }) {
    if (EventType === 'FileUploadComplete') this.videos.set(VideoId, { state: 'arrived' })
    if (EventType !== 'TranscodeComplete') return
    const failed = StreamInfos.find((stream) => stream.Status === 'fail')
    this.videos.set(
      VideoId,
      Status === 'success'
        ? { state: 'ready', streams: StreamInfos.filter((stream) => stream.Status === 'success').map(({ FileUrl }) => FileUrl) }
        : { state: 'failed', reason: failed?.ErrorCode },
    )
  }
}

/** Seconds that a notification may be old. */
const LONGEST = 300

/**
 * True if a notification is from VOD, and has not been sent long ago.
 * @param {Record<string, string | undefined>} headers by lower-case name
 * @param {{ url: string, authKey: string, now?: number }} receiver `url` as it is set in VOD; `now` in seconds since 1970
 */
export function isGenuine(headers, { url, authKey, now = Date.now() / 1000 }) {
  const { 'x-vod-timestamp': timestamp = '', 'x-vod-signature': signature = '' } = headers
  const expected = createHash('md5').update(`${url}|${timestamp}|${authKey}`).digest('hex')
  const isOurs = signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
  return isOurs && Math.abs(now - Number(timestamp)) <= LONGEST
}

/**
 * The receiver of the notifications: an HTTP server that is not listening yet.
 * @param {Library} library
 * @param {{ url: string, authKey: string, now?: number }} receiver
 */
export const createReceiver = (library, receiver) =>
  createServer(async (request, response) => {
    let text = ''
    for await (const piece of request) text += piece
    const genuine = isGenuine(request.headers, receiver)
    if (genuine) library.take(JSON.parse(text))
    // Whatever is not 200 is sent again.
    response.writeHead(genuine ? 200 : 403).end()
  })

/** What a ticket holds: Base64 of JSON. */
const decoded = (text) => JSON.parse(Buffer.from(text, 'base64').toString())

/**
 * Uploads a video with the ticket that CreateUploadVideo has answered.
 * @param {{ UploadAddress: string, UploadAuth: string }} ticket
 * @param {Buffer} content
 * @param {{ endpoint?: string }} options `endpoint`: of OSS, instead of the one in the ticket
 */
export async function upload({ UploadAddress, UploadAuth }, content, { endpoint } = {}) {
  const { Endpoint, Bucket, FileName } = decoded(UploadAddress)
  const { AccessKeyId, AccessKeySecret, SecurityToken } = decoded(UploadAuth)
  const client = new OSS({
    endpoint: endpoint ?? Endpoint,
    // Where OSS is not reached under its own name, the bucket stands in the path.
    sldEnable: endpoint !== undefined,
    bucket: Bucket,
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    stsToken: SecurityToken,
  })
  await client.put(FileName, content, { mime: 'video/mp4' })
}
