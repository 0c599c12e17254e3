/** Forms of the console keep what was typed when it is refused, and the refusal stands beside it. */

import { describe, expect, onTestFinished, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'
import { noBrowser, useBrowser } from './browser.js'

const { open } = useBrowser()

/** Longer than names are. */
const LONG = '7'.repeat(300)

/** A form: where it is, what opens it, what is typed by label, and what of it is refused. */
interface Form {
  view: string
  clicks?: readonly (string | RegExp)[]
  typed: Readonly<Record<string, string>>
  submit: string
  refusal: RegExp
}

const forms: Readonly<Record<string, Form>> = {
  'all settings': {
    view: 'accounts/settings',
    typed: { 'All settings': '{ "facts": "nothing" }' },
    submit: 'Save',
    refusal: /facts: /,
  },
  'how much is kept for time travel': {
    view: 'accounts/settings',
    typed: { 'Keep what was before each call': 'ten' },
    submit: 'Save',
    refusal: /history: .*received string/,
  },
  'how fast the clock goes': { view: 'jobs', typed: { Speed: '-3' }, submit: 'Apply', refusal: /speed/ },
  'where the clock is to go': { view: 'jobs', typed: { 'Advance by or to': 'a while' }, submit: 'Advance', refusal: /give either/ },
  'a fault': {
    view: 'faults',
    clicks: ['Add a fault'],
    typed: { Action: 'GetPlayInfo', 'Error code': 'Throttling.User', 'At most so often': 'twice' },
    submit: 'Add',
    refusal: /times: .*received string/,
  },
  'how a job fails': {
    view: 'jobs',
    clicks: [/SegmentVideoBody/, 'Fail…'],
    typed: { 'Error code': LONG },
    submit: 'Fail',
    refusal: /code: /,
  },
  'an account': { view: 'accounts', clicks: ['Create an account'], typed: { Seed: LONG.repeat(9) }, submit: 'Create', refusal: /seed: / },
  'a RAM user': {
    view: 'accounts',
    clicks: ['Add a user or role'],
    typed: { Name: 'no/name', 'May call': 'vod:Get*' },
    submit: 'Add',
    refusal: /name: /,
  },
  'an event': {
    view: 'events',
    clicks: ['Simulate an event'],
    typed: { 'Its fields': '{ "Size": "large" }' },
    submit: 'Let it happen',
    refusal: /Size/,
  },
  'a snapshot': { view: 'accounts/state', typed: { 'Name of the snapshot': LONG }, submit: 'Save', refusal: /name of a snapshot/ },
}

describe.skipIf(noBrowser)('what is typed and refused stays, and beside it stands why', () => {
  test.each(Object.entries(forms))('%s', async (_what, { view, clicks = [], typed, submit, refusal }) => {
    const { page, control, complaints } = await open(view, { clock: view === 'jobs' && clicks.length === 0 ? 'system' : 'manual' })
    await control('POST', '/actions/videoseg/SegmentVideoBody', { VideoUrl: VIDEO_URL })
    for (const name of clicks)
      await page
        .getByRole(typeof name === 'string' ? 'button' : 'row', { name })
        .first()
        .click()
    for (const [label, text] of Object.entries(typed)) await page.getByLabel(label).first().fill(text)
    const form = page.locator('form').filter({ has: page.getByLabel(Object.keys(typed)[0] as string) })
    await form.getByRole('button', { name: submit, exact: true }).click()
    await expect.poll(() => form.getByRole('alert').innerText()).toMatch(refusal)
    for (const [label, text] of Object.entries(typed)) expect(await page.getByLabel(label).first().inputValue()).toBe(text)
    expect(await page.locator('.toast').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('a setting that is one of few', async () => {
    const { page, cloud } = await open('accounts/settings')
    const { settings } = cloud.account()
    // Somebody else has set what does not go together with it.
    await page.route('**/_emulator/settings', (route) =>
      route.request().method() === 'PUT' ? route.fulfill({ status: 400, json: { error: 'facts: not now' } }) : route.continue(),
    )
    await page.getByLabel('Where manual and service disagree').selectOption('observed')
    await expect.poll(() => page.locator('main').getByRole('alert').innerText()).toContain('facts: not now')
    expect(await page.getByLabel('Where manual and service disagree').inputValue()).toBe('observed')
    expect(settings.values.facts).toBe('manual')
  })
})

test.skipIf(noBrowser).each([
  { view: 'accounts/settings', clicks: [], label: 'All settings', text: '{ "history": 7 }', asked: '/settings' },
  { view: 'accounts', clicks: ['Add a user or role'], label: 'Name', text: 'alice', asked: '/access-keys' },
])('what is being typed in $view outlives that the emulator is away for a while', async ({ view, clicks, label, text, asked }) => {
  const { page, close, url } = await open(view)
  for (const name of clicks) await page.getByRole('button', { name }).click()
  await page.getByLabel(label).first().fill(text)
  // The page asks again, and nobody answers.
  const inVain = page.waitForEvent('requestfailed', (request) => new URL(request.url()).pathname.endsWith(asked))
  await close()
  await inVain
  const away = page.getByText('The emulator does not answer. Is it still running?')
  await expect.poll(() => away.count()).toBe(1)
  const anew = await testEmulator({ port: Number(new URL(url).port) })
  onTestFinished(anew.close)
  await expect.poll(() => away.count()).toBe(0)
  expect(await page.getByLabel(label).first().inputValue()).toBe(text)
})
