import { describe, expect, onTestFinished, test } from 'vitest'
import { createClient, createControl } from '../../src/client/index.js'
import { DEFAULT_KEY } from '../../src/index.js'
import { type SdkCall, sdks, testEmulator } from '../support/sdk.js'
import { sample } from '../vod/support.js'
import { oss, ticketOf } from './support.js'

/** An emulator with its control client, ended with the test. */
async function emulator() {
  const started = await testEmulator({ seed: 'state' })
  onTestFinished(started.close)
  return { ...started, typed: createControl({ endpoint: started.url }) }
}

/** A call to VOD by an official SDK. */
const connect = (url: string, name: string, key = DEFAULT_KEY as { accessKeyId: string; accessKeySecret: string }): SdkCall =>
  (sdks.find((sdk) => sdk.name === name) as (typeof sdks)[number]).connect({ url, key, version: '2017-03-21' })

/** Uploads a film with an SDK, and lets it be transcoded. */
async function withFilm({ cloud, url, typed }: Awaited<ReturnType<typeof emulator>>, sdk: string): Promise<string> {
  const { VideoId, ...ticket } = await connect(url, sdk)('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
  const { key, object } = ticketOf(ticket)
  await oss(cloud, key, 'PUT', object, { body: sample('sample.mp4') })
  await typed.clock.advance('1m')
  return VideoId
}

describe.each(['pop-core, POST', 'openapi-client, query'])('with %s', (sdk) => {
  test('a state that is taken from one emulator to another is answered the same', async () => {
    const [here, there] = [await emulator(), await emulator()]
    const VideoId = await withFilm(here, sdk)
    await there.typed.state.import(await here.typed.state.export({ bytes: 'inline' }))
    const answers = await Promise.all([here, there].map(({ url }) => connect(url, sdk)('GetPlayInfo', { VideoId })))
    const [mine, theirs] = answers.map((answer) => JSON.stringify(answer))
    expect(theirs?.replaceAll(there.url, here.url).replace(/Signature=[^&"]*/g, '')).toBe(mine?.replace(/Signature=[^&"]*/g, ''))
    const { PlayURL } = answers[1].PlayInfoList.PlayInfo[0]
    const [first, second] = [PlayURL, PlayURL.replace(there.url, here.url)]
    expect((await fetch(first)).status).toBe(200)
    expect(Buffer.from(await (await fetch(first)).arrayBuffer())).toEqual(Buffer.from(await (await fetch(second)).arrayBuffer()))
  })

  test('a fork is called with its own key, and changes nothing in the account', async () => {
    const here = await emulator()
    const VideoId = await withFilm(here, sdk)
    const fork = await here.typed.fork()
    const call = connect(here.url, sdk, fork)
    expect((await call('GetPlayInfo', { VideoId })).VideoBase.Title).toBe('film')
    const added = await call('CreateUploadVideo', { Title: 'second', FileName: 'second.mp4' })
    await expect(connect(here.url, sdk)('GetPlayInfo', { VideoId: added.VideoId })).rejects.toThrow(/The video does not exist/)
  })
})

describe('the control API', () => {
  test('takes a document that is larger than what other calls take', async () => {
    const { cloud, control } = await emulator()
    const account = cloud.account()
    account.oss.createBucket('large', 'cn-shanghai')
    await account.oss.putObject('large', 'film', Buffer.alloc(20 * 1024 * 1024, 'film'))
    const { body: document } = await control('GET', '/state?bytes=inline')
    await account.reset()
    expect((await control('PUT', '/state', document)).status).toBe(200)
    expect(account.oss.object('large', 'film')?.size).toBe(20 * 1024 * 1024)
  })

  test('answers a fork with its keys and those of its users', async () => {
    const { control } = await emulator()
    const alice = (await control('POST', '/ram/users', { name: 'alice', allow: ['vod:*'] })).body
    const { status, body } = await control('POST', '/accounts/fork')
    expect(status).toBe(201)
    expect(body).toEqual({
      accountId: '1234567890123456',
      accessKeyId: expect.stringMatching(/^LTAI5t\w{18}$/),
      accessKeySecret: expect.stringMatching(/^\w{30}$/),
      users: [{ name: 'alice', accessKeyId: expect.any(String), accessKeySecret: expect.any(String) }],
    })
    expect(body.users[0].accessKeyId).not.toBe(alice.accessKeyId)
    expect((await control('GET', `/usage?accessKeyId=${body.users[0].accessKeyId}`)).body.accountId).toBe(body.accountId)
  })

  test('forks the account that was chosen', async () => {
    const { control } = await emulator()
    const other = (await control('POST', '/accounts')).body
    const fork = (await control('POST', `/accounts/fork?accessKeyId=${other.accessKeyId}`)).body
    expect(fork.accountId).toBe(other.accountId)
  })

  test('saves, lists, restores and deletes snapshots', async () => {
    const { typed, url } = await emulator()
    const client = createClient({ endpoint: url, ...DEFAULT_KEY })
    const saved = await typed.snapshots.save('before the film')
    expect(saved).toEqual({ name: 'before the film', time: '2026-01-01T00:00:00.000Z' })
    const { VideoId } = await client.vod.CreateUploadVideo({ Title: 'film', FileName: 'film.mp4' })
    await typed.clock.advance('1h')
    expect(await typed.snapshots.list()).toEqual([saved])
    expect(await typed.snapshots.restore('before the film')).toEqual(saved)
    await expect(client.vod.GetUploadDetails({ MediaIds: [VideoId] })).resolves.toMatchObject({ UploadDetails: [] })
    expect((await typed.clock.get()).now).toBe('2026-01-01T00:00:00.000Z')
    expect(await typed.snapshots.delete('before the film')).toEqual([])
  })

  const refused: [name: string, method: string, path: string, body: unknown, error: RegExp][] = [
    ['a state without a body', 'PUT', '/state', undefined, /This is not the state of an account/],
    [
      'a state of another version',
      'PUT',
      '/state',
      { format: 'vod-viapi-emulator/state', version: 9 },
      /The state is of version 9, and this/,
    ],
    ['another form of bytes', 'GET', '/state?bytes=none', undefined, /bytes is "named" or "inline"/],
    ['a snapshot without a name', 'POST', '/snapshots', {}, /^name: /],
    ['a snapshot with an empty name', 'POST', '/snapshots', { name: '' }, /has 1 to 100 characters/],
    ['a snapshot that is not there', 'POST', '/snapshots/none/restore', undefined, /has no snapshot "none"; it has none/],
    ['a snapshot to delete that is not there', 'DELETE', '/snapshots/none', undefined, /has no snapshot "none"/],
  ]

  test.each(refused)('refuses %s', async (_name, method, path, body, error) => {
    const { control } = await emulator()
    const answer = await control(method, path, body)
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(error) } })
  })
})
