import { describe, expect, test } from 'vitest'
import type { StateDocument } from '../../src/index.js'
import type { SigningKey } from '../../src/signing/sign.js'
import { watched } from '../support/watchdog.js'
import { BUCKET, busy, download, interview, oss, part, speaker, stateCloud, ticketOf } from './support.js'

/** As it travels. */
const sent = (document: StateDocument): StateDocument => JSON.parse(JSON.stringify(document))

describe('an account that is exported with its bytes', () => {
  test('and imported in another cloud answers the same calls with the same bytes', async () => {
    const [here, there] = [stateCloud(), stateCloud()]
    const traces = await busy(here)
    await there.account().import(sent(await here.account().export({ bytes: 'inline' })))
    expect(await interview(there, there.account(), traces)).toEqual(await interview(here, here.account(), traces))
  })

  test('and imported is exported as the same document', async () => {
    const [here, there] = [stateCloud(), stateCloud()]
    await busy(here)
    const document = sent(await here.account().export({ bytes: 'inline' }))
    await there.account().import(document)
    expect(await there.account().export({ bytes: 'inline' })).toEqual(document)
  })

  test('has each run of bytes once, however many objects have it', async () => {
    const cloud = stateCloud()
    const { oss: store } = cloud.account()
    store.createBucket(BUCKET, 'cn-shanghai')
    const body = part(1)
    await store.putObject(BUCKET, 'first', body)
    await oss(cloud, cloud.account().credentials, 'PUT', { bucket: BUCKET, key: 'appended' })
    const { content } = (await store.putObject(BUCKET, 'second', body)) as { content: { size: number } }
    expect(content.size).toBe(body.length)
    const { bytes, tables } = await cloud.account().export({ bytes: 'inline' })
    expect([bytes?.length, tables['oss.objects']?.length]).toEqual([2, 3])
    expect(bytes?.[0]).toBe(body.toString('base64'))
  })

  test('remembers which nonces were used, and how many calls there were', async () => {
    const [here, there] = [stateCloud(), stateCloud()]
    const limits = { actions: { 'vod.GetPlayInfo': { limit: 2, per: 'minute' as const } } }
    here.account().settings.change({ limits })
    const call = speaker(here, here.account())
    await call('vod.GetPlayInfo', { VideoId: 'none' }, 'only-once')
    await there.account().import(sent(await here.account().export()))
    const again = speaker(there, there.account())
    expect((await again('vod.GetPlayInfo', { VideoId: 'none' }, 'only-once')).Code).toBe('SignatureNonceUsed')
    expect((await again('vod.GetPlayInfo', { VideoId: 'none' })).Code).toBe('InvalidVideo.NotFound')
    expect((await again('vod.GetPlayInfo', { VideoId: 'none' })).Code).toBe('Throttling.User')
  })

  test('remembers nonces as they are, however long', async () => {
    const cloud = stateCloud()
    const document = sent(await cloud.account().export())
    const nonces = ['a'.repeat(65_536), '', 'b', '中'.repeat(700), '\ud800', 'c'.repeat(200_000), 'd']
    document.tables.nonces = nonces.map((nonce) => [nonce, 0])
    await cloud.account().import(document)
    expect((await cloud.account().export()).tables.nonces).toEqual(document.tables.nonces)
  })

  test('takes a system clock on from where it stood', async () => {
    const [here, there] = [stateCloud({ clock: 'system' }), stateCloud({ clock: 'system' })]
    const then = Date.parse('2031-05-01T00:00:00Z')
    await here.account().clock.set({ now: then })
    await there.account().import(sent(await here.account().export()))
    const late = there.account().clock.now() - then
    expect(late).toBeGreaterThanOrEqual(0)
    expect(late).toBeLessThan(60_000)
  })
})

test('a clock does not go back because the clock of the machine did', async () => {
  const account = stateCloud({ clock: 'system' }).account()
  const document = sent(await account.export())
  const then = Date.parse('2031-05-01T00:00:00Z')
  const clock = { mode: 'system', now: then, speed: 1, sequences: 0, since: Date.now() + 86_400_000 }
  await account.import({ ...document, cells: { ...document.cells, clock } })
  expect(account.clock.now()).toBeGreaterThanOrEqual(then)
})

