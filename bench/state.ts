/** Snapshots and forks of an account with many media. */

import { readFileSync } from 'node:fs'
import { type Call, createCloud, type Reply } from '../src/index.js'
import { v1Signature, v1StringToSign } from '../src/oss/signature-v1.js'
import { sign } from '../src/signing/sign.js'
import { median } from './throughput.js'

const MEDIA = 1000
const ROUNDS = 25

/** Milliseconds, medians over the rounds. */
export interface States {
  save: number
  restore: number
  fork: number
}

/** Uploads the media, then saves, restores and forks in turn. */
export async function measureStates(): Promise<States> {
  const cloud = createCloud({ clock: 'manual' })
  const account = cloud.createAccount({ settings: { limits: { enabled: false } } })
  const film = readFileSync(new URL('../fixtures/media/sample.mp4', import.meta.url))
  const send = async (call: Call): Promise<Reply> => {
    const reply = await cloud.handle(call)
    if (reply.status !== 200) throw new Error(`Answered ${reply.status}: ${reply.body}`)
    return reply
  }
  for (let count = 0; count < MEDIA; count++) {
    const params = { Title: `film ${count}`, FileName: 'film.mp4', Format: 'JSON', TemplateGroupId: 'VOD_NO_TRANSCODE' }
    const call = sign('rpc', {
      host: 'vod.cn-shanghai.aliyuncs.com',
      version: '2017-03-21',
      action: 'CreateUploadVideo',
      params,
      key: account.credentials,
    })
    await send(upload(JSON.parse(String((await send(call)).body)), film))
  }
  await account.clock.advance('1m')
  const rounds: States[] = []
  for (let round = -5; round < ROUNDS; round++) {
    const measured = {
      save: await elapsed(() => account.snapshots.save('bench')),
      restore: await elapsed(() => account.snapshots.restore('bench')),
      fork: await elapsed(async () => cloud.disposeAccount(await account.fork())),
    }
    if (round >= 0) rounds.push(measured)
  }
  cloud.dispose()
  const of = (what: keyof States): number => median(rounds.map((round) => round[what]))
  return { save: of('save'), restore: of('restore'), fork: of('fork') }
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** The upload that an answer of CreateUploadVideo asks for. */
function upload({ UploadAddress, UploadAuth }: { UploadAddress: string; UploadAuth: string }, body: Uint8Array): Call {
  const read = (text: string): Record<string, string> => JSON.parse(Buffer.from(text, 'base64').toString())
  const { Bucket: bucket = '', FileName: key = '' } = read(UploadAddress)
  const { AccessKeyId, AccessKeySecret = '', SecurityToken = '' } = read(UploadAuth)
  const date = new Date().toUTCString()
  const headers = { host: `${bucket}.oss-cn-shanghai.aliyuncs.com`, 'x-oss-date': date, 'x-oss-security-token': SecurityToken }
  const text = v1StringToSign({ method: 'PUT', headers, date, bucket, key, query: [] })
  const authorization = `OSS ${AccessKeyId}:${v1Signature(AccessKeySecret, text)}`
  const sent = { ...headers, authorization, 'content-length': String(body.byteLength) }
  return { method: 'PUT', host: headers.host, path: `/${key}`, query: '', headers: sent, body }
}
