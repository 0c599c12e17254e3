/** What the tests of data folders share: an emulator that can be restarted, and folders that are removed afterwards. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AliOss from 'ali-oss'
import { onTestFinished } from 'vitest'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.js'
import type { SigningKey } from '../../src/signing/sign.js'
import { popCore, type SdkCall } from '../support/sdk.js'

export const BUCKET = 'kept-uploads'

/** A folder for one test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'data-folder-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** The official OSS client. */
// biome-ignore lint/suspicious/noExplicitAny: its types leave out much of what it can do
export type OssClient = any

/** An OSS client of an emulator, for a bucket of the default account. */
export const ossClient = (url: string, { accessKeyId, accessKeySecret }: SigningKey): OssClient =>
  new AliOss({ endpoint: url, region: 'oss-cn-shanghai', bucket: BUCKET, accessKeyId, accessKeySecret })

/** An emulator with a data folder, which can be ended and started again. */
export async function lastingEmulator(options: EmulatorOptions = {}) {
  const dataDir = options.dataDir ?? folder()
  const start = (): Promise<Emulator> => startEmulator({ port: 0, clock: 'manual', publicUrl: 'http://media.test', ...options, dataDir })
  let emulator = await start()
  let running = true
  const stop = async (): Promise<void> => {
    if (running) await emulator.close()
    running = false
  }
  onTestFinished(stop)
  return {
    dataDir,
    get cloud() {
      return emulator.cloud
    },
    get account() {
      return emulator.cloud.account()
    },
    get url() {
      return emulator.url
    },
    stop,
    async restart(): Promise<void> {
      await stop()
      emulator = await start()
      running = true
    },
    /** Calls VOD with `@alicloud/pop-core`. */
    vod: (key: SigningKey = emulator.cloud.account().credentials): SdkCall =>
      popCore({ url: emulator.url, key, version: '2017-03-21' }, 'POST'),
    oss: (key: SigningKey = emulator.cloud.account().credentials): OssClient => ossClient(emulator.url, key),
    async control(method: string, path: string, body?: unknown): Promise<unknown> {
      const response = await fetch(`${emulator.url}/_emulator${path}`, {
        method,
        ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      return response.json()
    },
  }
}

export type LastingEmulator = Awaited<ReturnType<typeof lastingEmulator>>