describe('an account that is imported into another one of the same cloud', () => {
  /** A busy account, and another one that has become the same. */
  async function pair() {
    const cloud = stateCloud()
    const traces = await busy(cloud)
    const other = cloud.createAccount({ seed: 'other' })
    await other.import(sent(await cloud.account().export()))
    return { cloud, traces, account: cloud.account(), other }
  }

  test('needs no bytes in its document', async () => {
    const { cloud, other, account } = await pair()
    expect((await account.export()).bytes).toBeUndefined()
    const film = account.vod.videos.first()?.file as { bucket: string; key: string }
    const [mine, theirs] = [await oss(cloud, account.credentials, 'GET', film), await oss(cloud, other.credentials, 'GET', film)]
    expect(theirs).toEqual(mine)
    expect(mine.status).toBe(200)
  })

  test('has the id, but keeps the keys that it was created with', async () => {
    const { cloud, account, other } = await pair()
    expect(other.accountId).toBe(account.accountId)
    expect(cloud.account(other.credentials.accessKeyId)).toBe(other)
    expect(cloud.account()).toBe(account)
  })

  test('has users with keys of their own, and none of the sessions', async () => {
    const { cloud, traces, account, other } = await pair()
    const [theirs, mine] = [other.ram.keyOf('alice') as SigningKey, account.ram.keyOf('alice') as SigningKey]
    expect(theirs.accessKeyId).not.toBe(mine.accessKeyId)
    expect(cloud.account(theirs.accessKeyId)).toBe(other)
    const { VideoBase } = await speaker(cloud, other, theirs)('vod.GetPlayInfo', { VideoId: traces.video })
    expect(VideoBase.Title).toBe('film')
    expect(cloud.account(traces.session.accessKeyId)).toBe(account)
  })

  test('goes on serving URLs that the other one has handed out', async () => {
    const { cloud, traces, account, other } = await pair()
    const before = await download(cloud, traces.result)
    account.oss.objects.clear()
    expect(await download(cloud, traces.result)).toEqual(before)
    expect(before.status).toBe(200)
    expect(other.oss.results.count).toBe(2)
  })

  test('is what it was before once it is reset', async () => {
    const { cloud, other } = await pair()
    await other.reset()
    const fresh = cloud.createAccount({ seed: 'other' })
    expect([other.accountId, other.vod.videos.count]).not.toEqual([cloud.account().accountId, 1])
    // Templates that an account has from the start have ids of their own in each.
    const own = { 'vod.templateGroups': expect.anything(), 'vod.vodTemplates': expect.anything() }
    expect((await other.export()).tables).toEqual({ ...(await fresh.export()).tables, ...own })
  })
})

