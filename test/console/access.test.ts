/** That everybody can use the console: in their language and theme, without a mouse, without seeing it; and nobody else can. */

import { describe, expect, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { barriersOf, noBrowser, says, useBrowser, VIEWS } from './browser.js'

const { open } = useBrowser()

describe.skipIf(noBrowser)('barriers', () => {
  test.each(['light', 'dark'] as const)(
    'no view has any, with something in it and something open, and none complains: %s',
    async (theme) => {
      const { page, control, complaints, show } = await open('calls', { look: { theme } })
      await control('POST', '/worlds/demo')
      await control('POST', '/faults', { service: 'vod', action: 'GetPlayInfo', error: 'Throttling.User' })
      await control('POST', '/ram/roles', { name: 'worker', allow: ['*'] })
      const { body } = await control('POST', '/actions/videoseg/SegmentVideoBody', { VideoUrl: VIDEO_URL })
      const { body: refused } = await control('POST', '/actions/vod/GetPlayInfo', { VideoId: 'v1' })
      const { body: event } = await control('POST', '/events', {
        type: 'FileUploadComplete',
        fields: { VideoId: 'v1', Size: 7, FileUrl: 'http://example.com/v1.mp4' },
      })
      const { body: videos } = await control('POST', '/actions/vod/GetVideoList', { Status: 'Normal' })
      const whole = [
        `calls/${refused.RequestId}`,
        `jobs/${body.RequestId}`,
        `media/videos/${videos.VideoList.Video[0].VideoId}`,
        `events/${event.id}`,
        'actions/vod.GetPlayInfo',
      ]
      const found: string[] = []
      for (const view of [...VIEWS, ...whole]) {
        await show(view)
        await expect.poll(() => page.locator('main .loading').count()).toBe(0)
        found.push(...(await barriersOf(page, theme === 'dark')).map((barrier) => `${view}: ${barrier}`))
      }
      await show('faults')
      await page.getByRole('button', { name: 'Add a fault' }).click()
      await show('accounts')
      await page.getByRole('button', { name: 'Create an account' }).click()
      found.push(...(await barriersOf(page, theme === 'dark')).map((barrier) => `dialog: ${barrier}`))
      expect(found).toEqual([])
      expect(complaints).toEqual([])
    },
  )

  test('without a mouse: past the navigation, through a list, into a call and out of it', async () => {
    const { page, control } = await open('calls')
    for (const VideoId of ['v1', 'v2', 'v3']) await control('POST', '/actions/vod/GetVideoInfo', { VideoId })
    await expect.poll(() => page.locator('.grid-body [role=row]').count()).toBe(3)
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').innerText()).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.locator(':focus').getAttribute('id')).toBe('content')
    await page.getByRole('grid').focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    await expect.poll(() => page.locator('.panel').innerText()).toContain('v2')
    expect(await page.getByRole('grid').getAttribute('aria-activedescendant')).toMatch(/-1$/)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.locator('.panel').innerText()).toContain('v1')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.panel').count()).toBe(0)
  })
})

describe.skipIf(noBrowser)('language and theme', () => {
  test('the language is that of the browser, can be switched, and stays', async () => {
    const { page } = await open('calls', { look: { locale: 'zh-CN' } })
    await says(page, '还没有调用。')
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    await page.getByRole('button', { name: 'English' }).click()
    await says(page, 'No calls yet.')
    await page.reload()
    await says(page, 'No calls yet.')
    await page.getByRole('button', { name: '中文' }).click()
    await says(page, '还没有调用。')
  })

  test('every view speaks Chinese', async () => {
    const { page, show } = await open('calls', { look: { locale: 'zh-CN' } })
    for (const view of VIEWS) {
      await show(view)
      await expect.poll(() => page.locator('main').innerText()).toMatch(/[一-鿿]/)
    }
  })

  test('the theme is that of the system, can be switched, and stays', async () => {
    const { page } = await open('calls', { look: { theme: 'dark' } })
    const background = () =>
      page
        .locator('body')
        .evaluate(
          (body) =>
            (globalThis as unknown as { getComputedStyle: (of: unknown) => { backgroundColor: string } }).getComputedStyle(body)
              .backgroundColor,
        )
    const dark = await background()
    await page.getByRole('button', { name: 'Theme: as the system' }).click()
    const light = await background()
    expect(light).not.toBe(dark)
    await page.reload()
    expect(await background()).toBe(light)
    await page.getByRole('button', { name: 'Theme: light' }).click()
    expect(await background()).toBe(dark)
  })
})

describe.skipIf(noBrowser)('the control token', () => {
  test('is asked for, kept for this tab alone, and brought along for pictures, too', async () => {
    const { page, url } = await open('calls', { controlToken: 'a-token' })
    await says(page, 'This emulator asks for its control token')
    await page.getByLabel('Control token').fill('wrong')
    await page.getByRole('button', { name: 'Use it' }).click()
    await says(page, 'has not taken this token')
    await page.getByLabel('Control token').fill('a-token')
    await page.getByRole('button', { name: 'Use it' }).click()
    await says(page, 'No calls yet.')
    const headers = { authorization: 'Bearer a-token' }
    await fetch(`${url}/_emulator/worlds/demo`, { method: 'POST', headers })
    await page.getByRole('link', { name: 'Media' }).click()
    await expect.poll(() => page.locator('.cover img[src^="blob:"]').count()).toBeGreaterThan(0)
    const kept = await page.evaluate(() => {
      const { localStorage, sessionStorage } = globalThis as unknown as Record<string, Record<string, string>>
      return { local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage) }
    })
    expect(kept.local).not.toContain('a-token')
    expect(kept.session).toContain('a-token')
    expect(page.url()).not.toContain('a-token')
  })
})
