/** The example of docs/scenarios.md: it runs here, and stands there as it does here. */

import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { createClient } from '../../src/client/index.js'
import { createCloud } from '../../src/index.js'
import { scenarioFolder } from './support.js'

const page = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8')
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, code]) => code as string)

it('a scenario of one’s own', async () => {
  const { folder } = scenarioFolder({ 'late-video': blocks('json').find((block) => block.includes('world')) as string })

  const cloud = createCloud({ clock: 'manual', scenarios: folder })
  onTestFinished(() => cloud.dispose())
  const account = cloud.createAccount()
  const client = createClient({ cloud, ...account.credentials })

  const { calls } = await account.scenarios.apply('late-video', { lag: '2m' })
  const VideoId = String(calls[0]?.VideoId)
  await expect(client.vod.GetVideoPlayAuth({ VideoId })).rejects.toMatchObject({ code: 'InvalidVideo.NotFound' })
  await account.clock.advance('2m')
  await expect(client.vod.GetVideoPlayAuth({ VideoId })).rejects.toMatchObject({ code: 'Forbidden.IllegalStatus' })
})

it('stands on the page as it does here', () => {
  const plain = (code: string): string[] =>
    code
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('import '))
  const here = plain(readFileSync(import.meta.filename, 'utf8'))
  const [example = ''] = blocks('ts')
  expect(plain(example).length).toBeGreaterThan(5)
  expect(plain(example).filter((line) => !here.includes(line))).toEqual([])
})
