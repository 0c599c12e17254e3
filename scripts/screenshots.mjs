/**
 * Pictures of the console for docs/console.md, in both languages: `node scripts/screenshots.mjs`. It takes a Chromium, and for the Chinese ones a font that
 * has Chinese; what is shown is made by calls on a manual clock, so only what looks different is different.
 */

import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import sharp from 'sharp'
import { buildIfStale } from './build/fresh.mjs'

const ROOT = new URL('..', import.meta.url)
const MOST_BYTES = 150_000
const HOLIDAY = 'http://my-bucket.oss-cn-shanghai.aliyuncs.com/holiday.mp4'

/** A GET whose string to sign says POST. */
function wronglySigned(url) {
  const params = {
    AccessKeyId: 'testAccessKeyId',
    Action: 'GetVideoInfo',
    Format: 'JSON',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: 'a-nonce',
    SignatureVersion: '1.0',
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    Version: '2017-03-21',
    VideoId: '93ab850b4f6f44eab54b6e91d24d81d4',
  }
  const query = new URLSearchParams(params).toString()
  const signature = createHmac('sha1', 'testAccessKeySecret&')
    .update(`POST&%2F&${encodeURIComponent(query)}`)
    .digest('base64')
  return `${url}/?${query}&Signature=${encodeURIComponent(signature)}`
}

/** An account in which something has happened. Answers what views are opened at. */
async function fill(url) {
  const ask = async (method, path, body) => {
    const response = await fetch(`${url}/_emulator${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    return response.json()
  }
  const call = (action, params = {}) => ask('POST', `/actions/${action.replace('.', '/')}`, params)
  await ask('POST', '/worlds/demo')
  await ask('PUT', '/settings', { history: 100 })
  await ask('PUT', '/assets', { url: HOLIDAY, format: 'mp4', duration: 12 })
  await call('vod.SetMessageCallback', { CallbackType: 'HTTP', CallbackURL: `${url}/_emulator/nobody`, EventTypeList: 'ALL' })
  await ask('POST', '/ram/users', { name: 'alice', allow: ['vod:Get*'] })
  await ask('POST', '/ram/roles', { name: 'worker', allow: ['*'] })
  await ask('POST', '/snapshots', { name: 'before-upload' })
  const { VideoList } = await call('vod.GetVideoList', { Status: 'Normal' })
  const [{ VideoId }] = VideoList.Video
  await ask('POST', '/faults', { service: 'vod', action: 'GetPlayInfo', error: 'Throttling.User', times: 2 })
  await ask('POST', '/faults', { callback: { status: 503 }, every: 2 })
  for (let time = 0; time < 3; time++) {
    await call('vod.GetPlayInfo', { VideoId })
    await ask('POST', '/clock/advance', { by: '1300ms' })
  }
  await call('vod.SearchMedia', { SearchType: 'video', Match: "Status in ('Normal')" })
  await call('vod.GetVideoInfo', { VideoId: 'no-such-video' })
  await call('videoseg.SegmentVideoBody', { VideoUrl: HOLIDAY })
  await call('videoenhan.EraseVideoLogo', { VideoUrl: HOLIDAY })
  await ask('POST', '/clock/advance', { by: '10s' })
  const groups = await ask('GET', '/tables/vod.templateGroups')
  const group = groups.find(({ value }) => value.isDefault)?.key
  await call('vod.SubmitTranscodeJobs', { VideoId, TemplateGroupId: group })
  await call('vod.SubmitSnapshotJob', { VideoId, Count: 4 })
  await ask('POST', '/clock/advance', { by: '3s' })
  const { RequestId: held } = await call('videoenhan.EraseVideoSubtitles', { VideoUrl: HOLIDAY })
  await ask('POST', `/jobs/${held}/script`, { hold: 'PROCESSING' })
  await call('videoseg.SegmentVideoBody', { VideoUrl: HOLIDAY })
  await ask('POST', '/clock/advance', { by: '2s' })
  await fetch(wronglySigned(url))
  const refused = (await ask('GET', '/requests?code=SignatureDoesNotMatch'))[0].requestId
  const jobs = await ask('GET', '/jobs?order=desc')
  const events = await ask('GET', '/events?order=desc')
  const bucket = (await ask('GET', '/tables/oss.buckets'))[0].key
  return { VideoId, refused, job: jobs[0].id, event: events.find(({ attempts }) => attempts.length > 0)?.id, bucket }
}

/** Pictures by name: which view, what is done in it, and how it looks. */
const pictures = ({ VideoId, refused, event, bucket }) => ({
  calls: { view: 'calls' },
  call: { view: `calls/${refused}` },
  jobs: { view: 'jobs', click: '.clock-card .steps button' },
  faults: { view: 'faults' },
  media: { view: 'media' },
  video: { view: `media/videos/${VideoId}`, theme: 'dark' },
  oss: { view: `oss/${bucket}/${encodeURIComponent(`${VideoId}/`)}` },
  events: { view: `events/${event}` },
  accounts: { view: 'accounts' },
  actions: { view: 'actions/vod.GetPlayInfo' },
})

buildIfStale(['bundle', 'console'])
const { startEmulator } = await import('../dist/emulator.js')
const emulator = await startEmulator({ port: 4010, clock: 'manual' })
const executablePath = execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const made = await fill(emulator.url)
let tooLarge = 0
for (const { locale, folder } of [
  { locale: 'en-US', folder: new URL('docs/images/console/', ROOT) },
  { locale: 'zh-CN', folder: new URL('docs/zh/images/console/', ROOT) },
]) {
  mkdirSync(folder, { recursive: true })
  for (const [name, { view, click, theme = 'light' }] of Object.entries(pictures(made))) {
    const context = await browser.newContext({ locale, colorScheme: theme, viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    await page.goto(`${emulator.url}/_emulator/console/#/${view}`)
    await page.locator('main .loading').waitFor({ state: 'detached' })
    if (click) await page.locator(click).first().click()
    // What fades in, or is read from a file, is there then.
    await page.waitForTimeout(1000)
    const png = await sharp(await page.screenshot())
      .png({ palette: true, colours: 128, effort: 10 })
      .toBuffer()
    if (png.byteLength > MOST_BYTES) tooLarge++
    const path = fileURLToPath(new URL(`${name}.png`, folder))
    writeFileSync(path, png)
    process.stdout.write(`${path}: ${Math.round(png.byteLength / 1000)} kB\n`)
    await context.close()
  }
}
await browser.close()
await emulator.close()
if (tooLarge > 0) throw new Error(`${tooLarge} pictures have more than ${MOST_BYTES} bytes`)
