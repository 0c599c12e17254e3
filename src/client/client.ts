/** A small client of the services: every Action of the catalogue as a typed method that signs, sends, and reads the answer. */

import type { Action } from '../actions/action.js'
import { encodeParams } from '../actions/encode.js'
import type { Cloud } from '../cloud/cloud.js'
import { services } from '../cloud/products.js'
import type { Call, Reply } from '../http/call.js'
import type { Product } from '../product/product.js'
import { type Scheme, type SigningKey, sign } from '../signing/sign.js'
import { CallError } from './error.js'
import { type CallOptions, documentOf, exchange, inProcess, originOf, overHttp, unexpected } from './transport.js'
import type { Client, ProductClient } from './types.js'

/** Whom to call, as whom, and how. */
export interface ClientOptions<Products extends readonly Product[] = readonly Product[]> extends SigningKey {
  /** Where to call, such as `http://127.0.0.1:4010`. Default: the services' real hosts. */
  endpoint?: string
  /** A cloud in the same process, called without any network; instead of an endpoint. */
  cloud?: Pick<Cloud, 'handle'>
  /** Products whose services are called, too, beside those of the package: those that the cloud was created with. */
  products?: Products
  /** Region of the real hosts. Default: the main one of each service. */
  region?: string
  /** Generation of the signature: `rpc` (1.0) or `acs3`. Default `acs3`, as the current official SDKs have it. */
  scheme?: Scheme
  /** Default POST. */
  method?: 'GET' | 'POST'
  /** Milliseconds to wait for an answer. Default 10,000. */
  timeoutMs?: number
}

/** Creates a client. Throws a `TypeError` if the endpoint is not a URL of http or https, or if there is a cloud as well. */
export function createClient<const Products extends readonly Product[] = readonly []>({
  endpoint,
  cloud,
  products,
  region,
  scheme = 'acs3',
  method,
  timeoutMs,
  ...key
}: ClientOptions<Products>): Client & ProductClient<Products> {
  if (endpoint !== undefined && cloud !== undefined) throw new TypeError('Give either an endpoint or a cloud, not both.')
  const { protocol, host } = endpoint === undefined ? { protocol: 'https:', host: undefined } : new URL(originOf(endpoint))
  const send = cloud === undefined ? overHttp(protocol) : inProcess(cloud)

  const methodOf =
    ({ id, name, service, input }: Action) =>
    async (params: object = {}, options: CallOptions = {}): Promise<object> => {
      const call = sign(scheme, {
        host: host ?? (region === undefined ? service.host : `${service.name}.${region}.aliyuncs.com`),
        action: name,
        version: service.version,
        params: encodeParams(input, params),
        key,
        ...(method && { method }),
      })
      const reply = await exchange(id, send, call, { timeoutMs: options.timeoutMs ?? timeoutMs, signal: options.signal })
      return readAnswer(id, call, reply)
    }

  const client: Record<string, Record<string, ReturnType<typeof methodOf>>> = {}
  const actions: readonly Action[] = [...Object.values(services), ...(products ?? []).map((product) => product.actions)].flat()
  for (const action of actions) client[action.service.name] = { ...client[action.service.name], [action.name]: methodOf(action) }
  return client as unknown as Client & ProductClient<Products>
}

function readAnswer(name: string, call: Call, reply: Reply): object {
  const { status, headers } = reply
  const document = documentOf(reply)
  const textOf = (field: string): string | undefined => {
    const value = document?.[field]
    return typeof value === 'string' ? value : undefined
  }
  const requestId = textOf('RequestId')
  const succeeded = status >= 200 && status < 300
  if (document !== undefined && succeeded && requestId !== undefined) return document
  const code = textOf('Code')
  if (succeeded || code === undefined) throw unexpected(name, call, reply)
  throw new CallError(code, textOf('Message') ?? '', {
    call: name,
    status,
    requestId,
    reason: headers['x-emulator-reason'],
    recommend: textOf('Recommend'),
  })
}
