import { describe, expect, test } from 'vitest'
import { addApps } from '../support/apps.js'
import { eventCloud } from './support.js'

const QUEUE = { CallbackType: 'MNS', MnsEndpoint: 'http://1234567.mns.cn-shanghai.aliyuncs.com/', MnsQueueName: 'vodcallback' }

const queueCloud = async () => {
  const made = eventCloud()
  await made.listen(QUEUE)
  return { ...made, queues: made.events.queues }
}

describe('in MNS mode', () => {
  test('an event is put into the queue, as an HTTP callback would carry it', async () => {
    const { upload, events, queues, told } = await queueCloud()
    await upload('v1')
    await events.settled()
    expect(told()).toEqual([['FileUploadComplete', 'delivered', undefined]])
    const [message] = queues.receive('vodcallback')
    expect(JSON.parse(message?.body ?? '')).toEqual(events.list()[0]?.payload)
  })

  test('messages come oldest first, as many as are asked for', async () => {
    const { upload, events, queues } = await queueCloud()
    for (const id of ['v1', 'v2', 'v3']) await upload(id)
    await events.settled()
    const read = (count: number) => queues.receive('vodcallback', { count }).map(({ body }) => JSON.parse(body).VideoId)
    expect(read(2)).toEqual(['v1', 'v2'])
    expect(read(16)).toEqual(['v3'])
    expect(queues.list()).toEqual([{ queue: 'vodcallback', active: 0, hidden: 3 }])
  })

  test('a message that was read is hidden, and comes back unless it is deleted', async () => {
    const { upload, events, queues, account } = await queueCloud()
    await upload()
    await events.settled()
    const [first] = queues.receive('vodcallback', { hiddenFor: 10_000 })
    expect(queues.receive('vodcallback')).toEqual([])
    await account.clock.advance('10s')
    const [second] = queues.receive('vodcallback')
    expect(second).toMatchObject({ messageId: first?.messageId, dequeueCount: 2 })
    expect(queues.delete('vodcallback', first?.receiptHandle ?? '')).toBe(false)
    expect(queues.delete('vodcallback', second?.receiptHandle ?? '')).toBe(true)
    await account.clock.advance('10m')
    expect(queues.receive('vodcallback')).toEqual([])
  })

  test('a message can no longer be deleted once it has come back', async () => {
    const { upload, events, queues, account } = await queueCloud()
    await upload()
    await events.settled()
    const [message] = queues.receive('vodcallback')
    await account.clock.advance('30s')
    expect(queues.delete('vodcallback', message?.receiptHandle ?? '')).toBe(false)
    expect(queues.list()).toEqual([{ queue: 'vodcallback', active: 1, hidden: 0 }])
  })

  test('a message that nobody reads is gone after an hour', async () => {
    const { upload, events, queues, account } = await queueCloud()
    await upload()
    await events.settled()
    await account.clock.advance('1h')
    expect(queues.list()).toEqual([])
  })

  test('queues are apart from each other', async () => {
    const { upload, listen, events, queues, account } = await queueCloud()
    addApps(account, 'app-2')
    await listen({ ...QUEUE, MnsQueueName: 'other', AppId: 'app-2' })
    await upload('v1')
    await upload('v2', { appId: 'app-2' })
    await events.settled()
    expect(queues.receive('other').map(({ body }) => JSON.parse(body).VideoId)).toEqual(['v2'])
    expect(queues.receive('nobody')).toEqual([])
  })

  test.each([
    ['the endpoint is an internal one', { MnsEndpoint: 'http://1.mns.cn-shanghai-internal.aliyuncs.com/' }, /not a public endpoint/],
    ['the endpoint is no queue service', { MnsEndpoint: 'http://127.0.0.1/' }, /not a public endpoint/],
    ['there can be no such queue', { MnsQueueName: '名字' }, /no queue/],
  ])('an event is dropped after three attempts when %s', async (_case, params, error) => {
    const { upload, listen, account, told } = eventCloud()
    await listen({ ...QUEUE, ...params })
    await upload()
    await account.clock.advance('1m')
    expect(told()).toEqual([['FileUploadComplete', 'dropped', ...Array(3).fill(expect.stringMatching(error))]])
  })

  test('an event that is too large for a message is dropped', async () => {
    const { account, events, told } = await queueCloud()
    await account.turn.take(() => void events.notify('FileUploadComplete', { VideoId: 'v', Size: 1, FileUrl: 'u'.repeat(65_536) }))
    await account.clock.advance('1m')
    expect(told()).toEqual([['FileUploadComplete', 'dropped', ...Array(3).fill(expect.stringMatching(/at most 65536/))]])
  })
})
