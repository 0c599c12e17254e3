/** Step: which service and Action a call means. */

import type { Action, Service } from '../actions/action.js'
import { refuse } from '../base/errors.js'
import { refuseCall } from '../base/gateway-errors.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { ReadCall } from './read.js'

/** A service's own host: `vod.cn-shanghai.aliyuncs.com`, `vod.aliyuncs.com`, `vod-vpc.cn-shanghai.aliyuncs.com`, `vod.localhost:4010`. */
const SERVICE_HOST = /^([a-z][a-z0-9-]*?)(?:-vpc)?(?:\.([a-z0-9-]+))?\.(aliyuncs\.com|localhost)(?::\d+)?$/i

/** Service and region that a host names, if it is one of the services' own. */
export function serviceOfHost(catalogue: Catalogue, host: string): { service: string; region: string | undefined } | undefined {
  const parts = SERVICE_HOST.exec(host)
  const service = parts?.[1]?.toLowerCase()
  return service !== undefined && catalogue.services.has(service) ? { service, region: parts?.[2]?.toLowerCase() } : undefined
}

/** True for a host that one of the services has in the cloud, in whichever region; others, such as `vod.localhost`, belong to who listens there. */
export const isServiceHost = (catalogue: Catalogue, hostname: string): boolean =>
  hostname.endsWith('.aliyuncs.com') && serviceOfHost(catalogue, hostname) !== undefined

/** Hosts that a service has in the cloud. */
export const hostsOf = ({ name, regions, host }: Service): string[] => [
  ...new Set([host, ...regions.map((region) => `${name}.${region}.aliyuncs.com`)]),
]

/**
 * The Actions that a call can mean: one where the host names the service or Action and Version do; several for an Action
 * that services of one Version share, called at a bare host.
 */
export function findActions(catalogue: Catalogue, read: ReadCall): readonly [Action, ...Action[]] {
  const at = serviceOfHost(catalogue, read.call.host)
  const found = namedAt(at, catalogue, read)
  const [first] = found
  if (first === undefined) return refuseName(catalogue, read, at)
  const { service } = first
  if (at?.region !== undefined && !service.regions.includes(at.region))
    return refuse(service.errors, service.wrongRegion, {
      reason: `${service.name} has no endpoint in ${at.region}, only in ${service.regions.join(', ')}`,
    })
  return found as readonly [Action, ...Action[]]
}

/** The Actions that a call names, at a host of any region; none if there are none. */
export const namedBy = (catalogue: Catalogue, read: ReadCall): readonly Action[] =>
  namedAt(serviceOfHost(catalogue, read.call.host), catalogue, read)

type HostService = ReturnType<typeof serviceOfHost>

function namedAt(at: HostService, catalogue: Catalogue, { version = '', action = '' }: ReadCall): readonly Action[] {
  const named = catalogue.named(version, action)
  return at === undefined ? named : named.filter(({ service }) => service.name === at.service)
}

/** Says what is wrong with Action and Version, which name nothing that is at this host. */
function refuseName(catalogue: Catalogue, { call, action, version }: ReadCall, at: { service: string } | undefined): never {
  if (action === undefined)
    return refuseCall('MissingParameter', { param: 'Action', reason: contentTypeHint(call.headers['content-type']) ?? NOT_GIVEN })
  if (version === undefined) return refuseCall('MissingParameter', { param: 'Version', reason: NOT_GIVEN })
  if (!catalogue.versions.has(version))
    return refuseCall('InvalidVersion', { reason: `no service has the Version ${version.slice(0, 40)}` })
  const other = catalogue.byName.get(action)?.find(({ service }) => at === undefined || service.name === at.service)
  if (other) return refuseCall('InvalidVersion', { reason: `${other.id} has the Version ${other.service.version}` })
  return refuseCall('InvalidAction.NotFound', { reason: catalogue.hint(action, at?.service) })
}

const NOT_GIVEN = 'is given neither as a parameter nor, with an ACS3 signature, as a header'

const contentTypeHint = (contentType = ''): string | undefined =>
  contentType !== '' && !contentType.startsWith('application/x-www-form-urlencoded')
    ? `the body is ${contentType.slice(0, 60)}; parameters are read from the query string and from a form (application/x-www-form-urlencoded)`
    : undefined