describe('what cannot be imported', () => {
  type Change = (document: StateDocument) => unknown

  const bad: [name: string, change: Change, message: string | RegExp][] = [
    ['is no document', () => 'state', 'This is not the state of an account: its format is not "vod-viapi-emulator/state".'],
    ['is nothing', () => null, /its format is not/],
    ['is of another format', (document) => ({ ...document, format: 'x' }), /its format is not/],
    [
      'is of a later version',
      (document) => ({ ...document, version: 99 }),
      'The state is of version 99, and this emulator reads versions up to 3.',
    ],
    ['is of no version', ({ version: _, ...document }) => document, /is of version undefined/],
    ['has something else', (document) => ({ ...document, more: 1 }), /Unrecognized key: "more"/],
    [
      'has a table that no account has',
      (document) => ({ ...document, tables: { ...document.tables, 'vod.films': [] } }),
      'The state cannot be read: nothing of an account is called table "vod.films".',
    ],
    [
      'has a cell that no account has',
      (document) => ({ ...document, cells: { ...document.cells, mood: 1 } }),
      /nothing of an account is called cell "mood"/,
    ],
    ['lacks a cell', ({ cells: { clock: _, ...cells }, ...document }) => ({ ...document, cells }), /^The state cannot be read: clock: /],
    ['has a bad cell', (document) => ({ ...document, cells: { ...document.cells, ids: -1 } }), /^The state cannot be read: ids: /],
    [
      'has an entry that is not as it must be',
      changed('jobs', { id: 'j1' }),
      /^The state cannot be read: jobs "key": kind: .*; submittedAt: /,
    ],
    ['has a record that is not as it must be', changed('vod.videos', {}), /^The state cannot be read: vod\.videos "key": videoId: /],
    [
      'has a job of a kind that is not there',
      changed('jobs', JOB, JOB.id),
      'The state cannot be taken over: no Action here starts jobs of vod.Unheard.',
    ],
    [
      'has settings for what is not there',
      (document) => ({ ...document, cells: { ...document.cells, settings: { jobs: { 'vod.Unheard': { timeout: 1 } } } } }),
      /^vod\.Unheard: there is no such kind of job/,
    ],
    [
      'has bytes that are not base64',
      (document) => ({ ...document, bytes: ['*'] }),
      'The state cannot be read: its bytes are not in base64.',
    ],
    [
      'has a bucket that belongs to somebody else',
      changed('oss.buckets', { name: 'taken', region: 'cn-shanghai', createdAt: 0 }, 'taken'),
      'The state cannot be taken over: others have buckets of its names: taken.',
    ],
    [
      'names bytes that are not there',
      changed('oss.objects', objectOf('7-0123456789ABCDEF')),
      /nothing here has the bytes 7-0123456789ABCDEF\.$/,
    ],
    [
      'has one thing twice',
      changed('oss.buckets', { name: 'mine', region: 'cn-shanghai', createdAt: 0 }, 'mine'),
      'The state cannot be read: oss.buckets "mine": is there twice.',
    ],
    [
      'has something under the key of something else',
      changed('oss.buckets', { name: 'other', region: 'cn-shanghai', createdAt: 0 }, 'another'),
      'The state cannot be read: oss.buckets "another": is under the key of something else: its own is "other".',
    ],
    [
      'has a record under the key of another',
      changed('oss.objects', { ...objectOf(undefined), size: 0, content: { segments: [] } }, 'b/other'),
      'The state cannot be read: oss.objects "b/other": is under the key of something else: its own is "b/k".',
    ],
    [
      'has an object with another size than its content',
      changed('oss.objects', { ...objectOf(undefined), content: { segments: [] } }, 'b/k'),
      'The state cannot be read: oss.objects "b/k": size: 3 bytes, and its content has 0.',
    ],
    [
      'has a header that cannot be sent',
      changed('oss.objects', { ...objectOf(undefined), headers: { expires: '1\r\nset-cookie: a' } }, 'b/k'),
      /oss\.objects "b\/k": headers\.expires: has characters that cannot stand in a header/,
    ],
    [
      'has a header that no object has',
      changed('oss.objects', { ...objectOf(undefined), headers: { 'transfer-encoding': 'chunked' } }, 'b/k'),
      /oss\.objects "b\/k": headers\.transfer-encoding: is not the name of a header that is kept/,
    ],
    [
      'has a part with a number that none can have',
      changed('oss.parts', { upload: 'U', number: 0, content: { segments: [] }, md5: 'M', crc64: '0', modifiedAt: 0 }, 'U/0'),
      /oss\.parts "U\/0": number: /,
    ],
    [
      'has a time that is none',
      changed('oss.buckets', { name: 'late', region: 'cn-shanghai', createdAt: 1e300 }, 'late'),
      /oss\.buckets "late": createdAt: /,
    ],
    [
      'has an upload from what is no URL',
      changed(
        'vod.uploadJobs',
        { jobId: 'j', sourceUrl: '', extension: 'mp4', title: 't', tags: [], storageLocation: '', appId: 'a', createdAt: 0 },
        'j',
      ),
      /vod\.uploadJobs "j": sourceUrl: is not a URL/,
    ],
    ['is nested too deeply', changed('jobs', nested(100_000), 'j'), 'The state cannot be read: jobs "j": is nested too deeply.'],
    ['names a sample that is not there', changed('oss.objects', objectOf(undefined)), /there is no sample none\.mp4/],
  ]

  test.each(bad)('%s: nothing changes', async (_name, change, message) => {
    const cloud = stateCloud()
    cloud.createAccount().oss.createBucket('taken', 'cn-shanghai')
    const account = cloud.account()
    account.oss.createBucket('mine', 'cn-shanghai')
    await account.oss.storage.receive(Buffer.from('some bytes'))
    account.ram.putUser('alice', {})
    const before = sent(await account.export())
    await expect(account.import(change(sent(before)))).rejects.toThrow(
      expect.objectContaining({ name: 'RangeError', message: typeof message === 'string' ? message : expect.stringMatching(message) }),
    )
    expect(await account.export()).toEqual(before)
  })

  test('all bytes that are missing are named at once', async () => {
    const [here, there] = [stateCloud(), stateCloud()]
    const { uploadId } = await busy(here)
    const document = sent(await here.account().export())
    const named = [...JSON.stringify(document.tables).matchAll(/"file":"(\d+-\w+)"/g)].map(([, id]) => id as string)
    expect(uploadId).not.toBe('')
    const refusal = await there
      .account()
      .import(document)
      .catch((error: Error) => error.message)
    expect([...new Set(named)].filter((id) => !String(refusal).includes(id))).toEqual([])
    expect(there.account().vod.videos.count).toBe(0)
  })

  test('more bytes than a document holds are not exported', async () => {
    const cloud = stateCloud()
    const account = cloud.account()
    account.oss.createBucket(BUCKET, 'cn-shanghai')
    for (let number = 0; number < 9; number++) await account.oss.putObject(BUCKET, `${number}`, Buffer.alloc(8 * 1024 * 1024, number))
    await expect(account.export({ bytes: 'inline' })).rejects.toThrow(/have 75497472 bytes, and a document holds at most 67108864/)
    expect((await account.export()).tables['oss.objects']).toHaveLength(9)
  })
})

