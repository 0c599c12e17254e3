/** The example of docs/vod-domains.md: it runs here, and stands there as it does here. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startEmulator } from '../../../emulator/index.js'
import { createClient, createControl } from '../../../src/client/index.js'

test('a domain is added, configured and played through', async () => {
  const emulator = await startEmulator({ port: 0, clock: 'manual' })
  const endpoint = emulator.url
  try {
    const account = await createControl({ endpoint }).createAccount()
    const { vod } = createClient(account)
    const { clock } = createControl(account)
    const { UploadJobs } = await vod.UploadMediaByURL({ UploadURLs: ['http://films.example.com/film.mp4'] })
    await clock.advance('1m')
    const { URLUploadInfoList } = await vod.GetURLUploadInfos({ JobIds: [UploadJobs[0]?.JobId as string] })
    const VideoId = URLUploadInfoList[0]?.MediaId as string

    const domain = 'vod.example.com'
    const origin = { type: 'oss', content: 'films.oss-cn-shanghai.aliyuncs.com', port: 80, priority: '20' }
    await vod.AddVodDomain({ DomainName: domain, Sources: [origin] })
    await clock.advance('1m')

    const functionArgs = [{ argName: 'refer_domain_allow_list', argValue: '*.example.com' }]
    await vod.BatchSetVodDomainConfigs({ DomainNames: [domain], Functions: [{ functionName: 'referer_white_list_set', functionArgs }] })
    await clock.advance('1m')

    const { PlayInfoList } = await vod.GetPlayInfo({ VideoId })
    const url = PlayInfoList.PlayInfo[0]?.PlayURL as string // under the domain
    const played = await fetch(url, { headers: { referer: 'http://www.example.com/' } }) // 200
    const refused = await fetch(url, { headers: { referer: 'http://elsewhere.com/' } }) // 403

    const { TotalTraffic } = await vod.DescribeVodDomainTrafficData({ DomainName: [domain] }) // the bytes that were sent
    expect(new URL(url).pathname).toMatch(/^\/vod\.example\.com\//)
    expect([played.status, refused.status]).toEqual([200, 403])
    expect(TotalTraffic).toBe(String((await played.arrayBuffer()).byteLength))
  } finally {
    await emulator.close()
  }
})

test('stands in docs/vod-domains.md as it does here', () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  const plain = (code: string): string =>
    code
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n')
  const here = plain(read('./docs.test.ts'))
  const examples = [...read('../../../docs/vod-domains.md').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => plain(code as string))
  expect(examples).toHaveLength(1)
  for (const example of examples) expect(here).toContain(example)
})
