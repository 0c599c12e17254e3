/** The example of docs/vod-streams.md: it runs here, and stands there as it does here. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startEmulator } from '../../../emulator/index.js'
import { createClient, createControl } from '../../../src/client/index.js'

test('an encrypted stream is made and played', async () => {
  const emulator = await startEmulator({ port: 0, clock: 'manual' })
  const endpoint = emulator.url
  try {
    const account = await createControl({ endpoint }).createAccount()
    const { vod } = createClient(account)
    const { clock } = createControl(account)

    const { TranscodeTemplateGroupId } = await vod.AddTranscodeTemplateGroup({
      Name: 'encrypted',
      TranscodeTemplateList: [
        {
          TemplateName: 'HLS',
          Definition: 'SD',
          Container: { Format: 'm3u8' },
          Video: { Codec: 'H.264', Width: '960', Bitrate: '900' },
          Audio: { Codec: 'AAC', Bitrate: '64' },
          MuxConfig: { Segment: { Duration: '6' } },
          EncryptSetting: { EncryptType: 'AliyunVoDEncryption' },
        },
      ],
    })
    const { UploadJobs } = await vod.UploadMediaByURL({ UploadURLs: ['http://films.example.com/film.mp4'] })
    await clock.advance('1m')
    const { URLUploadInfoList } = await vod.GetURLUploadInfos({ JobIds: [UploadJobs[0]?.JobId as string] })
    const VideoId = URLUploadInfoList[0]?.MediaId as string

    const { CiphertextBlob: CipherText } = await vod.GenerateKMSDataKey({})
    const DecryptKeyUri = `${endpoint}/_vod/hls-key?CipherText=${encodeURIComponent(CipherText)}`
    const EncryptConfig = { CipherText, DecryptKeyUri, KeyServiceType: 'KMS' } as const
    await vod.SubmitTranscodeJobs({ VideoId, TemplateGroupId: TranscodeTemplateGroupId, EncryptConfig })
    await clock.advance('1m')

    const { PlayInfoList } = await vod.GetPlayInfo({ VideoId, Definition: ['LD'], Formats: ['m3u8'] })
    const stream = PlayInfoList.PlayInfo.find(({ EncryptType }) => EncryptType === 'HLSEncryption')
    const playlist = await (await fetch(stream?.PlayURL as string)).text()
    const [, keyUri] = /URI="([^"]+)"/.exec(playlist) ?? []
    const key = await (await fetch(keyUri as string)).arrayBuffer()
    expect(key.byteLength).toBe(16)
  } finally {
    await emulator.close()
  }
})

test('stands in docs/vod-streams.md as it does here', () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  const plain = (code: string): string =>
    code
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('import '))
      .join('\n')
  const here = plain(read('./docs.test.ts'))
  const examples = [...read('../../../docs/vod-streams.md').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => plain(code as string))
  expect(examples).toHaveLength(1)
  for (const example of examples) expect(here).toContain(example)
})
