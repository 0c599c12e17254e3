/** HLS in the console: streams that the emulator has made are decoded, by the browser itself or by hls.js, and of what cannot be, it is said why. */

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { noBrowser, says, useBrowser } from './browser.js'

const { open } = useBrowser()

const SOURCE = VIDEO_URL.replace(/\.\w+$/, '.flv')

type Opened = Awaited<ReturnType<typeof open>>

/** A template group that makes HLS in segments of two seconds, and nothing else. */
const templates = (more: object = {}): string =>
  JSON.stringify([
    {
      TemplateName: 'HLS',
      Definition: 'SD',
      Container: { Format: 'm3u8' },
      Video: { Codec: 'H.264', Width: '960', Bitrate: '900' },
      Audio: { Codec: 'AAC', Bitrate: '64' },
      MuxConfig: { Segment: { Duration: '2' } },
      ...more,
    },
  ])

/** Has a template make a video of five seconds whose source no browser plays, and shows it. `keyServer`: it is encrypted with a key that is there. */
async function showVideo({ control, show }: Opened, { more, keyServer }: { more?: object; keyServer?: string } = {}): Promise<void> {
  const call = async (action: string, params: object) => (await control('POST', `/actions/vod/${action}`, params)).body
  await control('PUT', '/assets', { url: SOURCE, format: 'flv', duration: 5 })
  const group = await call('AddTranscodeTemplateGroup', { Name: 'hls', TranscodeTemplateList: templates(more) })
  const TemplateGroupId = group.TranscodeTemplateGroupId
  const first = keyServer === undefined ? TemplateGroupId : 'VOD_NO_TRANSCODE'
  const { UploadJobs } = await call('UploadMediaByURL', { UploadURLs: SOURCE, TemplateGroupId: first })
  await control('POST', '/clock/advance', { by: '10m' })
  const { URLUploadInfoList } = await call('GetURLUploadInfos', { JobIds: UploadJobs[0].JobId })
  const VideoId = URLUploadInfoList[0].MediaId
  if (keyServer !== undefined) {
    const { CiphertextBlob: CipherText } = await call('GenerateKMSDataKey', {})
    const DecryptKeyUri = `${keyServer}?CipherText=${encodeURIComponent(CipherText)}`
    const EncryptConfig = JSON.stringify({ CipherText, DecryptKeyUri, KeyServiceType: 'KMS' })
    await call('SubmitTranscodeJobs', { VideoId, TemplateGroupId, EncryptConfig })
    await control('POST', '/clock/advance', { by: '10m' })
  }
  await show(`media/videos/${VideoId}`)
}

/** The names of the console's scripts that a page asks for from now on. */
function scriptsOf(page: Page): string[] {
  const names: string[] = []
  page.on('request', (request) => request.resourceType() === 'script' && names.push(request.url().replace(/.*\/([\w.]+)-.*/, '$1')))
  return names
}

/** Plays what is in the panel to its end. Answers what was seen of it. */
async function watch(page: Page): Promise<{ width: number; seconds: number }> {
  const video = page.locator('.panel video')
  type Video = {
    muted: boolean
    playbackRate: number
    play: () => Promise<void>
    paused: boolean
    ended: boolean
    videoWidth: number
    currentTime: number
  }
  // What is loaded meanwhile, by hls.js after the browser has failed, interrupts who has begun to play.
  const goOn = (): Promise<boolean> =>
    video.evaluate(async (element) => {
      const played = element as unknown as Video
      if (played.ended || !played.paused) return played.ended
      Object.assign(played, { muted: true, playbackRate: 8 })
      await played.play().catch(() => {})
      return played.ended
    })
  await expect.poll(goOn).toBe(true)
  const [width, seconds] = await video.evaluate((element): [number, number] => {
    const { videoWidth, currentTime } = element as unknown as Video
    return [videoWidth, Math.floor(currentTime)]
  })
  return { width, seconds }
}

const ENCRYPTED = { EncryptSetting: { EncryptType: 'AliyunVoDEncryption' } }

// Three segments, of which each shows the sample of two seconds.
const WHOLE = { width: 320, seconds: 6 }

