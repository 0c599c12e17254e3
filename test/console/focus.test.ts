/** Where the focus is for who uses keys alone: it never falls to the page when what had it is gone, and no key takes away what was typed. */

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { noBrowser, useBrowser } from './browser.js'

const { open } = useBrowser()

const focused = (page: Page) => page.locator(':focus')

describe.skipIf(noBrowser)('the focus', () => {
  test.each([
    { how: 'is sent', key: 'Enter' },
    { how: 'is given up', key: 'Escape' },
  ])('is at what has opened a dialog again when that $how', async ({ key }) => {
    const { page } = await open('accounts')
    await page.getByRole('button', { name: 'Add a user or role' }).click()
    await page.getByLabel('Name').first().fill('alice')
    await page.keyboard.press(key)
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    expect(await focused(page).innerText()).toBe('Add a user or role')
  })

  test('is at the button again when a new account was made, and its keys were shown', async () => {
    const { page } = await open('accounts')
    await page.getByRole('button', { name: 'Create an account' }).click()
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await expect.poll(() => page.getByRole('dialog').innerText()).toContain('Keys of the new account')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    // The view is that of another account now.
    await expect.poll(() => page.locator('#account').inputValue()).not.toBe('testAccessKeyId')
    await expect.poll(() => focused(page).count()).toBe(1)
  })

  test('is in the list again when a call is closed with its button', async () => {
    const { page, control } = await open('calls')
    await control('POST', '/actions/vod/GetVideoInfo', { VideoId: 'v1' })
    await page.getByRole('row', { name: /GetVideoInfo/ }).click()
    await page.locator('.panel').getByRole('button', { name: 'Close' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.panel').count()).toBe(0)
    expect(await focused(page).getAttribute('role')).toBe('grid')
  })

  test('is in the view when a link in a call has led to another', async () => {
    const { page, control } = await open('calls')
    await control('POST', '/actions/vod/GetVideoInfo', { VideoId: 'v1' })
    await page.getByRole('row', { name: /GetVideoInfo/ }).click()
    await page.locator('.panel').getByRole('link', { name: 'Fork…' }).press('Enter')
    await expect.poll(() => page.locator('h1').innerText()).toBe('Accounts')
    expect(await focused(page).getAttribute('id')).toBe('content')
  })

  test('stays at the box that has the command line signed anew', async () => {
    const { page, control } = await open('calls')
    await control('POST', '/actions/vod/GetVideoInfo', { VideoId: 'v1' })
    await page.getByRole('row', { name: /GetVideoInfo/ }).click()
    const box = page.getByLabel('sign it anew')
    const line = page.locator('.section').filter({ has: box }).locator('pre')
    await expect.poll(() => line.count()).toBe(1)
    const before = await line.innerText()
    await box.press('Space')
    await expect.poll(() => line.innerText()).not.toBe(before)
    expect(await focused(page).getAttribute('type')).toBe('checkbox')
  })
})

describe.skipIf(noBrowser)('Escape', () => {
  test('closes what is open, but not from a field in which somebody types', async () => {
    const { page } = await open('actions/vod.GetVideoInfo')
    const field = page.locator('.panel').getByLabel('VideoId')
    await field.fill('typed with care')
    await field.press('Escape')
    expect(await field.inputValue()).toBe('typed with care')
    await page.locator('.panel').getByRole('button', { name: 'Call', exact: true }).press('Escape')
    await expect.poll(() => page.locator('.panel').count()).toBe(0)
  })
})
