/** Accounts with very much in them: nothing that is there is said not to be, and what has not changed is not asked for again. */

import { describe, expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../src/client/index.js'
import { VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'
import { noBrowser, says, useBrowser } from './browser.js'

const { open } = useBrowser()

/** More jobs than are listed. */
const JOBS = 1050

describe.skipIf(noBrowser)('many', () => {
  test('jobs: the newest are listed, it is said of how many, and the oldest can be looked at, too', async () => {
    const { page, control, cloud, show } = await open('jobs', { settings: { limits: { enabled: false } } })
    const { videoseg } = createClient({ cloud, ...cloud.account().credentials })
    for (let made = 1; made <= JOBS; made++) {
      await videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })
      // The service has room for so many that have not ended.
      if (made % 500 === 0) await cloud.account().clock.advance('10m')
    }
    await says(page, '1,000 of 1,050')
    const [{ id }] = (await control('GET', '/jobs?limit=1')).body
    await show(`jobs/${id}`)
    await expect.poll(() => page.locator('.panel').innerText()).toContain(id)
    expect(await page.locator('.panel').innerText()).not.toContain('There is no such job')
  })

  test('records: the newest of them are shown, and it is said that there are more', async () => {
    const { page, control } = await open('calls')
    await control('POST', '/worlds/demo')
    await page.route('**/_emulator/tables/vod.videos?*', async (route) => {
      const url = new URL(route.request().url())
      expect(url.searchParams.get('order')).toBe('desc')
      url.searchParams.set('limit', '3')
      await route.fulfill({ response: await route.fetch({ url: url.href }) })
    })
    await page.getByRole('link', { name: 'Media' }).click()
    await expect.poll(() => page.locator('.medium').count()).toBe(3)
    await says(page, /the newest 3 of \d\d/)
    const newest = (await control('GET', '/tables/vod.videos?limit=3&order=desc')).body.map(
      ({ value }: { value: { title: string } }) => value.title,
    )
    expect(await page.locator('.medium-title').allInnerTexts()).toEqual(newest)
  })

  test('records are asked for again when some of their table have changed, and not by every call', async () => {
    const { page, control } = await open('calls')
    await control('POST', '/worlds/demo')
    let asked = 0
    page.on('request', (request) => {
      if (request.url().includes('/tables/vod.videos')) asked++
    })
    await page.getByRole('link', { name: 'Media' }).click()
    await expect.poll(() => page.locator('.medium').count()).toBeGreaterThan(3)
    // What was told while the view came up may still lead to one more.
    await control('POST', '/actions/vod/GetCategories', { CateId: -1 })
    await expect.poll(() => asked).toBeGreaterThan(0)
    const before = asked
    const { body } = await control('POST', '/actions/vod/AddCategory', { CateName: 'new' })
    await expect.poll(() => page.getByLabel('Category').innerText()).toContain('new')
    expect(asked).toBe(before)
    const [{ key }] = (await control('GET', '/tables/vod.videos?limit=1&order=desc')).body
    await control('POST', '/actions/vod/UpdateVideoInfo', { VideoId: key, Title: 'another', CateId: body.Category.CateId })
    await expect.poll(() => page.locator('.medium-title').allInnerTexts()).toContain('another')
  })

  test('access keys: the newest stand behind those of the account, and the others can be had', async () => {
    const { page, cloud } = await open('calls')
    const { ram } = cloud.account()
    ram.putRole('worker', { allow: ['*'] })
    for (let made = 0; made < 250; made++) ram.assumeRole('worker')
    const { accessKeyId } = ram.assumeRole('worker')
    await page.getByRole('link', { name: 'Accounts' }).click()
    const rows = page.locator('.tab section').first().locator('tbody tr')
    await expect.poll(() => rows.first().innerText()).toContain('testAccessKeyId')
    expect(await rows.nth(1).innerText()).toContain(accessKeyId)
    await page.getByRole('button', { name: /^more \(/ }).click()
    await expect.poll(() => rows.count()).toBeGreaterThan(101)
  })

  test('stars in the name of an Action for a fault do not stop the page', async () => {
    const { page } = await open('faults')
    await page.getByRole('button', { name: 'Add a fault' }).click()
    const codes = page.locator(`datalist#${await page.getByLabel('Error code').getAttribute('list')} option`)
    await expect.poll(() => codes.count()).toBeGreaterThan(10)
    await page.getByLabel('Action', { exact: true }).fill(`${'*'.repeat(40)}x`)
    await expect.poll(() => codes.count()).toBe(0)
    await page.getByLabel('Action', { exact: true }).fill('Get*Info')
    await expect.poll(() => codes.count()).toBeGreaterThan(0)
  })
})

test.skipIf(noBrowser)('the catalogue comes by itself when the emulator is back', async () => {
  const { page, close, url } = await open('events')
  await says(page, 'No events yet.')
  await close()
  await page.getByRole('link', { name: 'Actions' }).click()
  await says(page, 'The emulator does not answer')
  await says(page, 'Loading…')
  const anew = await testEmulator({ port: Number(new URL(url).port) })
  onTestFinished(anew.close)
  await expect.poll(() => page.getByRole('row', { name: /AddCategory/ }).count()).toBe(1)
})
