/** What the tests of play domains share: a world with a domain that is online, and files that are played through it. */

import { OUTSIDE, SOURCES } from '../../../conformance/situations/domain-statuses.js'
import type { CloudOptions, Reply } from '../../../src/index.js'
import { vodWorld } from '../support.js'

export { OUTSIDE, SOURCES }

/** How a player asks. */
export interface PlayOptions {
  method?: string
  headers?: Record<string, string>
  /** Address of who asks. */
  from?: string
  https?: boolean
}

/** A function as BatchSetVodDomainConfigs takes it. */
export const configOf = (functionName: string, args: Record<string, unknown>, configId?: string | number) => ({
  functionName,
  functionArgs: Object.entries(args).map(([argName, argValue]) => ({ argName, argValue })),
  ...(configId !== undefined && { configId }),
})

/** An account that can add domains and play through them. */
export function cdnWorld(options: CloudOptions = {}) {
  const world = vodWorld({ ...options, settings: { limits: { enabled: false }, ...options.settings } })
  const { account, cloud, call, advance } = world
  /** Asks for the file of an address as a player does. */
  const get = async (url: string, { method = 'GET', headers = {}, from, https = false }: PlayOptions = {}) => {
    const { host, pathname, search, protocol } = new URL(url)
    const isSecure = https || protocol === 'https:'
    const reply: Reply = await cloud.handle({
      method,
      host,
      path: pathname,
      query: search.slice(1),
      headers: { host, ...(isSecure && { 'x-forwarded-proto': 'https' }), ...headers },
      body: new Uint8Array(),
      ...(from !== undefined && { clientAddress: from }),
    })
    const pieces: Uint8Array[] = [Buffer.from(reply.body)]
    if (reply.stream) for await (const piece of reply.stream) pieces.push(piece)
    return { status: reply.status, headers: reply.headers, bytes: Buffer.concat(pieces), error: reply.headers['x-tengine-error'] }
  }
  /** Stores a file that can be played. */
  const store = async (key: string, content: string | Uint8Array = 'content of a file', contentType = 'video/mp4') => {
    const bucket = `files-${account.accountId}`
    await account.turn.take(async () => {
      account.oss.createBucket(bucket, 'cn-shanghai')
      await account.oss.putObject(bucket, key, Buffer.from(content), { contentType })
    })
    account.settings.change({ vod: { storages: [{ location: `${bucket}.oss-cn-shanghai.aliyuncs.com` }] } })
  }
  /** Adds a domain, and waits until it is online. */
  const addDomain = async (DomainName = 'cdn.example.com', params: Record<string, string> = {}) => {
    const { body } = await call('AddVodDomain', { DomainName, Sources: SOURCES, ...params })
    if (body.Code) throw new Error(`${body.Code}: ${body.Message}`)
    await advance('10s')
  }
  /** Sets functions of a domain, and waits until they are in force. */
  const configure = async (functions: object[], DomainNames = 'cdn.example.com') => {
    const { body, headers } = await call('BatchSetVodDomainConfigs', { DomainNames, Functions: JSON.stringify(functions) })
    if (body.Code) throw new Error(`${body.Code}: ${headers['x-emulator-reason']}`)
    await advance('10s')
  }
  const statusOf = async (DomainName = 'cdn.example.com'): Promise<string> => {
    const { body } = await call('DescribeVodDomainDetail', { DomainName })
    return body.DomainDetail?.DomainStatus ?? body.Code
  }
  return { ...world, get, store, addDomain, configure, statusOf }
}

/** The same with a domain and a file. */
export async function playWorld(options: CloudOptions = {}) {
  const world = cdnWorld(options)
  await world.addDomain()
  await world.store('film.mp4')
  return { ...world, url: 'http://cdn.example.com/film.mp4' }
}
