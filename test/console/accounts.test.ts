/** Accounts other than the default one: what is shown is theirs, and it is told when one is gone. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { noBrowser, says, useBrowser } from './browser.js'

const { open } = useBrowser()

describe.skipIf(noBrowser)('an account', () => {
  test('that is disposed of while it is looked at: that is told, and which is shown instead', async () => {
    const { page, control } = await open('accounts')
    const { accessKeyId } = (await control('POST', '/accounts', {})).body
    await page.reload()
    await page.getByRole('button', { name: `Choose: ${accessKeyId}` }).click()
    await page.getByRole('link', { name: 'Calls' }).click()
    await control('DELETE', `/accounts?accessKeyId=${accessKeyId}`)
    await expect.poll(() => page.getByRole('alert').allInnerTexts()).toEqual([expect.stringContaining(`${accessKeyId} is gone`)])
    expect(await page.locator('#account').inputValue()).toBe('testAccessKeyId')
    await page.getByRole('alert').getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
  })

  test('that is disposed of here: nothing is told that is known', async () => {
    const { page, control } = await open('accounts')
    const { accessKeyId } = (await control('POST', '/accounts', {})).body
    await page.reload()
    await page.getByRole('button', { name: `Choose: ${accessKeyId}` }).click()
    await page.getByRole('button', { name: 'Dispose of' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Dispose of' }).click()
    await says(page, 'The account is gone.')
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test.each([{ controlToken: undefined }, { controlToken: "it's a $TOKEN" }])(
    'without calls: the line to begin with leads to a call of this account, control token: $controlToken',
    async ({ controlToken }) => {
      const { page, control } = await open('accounts', controlToken === undefined ? {} : { controlToken })
      if (controlToken !== undefined) {
        await page.getByLabel('Control token').fill(controlToken)
        await page.getByRole('button', { name: 'Use it' }).click()
      }
      const { accessKeyId } = (await control('POST', '/accounts', {})).body
      await page.reload()
      await page.getByRole('button', { name: `Choose: ${accessKeyId}` }).click()
      await page.getByRole('link', { name: 'Calls' }).click()
      await says(page, 'No calls yet.')
      const line = await page.locator('.empty pre').innerText()
      expect(line).not.toContain("it's")
      await promisify(execFile)('bash', ['-c', line], { env: { ...process.env, CONTROL_TOKEN: controlToken ?? '' } })
      await expect.poll(() => page.getByRole('row', { name: /GetCategories/ }).count()).toBe(1)
    },
  )
})

test.skipIf(noBrowser)('it is said in which time zone the clock is', async () => {
  const { page } = await open('calls')
  await expect.poll(() => page.getByRole('timer').innerText()).toMatch(/00:00:00\.000\s+UTC/)
})
