/** What becomes of a request that is intercepted before it goes out, by the host that it is for. */

import { didYouMean } from '../base/nearest.js'
import type { Reply } from '../http/call.js'
import { Wildcard } from '../patterns/wildcard.js'
import type { Cloud } from './cloud.js'

/** What becomes of requests to Alibaba Cloud that are not for the emulated services. */
export interface PassThroughOptions {
  /**
   * Hosts of `aliyuncs.com` that are treated like any other host, and reach the real cloud if nobody else answers for them: `dysmsapi.aliyuncs.com`,
   * `*.log.aliyuncs.com`; `true`: all of them. Default: none. A request to such a host is refused, so that no test reaches the real cloud by mistake.
   */
  passThrough?: boolean | readonly string[]
}

/** Who answers a request: the cloud, nobody, because it is refused, or whoever has the host. */
export type Destination = 'cloud' | 'refused' | 'elsewhere'

/** Tells who answers requests to a host, such as `videoseg.cn-shanghai.aliyuncs.com`, without a port. */
export function destinations(cloud: Cloud, { passThrough = false }: PassThroughOptions): (host: string) => Destination {
  const passes = passing(passThrough)
  return (host) => {
    if (cloud.hasHost(host)) return 'cloud'
    if (!ALIBABA_CLOUD.test(host)) return 'elsewhere'
    return passes(host) ? 'elsewhere' : 'refused'
  }
}

const ALIBABA_CLOUD = /(?:^|\.)aliyuncs\.com$/

/** Tells the hosts that are to pass. */
function passing(passThrough: boolean | readonly string[]): (host: string) => boolean {
  if (typeof passThrough === 'boolean') return () => passThrough
  const patterns = passThrough.map((pattern) => new Wildcard(pattern.toLowerCase()))
  return (host) => patterns.some((pattern) => pattern.test(host))
}

/** What a request to a host that is refused is answered: in the form of the gateway's errors, because that is what the SDKs show. No SDK tries again after it. */
export function notEmulated({ catalogue }: Cloud, host: string): Reply {
  const [name = ''] = host.split('.', 1)
  const meant = didYouMean(name, catalogue.services.keys())
  const Message = `${host} is not emulated${meant || '.'} The request was not sent; passThrough lets it out.`
  return {
    status: 404,
    headers: { 'content-type': 'application/json', 'x-emulator-reason': Message },
    body: JSON.stringify({ Code: 'HostNotEmulated', Message }),
  }
}
