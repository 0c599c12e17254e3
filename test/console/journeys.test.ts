/** What people do with the console, in a real browser. Left out where no Chromium is installed. */

import { createHmac, randomUUID } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { percentEncode } from '../../src/http/encoding.js'
import { VIDEO_URL } from '../support/cloud.js'
import { popCore, testEmulator } from '../support/sdk.js'
import { noBrowser, says, useBrowser } from './browser.js'

const { open } = useBrowser()

/** A call of GetVideoInfo that says that it is a POST in what it signs, and is sent as a GET. */
function wronglySigned(url: string, secret: string): string {
  const params = {
    Action: 'GetVideoInfo',
    VideoId: 'v1',
    Version: '2017-03-21',
    Format: 'JSON',
    AccessKeyId: 'testAccessKeyId',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
  }
  const query = Object.entries(params)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .sort()
    .join('&')
  const signature = createHmac('sha1', `${secret}&`)
    .update(`POST&%2F&${percentEncode(query)}`)
    .digest('base64')
  return `${url}/?${query}&Signature=${percentEncode(signature)}`
}

describe.skipIf(noBrowser)('calls', () => {
  test('one that is wrongly signed appears as it comes, and both strings to sign can be read with the first difference marked', async () => {
    const { page, url, complaints } = await open('calls')
    await says(page, 'No calls yet.')
    await fetch(wronglySigned(url, 'testAccessKeySecret'))
    await page.getByRole('row', { name: /GetVideoInfo.*SignatureDoesNotMatch/ }).click()
    const panel = page.locator('.panel')
    await expect.poll(() => panel.innerText()).toContain('starts with POST, but the call arrived as GET')
    const signed = panel.locator('.signed pre')
    expect((await signed.nth(1).innerText()).startsWith('POST&%2F&')).toBe(true)
    expect((await signed.nth(2).innerText()).startsWith('GET&%2F&')).toBe(true)
    expect(await panel.locator('mark').allInnerTexts()).toEqual(['P', 'G'])
    expect(complaints).toEqual([])
  })

  test('of an emulator that was started anew, which gives the same ids again, they are those of the new one', async () => {
    const { page, control, close, url } = await open('calls')
    const actions = () => page.locator('.grid-body [role=row]').allInnerTexts()
    await control('POST', '/actions/vod/GetCategories', { CateId: -1 })
    await control('POST', '/actions/vod/GetCategories', { CateId: -1 })
    await expect.poll(async () => (await actions()).filter((text) => text.includes('GetCategories')).length).toBe(2)
    await close()
    const anew = await testEmulator({ port: Number(new URL(url).port) })
    onTestFinished(anew.close)
    // Connections to the former one may still be used once.
    const isThere = () =>
      anew.control('GET', '/health').then(
        ({ status }) => status,
        () => undefined,
      )
    await expect.poll(isThere).toBe(200)
    for (const action of ['GetPlayInfo', 'DeleteVideo']) await anew.control('POST', `/actions/vod/${action}`, {})
    await expect
      .poll(async () => (await actions()).map((text) => /GetCategories|GetPlayInfo|DeleteVideo/.exec(text)?.[0]))
      .toEqual(['DeleteVideo', 'GetPlayInfo'])
  })

  test('they are found by Action, status, code, caller and text, and one is shown whole', async () => {
    const { page, control } = await open('calls')
    await control('POST', '/ram/users', { name: 'alice', allow: ['*'] })
    await control('POST', '/actions/vod/GetCategories', { CateId: -1 })
    await control('POST', '/actions/vod/GetVideoInfo', { VideoId: 'no-such-video' })
    await control('POST', '/actions/videoseg/SegmentVideoBody', { VideoUrl: VIDEO_URL })
    const rows = page.locator('.grid-body [role=row]')
    await expect.poll(() => rows.count()).toBe(3)
    const finds = async (label: string, text: string, count: number) => {
      await page.getByLabel(label, { exact: true }).fill(text)
      await expect.poll(() => rows.count()).toBe(count)
      await page.getByLabel(label, { exact: true }).fill('')
    }
    await finds('Text', 'no-such-video', 1)
    await finds('Action', 'videoseg.', 1)
    await finds('Code', 'InvalidVideo', 1)
    await finds('Caller', 'nobody', 0)
    await page.getByLabel('Status').selectOption('ok')
    await expect.poll(() => rows.count()).toBe(2)
    await page.getByRole('row', { name: /SegmentVideoBody/ }).click()
    const panel = page.locator('.panel')
    await expect.poll(() => panel.innerText()).toContain('curl')
    const text = await panel.innerText()
    for (const part of [VIDEO_URL, 'RequestId', 'Jobs that it led to', 'Served in', 'root']) expect(text).toContain(part)
  })
})

