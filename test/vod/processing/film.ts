/** What the tests of processing share: a world with a film, files that were made of it, and what is in them. */

import { imageSize } from 'image-size'
import { expect } from 'vitest'
import type { Cloud, CloudOptions } from '../../../src/index.js'
import { download } from '../../support/cloud.js'
import { decode, sample, vodWorld } from '../support.js'

type Params = Record<string, string | number>

/** What a film is: seconds and pixels, and the parameters of its upload. */
export interface Film {
  duration?: number
  width?: number
  height?: number
  params?: Params
  file?: Uint8Array
}

/** A world with a video that has been analysed and can be played as it is. */
export async function filmWorld(
  { duration = 60, width = 1280, height = 720, params = {}, file = sample('sample.mp4') }: Film = {},
  options: CloudOptions = {},
) {
  const world = vodWorld(options)
  const { account, call, create, put, advance, events } = world
  const ticket = await create({ TemplateGroupId: 'VOD_NO_TRANSCODE', ...params })
  const { VideoId } = ticket
  const { Bucket, FileName } = decode(ticket.UploadAddress)
  account.assets.put({ url: `http://${Bucket}.oss-cn-shanghai.aliyuncs.com/${FileName}`, duration, width, height })
  await put(ticket, file)
  await advance('1m')
  const uploaded = events('SnapshotComplete').length
  /** Submits snapshots, and answers the id of the job. */
  const submit = async (wish: Params): Promise<string> => {
    const { body } = await call('SubmitSnapshotJob', { VideoId, ...wish })
    expect(body).toEqual({ RequestId: expect.any(String), SnapshotJob: { JobId: expect.stringMatching(/^[0-9a-f]{32}$/) } })
    return body.SnapshotJob.JobId
  }
  const list = async (SnapshotType: string, page: Params = {}) =>
    (await call('ListSnapshots', { VideoId, SnapshotType, ...page })).body.MediaSnapshot
  /** Takes snapshots, and lists them. */
  const take = async (wish: Params, type = 'NormalSnapshot') => {
    await submit(wish)
    await advance('1m')
    return list(type, { PageSize: 100 })
  }
  /** SnapshotComplete of what was submitted. */
  const told = () => events('SnapshotComplete').slice(uploaded)
  /** Makes a template, and answers its id. */
  const template = (fields: { snapshot: object } | { dynamicImage: object }): string => {
    const now = account.clock.now()
    const vodTemplateId = `template${account.vod.vodTemplates.count}`
    const templateType = 'snapshot' in fields ? 'Snapshot' : 'DynamicImage'
    const common = { vodTemplateId, name: 'mine', templateType, isDefault: false, appId: 'app-1000000', createdAt: now, modifiedAt: now }
    account.vod.vodTemplates.put({ ...common, ...fields } as never)
    return vodTemplateId
  }
  return { ...world, VideoId, submit, list, take, told, template }
}

/** The bytes behind an address. */
export async function fetched(cloud: Cloud, url: string): Promise<{ type: string; bytes: Buffer }> {
  const { status, headers, body, stream } = await download(cloud, url)
  expect(status).toBe(200)
  const pieces: (string | Uint8Array)[] = [body]
  for await (const piece of stream ?? []) pieces.push(piece)
  return { type: headers['content-type'] ?? '', bytes: Buffer.concat(pieces.map((piece) => Buffer.from(piece))) }
}

/** The picture behind an address, as far as its header tells. */
export async function pictureAt(cloud: Cloud, url: string): Promise<[type: string, format: string | undefined, size: string]> {
  const { type, bytes } = await fetched(cloud, url)
  const { type: format, width, height } = imageSize(bytes)
  return [type, format, `${width}x${height}`]
}

/** Seconds of an animated image, one for each frame; read without the code that writes them. */
export function frameSeconds(bytes: Buffer): number[] {
  return bytes.toString('latin1', 0, 3) === 'GIF' ? gifSeconds(bytes) : webpSeconds(bytes)
}

function gifSeconds(file: Buffer): number[] {
  const seconds: number[] = []
  const table = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  const skipBlocks = (start: number): number => {
    let at = start
    while (file.readUInt8(at) > 0) at += file.readUInt8(at) + 1
    return at + 1
  }
  let at = 13 + table(file.readUInt8(10))
  let delay = 0
  for (;;) {
    const block = file.readUInt8(at)
    if (block === 0x3b) return seconds
    if (block === 0x21) {
      if (file.readUInt8(at + 1) === 0xf9) delay = file.readUInt16LE(at + 4)
      at = skipBlocks(at + 2)
    } else {
      expect(block).toBe(0x2c)
      seconds.push(delay / 100)
      at = skipBlocks(at + 11 + table(file.readUInt8(at + 9)))
    }
  }
}

function webpSeconds(file: Buffer): number[] {
  const seconds: number[] = []
  for (let at = 12; at < file.length; ) {
    const size = file.readUInt32LE(at + 4)
    if (file.toString('latin1', at, at + 4) === 'ANMF') seconds.push(file.readUIntLE(at + 20, 3) / 1000)
    at += 8 + size + (size % 2)
  }
  return seconds
}
