/** Clients that write to an emulator which is killed, or whose disk is full; and looking for what it had acknowledged. */

import { hash } from 'node:crypto'
import { setImmediate as tick } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { seedOf } from '../../src/base/ids.js'
import { DEFAULT_KEY } from '../../src/index.js'
import { runCommand } from '../support/process.js'
import { popCore, type SdkCall } from '../support/sdk.js'
import { BUCKET, type OssClient, ossClient } from './durable-support.js'

/** Clients that write at the same time. */
const CLIENTS = 8

const md5 = (bytes: Uint8Array): string => hash('md5', bytes, 'hex').toUpperCase()

/** A running emulator, and clients of it. */
export interface Target {
  url: string
  vod: SdkCall
  oss: OssClient
}

/** Looks for something that was acknowledged. Resolves with false if it is not what it was, and rejects if it is not there. */
export type Check = (target: Target) => Promise<boolean>

/** Makes a write, and resolves once it is acknowledged. `number` is different for each. */
type Write = (target: Target, number: number, uploadId: string) => Promise<Check>

export async function control(url: string, method: string, path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/_emulator${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}`)
  return response.json() as Promise<Record<string, unknown>>
}

/** Content of an object: below and above the size from which on it is received into a file. */
const content = (number: number): Buffer => Buffer.alloc(number % 10 === 0 ? 150_000 : 1 + (number % 3000), `${number} `)

export const writes: readonly Write[] = [
  async function video({ vod }, number) {
    const { VideoId } = await vod('CreateUploadVideo', { Title: `film ${number}`, FileName: `${number}.mp4` })
    return async (target) => {
      const { UploadDetails } = await target.vod('GetUploadDetails', { MediaIds: VideoId })
      return UploadDetails[0]?.Title === `film ${number}`
    }
  },
  async function object({ oss }, number) {
    await oss.put(`object-${number}`, content(number))
    return async (target) => (await target.oss.get(`object-${number}`)).content.equals(content(number))
  },
  async function replacedObject({ oss }, number) {
    await oss.put(`replaced-${number}`, content(number + 5))
    await oss.put(`replaced-${number}`, content(number))
    return async (target) => (await target.oss.get(`replaced-${number}`)).content.equals(content(number))
  },
  async function part({ oss }, number, uploadId) {
    await oss.request({
      method: 'PUT',
      object: 'parts',
      bucket: BUCKET,
      subres: { partNumber: number, uploadId },
      content: content(number),
      successStatuses: [200],
    })
    return async (target) => {
      const { parts } = await target.oss.listParts('parts', uploadId, { 'part-number-marker': number - 1, 'max-parts': 1 })
      return [parts].flat()[0]?.ETag === `"${md5(content(number))}"`
    }
  },
  async function user({ url }, number) {
    const ask = async (at: string) => (await control(at, 'POST', '/ram/users', { name: `user-${number}` })).accessKeyId
    const accessKeyId = await ask(url)
    return async (target) => (await ask(target.url)) === accessKeyId
  },
  async function deletedObject({ oss }, number) {
    await oss.put(`gone-${number}`, content(number))
    await oss.delete(`gone-${number}`)
    return (target) =>
      target.oss.head(`gone-${number}`).then(
        () => false,
        ({ status }: { status: number }) => status === 404,
      )
  },
]

/** Starts the built command on a data folder. */
export async function start(dataDir: string) {
  const command = runCommand(['--port', '0', '--clock', 'manual', '--data-dir', dataDir])
  onTestFinished(() => {
    command.child.kill('SIGKILL')
  })
  const line = await Promise.race([command.ready, command.ended.then(({ stderr }) => Promise.reject(new Error(stderr)))])
  const url = /http:\S+/.exec(line)?.[0] as string
  const target: Target = { url, vod: popCore({ url, key: DEFAULT_KEY, version: '2017-03-21' }, 'POST'), oss: ossClient(url, DEFAULT_KEY) }
  return { ...command, target }
}

/** What became of a run: how many writes were acknowledged, and what of them was not there after the restart. */
export interface Run {
  acknowledged: number
  lost: string[]
}

/** Writes, kills at a moment that follows from the seed, starts again, and looks. */
export async function killAndLook(dataDir: string, seed: number, most: number): Promise<Run> {
  const { child, ended, target } = await start(dataDir)
  await control(target.url, 'PUT', '/settings', { limits: { enabled: false } })
  await target.oss.putBucket(BUCKET)
  const { uploadId } = await target.oss.initMultipartUpload('parts')
  const checks: { what: string; check: Check }[] = []
  const killAfter = 1 + (seedOf('kill', seed) % (most - 1))
  let number = 0
  let killed = false
  const client = async (): Promise<void> => {
    while (!killed && number < most) {
      const mine = ++number
      const write = writes[seedOf('write', seed, mine) % writes.length] as Write
      try {
        checks.push({ what: `${write.name} ${mine}`, check: await write(target, mine, uploadId) })
      } catch (error) {
        // What was under way when the process died was never acknowledged.
        if (!killed) throw error
      }
      if (checks.length >= killAfter && !killed) {
        killed = true
        // Somewhere in the middle of what the others are at.
        for (let ticks = seedOf('tick', seed) % 20; ticks > 0; ticks--) await tick()
        child.kill('SIGKILL')
      }
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  await ended

  const again = await start(dataDir)
  const lost = await lostOf(again.target, checks)
  again.child.kill('SIGTERM')
  await again.ended
  return { acknowledged: checks.length, lost }
}

/** What of all that was acknowledged is not there. */
export async function lostOf(target: Target, checks: readonly { what: string; check: Check }[]): Promise<string[]> {
  const lost: string[] = []
  for (const { what, check } of checks) {
    const found = await check(target).catch((error: Error) => error.message)
    if (found !== true) lost.push(`${what}: ${found || 'is another'}`)
  }
  return [...lost, ...(await broken(target))]
}

/** Objects that are there, acknowledged or not, and do not hold what their ETag says. */
export async function broken({ oss }: Target): Promise<string[]> {
  const { objects } = await oss.list({ 'max-keys': 1000 })
  const found: string[] = []
  for (const { name, etag } of objects ?? []) if (`"${md5((await oss.get(name)).content)}"` !== etag) found.push(`the content of ${name}`)
  return found
}