describe.skipIf(noBrowser)('faults, clock and jobs', () => {
  test('a fault is added by a form that completes Actions and codes, strikes, and is taken back', async () => {
    const { page, control, complaints } = await open('faults')
    await page.getByRole('button', { name: 'Add a fault' }).click()
    await page.getByLabel('Service', { exact: true }).fill('vod')
    await page.getByLabel('Action', { exact: true }).fill('GetCategories')
    const codes = page.locator(`datalist#${await page.getByLabel('Error code').getAttribute('list')} option`)
    await expect.poll(() => codes.evaluateAll((all) => all.map((each) => each.getAttribute('value')))).toContain('Throttling.User')
    await page.getByLabel('Error code').fill('Throttling.User')
    await page.getByLabel('At most so often').fill('1')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await says(page, 'The fault is set.')
    expect((await control('POST', '/actions/vod/GetCategories', { CateId: -1 })).body.Code).toBe('Throttling.User')
    await says(page, '1 of 1 that matched')
    await page.getByRole('button', { name: /^Remove: / }).click()
    await says(page, 'No faults are set')
    expect((await control('GET', '/faults')).body).toEqual([])
    expect(complaints).toEqual([])
  })

  test('what is wrong with a fault is told, and nothing is set', async () => {
    const { page, control } = await open('faults')
    await page.getByRole('button', { name: 'Add a fault' }).click()
    await page.getByLabel('Action', { exact: true }).fill('GetPlayInfos')
    await page.getByLabel('Error code').fill('Throttling.User')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('did you mean "GetPlayInfo"?')
    expect((await control('GET', '/faults')).body).toEqual([])
  })

  test('a scenario is applied and taken back with one click each', async () => {
    const { page, control } = await open('faults')
    await page.getByRole('button', { name: 'Apply: brown-out' }).click()
    await says(page, 'in force')
    expect((await control('GET', '/faults')).body.length).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Take back: brown-out' }).click()
    await says(page, 'brown-out is taken back.')
    expect((await control('GET', '/faults')).body).toEqual([])
  })

  test('the clock is advanced, and the time line of a job ends', async () => {
    const { page, control, complaints } = await open('jobs')
    const { body } = await control('POST', '/actions/videoseg/SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await page.getByRole('row', { name: /SegmentVideoBody/ }).click()
    const panel = page.locator('.panel')
    await expect.poll(() => panel.locator('.span.ahead, .span.now').count()).toBeGreaterThan(1)
    await panel.getByRole('button', { name: 'Hold' }).click()
    await panel.getByRole('button', { name: 'Release' }).click()
    await expect.poll(() => panel.getByRole('button', { name: 'Hold' }).count()).toBe(1)
    await page.locator('header.top').getByRole('button', { name: 'Advance the clock by 10m' }).click()
    await expect.poll(() => panel.innerText()).toContain('succeeded')
    await expect.poll(() => panel.locator('.span.ahead, .span.now').count()).toBe(0)
    await says(page, /Fell due\n.*\n*.*PROCESS/)
    expect((await control('GET', '/jobs')).body[0]).toMatchObject({ id: body.RequestId, ending: 'succeeded' })
    expect(complaints).toEqual([])
  })

  test('a job is made to fail with a code of its kind', async () => {
    const { page, control } = await open('jobs')
    await control('POST', '/actions/videoseg/SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await page.getByRole('row', { name: /SegmentVideoBody/ }).click()
    await page.getByRole('button', { name: 'Fail…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Fail' }).click()
    await says(page, 'Done: the job goes on by it.')
    await control('POST', '/clock/advance', { by: '10m' })
    await expect.poll(() => page.locator('.panel').innerText()).toContain('failed')
  })
})

describe.skipIf(noBrowser)('media, objects, events', () => {
  test('a video plays', async () => {
    const { page, complaints } = await open('media')
    await page.getByRole('button', { name: 'Add the demo library' }).click()
    await page.getByLabel('Status').selectOption('Normal')
    await page.getByRole('link', { name: /Trailer, summer season/ }).click()
    const video = page.locator('.panel video')
    await video.evaluate((element) => (element as unknown as { play: () => Promise<void> }).play())
    await expect.poll(() => video.evaluate((element) => (element as unknown as { currentTime: number }).currentTime)).toBeGreaterThan(0)
    await expect.poll(() => page.locator('.life').innerText()).toContain('transcoded')
    expect(complaints).toEqual([])
  })

  test('a page that somebody has uploaded is shown as text, and comes as a download that cannot act', async () => {
    const { page, url, control } = await open('oss')
    const objects = [
      { bucket: 'my-bucket', key: 'a/page.html', text: '<script>document.title = "taken over"</script>', contentType: 'text/html' },
    ]
    await control('POST', '/worlds', { description: 'A page.', buckets: [{ name: 'my-bucket', region: 'cn-shanghai' }], objects })
    await page.getByRole('row', { name: /a\// }).click()
    await page.getByRole('row', { name: /page\.html/ }).click()
    await expect.poll(() => page.locator('.panel').innerText()).toContain('taken over')
    expect(await page.title()).not.toContain('taken over')
    const { headers } = await fetch(`${url}/_emulator/objects/my-bucket/a%2Fpage.html`)
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-disposition')).toMatch(/^attachment/)
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  test('an event is simulated, and sent again', async () => {
    const { page, control, url } = await open('events')
    await control('POST', '/actions/vod/SetMessageCallback', {
      CallbackType: 'HTTP',
      CallbackURL: `${url}/_emulator/none`,
      EventTypeList: 'ALL',
    })
    await page.getByRole('button', { name: 'Simulate an event' }).first().click()
    await page.getByRole('button', { name: 'Let it happen' }).click()
    await expect.poll(() => page.locator('.panel').innerText()).toContain('FileUploadComplete')
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect.poll(() => page.locator('.grid-body [role=row]').count()).toBe(2)
  })
})

describe.skipIf(noBrowser)('time travel', () => {
  test('is switched on in the settings, and a call offers a new account as this one was before it', async () => {
    const { page, control } = await open('accounts/settings')
    await page.getByLabel('Keep what was before each call').fill('10')
    await page.getByRole('button', { name: 'Save' }).first().click()
    await says(page, 'The settings hold.')
    await control('POST', '/actions/vod/AddCategory', { CateName: 'first' })
    const { body } = await control('POST', '/actions/vod/AddCategory', { CateName: 'second' })
    await page.goto(page.url().replace(/#.*/, `#/calls/${body.RequestId}`))
    await page.getByRole('button', { name: 'Fork here' }).click()
    await says(page, 'is as this one was before the call.')
    const [, fork] = (await control('GET', '/accounts')).body
    const { body: categories } = await control('GET', `/tables/vod.categories?accessKeyId=${fork.accessKeyId}`)
    const names = categories.map(({ value }: { value: { name: string } }) => value.name)
    expect(names).toContain('first')
    expect(names).not.toContain('second')
    expect(await page.getByLabel('Account', { exact: true }).inputValue()).toBe(fork.accessKeyId)
  })
})

describe.skipIf(noBrowser)('accounts and Actions', () => {
  test('two accounts are kept apart', async () => {
    const { page, control } = await open('calls')
    await control('POST', '/actions/vod/GetCategories', { CateId: -1 })
    const { body: other } = await control('POST', '/accounts', {})
    await page.goto(page.url().replace('#/calls', '#/accounts'))
    await page.getByRole('button', { name: `Choose: ${other.accessKeyId}` }).click()
    await page.getByRole('link', { name: 'Calls' }).click()
    await says(page, 'No calls yet.')
    await control('POST', `/actions/vod/GetVideoList?accessKeyId=${other.accessKeyId}`, {})
    const rows = page.locator('.grid-body [role=row]')
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('GetVideoList')])
    await page.getByLabel('Account', { exact: true }).selectOption('testAccessKeyId')
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('GetCategories')])
  })

  test('an account is created, forked, and disposed of', async () => {
    const { page, control } = await open('accounts')
    await page.getByRole('button', { name: 'Create an account' }).click()
    await page.getByLabel('World').selectOption('demo')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Fork' }).click()
    await expect.poll(async () => (await control('GET', '/accounts')).body.length).toBe(3)
    await page.getByRole('button', { name: 'Dispose of' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Dispose of' }).click()
    await expect.poll(async () => (await control('GET', '/accounts')).body.length).toBe(2)
  })

  test('a secret is masked until it is asked for, and in no address', async () => {
    const { page } = await open('accounts')
    const secret = page.locator('.secret code')
    await expect.poll(() => secret.first().innerText()).toMatch(/^•+$/)
    await page.getByRole('button', { name: 'Show: testAccessKeyId' }).click()
    expect(await secret.first().innerText()).toBe('testAccessKeySecret')
    expect(page.url()).not.toContain('Secret')
  })

  test('an Action is tried, and the call looked at', async () => {
    const { page } = await open('actions/vod.GetVideoInfo')
    await page.locator('.panel').getByLabel('VideoId').fill('no-such-video')
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    await expect.poll(() => page.locator('.answered').innerText()).toContain('InvalidVideo.NotFound')
    await page.getByRole('link', { name: 'Look at the call' }).click()
    await expect.poll(() => page.locator('.panel').innerText()).toContain('no-such-video')
  })

  test('what the SDK calls is counted, and what it would have cost', async () => {
    const { page, url, control } = await open('accounts/usage')
    await says(page, 'Nothing that costs was called yet.')
    const call = popCore(
      { url, key: { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }, version: '2020-03-20' },
      'POST',
    )
    await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await control('POST', '/clock/advance', { by: '10m' })
    await expect.poll(() => page.locator('.usage').innerText()).toContain('SegmentVideoBody')
  })
})