describe.skipIf(noBrowser)('an HLS stream', () => {
  test('is played by the browser where it can, and nothing more is loaded for that; nothing of it is a call', async () => {
    const opened = await open('calls')
    const { page, complaints, control } = opened
    const scripts = scriptsOf(page)
    await showVideo(opened)
    const calls = (await control('GET', '/requests')).body.length
    expect(await watch(page)).toEqual(WHOLE)
    const playsItself = await page.locator('.panel video').evaluate((element) => {
      const { canPlayType } = element as unknown as { canPlayType: (type: string) => string }
      return canPlayType.call(element, 'application/vnd.apple.mpegurl') !== ''
    })
    expect(scripts).toEqual(playsItself ? [] : ['hls.light'])
    expect((await control('GET', '/requests')).body.length).toBe(calls)
    expect(complaints).toEqual([])
  })

  test('is played by hls.js where the browser plays none, which is not loaded before', async () => {
    const opened = await open('calls')
    const { page, complaints } = opened
    await page.addInitScript(() => {
      const { HTMLMediaElement } = globalThis as unknown as { HTMLMediaElement: { prototype: { canPlayType: () => string } } }
      HTMLMediaElement.prototype.canPlayType = () => ''
    })
    await page.reload()
    await says(page, 'No calls yet.')
    const scripts = scriptsOf(page)
    await showVideo(opened)
    expect(await watch(page)).toEqual(WHOLE)
    expect(scripts).toEqual(['hls.light'])
    expect(complaints).toEqual([])
  })

  test('is played with a control token, which goes along with each segment', async () => {
    const opened = await open('calls', { controlToken: 'a-token' })
    const { page, complaints } = opened
    await page.getByLabel('Control token').fill('a-token')
    await page.getByRole('button', { name: 'Use it' }).click()
    await showVideo(opened)
    expect(await watch(page)).toEqual(WHOLE)
    expect(complaints).toEqual([])
  })

  test('in several sizes behind a master playlist is played, too', async () => {
    const opened = await open('calls')
    await showVideo(opened, {
      more: { Type: 'VideoPackage', PackageSetting: { PackageType: 'HLSPackage', PackageConfig: { BandWidth: '900000' } } },
    })
    expect(await watch(opened.page)).toEqual(WHOLE)
  })

  test.each([
    ['its playlist says', (url: string) => `${url}/_vod/hls-key`],
    ['the emulator has it, though the playlist names another of its hosts', () => 'http://vod.cn-shanghai.aliyuncs.com/_vod/hls-key'],
  ])('that is encrypted is played once it is asked for, with the key from where %s', async (_where, keyServer) => {
    const opened = await open('calls')
    const { page } = opened
    await showVideo(opened, { more: ENCRYPTED, keyServer: keyServer(opened.url) })
    await page.getByRole('button', { name: /^Play: / }).click()
    expect(await watch(page)).toEqual(WHOLE)
    expect((await opened.control('GET', '/requests')).body.at(-1)).toMatchObject({ action: 'HlsKey', status: 200 })
  })
})

describe.skipIf(noBrowser)('why an HLS stream is not played is said:', () => {
  const play = async (opened: Opened, options: Parameters<typeof showVideo>[1]) => {
    await showVideo(opened, options)
    await opened.page.getByRole('button', { name: /^Play: / }).click()
  }

  test("it is encrypted for the service's own player", async () => {
    const opened = await open('calls')
    await play(opened, { more: ENCRYPTED })
    await says(opened.page, 'encrypted for the service’s own player')
  })

  test('the key server refuses its key', async () => {
    const opened = await open('calls')
    await opened.control('PUT', '/settings', { vod: { hlsUriToken: 'a-token' } })
    await play(opened, { more: ENCRYPTED, keyServer: `${opened.url}/_vod/hls-key` })
    await says(opened.page, /has refused the key of this stream: 403, .*hlsUriToken/)
  })

  test('its key is at a host of somebody else', async () => {
    const opened = await open('calls')
    await play(opened, { more: ENCRYPTED, keyServer: 'http://keys.example.com/key' })
    await says(opened.page, 'The key of this stream is at http://keys.example.com/key')
  })

  test('its segments are not there any more', async () => {
    const opened = await open('calls')
    const { cloud, page } = opened
    await showVideo(opened)
    const { oss } = cloud.account()
    for (const { bucket, key } of oss.objects.list().rows) if (key.endsWith('.ts')) oss.delete(bucket, key)
    await page.reload()
    await says(page, 'The stream cannot be played: ')
  })
})
