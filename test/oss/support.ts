/** What the tests of OSS share: an emulator with a bucket in it, and clients that are pointed at it. */

import { hash } from 'node:crypto'
import AliOss from 'ali-oss'
import { onTestFinished } from 'vitest'
import { type EmulatorOptions, startEmulator } from '../../emulator/index.js'
import type { Cloud } from '../../src/index.js'
import type { SigningKey } from '../../src/signing/sign.js'

export const BUCKET = 'test-uploads'
export const REGION = 'cn-shanghai'

/** The official client, unchanged. Its types leave out much of what it can do. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Client = any

/** How a client differs from the usual one. */
export interface ClientOptions {
  key?: SigningKey
  bucket?: string
  /** `cn-shanghai` */
  region?: string
  authorizationV4?: boolean
  /** The bucket is in the path, not in the host. */
  inPath?: boolean
}

/** An emulator on a manual clock for one test, with a bucket, and clients of it. */
export async function ossEmulator(options: EmulatorOptions = {}) {
  const { cloud, url, close } = await startEmulator({ port: 0, clock: 'manual', seed: 7, ...options })
  onTestFinished(close)
  const account = cloud.account()
  account.oss.createBucket(BUCKET, REGION)
  const client = ({ key = account.credentials, bucket = BUCKET, region = REGION, inPath = false, ...rest }: ClientOptions = {}): Client => {
    const { accessKeyId, accessKeySecret, securityToken } = key
    return new AliOss({
      // The client knows paths with a bucket only where the endpoint has a name.
      endpoint: inPath ? url.replace('127.0.0.1', 'localhost') : url,
      sldEnable: inPath,
      accessKeyId,
      accessKeySecret,
      bucket,
      region: `oss-${region}`,
      ...(securityToken !== undefined && {
        stsToken: securityToken,
        refreshSTSToken: async () => key as never,
        refreshSTSTokenInterval: 1e9,
      }),
      ...rest,
    } as AliOss.Options)
  }
  return { cloud, url, account, client, close }
}

/** One request as the official client signs it: rejects with `code` and `status` if it is refused. */
export function request(client: Client, method: string, object: string, rest: Record<string, unknown> = {}) {
  return client.request({ method, object, bucket: client.options.bucket, successStatuses: [200, 204, 206], ...rest })
}

/** Bytes that are all different from their neighbours. */
export function bytes(size: number, salt = 0): Buffer {
  const buffer = Buffer.alloc(size)
  for (let index = 0; index < size; index++) buffer[index] = index * 31 + (index >> 8) + salt
  return buffer
}

/** Upper-case hex: comparing digests takes less time than comparing bytes one by one. */
export const md5 = (content: Uint8Array): string => hash('md5', content, 'hex').toUpperCase()

/** What `x-emulator-reason` says of every request from now on; clients do not show headers of what is refused. */
export function reasonsOf({ cloud }: { cloud: Cloud }): (string | undefined)[] {
  const reasons: (string | undefined)[] = []
  const { handle } = cloud
  cloud.handle = async (call) => {
    const reply = await handle(call)
    reasons.push(reply.headers['x-emulator-reason'])
    return reply
  }
  return reasons
}
