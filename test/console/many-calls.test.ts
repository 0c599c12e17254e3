/** Several thousand calls in the list of the console. Left out where no Chromium is installed. */

import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/client/index.js'
import { noBrowser, useBrowser } from './browser.js'

const { open } = useBrowser()

const CALLS = 5000

/** Calls made between two looks at the page. */
const AT_ONCE = 500

/** Rows of a table, if there are many more, that are there at a time. */
const MOST_ROWS = 80

/** Seconds of the browser's processor for one step of scrolling: far more than a step that does not stutter takes. */
const MOST_PER_STEP = 0.25

describe.skipIf(noBrowser)('5,000 calls', () => {
  test('come in as they are made, and are scrolled through', async () => {
    const { page, cloud, complaints } = await open('calls', { settings: { limits: { enabled: false } } })
    const grid = page.getByRole('grid')
    const { vod } = createClient({ cloud, ...cloud.account().credentials })
    for (let made = 0; made < CALLS; ) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => vod.GetCategories({ CateId: -1 })))
      made += AT_ONCE
      await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(made + 1))
    }
    const { RequestId } = await vod.GetCategories({ CateId: -1 })
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    const processor = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics')
      return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
    }
    const before = await processor()
    const STEPS = 60
    const most = await grid.evaluate(async (element, steps) => {
      const box = element as unknown as { scrollTop: number; scrollHeight: number; querySelectorAll: (of: string) => { length: number } }
      const { requestAnimationFrame } = globalThis as unknown as { requestAnimationFrame: (then: () => void) => void }
      let rows = 0
      for (let step = 0; step <= steps; step++) {
        box.scrollTop = (box.scrollHeight * step) / steps
        await new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
        rows = Math.max(rows, box.querySelectorAll('.grid-body [role=row]').length)
      }
      return rows
    }, STEPS)
    expect(most).toBeLessThan(MOST_ROWS)
    expect(((await processor()) - before) / STEPS).toBeLessThan(MOST_PER_STEP)
    // At the end is the first call of all, which the emulator itself has long forgotten.
    await expect.poll(() => grid.locator(`[aria-rowindex="${CALLS + 2}"]`).count()).toBe(1)
    await page.getByLabel('Text').fill(RequestId)
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2')
    expect(complaints).toEqual([])
  })
})
