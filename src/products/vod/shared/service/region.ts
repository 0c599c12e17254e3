/** Regions of the service. */

import type { Call } from '../../../../http/call.js'

/** The region whose endpoint a call was sent to; `undefined` where its host names none. */
export const regionOf = ({ host }: Pick<Call, 'host'>): string | undefined =>
  /^vod(?:-vpc)?\.([a-z0-9-]+)\.aliyuncs\.com/i.exec(host)?.[1]?.toLowerCase()
