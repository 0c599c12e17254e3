/** Which watermarks a template puts on what it makes. */

import type { Account } from '../../../../account/types.js'
import { DEFAULT_APP_ID } from '../service/app-id.js'
import type { Template } from './transcode-template.js'
import type { Watermark } from './watermark.js'

/** Stands in WatermarkIds for the default watermark, whichever that is when the template is used. */
export const DEFAULT_WATERMARK = 'USER_DEFAULT_WATERMARK'

/** The default watermark of an app; one that has none takes the system's own. */
export function defaultWatermarkOf({ vod }: Account, appId: string): Watermark | undefined {
  const defaults = vod.watermarks.list({ by: { role: 'default' } }).rows
  return defaults.find((each) => each.appId === appId) ?? defaults.find((each) => each.appId === DEFAULT_APP_ID)
}

/** The watermarks of a template, in order. One that was deleted since is none. */
export function watermarksOf(account: Account, { WatermarkIds = [] }: Pick<Template, 'WatermarkIds'>, appId: string): Watermark[] {
  return WatermarkIds.flatMap(
    (id) => (id === DEFAULT_WATERMARK ? defaultWatermarkOf(account, appId) : account.vod.watermarks.get(id)) ?? [],
  )
}
