/** The examples of docs/testing.md on the call log: each runs here, and stands there as it does here. */

import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { recordPact } from '../../contracts/index.js'
import { createClient } from '../../src/client/index.js'
import { createCloud } from '../../src/index.js'
import { emulatorTest, expectCalls } from '../../src/vitest.js'

const test = emulatorTest({ settle: true })

test('a video is segmented once, and the result fetched after that', async ({ cloud, account, clock, expect }) => {
  const { videoseg } = createClient({ cloud, ...account.credentials })
  const { RequestId: JobId } = await videoseg.SegmentVideoBody({ VideoUrl: 'http://my.oss-cn-shanghai.aliyuncs.com/a.mp4' })
  await clock.advance('5s')
  await videoseg.GetAsyncJobResult({ JobId })

  expectCalls(account).toInclude({ action: 'SegmentVideoBody', params: { VideoUrl: /\.mp4$/ } })
  expectCalls(account).toHaveCount({ action: 'Segment*', refused: false }, 1)
  expectCalls(account).toBeInOrder([{ action: 'SegmentVideoBody' }, { action: 'GetAsyncJobResult', params: { JobId } }])
  expectCalls(account).not.toInclude({ code: 'Throttling*' })

  const [submitted] = account.log.find({ action: 'SegmentVideoBody' })
  expect(submitted?.jobs).toEqual([{ id: JobId, kind: 'videoseg.SegmentVideoBody' }])
})

it('asserts without vitest, and records a pact', async ({ expect }) => {
  const cloud = createCloud({ clock: 'manual' })
  const account = cloud.createAccount()
  const { videorecog } = createClient({ cloud, ...account.credentials })
  await videorecog.DetectVideoShot({ VideoUrl: 'http://my.oss-cn-shanghai.aliyuncs.com/a.mp4' })
  expectCalls(account).toHaveCount({ action: 'DetectVideoShot' }, 1)

  const pact = await recordPact(account, { consumer: 'cutter', provider: 'videorecog' })
  const { leftOut } = pact.metadata['vod-viapi-emulator']
  expect(leftOut).toEqual([])
  expect(pact.interactions).toHaveLength(1)
})

it('stands in docs/testing.md as it does here', ({ expect }) => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  const plain = (code: string): string =>
    code
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('import '))
      .join('\n')
  const here = plain(read('./docs.test.ts'))
  const [, section = ''] = /^(## The call log.*?)^## /ms.exec(read('../../docs/testing.md')) ?? []
  const examples = [...section.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => plain(code as string))
  expect(examples).toHaveLength(3)
  for (const example of examples) expect(here).toContain(example)
})