test('a state with all that an account may have is read in slices', async () => {
  const account = stateCloud().account()
  const document = await account.export()
  const records = Array.from({ length: 100_000 }, (_, index) => {
    const url = `http://a/${index}.mp4`
    return [url, { url, duration: 5, width: 1280, height: 720 }] as const
  })
  const large = { ...document, tables: { ...document.tables, assets: records } }
  await watched(() => account.import(large), { longestMs: 300 })
  expect((await account.export()).tables.assets).toHaveLength(records.length)
})

test('what a client has under way ends in the account that was imported', async () => {
  const [here, there] = [stateCloud(), stateCloud()]
  const { ticket, uploadId } = await busy(here)
  await there.account().import(sent(await here.account().export({ bytes: 'inline' })))
  const { key, object } = ticketOf(ticket)
  const answer = await oss(there, key, 'PUT', object, { query: { partNumber: '2', uploadId }, body: part(2) })
  expect(answer.status).toBe(200)
})

/** An array in an array in an array … */
const nested = (levels: number): unknown => {
  let value: unknown = 0
  for (let level = 0; level < levels; level++) value = [value]
  return value
}

const JOB = { id: 'j1', kind: 'vod.Unheard', submittedAt: 0, stage: 'x', attempt: 1, input: {}, endedAt: 1, ending: 'failed' }

/** An object with these bytes, or a sample that does not exist. */
function objectOf(file: string | undefined) {
  const segment = file === undefined ? { sample: 'none.mp4' } : { file, size: 3 }
  const common = { bucket: 'b', key: 'k', contentType: 'x/y', type: 'Normal', size: 3, etag: 'E', crc64: '1', headers: {}, modifiedAt: 0 }
  return { ...common, content: { segments: [segment] } }
}

/** The document with one entry more. */
function changed(table: string, value: unknown, key = 'key') {
  return (document: StateDocument) => ({
    ...document,
    tables: { ...document.tables, [table]: [...(document.tables[table] ?? []), [key, value]] },
  })
}
