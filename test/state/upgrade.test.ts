/** Documents of older versions: version-1.json was exported by the emulator when that was the version, with work of every kind under way. */

import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import type { StateDocument } from '../../src/index.js'
import { testCloud } from '../support/cloud.js'

const document = (): StateDocument => JSON.parse(readFileSync('test/state/version-1.json', 'utf8'))

/** An account that has taken the document over, and the types of the events that it sends from then on. */
async function upgraded() {
  const delivered: string[] = []
  const bugs: unknown[] = []
  const { cloud, account, call } = testCloud({
    deliver: async ({ body }) => {
      delivered.push(JSON.parse(body).EventType)
      return { status: 200 }
    },
    onBug: (error) => bugs.push(error),
  })
  onTestFinished(() => cloud.dispose())
  await account.import(document())
  return { account, call, delivered, bugs }
}

it('the document has what was called otherwise in version 1', () => {
  const { version, tables } = document()
  expect(version).toBe(1)
  expect(Object.keys(tables)).toEqual(
    expect.arrayContaining(['jobs', 'events', 'faults.late', 'oss.uploads', 'events.callbacks', 'ram.issued']),
  )
  expect(JSON.stringify(document()).match(/"(?:tickets?|met)"/g)?.length).toBeGreaterThan(8)
})

it('is read, and written as one of the present version', async () => {
  const { account } = await upgraded()
  const now = await account.export()
  expect(now.version).toBe(3)
  expect(JSON.stringify(now).match(/"(?:tickets?|met|shows)"/g)).toBeNull()
  const counts = (tables: StateDocument['tables']) =>
    Object.fromEntries(Object.entries(tables).map(([name, entries]) => [name, entries.length]))
  // Tables that version 1 did not know may have been filled with what every account begins with.
  expect(counts(now.tables)).toMatchObject(counts(document().tables))
})

it('what was under way goes on', async () => {
  const { account, call, delivered, bugs } = await upgraded()
  expect(account.jobs.unfinished).toBe(5)
  expect(account.ram.keyOf('alice')).toBeDefined()
  expect(account.oss.uploads.of('films')).toHaveLength(1)
  expect((await call('vod.GetMessageCallback')).body.MessageCallback.CallbackURL).toBe('http://my.example.com/events')
  await account.clock.advance('1h')
  expect(account.jobs.unfinished).toBe(0)
  const videos = account.vod.videos.list().rows.map(({ title, status }) => `${title} ${status}`)
  // The last one was asked for by a call whose effect was to come five minutes later.
  expect(videos).toEqual(['film Uploading', 'a.mp4 Normal', 'b.mp4 Normal', 'late Uploading'])
  // Delayed by a fault for ten minutes before the export.
  expect(delivered).toContain('FileUploadComplete')
  expect(bugs).toEqual([])
})

it('of a template of version 2, what no template can say is left out, and the rest stays', async () => {
  const { cloud, account, call } = testCloud()
  onTestFinished(() => cloud.dispose())
  const group = { templateGroupId: 'old', name: 'old', isDefault: false, locked: false, appId: 'app-1000000', createdAt: 0, modifiedAt: 0 }
  const template = {
    TranscodeTemplateId: 'template',
    TemplateName: 'SD',
    Definition: 'SD',
    Container: { Format: 'mp4', Layout: 'fast' },
    Video: { Codec: 'H.264', Width: '100', Height: '360' },
    Audio: 'loud',
    Clip: { TimeSpan: { Duration: 5 } },
    WatermarkIds: ['mark', 7],
    Rotate: 90,
  }
  const { tables, ...rest } = await account.export()
  const groups = [...(tables['vod.templateGroups'] ?? []), ['old', { ...group, templates: [template] }]] as StateDocument['tables'][string]
  await account.import({ ...rest, version: 2, tables: { ...tables, 'vod.templateGroups': groups } })
  expect(account.vod.templateGroups.get('old')?.templates).toEqual([
    {
      TranscodeTemplateId: 'template',
      TemplateName: 'SD',
      Definition: 'SD',
      Container: { Format: 'mp4' },
      Video: { Codec: 'H.264', Height: '360' },
      Rotate: '90',
    },
  ])
  expect((await call('vod.GetTranscodeTemplateGroup', { TranscodeTemplateGroupId: 'old' })).status).toBe(200)
})
