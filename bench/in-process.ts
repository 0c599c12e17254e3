/** Calls to a cloud in this process. */

import type { Account, Call, Cloud } from '../src/index.js'
import { sign } from '../src/signing/sign.js'

const SERVICES = {
  vod: { host: 'vod.cn-shanghai.aliyuncs.com', version: '2017-03-21' },
  videoseg: { host: 'videoseg.cn-shanghai.aliyuncs.com', version: '2020-03-20' },
} as const

/** An Action of one of the services. */
export type ActionId = `${keyof typeof SERVICES}.${string}`

/** A signed call, with its parameters in the body unless it is a GET. */
export function signedFor({ credentials }: Account, id: ActionId, params: Readonly<Record<string, string>> = {}, method?: 'GET'): Call {
  const [service, action] = id.split('.') as [keyof typeof SERVICES, string]
  return sign('rpc', { ...SERVICES[service], action, params: { Format: 'JSON', ...params }, key: credentials, ...(method && { method }) })
}

/** Calls an Action, and returns its answer as text. What is not answered with this status ends the measurement. */
export async function callIn(
  cloud: Cloud,
  account: Account,
  id: ActionId,
  params: Readonly<Record<string, string>> = {},
  expected = 200,
): Promise<string> {
  const { status, body } = await cloud.handle(signedFor(account, id, params))
  if (status !== expected) throw new Error(`${id} answered ${status}: ${body}`)
  return String(body)
}

/** Calls for an account of its own now and then; answers a function that stops it, and tells the longest that one has waited for its answer, in ms. */
export function watchAnother(cloud: Cloud): () => Promise<number> {
  const other = cloud.createAccount()
  let ended = false
  const watching = (async () => {
    let longest = 0
    while (!ended) {
      const asked = performance.now()
      await callIn(cloud, other, 'vod.GetVideoList', {}, 404)
      longest = Math.max(longest, performance.now() - asked)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return longest
  })()
  return () => {
    ended = true
    return watching
  }
}

/** Milliseconds that some work takes. */
export async function elapsed(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
