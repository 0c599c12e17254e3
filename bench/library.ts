/** An account with very many media, to start emulators with. */

import { readFileSync, writeFileSync } from 'node:fs'
import { type Account, type Call, type Cloud, createCloud } from '../src/index.js'
import { v1Signature, v1StringToSign } from '../src/oss/signature-v1.js'
import { callIn } from './in-process.js'

const MEDIA = 10_000

const film = readFileSync(new URL('../fixtures/media/sample.mp4', import.meta.url))

/** Creates a video and uploads a film to it, by the calls that a client makes. Answers its id. */
export async function uploadFilm(cloud: Cloud, account: Account, title: string, params: Record<string, string> = {}): Promise<string> {
  const answer = JSON.parse(await callIn(cloud, account, 'vod.CreateUploadVideo', { Title: title, FileName: 'film.mp4', ...params }))
  const { status, body } = await cloud.handle(uploadOf(answer))
  if (status !== 200) throw new Error(`Answered ${status}: ${body}`)
  return answer.VideoId
}

/** Writes the state of an account with as many media, one of which has been transcoded and can be played. */
export async function writeLibrary(path: string): Promise<{ playable: string }> {
  const cloud = createCloud({ clock: 'manual', settings: { limits: { enabled: false } } })
  const account = cloud.account()
  for (let number = 1; number < MEDIA; number++) addVideo(account, number)
  const playable = await uploadFilm(cloud, account, 'film')
  await account.clock.advance('1h')
  writeFileSync(path, JSON.stringify(await account.export({ bytes: 'inline' })))
  cloud.dispose()
  return { playable }
}

/** One that nothing is known of but that it is there. */
function addVideo({ vod, clock }: Account, number: number): void {
  const createdAt = clock.now() - number * 1000
  vod.videos.put({
    videoId: `video-${number}`,
    title: `film ${number}`,
    tags: ['synthetic', 'bench'],
    status: 'Normal',
    mediaType: 'video',
    fileName: 'film.mp4',
    file: { bucket: 'bench', key: `sv/${number}.mp4` },
    sourceStatus: 'Normal',
    size: number,
    storageLocation: 'bench.oss-cn-shanghai.aliyuncs.com',
    appId: 'app-1000000',
    streams: [],
    snapshots: [],
    createdAt,
    modifiedAt: createdAt,
  })
}

/** The upload that an answer of CreateUploadVideo asks for. */
function uploadOf({ UploadAddress, UploadAuth }: { UploadAddress: string; UploadAuth: string }): Call {
  const read = (text: string): Record<string, string> => JSON.parse(Buffer.from(text, 'base64').toString())
  const { Bucket: bucket = '', FileName: key = '' } = read(UploadAddress)
  const { AccessKeyId, AccessKeySecret = '', SecurityToken = '' } = read(UploadAuth)
  const date = new Date().toUTCString()
  const headers = { host: `${bucket}.oss-cn-shanghai.aliyuncs.com`, 'x-oss-date': date, 'x-oss-security-token': SecurityToken }
  const text = v1StringToSign({ method: 'PUT', headers, date, bucket, key, query: [] })
  const authorization = `OSS ${AccessKeyId}:${v1Signature(AccessKeySecret, text)}`
  const sent = { ...headers, authorization, 'content-length': String(film.byteLength) }
  return { method: 'PUT', host: headers.host, path: `/${key}`, query: '', headers: sent, body: film }
}
