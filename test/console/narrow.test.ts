/** The console on a narrow screen. */

import { expect, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { noBrowser, useBrowser, VIEWS } from './browser.js'

const { open } = useBrowser()

test.skipIf(noBrowser).each(['en-US', 'zh-CN'] as const)('no view is wider than a narrow screen: %s', async (locale) => {
  const { page, control, show } = await open('calls', { look: { locale } })
  await page.setViewportSize({ width: 420, height: 900 })
  await control('POST', '/worlds/demo')
  await control('POST', '/faults', { service: 'vod', action: 'GetPlayInfo', error: 'Throttling.User', times: 3 })
  await control('POST', '/ram/roles', { name: 'worker', allow: ['*'] })
  await control('POST', '/actions/videoseg/SegmentVideoBody', { VideoUrl: VIDEO_URL })
  await control('POST', '/clock/advance', { by: '10m' })
  const wide: string[] = []
  for (const view of [...VIEWS, 'accounts/limits', 'accounts/usage', 'media/apps', 'actions/vod.GetPlayInfo']) {
    await show(view)
    await expect.poll(() => page.locator('main .loading').count()).toBe(0)
    const width = await page.locator('html').evaluate((html) => (html as unknown as { scrollWidth: number }).scrollWidth)
    if (width > 420) wide.push(`${view}: ${width} px`)
  }
  expect(wide).toEqual([])
})
