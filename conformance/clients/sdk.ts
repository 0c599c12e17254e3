/** The official SDKs, unchanged, pointed at an emulator. */

import OpenApi, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client'
import RPCClient from '@alicloud/pop-core'
import { RuntimeOptions } from '@alicloud/tea-util'
import type { SigningKey } from '../../src/signing/sign.js'

// biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
type Body = any

/** Calls an Action and returns the answer's body; throws as the SDK does. */
export type SdkCall = (action: string, params?: Record<string, unknown>) => Promise<Body>

/** Where and as whom an SDK calls. */
export interface SdkTarget {
  url: string
  key: SigningKey
  version: string
}

/** A class behind as many `default`s as the way it was built needs. */
function unwrap<T>(module: T | { default: T }): T {
  let inner = module as { default?: unknown }
  while (inner.default !== undefined) inner = inner.default as { default?: unknown }
  return inner as T
}

/** Signature 1.0 with `@alicloud/pop-core`. */
export function popCore({ url, key, version }: SdkTarget, method: 'GET' | 'POST', timeout = 60_000): SdkCall {
  const client = new (unwrap(RPCClient))({ endpoint: url, apiVersion: version, ...key })
  return (action, params = {}) => client.request(action, params, { method, timeout })
}

/** ACS3 with `@alicloud/openapi-client`, the parameters where the generated clients put them: in a form, or in the query. */
export function openApi(
  { url, key, version }: SdkTarget,
  where: 'form' | 'query',
  runtime: ConstructorParameters<typeof RuntimeOptions>[0] = { readTimeout: 60_000, connectTimeout: 60_000 },
): SdkCall {
  const { host, protocol } = new URL(url)
  const client = new (unwrap(OpenApi))(new Config({ ...key, endpoint: host, protocol: protocol.slice(0, -1) }))
  return async (action, params = {}) => {
    const { body } = await client.callApi(
      new Params({
        action,
        version,
        protocol: 'HTTP',
        method: 'POST',
        authType: 'AK',
        style: 'RPC',
        pathname: '/',
        reqBodyType: 'formData',
        bodyType: 'json',
      }),
      new OpenApiRequest(where === 'form' ? { body: params } : { query: params }),
      new RuntimeOptions(runtime),
    )
    return body
  }
}

/** Every SDK and every way in which it sends parameters, by the name a table of tests shows. */
export const sdks: readonly { name: string; connect: (target: SdkTarget) => SdkCall }[] = [
  { name: 'pop-core, GET', connect: (target) => popCore(target, 'GET') },
  { name: 'pop-core, POST', connect: (target) => popCore(target, 'POST') },
  { name: 'openapi-client, form', connect: (target) => openApi(target, 'form') },
  { name: 'openapi-client, query', connect: (target) => openApi(target, 'query') },
]
