/** A data folder: what an emulator remembers that was ended and started again. */

import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { describe, expect, it } from 'vitest'
import { startEmulator } from '../../emulator/index.js'
import { defaultTemplateGroupOf } from '../../src/products/vod/shared/templates/built-in.js'
import { runCommand } from '../support/process.js'
import { decode, sample, type Ticket } from '../vod/support.js'
import { BUCKET, folder, type LastingEmulator, lastingEmulator, type OssClient } from './durable-support.js'

const KEY = 'sv/film.mp4'
const film = Buffer.concat([sample('sample.mp4'), Buffer.alloc(250_000, 'x')])

const uploadPart = (oss: OssClient, uploadId: string, partNumber: number, content: Buffer) =>
  oss.request({ method: 'PUT', object: KEY, bucket: BUCKET, subres: { partNumber, uploadId }, content, successStatuses: [200] })

/** What happens to an emulator, and what it answers; what one step has learned, the next ones know. */
const history: [name: string, step: (emulator: LastingEmulator, known: Record<string, string>) => Promise<unknown>][] = [
  ['a RAM user', ({ control }) => control('POST', '/ram/users', { name: 'alice', allow: ['vod:*'] })],
  [
    'a callback',
    ({ vod, account }) => {
      const alice = account.ram.keyOf('alice') ?? account.credentials
      return vod(alice)('SetMessageCallback', {
        CallbackType: 'MNS',
        MnsEndpoint: 'http://1234.mns.cn-shanghai.aliyuncs.com/',
        MnsQueueName: 'events',
        EventTypeList: 'ALL',
      })
    },
  ],
  [
    'a ticket',
    async ({ vod }, known) => {
      const ticket = await vod()('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
      return Object.assign(known, ticket)
    },
  ],
  [
    'its upload',
    async ({ url, account, cloud }, known) => {
      const { Bucket, FileName = '' } = decode((known as unknown as Ticket).UploadAddress)
      const { AccessKeyId = '', AccessKeySecret = '', SecurityToken = '' } = decode((known as unknown as Ticket).UploadAuth)
      const { default: AliOss } = await import('ali-oss')
      const client = new AliOss({
        endpoint: url,
        region: 'oss-cn-shanghai',
        bucket: Bucket as string,
        accessKeyId: AccessKeyId,
        accessKeySecret: AccessKeySecret,
        stsToken: SecurityToken,
        refreshSTSTokenInterval: 1e9,
      } as never)
      await client.put(FileName, film)
      return [account.clock.pending, cloud.account().jobs.unfinished]
    },
  ],
  ['a pull', ({ vod }) => vod()('UploadMediaByURL', { UploadURLs: 'http://files.example.com/far.mp4' })],
  ['jobs half way', ({ control }) => control('POST', '/clock/advance', { by: '2500ms' })],
  ['files', ({ control }) => control('PUT', '/assets', [{ url: 'http://in.example.com/a.mp4' }, { url: 'http://in.example.com/b.mp4' }])],
  ['the first file anew, which is the last one now', ({ control }) => control('PUT', '/assets', { url: 'http://in.example.com/a.mp4' })],
  ['all files', ({ control }) => control('GET', '/assets')],
  ['a setting', ({ control }) => control('PUT', '/settings', { maxUnfinishedJobs: 77 })],
  ['a read message', ({ control }) => control('POST', '/queues/events/receive', { count: 1, hiddenFor: '10s' })],
  [
    'a bucket and half an upload',
    async ({ oss }, known) => {
      await oss().putBucket(BUCKET)
      const { uploadId } = await oss().initMultipartUpload(KEY)
      known.uploadId = uploadId
      await uploadPart(oss(), uploadId, 1, film.subarray(0, 200_000))
      return uploadId
    },
  ],
  ['a snapshot', ({ account }) => account.snapshots.save('half way')],
  ['a fault', ({ control }) => control('POST', '/faults', { service: 'vod', action: 'GetPlayInfo', times: 1, error: 'Throttling.User' })],
  [
    'the other half',
    async ({ oss }, known) => {
      await uploadPart(oss(), known.uploadId as string, 2, film.subarray(200_000))
      const { parts } = await oss().listParts(KEY, known.uploadId)
      const done = parts.map(({ PartNumber, ETag }: { PartNumber: string; ETag: string }) => ({ number: Number(PartNumber), etag: ETag }))
      const { etag } = await oss().completeMultipartUpload(KEY, known.uploadId, done)
      return etag
    },
  ],
  [
    'an object that grows',
    async ({ oss }) => {
      const { nextAppendPosition } = await oss().append('log', Buffer.from('one '))
      return nextAppendPosition
    },
  ],
  ['more of it', async ({ oss }) => (await oss().append('log', Buffer.from('two'), { position: 4 })).nextAppendPosition],
  ['another account', ({ control }) => control('POST', '/accounts', { clock: { mode: 'manual' } })],
  [
    'a result in it',
    async ({ cloud, control }, known) => {
      const { accessKeyId, accessKeySecret } = (await control('POST', '/accounts', { clock: { mode: 'manual' } })) as Record<string, string>
      known.accessKeyId = accessKeyId as string
      const account = cloud.account(accessKeyId)
      await account.turn.take(() =>
        account.oss.results.put({ bucket: 'viapi-out', key: 'a', contentType: 'text/plain', content: Buffer.from('made') }, 1e15),
      )
      return [accessKeySecret, account.oss.results.count]
    },
  ],
  ['the message comes back', ({ control }) => control('POST', '/clock/advance', { by: '1m' })],
  ['messages', ({ control }) => control('POST', '/queues/events/receive', { count: 16 })],
  ['the fault happens', ({ vod }, { VideoId }) => vod()('GetPlayInfo', { VideoId }).catch(({ code }) => code)],
  ['what is played', ({ vod }, { VideoId }) => vod()('GetPlayInfo', { VideoId })],
  ['the upload', async ({ oss }) => (await oss().get(KEY)).content.equals(film)],
  ['the log', async ({ oss }) => String((await oss().get('log')).content)],
  ['usage', ({ control }) => control('GET', '/usage')],
  ['events', ({ control }) => control('GET', '/events')],
  ['jobs', ({ control }) => control('GET', '/jobs')],
  ['faults', ({ control }) => control('GET', '/faults')],
  ['snapshots', ({ account }) => Promise.resolve(account.snapshots.list())],
  [
    'bytes in the other account',
    async ({ cloud }, { accessKeyId }) => {
      const { oss, clock } = cloud.account(accessKeyId)
      return [clock.mode, String(await oss.object('viapi-out', 'a')?.content.bytes())]
    },
  ],
  ['back to the snapshot', ({ account }) => account.snapshots.restore('half way')],
  ['what is left of the upload', async ({ oss }, { uploadId }) => (await oss().listParts(KEY, uploadId)).parts.length],
  ['jobs then', ({ control }) => control('GET', '/jobs')],
  ['jobs after that', ({ control }) => control('POST', '/clock/advance', { by: '1m' })],
]

/** Goes through the history, with a restart before each of these steps. */
async function live(restartBefore: (step: string) => boolean) {
  const emulator = await lastingEmulator({ seed: 'history' })
  const known: Record<string, string> = {}
  const answers: Record<string, unknown> = {}
  for (const [name, step] of history) {
    if (restartBefore(name)) await emulator.restart()
    answers[name] = JSON.parse(JSON.stringify((await step(emulator, known)) ?? null, withoutRealTime))
  }
  const state = JSON.parse(JSON.stringify(await emulator.account.export(), withoutRealTime))
  // A signature's nonce is the client's, and random.
  delete state.tables.nonces
  return { answers, state }
}

/** How long a delivery took is no part of what is to be the same. */
const withoutRealTime = (key: string, value: unknown): unknown => (key === 'elapsedMs' ? undefined : value)

describe('an emulator with a data folder', () => {
  it('goes on after each restart as if there had been none', async () => {
    const undisturbed = await live(() => false)
    const restarted = await live(() => true)
    expect(restarted.answers).toEqual(undisturbed.answers)
    expect(restarted.state).toEqual(undisturbed.state)
  })

  it('lets the official client resume an upload in parts', async () => {
    const emulator = await lastingEmulator()
    const interrupted = emulator.oss()
    await interrupted.putBucket(BUCKET)
    const large = Buffer.concat([film, film, film])
    let checkpoint = { doneParts: [] }
    const progress = async (done: number, reached: typeof checkpoint) => {
      checkpoint = reached
      if (done > 0.3) interrupted.cancel()
    }
    await expect(interrupted.multipartUpload(KEY, large, { partSize: 102_400, parallel: 1, progress })).rejects.toMatchObject({
      name: 'cancel',
    })
    const missing = Math.ceil(large.length / 102_400) - checkpoint.doneParts.length
    await emulator.restart()
    await emulator.oss().multipartUpload(KEY, large, { partSize: 102_400, checkpoint })
    expect((await emulator.oss().get(KEY)).content.equals(large)).toBe(true)
    expect(missing).toBeGreaterThan(0)
    expect(emulator.account.log.all().filter(({ action }) => action === 'UploadPart')).toHaveLength(missing)
  })

  it('knows the same accounts, keys and sessions', async () => {
    const emulator = await lastingEmulator({ accessKeys: [{ accessKeyId: 'ours', accessKeySecret: 'our secret' }] })
    const key = (await emulator.control('POST', '/accounts', { seed: 'mine' })) as {
      accessKeyId: string
      accessKeySecret: string
      accountId: string
    }
    const { ram } = emulator.cloud.account(key.accessKeyId)
    ram.putRole('uploader', { allow: ['vod:*'] })
    const session = ram.assumeRole('uploader', 3600)
    await emulator.vod(key)('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
    await emulator.restart()
    const { accountId, vod } = emulator.cloud.account(key.accessKeyId)
    expect([accountId, vod.videos.count]).toEqual([key.accountId, 1])
    expect(emulator.cloud.account('ours')).toBe(emulator.account)
    const { accessKeyId, accessKeySecret, securityToken } = session
    const answer = await emulator.vod({ accessKeyId, accessKeySecret, securityToken } as never)('CreateUploadVideo', {
      Title: 'b',
      FileName: 'b.mp4',
    })
    expect(answer.VideoId).toMatch(/^[0-9a-f]{32}$/)
    // The next account gets names of its own.
    expect(emulator.cloud.createAccount({ seed: 'mine' }).credentials.accessKeyId).not.toBe(key.accessKeyId)
  })

  it('keeps copies of an account, and what they share with it', async () => {
    const emulator = await lastingEmulator()
    await emulator.oss().putBucket(BUCKET)
    await emulator.oss().put(KEY, film)
    const fork = await emulator.account.fork()
    await emulator.oss().delete(KEY)
    await emulator.restart()
    const copy = emulator.cloud.account(fork.credentials.accessKeyId)
    expect(copy.accountId).toBe(emulator.account.accountId)
    expect((await emulator.oss(copy.credentials).get(KEY)).content.equals(film)).toBe(true)
    await expect(emulator.oss().head(KEY)).rejects.toMatchObject({ status: 404 })
  })

  it('stays without what was disposed of, and as it was reset', async () => {
    const emulator = await lastingEmulator()
    const { accessKeyId } = (await emulator.control('POST', '/accounts')) as { accessKeyId: string }
    await emulator.control('POST', '/ram/users', { name: 'alice' })
    await emulator.control('DELETE', `/accounts?accessKeyId=${accessKeyId}`)
    await emulator.control('POST', '/reset')
    await emulator.restart()
    expect(() => emulator.cloud.account(accessKeyId)).toThrow('No account has the access key')
    expect(emulator.account.ram.keyOf('alice')).toBeUndefined()
    expect((await emulator.vod()('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })).VideoId).toBeDefined()
  })

  it('is killed right after a reset, and has what every account has', async () => {
    const dataDir = folder()
    const assets = [{ url: 'http://in.example.com/a.mp4' }]
    const config = join(folder(), 'config.json')
    writeFileSync(config, JSON.stringify({ assets }))
    const command = runCommand(['--port', '0', '--data-dir', dataDir, '--config', config])
    const url = /http:\S+/.exec(await command.ready)?.[0]
    await fetch(`${url}/_emulator/reset`, { method: 'POST' })
    command.child.kill('SIGKILL')
    await command.ended
    const { account } = await lastingEmulator({ dataDir })
    expect([defaultTemplateGroupOf(account)?.name, account.assets.count]).toEqual(['TranscodeTemplateGroup', 1])
  })

  it('has files of what is there, and no others', async () => {
    const emulator = await lastingEmulator()
    const files = () => readdirSync(join(emulator.dataDir, 'objects'))
    await emulator.oss().putBucket(BUCKET)
    for (const key of ['a', 'b', 'c']) await emulator.oss().put(key, film)
    await emulator.oss().put('a', sample('sample.mp3'))
    await emulator.oss().delete('b')
    await emulator.oss().head('a')
    expect(files()).toHaveLength(2)
    await emulator.stop()
    writeFileSync(join(emulator.dataDir, 'objects', '99'), 'half of an upload')
    await emulator.restart()
    expect(files()).toHaveLength(2)
    expect((await emulator.oss().get('a')).content.equals(sample('sample.mp3'))).toBe(true)
  })

  it('keeps files that only a snapshot needs', async () => {
    const emulator = await lastingEmulator()
    await emulator.oss().putBucket(BUCKET)
    await emulator.oss().put(KEY, film)
    await emulator.account.snapshots.save('with film')
    await emulator.oss().delete(KEY)
    await emulator.restart()
    await emulator.account.snapshots.restore('with film')
    expect((await emulator.oss().get(KEY)).content.equals(film)).toBe(true)
    await emulator.oss().delete(KEY)
    emulator.account.snapshots.delete('with film')
    await emulator.restart()
    expect(readdirSync(join(emulator.dataDir, 'objects'))).toEqual([])
  })

  describe('and a clock', () => {
    it('that stands still stands where it stood', async () => {
      const emulator = await lastingEmulator({ clock: { mode: 'manual', now: Date.parse('2030-01-01T00:00:00Z') } })
      await emulator.control('POST', '/clock/advance', { by: '90m' })
      await emulator.restart()
      expect(await emulator.control('GET', '/clock')).toMatchObject({ mode: 'manual', now: '2030-01-01T01:30:00.000Z' })
    })

    it('that runs has gone on meanwhile, and what fell due has happened', async () => {
      const speed = 1_000_000
      const emulator = await lastingEmulator({ clock: { mode: 'manual' } })
      await emulator.oss().putBucket(BUCKET)
      await emulator.oss().initMultipartUpload(KEY)
      await emulator.control('PUT', '/clock', { mode: 'system', speed })
      const { clock } = emulator.account
      await emulator.stop()
      const stoodAt = Date.now()
      const before = clock.now()
      while (Date.now() < stoodAt + 5);
      await emulator.restart()
      expect(emulator.account.clock.now() - before).toBeGreaterThanOrEqual(5 * speed)
      await emulator.account.clock.advance('7d')
      expect((await emulator.oss().listUploads({})).uploads).toEqual([])
    })
  })

  it('takes what the folder says over what the command line says, and adds access keys', async () => {
    const dataDir = folder()
    const first = await startEmulator({ port: 0, dataDir, seed: 'first', clock: 'manual', settings: { maxUnfinishedJobs: 5 } })
    await first.close()
    const second = await startEmulator({
      port: 0,
      dataDir,
      seed: 'second',
      clock: 'system',
      settings: { maxUnfinishedJobs: 6 },
      accessKeys: [{ accessKeyId: 'added', accessKeySecret: 'later' }],
    })
    const account = second.cloud.account('added')
    const other = second.cloud.createAccount()
    expect([account.ids.seed, account.clock.mode, account.settings.values.maxUnfinishedJobs]).toEqual(['first', 'manual', 5])
    // What is new follows the command line.
    expect([other.ids.seed, other.clock.mode, other.settings.values.maxUnfinishedJobs]).toEqual(['first/1', 'system', 6])
    await second.close()
    const third = await startEmulator({ port: 0, dataDir })
    expect(third.cloud.account('added')).toBe(third.cloud.account())
    expect(third.cloud.createAccount().ids.seed).toBe('first/2')
    await third.close()
  })
})

describe('a data folder', () => {
  it('is refused while another emulator has it', async () => {
    const emulator = await lastingEmulator()
    await expect(startEmulator({ port: 0, dataDir: emulator.dataDir })).rejects.toThrow(
      `the data folder ${emulator.dataDir} is in use by this process`,
    )
    const { code, stdout, stderr } = await runCommand(['--port', '0', '--data-dir', emulator.dataDir]).ended
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(`vod-viapi-emulator: the data folder ${emulator.dataDir} is in use by another process\n`)
  })

  it.each<[what: string, prepare: (path: string) => unknown, says: RegExp]>([
    [
      'another version has written',
      (path) => put(path, 'format', 'vod-viapi-emulator/data 2'),
      /another version .*its format is vod-viapi-emulator\/data 2/,
    ],
    ['something else has written', (path) => put(path, 'a', 'b'), /another version .*its format is not known/],
    [
      'is a folder of something else',
      (path) => writeFileSync(join(path, 'film.mp4'), ''),
      /is not one: it holds film\.mp4; name an empty folder/,
    ],
    ['holds a value that cannot be read', (path) => putIn(path, 'cloud', '{'), /what is stored as cloud cannot be read/],
    ['lacks bytes', (path) => withoutBytes(path), /nothing here has the bytes 1-[0-9A-F]{16}/],
    ['lacks the file that the others follow from', (path) => spoil(path, /^CURRENT$/, rmSync), /is damaged: what it held cannot be read/],
    ['lacks the log', (path) => spoil(path, /\.log$/, rmSync), /is damaged: what it held cannot be read/],
    ['has nothing but noise in its log', (path) => spoil(path, /\.log$/, fillWithNoise), /is damaged: what it held cannot be read/],
    ['has another word in the file that the others follow from', (path) => spoil(path, /^CURRENT$/, fillWithNoise), /cannot be opened: /],
    ['has nothing but noise in its list of files', (path) => spoil(path, /^MANIFEST/, fillWithNoise), /cannot be opened: /],
  ])('that %s is refused, and left as it is', async (_what, prepare, says) => {
    const dataDir = folder()
    await prepare(dataDir)
    const before = listing(dataDir)
    await expect(startEmulator({ port: 0, dataDir })).rejects.toThrow(says)
    expect(listing(dataDir)).toEqual(before)
  })

  it('is let go of when it is refused', async () => {
    const dataDir = folder()
    await (await startEmulator({ port: 0, dataDir })).close()
    const cloud = await withDatabase(dataDir, (database) => database.get('cloud'))
    await put(dataDir, 'cloud', '{')
    await expect(startEmulator({ port: 0, dataDir })).rejects.toThrow()
    await put(dataDir, 'cloud', cloud as string)
    await (await startEmulator({ port: 0, dataDir })).close()
  })

  it('is stored in full when the process is told to end', async () => {
    const dataDir = folder()
    const command = runCommand(['--port', '0', '--data-dir', dataDir])
    const url = /http:\S+/.exec(await command.ready)?.[0]
    await fetch(`${url}/_emulator/ram/users`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"alice"}' })
    command.child.kill('SIGTERM')
    expect(await command.ended).toMatchObject({ code: 0, stderr: '' })
    const emulator = await lastingEmulator({ dataDir })
    expect(emulator.account.ram.keyOf('alice')).toBeDefined()
  })
})

/** Names of all files but those that the database itself renews whenever it is opened. */
const listing = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('state'))
    .sort()

async function withDatabase<T>(dataDir: string, work: (database: ClassicLevel) => Promise<T>): Promise<T> {
  const database = new ClassicLevel(join(dataDir, 'state'))
  await database.open()
  const result = await work(database)
  await database.close()
  return result
}

const put = (dataDir: string, key: string, value: string): Promise<void> => withDatabase(dataDir, (database) => database.put(key, value))

/** The same in a folder that an emulator has made. */
async function putIn(dataDir: string, key: string, value: string): Promise<void> {
  await (await startEmulator({ port: 0, dataDir })).close()
  await put(dataDir, key, value)
}

/** Does something to the files of the database with such names, in a folder that an emulator has made. */
async function spoil(dataDir: string, name: RegExp, work: (path: string) => void): Promise<void> {
  await (await startEmulator({ port: 0, dataDir })).close()
  const files = readdirSync(join(dataDir, 'state')).filter((each) => name.test(each))
  expect(files).toHaveLength(1)
  for (const each of files) work(join(dataDir, 'state', each))
}

const fillWithNoise = (path: string): void => writeFileSync(path, 'noise\n'.repeat(100))

async function withoutBytes(dataDir: string): Promise<void> {
  const { cloud, close } = await startEmulator({ port: 0, dataDir })
  const account = cloud.account()
  await account.turn.take(async () => {
    account.oss.createBucket(BUCKET, 'cn-shanghai')
    await account.oss.putObject(BUCKET, 'film', film)
  })
  await close()
  rmSync(join(dataDir, 'objects', '1'))
}
