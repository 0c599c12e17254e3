import { describe, expect, test } from 'vitest'
import { type Account, describeEvent } from '../../src/index.js'
import { defaultTemplateGroupOf } from '../../src/products/vod/shared/templates/built-in.js'
import type { SigningKey } from '../../src/signing/sign.js'
import { sample } from '../vod/support.js'
import { asker, BUCKET, busy, download, interview, oss, part, postForm, speaker, stateCloud, ticketOf } from './support.js'

/** A busy account, which can be disposed of, and a fork of it. */
async function forked() {
  const cloud = stateCloud()
  const account = cloud.createAccount({ seed: 'origin' })
  const traces = await busy(cloud, account)
  const fork = await account.fork()
  return { cloud, account, traces, fork }
}

/** What an account does from now on: the ids that it gives, and what falls due. */
async function continued(account: Account, call: ReturnType<typeof speaker>): Promise<unknown[]> {
  const { VideoId, RequestId } = await call('vod.CreateUploadVideo', { Title: 'new', FileName: 'new.mp4' })
  const fired = await account.clock.advance('8d')
  const events = account.events.list().map(describeEvent)
  const seen = [VideoId, RequestId, fired, events.map(({ id, time, payload }) => ({ id, time, payload })), account.jobs.records.list().rows]
  // URLs are signed with a key of the account's own.
  return JSON.parse(JSON.stringify(seen).replace(/&OSSAccessKeyId=[^"]*/g, ''))
}

describe('a fork', () => {
  test('is the same tenant under another key', async () => {
    const { cloud, account, fork } = await forked()
    expect(fork.accountId).toBe(account.accountId)
    expect(fork.credentials.accessKeyId).not.toBe(account.credentials.accessKeyId)
    expect([cloud.account(fork.credentials.accessKeyId), cloud.account(account.credentials.accessKeyId)]).toEqual([fork, account])
    expect(fork.ram.root.arn).toBe(account.ram.root.arn)
  })

  test('is in the same state', async () => {
    const { account, fork } = await forked()
    const mine = await account.export()
    const { 'ram.users': users, 'ram.sessions': _, 'ram.issued': __, 'ram.disabled': disabled, ...tables } = mine.tables
    const theirs = await fork.export()
    expect(theirs.tables).toMatchObject(tables)
    expect(theirs.cells.clock).toEqual(mine.cells.clock)
    expect([users?.length, disabled?.length]).toEqual([2, 1])
    expect([theirs.tables['ram.users']?.length, theirs.tables['ram.sessions'], theirs.tables['ram.issued']]).toEqual([
      2,
      undefined,
      undefined,
    ])
    expect(fork.ram.keyOf('bob')?.active).toBe(false)
  })

  test('goes on as the account itself does, and as another fork does', async () => {
    const { cloud, account, fork } = await forked()
    const second = await account.fork()
    const [mine, theirs, others] = [account, fork, second].map((each) => continued(each, speaker(cloud, each)))
    expect(await theirs).toEqual(await mine)
    expect(await others).toEqual(await mine)
  })

  test('has users with the same permissions and keys of their own', async () => {
    const { cloud, account, traces, fork } = await forked()
    const keyOf = (each: Account): SigningKey => each.ram.keyOf('alice') as SigningKey
    expect(keyOf(fork).accessKeyId).not.toBe(keyOf(account).accessKeyId)
    const call = asker(cloud, fork, keyOf(fork))
    expect((await call('vod.GetPlayInfo', { VideoId: traces.video })).status).toBe(200)
    expect((await call('vod.CreateUploadVideo', { Title: 'x', FileName: 'x.mp4' })).status).toBe(403)
    expect(fork.log.all().at(-1)?.identity).toBe(`acs:ram::${fork.accountId}:user/alice`)
  })

  test('gives later users other keys than the account does', async () => {
    const { account, fork } = await forked()
    const second = await account.fork()
    const keys = [account, fork, second, await fork.fork()].map((each) => {
      each.ram.putUser('carol', {})
      return each.ram.createAccessKey('carol').accessKeyId
    })
    expect(new Set(keys).size).toBe(4)
  })

  test('has keys that no fork before it had, even one that is gone', async () => {
    const { cloud, account, fork } = await forked()
    cloud.disposeAccount(fork)
    const second = await account.fork()
    expect(second.credentials.accessKeyId).not.toBe(fork.credentials.accessKeyId)
    expect(() => cloud.account(fork.credentials.accessKeyId)).toThrow(RangeError)
  })

  test('leaves STS sessions with the account', async () => {
    const { cloud, account, traces } = await forked()
    expect(cloud.account(traces.session.accessKeyId)).toBe(account)
  })

  test('does not notice what happens to the account', async () => {
    const { cloud, account, traces, fork } = await forked()
    const still = await account.fork()
    await interview(cloud, account, traces)
    const film = account.vod.videos.first()?.file as { bucket: string; key: string }
    await oss(cloud, account.credentials, 'DELETE', film)
    account.ram.putUser('alice', { deny: ['*'] })
    account.settings.change({ services: { vod: 'suspended' } })
    expect((await fork.export()).tables).toMatchObject(withoutKeys((await still.export()).tables))
    expect(await oss(cloud, fork.credentials, 'GET', film)).toMatchObject({ status: 200, body: sample('sample.mp4').toString('latin1') })
  })

  test('does not let the account notice what happens to it', async () => {
    const { cloud, account, traces, fork } = await forked()
    const before = await account.export()
    const film = fork.vod.videos.first()?.file as { bucket: string; key: string }
    await oss(cloud, fork.credentials, 'DELETE', film)
    await oss(cloud, fork.credentials, 'PUT', { bucket: BUCKET, key: 'new' }, { body: part(3) })
    const call = speaker(cloud, fork)
    await call('vod.GetVideoPlayAuth', { VideoId: traces.video })
    await fork.clock.advance('8d')
    fork.settings.change({ strictInputs: true })
    cloud.disposeAccount(fork)
    expect(await account.export()).toEqual(before)
    expect((await oss(cloud, account.credentials, 'GET', film)).status).toBe(200)
  })

  test('goes on serving its bytes when the account is gone, files and results included', async () => {
    const { cloud, account, traces, fork } = await forked()
    const film = account.vod.videos.first()?.file as { bucket: string; key: string }
    const result = await download(cloud, traces.result)
    cloud.disposeAccount(account)
    expect((await oss(cloud, fork.credentials, 'GET', film)).body).toBe(sample('sample.mp4').toString('latin1'))
    expect(await download(cloud, traces.result)).toEqual(result)
    expect(result.status).toBe(200)
    const { PlayInfoList } = await speaker(cloud, fork)('vod.GetPlayInfo', { VideoId: traces.video })
    expect((await download(cloud, PlayInfoList.PlayInfo[0].PlayURL)).status).toBe(200)
  })

  test('has upload addresses that lead to itself', async () => {
    const { cloud, account, fork } = await forked()
    const { VideoId, ...ticket } = await speaker(cloud, fork)('vod.CreateUploadVideo', { Title: 'theirs', FileName: 'theirs.mp4' })
    const { key, object } = ticketOf(ticket)
    expect((await oss(cloud, key, 'PUT', object, { body: sample('sample.mp4') })).status).toBe(200)
    await fork.clock.advance('1m')
    expect([fork.vod.videos.get(VideoId)?.status, account.vod.videos.get(VideoId)]).toEqual(['Normal', undefined])
  })

  test('takes uploads by form', async () => {
    const { cloud, account, fork } = await forked()
    expect(await postForm(cloud, fork.credentials, BUCKET, 'posted', 'by form')).toMatchObject({ status: 204 })
    expect([fork.oss.object(BUCKET, 'posted')?.size, account.oss.object(BUCKET, 'posted')]).toEqual([7, undefined])
  })

  test('shares the names of buckets with the account, and nobody else does', async () => {
    const { cloud, account, fork } = await forked()
    const stranger = cloud.createAccount()
    expect(() => stranger.oss.createBucket(BUCKET, 'cn-shanghai')).toThrow(expect.objectContaining({ code: 'BucketAlreadyExists' }))
    fork.oss.createBucket('of-the-fork', 'cn-shanghai')
    account.oss.createBucket('of-the-fork', 'cn-shanghai')
    expect(() => stranger.oss.createBucket('of-the-fork', 'cn-shanghai')).toThrow(expect.objectContaining({ code: 'BucketAlreadyExists' }))
    cloud.disposeAccount(account)
    expect(() => stranger.oss.createBucket(BUCKET, 'cn-shanghai')).toThrow(expect.objectContaining({ code: 'BucketAlreadyExists' }))
    cloud.disposeAccount(fork)
    expect(stranger.oss.createBucket(BUCKET, 'cn-shanghai').name).toBe(BUCKET)
  })

  test('of a fresh account has what every account has', async () => {
    const cloud = stateCloud()
    const fork = await cloud.createAccount().fork()
    expect(defaultTemplateGroupOf(fork)?.name).toBe('TranscodeTemplateGroup')
    expect(fork.vod.templateGroups.count).toBe(2)
  })

  test('counts the bytes that it has as its own', async () => {
    const { cloud, account, fork } = await forked()
    const used = account.oss.storage.used
    expect(used).toBeGreaterThan(0)
    expect(fork.oss.storage.used).toBe(used)
    await oss(cloud, account.credentials, 'PUT', { bucket: BUCKET, key: 'more' }, { body: part(9) })
    expect([account.oss.storage.used, fork.oss.storage.used]).toEqual([used + part(9).length, used])
  })

  test('can be reset, and then is what the account was when it was created', async () => {
    const { account, fork } = await forked()
    await Promise.all([account.reset(), fork.reset()])
    const [mine, theirs] = [await account.export(), await fork.export()]
    expect(theirs).toEqual({ ...mine, cells: { ...mine.cells, resultKeys: expect.anything() } })
  })

  test('does not come to life again when it was disposed of meanwhile', async () => {
    const { cloud, fork } = await forked()
    const document = await fork.export()
    const importing = fork.import(document)
    cloud.disposeAccount(fork)
    await expect(importing.then(() => cloud.account(fork.credentials.accessKeyId))).rejects.toThrow(RangeError)
    for (const late of [() => fork.reset(), () => fork.export(), () => fork.fork(), () => fork.snapshots.save('late')])
      await expect(late()).rejects.toThrow('The account was disposed of.')
  })
})

/** Tables in which nothing depends on keys. */
const withoutKeys = ({ 'ram.users': _, 'ram.disabled': __, ...tables }: Record<string, unknown>) => tables
