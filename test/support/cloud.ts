/** What tests share: a cloud on a manual clock, and signed calls to it that read like calls. */

import { fillingCloud } from '../../conformance/situations/full-store.js'
import type { ParamValue } from '../../src/http/flatten-params.js'
import { type Account, type Cloud, type CloudOptions, createCloud, type Reply } from '../../src/index.js'
import { type Scheme, sign, type UnsignedCall } from '../../src/signing/sign.js'

/** The signatures, by the name a table of tests shows. */
export const schemes: readonly Scheme[] = ['rpc', 'acs3']

/** How a call differs from the usual one. */
export type CallOptions = Partial<Omit<UnsignedCall, 'action' | 'params'>> & { scheme?: Scheme; account?: Account }

/** A JSON answer: its status, headers and body, the latter read. */
export interface Answer {
  status: number
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of all shapes
  body: any
}

/** Reads a reply's JSON. */
export const read = ({ status, headers, body }: Reply): Answer => ({ status, headers, body: JSON.parse(String(body)) })

/** A cloud on a manual clock with a function that calls one of its services by name: `call('videoseg.SegmentVideoBody', { VideoUrl })`. */
export function testCloud(options: CloudOptions = {}) {
  const cloud = createCloud({ clock: 'manual', ...options })
  const send = (
    id: string,
    params: { [name: string]: ParamValue } = {},
    { scheme = 'rpc', account = cloud.account(), ...rest }: CallOptions = {},
  ): Promise<Reply> => {
    const [service = '', action = ''] = id.split('.', 2)
    const { host = '127.0.0.1', version = '' } = cloud.catalogue.services.get(service) ?? {}
    return cloud.handle(sign(scheme, { host, version, action, params, key: account.credentials, ...rest }))
  }
  const call = async (id: string, params?: { [name: string]: ParamValue }, callOptions?: CallOptions): Promise<Answer> =>
    read(await send(id, params, callOptions))
  return { cloud, account: cloud.account(), send, call }
}

/** The answer to a call where there is no room to store anything. */
export async function answerWithoutRoom(id: string, params: { [name: string]: ParamValue }): Promise<Answer> {
  const { cloud, account, fill, close } = await fillingCloud()
  fill()
  try {
    const [service = '', action = ''] = id.split('.', 2)
    const { host = '', version = '' } = cloud.catalogue.services.get(service) ?? {}
    return read(await cloud.handle(sign('rpc', { host, version, action, params, key: account.credentials })))
  } finally {
    await close()
  }
}

/** A video URL in the right region that nobody has declared. */
export const VIDEO_URL = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/videos/sample.mp4'

/** An id in the form of a job's that belongs to none. */
export const NO_JOB = '00000000-0000-4000-8000-000000000000'

/** Downloads through the cloud what a URL points to. */
export function download(cloud: Cloud, url: string): Promise<Reply> {
  const { host, pathname, search } = new URL(url)
  return cloud.handle({ method: 'GET', host, path: pathname, query: search.slice(1), headers: { host }, body: new Uint8Array() })
}
