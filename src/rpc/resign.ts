/** Recorded requests become calls: signed anew, whatever signature was recorded or left out. */

import type { Service } from '../actions/action.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { Call } from '../http/call.js'
import { type Scheme, type SigningKey, sign } from '../signing/sign.js'
import { serviceOfHost } from './find.js'
import { formatOf, readCall } from './read.js'

/** A request that is no call of an Action, in words for who recorded or wrote it. */
export class ShapeError extends Error {}

/** Parameters of signature 1.0, which may have been recorded. */
const SIGNATURE_PARAMS = new Set([
  'AccessKeyId',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureType',
  'SignatureVersion',
  'Timestamp',
])

/** True for a parameter that the signature consists of or is made with. */
export const isSignatureParam = (name: string): boolean => SIGNATURE_PARAMS.has(name)

/** Parameters that a call names apart from the Action's own. */
const NAMED_APART = new Set(['Action', 'Version', 'Format'])

/** How a request is made a call. */
export interface Resigning {
  catalogue: Catalogue
  /** The service that is meant where the host does not say; of a pact, the name of its provider. */
  provider: string
  key: SigningKey
  /** Signature of requests that show neither. */
  scheme: Scheme
}

/** A signed call, and the Action that it names. */
export interface SignedCall {
  call: Call
  /** `<service>.<Action>`, or the Action alone where the service is unknown. */
  action: string
}

/** Signs a request as its own signature shows it to have been signed, or else as told. Throws a {@link ShapeError} if it is no call of an Action. */
export function resign(request: Call, { catalogue, provider, key, scheme }: Resigning): SignedCall {
  const { method, path, headers } = request
  const read = readCall(request)
  if (path !== '/' && path !== '') throw new ShapeError(`its path is ${path}; every Action is called at the path /`)
  if (method !== 'GET' && method !== 'POST') throw new ShapeError(`its method is ${method}; Actions are called with GET or POST`)
  if (request.body.byteLength > 0 && !read.hasForm)
    throw new ShapeError(
      `its body is ${headers['content-type'] ?? 'of no type'}; Actions take their parameters from the query or from a form (application/x-www-form-urlencoded)`,
    )
  const action = headers['x-acs-action'] ?? read.action
  if (action === undefined) throw new ShapeError('it names no Action; one is named by the parameter Action or by the header x-acs-action')
  const version = headers['x-acs-version'] ?? read.version
  if (version === undefined)
    throw new ShapeError(`it names no Version of ${action}; one is named by the parameter Version or by the header x-acs-version`)

  const service = serviceOf(catalogue, request.host, provider, action, version)
  const own: Scheme | undefined =
    headers['x-acs-action'] !== undefined ? 'acs3' : [...read.params.keys()].some((name) => SIGNATURE_PARAMS.has(name)) ? 'rpc' : undefined
  const chosen = own ?? scheme
  const params = [...read.params].filter(([name]) => !SIGNATURE_PARAMS.has(name) && !NAMED_APART.has(name))
  const call = sign(chosen, {
    host: serviceOfHost(catalogue, request.host) ? request.host : (service?.host ?? request.host),
    action,
    version,
    params: Object.fromEntries(params),
    key,
    method,
    format: formatOf({ params: read.params, scheme: chosen }, service),
  })
  return { call, action: service === undefined ? action : `${service.name}.${action}` }
}

/** The service that a request is for: named by its host, by the pact, or by what it calls. */
function serviceOf(catalogue: Catalogue, host: string, provider: string, action: string, version: string): Service | undefined {
  const named = catalogue.services.get(serviceOfHost(catalogue, host)?.service ?? provider)
  return named ?? catalogue.byName.get(action)?.find(({ service }) => service.version === version)?.service
}
