/** Signed calls to a cloud, of VOD and of OSS. */

import type { Cloud, Reply } from '../../src/index.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { sign } from '../../src/signing/sign.js'
import { BUCKET } from './durable-support.js'

// biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
type Answer = { status: number; body: any }

/** Functions that call as the default account. */
export function rpcOf(cloud: Cloud) {
  const key = cloud.account().credentials
  return {
    async vod(action: string, params: Record<string, string> = {}): Promise<Answer> {
      const host = 'vod.cn-shanghai.aliyuncs.com'
      const { status, body } = await cloud.handle(sign('rpc', { host, version: '2017-03-21', action, params, key }))
      return { status, body: JSON.parse(String(body)) }
    },
    object(method: 'GET' | 'PUT' | 'DELETE', name: string, body: Uint8Array = new Uint8Array()): Promise<Reply> {
      const date = new Date().toUTCString()
      const text = v1StringToSign({ method, headers: { date }, date, bucket: BUCKET, key: name, query: [] })
      const host = `${BUCKET}.oss-cn-shanghai.aliyuncs.com`
      const authorization = `OSS ${key.accessKeyId}:${v1Signature(key.accessKeySecret, text)}`
      const headers = { host, date, authorization, 'content-length': String(body.byteLength) }
      return cloud.handle({ method, host, path: `/${name}`, query: '', headers, body })
    },
  }
}
