/** The setting `vary`: what it does to calls, what the log says of it, and what it does not do. */

import { readFileSync } from 'node:fs'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { type Kind, kindNames, kinds } from '../../src/variation/kinds.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'

/** Calls with many seeds until each kind was met, and returns one reply of each. */
async function metBy(only: readonly Kind[], id: string, params: Record<string, string>, format: 'JSON' | 'XML' = 'JSON') {
  const { account, send } = testCloud()
  const replies = new Map<string, string>()
  for (let seed = 0; seed < 300 && replies.size < only.length; seed++) {
    account.settings.change({
      vary: { seed, also: [...only], except: kindNames.filter((kind) => !only.includes(kind)) },
      limits: { enabled: false },
    })
    const { body } = await send(id, params, { format })
    for (const { kind } of account.log.all().at(-1)?.variations ?? []) if (!replies.has(kind)) replies.set(kind, String(body))
  }
  expect([...replies.keys()].sort()).toEqual([...only].sort())
  return replies
}

describe('refusals', () => {
  test('of two parameters that are wrong, either may be named', async () => {
    const { account, call } = testCloud({ settings: { limits: { enabled: false } } })
    const named = new Set<string>()
    for (let seed = 0; seed < 40; seed++) {
      account.settings.change({ vary: { seed } })
      const { body } = await call('vod.CreateUploadVideo', {})
      expect(body.Code).toBe('MissingParameter')
      named.add(/"(\w+)"/.exec(body.Message)?.[1] ?? '')
    }
    expect([...named].sort()).toEqual(['FileName', 'Title'])
  })

  test('a busy service refuses without running the Action, and says why beside the answer', async () => {
    const { account, send } = testCloud({ settings: { limits: { enabled: false }, vary: { seed: 1, also: ['busy.*'] } } })
    const codes = new Set<unknown>()
    let refused = 0
    for (let index = 0; index < 200; index++) {
      const { status, headers } = await send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
      if (status === 200) continue
      refused++
      codes.add(account.log.all().at(-1)?.code)
      expect(headers['x-emulator-reason']).toMatch(/the setting vary has this call refused \(busy\./)
    }
    expect([...codes].sort()).toEqual(['InternalError', 'ServiceUnavailable', 'Throttling.User'])
    expect(account.log.all().filter(({ jobs }) => jobs !== undefined)).toHaveLength(200 - refused)
  })

  test('nobody is told to be busy who has not asked for it', async () => {
    const { account, send } = testCloud({ settings: { limits: { enabled: false }, vary: { seed: 1 } } })
    for (let index = 0; index < 100; index++) expect((await send('vod.GetCategories')).status).toBe(200)
    expect(account.log.all()).toHaveLength(100)
  })
})

describe('ids', () => {
  test('what an answer names can be asked for, whatever form it has', async () => {
    const { account, call } = testCloud({ settings: { limits: { enabled: false }, vary: { seed: 1 } } })
    const lengths = new Set<number>()
    for (let index = 0; index < 40; index++) {
      const { body } = await call('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
      lengths.add(body.VideoId.length)
      expect((await call('vod.RefreshUploadVideo', { VideoId: body.VideoId })).status).toBe(200)
    }
    expect([...lengths].sort()).toEqual([20, 32, 36])
    expect(account.log.all().flatMap(({ variations = [] }) => variations.map(({ kind }) => kind))).toContain('id.shorter')
  })

  test('a job has the RequestId of its call, whatever form it has', async () => {
    const { account, call } = testCloud({ settings: { limits: { enabled: false }, vary: { seed: 1 } } })
    for (let index = 0; index < 20; index++) {
      const { body, headers } = await call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
      expect(headers['x-acs-request-id']).toBe(body.RequestId)
      expect((await call('videoseg.GetAsyncJobResult', { JobId: body.RequestId })).body.Data.JobId).toBe(body.RequestId)
    }
    const forms = new Set(account.log.all().flatMap(({ variations = [] }) => variations.map(({ kind }) => kind)))
    expect([...forms]).toEqual(expect.arrayContaining(['requestId.version', 'requestId.variant']))
  })
})

describe('how answers are written', () => {
  const title = 'a <b> & "c" 中文/😀'

  test('every way to write JSON says the same', async () => {
    const wanted = ['json.indented', 'json.spaced', 'json.lineBreak', 'json.escapedSlashes', 'json.escapedText', 'order.members'] as const
    const replies = await metBy(wanted, 'vod.AddCategory', { CateName: title })
    for (const body of replies.values()) expect(JSON.parse(body)).toMatchObject({ Category: { CateName: title, Level: 0 } })
    expect(replies.get('json.escapedText')).toMatch(/^[\x20-\x7e\n]+$/)
    expect(replies.get('json.escapedSlashes')).toContain('\\/')
    expect(replies.get('json.lineBreak')).toMatch(/}\n$/)
    expect(replies.get('json.indented')).toContain('\n  "')
  })

  test('every way to write XML says the same', async () => {
    const wanted = kindNames.filter((kind) => kind.startsWith('xml.') && kind !== 'xml.emptyElements')
    const replies = await metBy(wanted, 'vod.AddCategory', { CateName: title }, 'XML')
    const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, htmlEntities: true, trimValues: false })
    for (const body of replies.values())
      expect(parser.parse(body).AddCategoryResponse.Category).toMatchObject({ CateName: title, Level: '0' })
    expect(replies.get('xml.cdata')).toContain('<![CDATA[')
    expect(replies.get('xml.references')).toMatch(/^[\x20-\x7e\n]+$|<!\[CDATA\[/)
    expect(replies.get('xml.noProlog')).toMatch(/^<AddCategoryResponse>/)
  })

  test('the header says which kinds a reply has met, and the log at which fields', async () => {
    const { account, send } = testCloud({ settings: { vary: { seed: 4, also: ['bare.*'] } } })
    const { headers } = await send('vod.AddCategory', { CateName: title })
    const told =
      account.log
        .all()
        .at(-1)
        ?.variations?.map(({ kind }) => kind) ?? []
    expect(told.length).toBeGreaterThan(0)
    expect(headers['x-emulator-variation']).toBe([...new Set(told)].join(', '))
  })
})

describe('the setting', () => {
  test('null switches it off: nothing varies, and nothing is told of it', async () => {
    const { account, call, send } = testCloud({ settings: { vary: { seed: 1, also: ['*'] } } })
    account.settings.change({ vary: null })
    const { headers } = await send('vod.GetCategories')
    expect(headers).not.toHaveProperty('x-emulator-variation')
    expect((await call('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })).body.VideoId).toMatch(/^[0-9a-f]{32}$/)
    expect(account.log.all().some((entry) => 'variations' in entry)).toBe(false)
  })

  test.each([
    [
      'also',
      ['absent.texts'],
      'absent.texts: there is no such kind of variation; names are <family>.<kind>, <family>.* or *; did you mean "absent.text"?',
    ],
    ['except', ['nothing.*'], 'nothing.*: there is no such kind of variation; names are <family>.<kind>, <family>.* or *'],
  ])('%s refuses %s', (field, names, message) => {
    const { account } = testCloud()
    expect(() => account.settings.change({ vary: { seed: 1, [field]: names } })).toThrow(message)
  })

  test('what is excepted does not happen', async () => {
    const { account, call } = testCloud({ settings: { vary: { seed: 1, also: ['*'], except: ['*'] } } })
    await call('vod.GetCategories')
    expect(account.log.all().at(-1)).not.toHaveProperty('variations')
  })

  test('a fork of an account meets the same', async () => {
    const { account, call, cloud } = testCloud({ settings: { vary: { seed: 1 } } })
    await call('vod.AddCategory', { CateName: 'one' })
    const copy = await account.fork()
    const calls = await Promise.all([account, copy].map((each) => call('vod.GetCategories', {}, { account: each })))
    expect(calls[0]?.body).toEqual(calls[1]?.body)
    cloud.disposeAccount(copy)
  })
})

test.each(['docs/testing.md', 'docs/zh/testing.md'])('%s has every kind, and says which must be asked for', (page) => {
  const rows = readFileSync(page, 'utf8').matchAll(/^\| `(\w+\.\w+)` \| .* \| (?:(`also`) )?\|$/gm)
  const told = [...rows].map(([, kind, asked]) => [kind, asked !== undefined])
  expect(told).toEqual(kindNames.map((kind) => [kind, 'onlyIfAsked' in kinds[kind]]))
})
