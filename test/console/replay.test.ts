/** What somebody does whose test has failed: find the call, see what it really said, take it along as a command line, make it again. */

import { describe, expect, test } from 'vitest'
import { noBrowser, says, useBrowser } from './browser.js'

const { open } = useBrowser()

describe.skipIf(noBrowser)('a call', () => {
  test('is made again from where it is shown, with the parameters that it had', async () => {
    const { page, control, complaints } = await open('calls')
    // The form would make another number of it, and another text.
    const params = { CateId: '12345678901234567890', Title: '[1, 2.0]', VideoId: 'v1' }
    const { body } = await control('POST', '/actions/vod/UpdateVideoInfo', params)
    await page.getByRole('row', { name: /UpdateVideoInfo/ }).click()
    await page.locator('.panel').getByRole('link', { name: 'Call again' }).click()
    await expect.poll(() => page.getByLabel('VideoId').inputValue()).toBe('v1')
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    await expect.poll(() => page.locator('.answered').count()).toBe(1)
    const [first, second] = (await control('GET', '/requests?action=UpdateVideoInfo')).body
    expect(first.requestId).toBe(body.RequestId)
    expect(second.params).toMatchObject(params)
    expect([second.code, second.reason]).toEqual([first.code, first.reason])
    expect(complaints).toEqual([])
  })

  test('is made again also where the form has no fields for what it had', async () => {
    const { page, control } = await open('calls')
    const params = { 'FileList.1.Type': 'neither', 'FileList.1.FileUrl': 'nowhere', Stranger: 'x', Style: 'none of these' }
    await control('POST', '/actions/videoenhan/GenerateVideo', params)
    await page.getByRole('row', { name: /GenerateVideo/ }).click()
    await page.locator('.panel').getByRole('link', { name: 'Call again' }).click()
    await expect.poll(() => page.locator('.panel textarea').inputValue()).toContain('FileList.1.Type')
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    await expect.poll(() => page.locator('.answered').count()).toBe(1)
    const [first, second] = (await control('GET', '/requests?action=GenerateVideo')).body
    expect(second.params).toMatchObject(params)
    expect(second.code).toBe(first.code)
  })

  test('shows what cannot be seen in its parameters, and long ones only as far as they are asked for', async () => {
    const { page, control } = await open('calls')
    const CateName = '\u202Egnp.exe \u0007'
    const Type = 'x'.repeat(100_000)
    await control('POST', '/actions/vod/AddCategory', { CateName, Type, ParentId: ' 7 ' })
    await page.getByRole('row', { name: /AddCategory/ }).click()
    const value = (name: string) =>
      page
        .locator('.params div')
        .filter({ has: page.getByText(name, { exact: true }) })
        .first()
    await expect.poll(() => value('CateName').innerText()).toContain('U+202Egnp.exe U+0007')
    expect(await value('ParentId').innerText()).toContain('U+00207U+0020')
    expect((await value('Type').innerText()).length).toBeLessThan(2000)
    await value('Type').getByRole('button', { name: 'Show all (100,000 characters)' }).click()
    await expect.poll(async () => (await value('Type').innerText()).length).toBeGreaterThan(100_000)
  })

  test('that has no command line says why', async () => {
    const { page, url } = await open('calls')
    await fetch(`${url}/some-bucket/some-key`)
    await page.locator('.grid-body [role=row]').first().click()
    await page.getByLabel('sign it anew').check()
    await expect.poll(() => page.locator('.panel').innerText()).toContain('the call cannot be signed anew: it is one to OSS')
    await page.getByLabel('sign it anew').uncheck()
    await expect.poll(() => page.locator('.panel').innerText()).toContain('curl --request GET')
  })

  test('of another account, or one that is long gone, is not said to have been forgotten for sure', async () => {
    const { page } = await open('calls/00000000-0000-4000-8000-000000000000')
    await says(page, 'no such call in the log of this account')
  })
})

test.skipIf(noBrowser)('the filter of the calls is still there after a look at something else', async () => {
  const { page, control } = await open('calls')
  await control('POST', '/actions/vod/GetVideoInfo', { VideoId: 'v1' })
  await control('POST', '/actions/vod/GetCategories', {})
  await page.getByLabel('Action', { exact: true }).fill('VideoInfo')
  await page.getByRole('link', { name: 'Events' }).click()
  await says(page, 'No events yet.')
  await page.goBack()
  await expect.poll(() => page.getByLabel('Action', { exact: true }).inputValue()).toBe('VideoInfo')
  await expect.poll(() => page.locator('.grid-body [role=row]').count()).toBe(1)
})

describe.skipIf(noBrowser)('copying', () => {
  test.each([
    { what: 'without a clipboard for pages, as at addresses that are not secure', clipboard: undefined },
    { what: 'where the clipboard refuses', clipboard: { writeText: () => Promise.reject(new Error('no')) } },
  ])('$what', async ({ clipboard }) => {
    const { page, complaints } = await open('calls')
    await page.evaluate((has) => {
      const value = has ? { writeText: () => Promise.reject(new Error('no')) } : undefined
      Object.defineProperty((globalThis as unknown as { navigator: object }).navigator, 'clipboard', { value })
    }, clipboard !== undefined)
    await page.getByRole('button', { name: 'Copy' }).click()
    await says(page, 'Copied')
    await page.getByLabel('Text').focus()
    await page.keyboard.press('Control+V')
    expect(await page.getByLabel('Text').inputValue()).toContain('/_emulator/actions/vod/GetCategories')
    expect(complaints).toEqual([])
  })

  test('is not said to have been done where it was not', async () => {
    const { page } = await open('calls')
    await page.evaluate(() => {
      const { navigator, document } = globalThis as unknown as { navigator: object; document: { execCommand: () => boolean } }
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
      document.execCommand = () => false
    })
    await page.getByRole('button', { name: 'Copy' }).click()
    await says(page, 'The browser did not let it be copied')
    expect(await page.locator('body').innerText()).not.toContain('Copied')
  })
})
