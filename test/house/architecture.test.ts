/** The example of docs/architecture.md: it runs here, and stands there as it does here. */

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import {
  type Collection,
  definePart,
  defineProduct,
  defineService,
  defineSettings,
  type EventChannel,
  type EventDefinition,
  type JobKind,
  type Route,
  text,
} from '../../src/index.js'
import { testCloud } from '../support/cloud.js'

const subtitleSchema = z.object({ id: z.string(), videoId: z.string(), language: z.string() })

const subtitlesPart = definePart({
  name: 'subtitles',
  create: ({ state }) =>
    state.collection({
      name: 'subtitles',
      schema: subtitleSchema,
      keyOf: ({ id }) => id,
      indexes: { video: ({ videoId }) => videoId },
    }),
})

const subtitlesSettings = defineSettings({
  schema: z.strictObject({ language: z.enum(['zh', 'en']).optional() }),
  defaults: { language: 'zh' as const },
  levels: 1,
})

const channel: EventChannel = {
  address: (_account, { definition, fields }) => ({
    payload: { EventType: definition.type, ...fields },
    route: { to: 'HTTP', url: 'http://my-team.example.com/events' },
  }),
  headers: () => ({}),
  commonFields: () => ['EventType'],
}

const subtitlesComplete = {
  type: 'SubtitlesComplete',
  when: 'the subtitles of a video are ready',
  actions: ['SubmitSubtitles'],
  fields: z.strictObject({ JobId: z.string() }),
  channel,
} satisfies EventDefinition

declare module '../../src/account/types.js' {
  interface AccountParts {
    subtitles: Collection<typeof subtitleSchema, 'video'>
  }
  interface SettingsSections {
    subtitles: typeof subtitlesSettings
  }
}

const transcription: JobKind = {
  name: 'subtitles.SubmitSubtitles',
  stages: [{ name: 'WORKING', duration: '5s' }],
  timeout: '1h',
  attempts: 1,
  work({ settings, subtitles }, { id, input }) {
    const { language } = settings.values.subtitles
    return { result: subtitles.put({ id, videoId: String(input.videoId), language }) }
  },
  ended: ({ events }, { id }) => void events.notify(subtitlesComplete, { JobId: id }),
}

const service = defineService({
  name: 'subtitles',
  version: '2026-01-01',
  regions: ['cn-shanghai'],
  defaultFormat: 'JSON',
  errors: { NotOpened: { status: 403, message: 'The service is not open.' } },
  violations: {
    missing: 'MissingParameter',
    malformed: 'InvalidParameter',
    format: 'InvalidParameter',
    value: 'InvalidParameter',
    length: 'InvalidParameter',
    url: 'InvalidParameter',
  },
  denials: { notOpened: 'NotOpened', suspended: 'NotOpened', userNotAllowed: 'NotOpened', roleNotAllowed: 'NotOpened' },
  wrongRegion: 'InvalidParameter',
})

const submitSubtitles = service.action('SubmitSubtitles', {
  summary: 'Has subtitles made for a video.',
  source: 'our own handbook',
  input: { VideoId: text({ maxLength: 32 }) },
  output: z.object({ JobId: z.string() }),
  errors: { 'InvalidVideo.NotFound': { status: 404, message: 'The video does not exist.' } },
  job: transcription,
  async run({ input: { VideoId }, account, requestId, fail }) {
    if (account.vod.videos.get(VideoId) === undefined)
      fail('InvalidVideo.NotFound', { param: 'VideoId', reason: 'is not the id of a video' })
    const { id } = await account.jobs.start(transcription, requestId, { videoId: VideoId })
    return { JobId: id }
  },
})

const statusPage: Route = {
  name: 'subtitles status',
  serve: ({ host }, { defaultAccount }) =>
    host === 'status.example.com'
      ? Promise.resolve({ status: 200, headers: {}, body: `${defaultAccount.subtitles.count} subtitles` })
      : undefined,
}

const product = defineProduct({
  name: 'subtitles',
  actions: [submitSubtitles],
  parts: [subtitlesPart],
  settings: { subtitles: subtitlesSettings },
  events: [subtitlesComplete],
  routes: [statusPage],
})

it('a product of one’s own', async () => {
  const delivered: string[] = []
  const { cloud, account, call } = testCloud({
    products: [product],
    deliver: async ({ url, body }) => ({ status: delivered.push(`${url} ${body}`) && 200 }),
  })
  onTestFinished(() => cloud.dispose())
  account.settings.change({ subtitles: { language: 'en' } })

  expect((await call('subtitles.SubmitSubtitles', { VideoId: 'none' })).body.Code).toBe('InvalidVideo.NotFound')
  const { VideoId } = (await call('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })).body
  const { JobId } = (await call('subtitles.SubmitSubtitles', { VideoId })).body
  await account.clock.advance('5s')
  expect(account.subtitles.getBy('video', VideoId)).toEqual({ id: JobId, videoId: VideoId, language: 'en' })
  expect(delivered).toEqual([`http://my-team.example.com/events {"EventType":"SubtitlesComplete","JobId":"${JobId}"}`])
  const page = { method: 'GET', host: 'status.example.com', path: '/', query: '', headers: {}, body: new Uint8Array() }
  expect((await cloud.handle(page)).body).toBe('1 subtitles')

  const fork = await account.fork()
  fork.subtitles.delete(JobId)
  expect([account.subtitles.count, fork.subtitles.count]).toEqual([1, 0])
})

/** Lines of code, without what they are imported from, and without white space around them. */
const plain = (code: string): string[] =>
  code
    .replaceAll(/^import .*?'$/gms, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const page = readFileSync('docs/architecture.md', 'utf8')

const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)

it('stands on the page as it does here', () => {
  const here = readFileSync(import.meta.filename, 'utf8').replaceAll('../../src/account/types.js', 'vod-viapi-emulator')
  const example = here.slice(here.indexOf('const subtitleSchema'), here.indexOf("\nit('a product"))
  expect(blocks.flatMap(plain)).toEqual(plain(example))
})

it('compiles against the types that are published', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(resolve('.'), join(folder, 'node_modules/vod-viapi-emulator'))
  symlinkSync(resolve('node_modules/zod'), join(folder, 'node_modules/zod'))
  const imports = /import \{([^}]*)\} from '..\/..\/src\/index.js'/.exec(readFileSync(import.meta.filename, 'utf8'))?.[1]
  const code = [
    "import { z } from 'zod'",
    `import { createCloud, ${imports} } from 'vod-viapi-emulator'`,
    ...blocks,
    'const account = createCloud({ products: [product] }).account()',
    "account.settings.change({ subtitles: { language: 'en' } })",
    '// @ts-expect-error: there is no such language',
    "account.settings.change({ subtitles: { language: 'xx' } })",
    '// @ts-expect-error: there is no such part',
    'export const count: number = account.subtitles.count + account.titles.count',
  ]
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'product.ts'), code.join('\n'))
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023', '--types', 'node']
  const compiler = [resolve('node_modules/typescript/bin/tsc'), ...options, '--typeRoots', resolve('node_modules/@types'), 'product.ts']
  const found = await new Promise((resolved) =>
    execFile(process.execPath, compiler, { cwd: folder }, (error, stdout) => resolved(error ? stdout || error.message : 'it compiles')),
  )
  expect(found).toBe('it compiles')
})
