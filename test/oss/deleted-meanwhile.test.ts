/** Objects that are deleted or replaced after a download was answered, and before anything of it was read. */

import { expect, test } from 'vitest'
import { rpcOf } from '../state/call.js'
import { BUCKET } from '../state/durable-support.js'
import { testCloud } from '../support/cloud.js'

test.each<[what: string, change: (object: ReturnType<typeof rpcOf>['object']) => Promise<unknown>]>([
  ['deleted', (object) => object('DELETE', 'film.mp4')],
  ['replaced', (object) => object('PUT', 'film.mp4', Buffer.from('new'))],
])('an object that is %s before it is read is sent as it was', async (_what, change) => {
  const { cloud, account } = testCloud()
  const { object } = rpcOf(cloud)
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  const film = Buffer.alloc(200_000, 'film ')
  await object('PUT', 'film.mp4', film)
  const { status, stream } = await object('GET', 'film.mp4')
  await change(object)
  const pieces: Uint8Array[] = []
  for await (const piece of stream ?? []) pieces.push(piece)
  expect([status, Buffer.concat(pieces).equals(film)]).toEqual([200, true])
  cloud.dispose()
})

test('an object that is deleted before it is read counts no more, and is gone with the account', async () => {
  const { cloud, account } = testCloud()
  const { object } = rpcOf(cloud)
  account.oss.createBucket(BUCKET, 'cn-shanghai')
  await object('PUT', 'film.mp4', Buffer.alloc(200_000, 'film '))
  const { stream } = await object('GET', 'film.mp4')
  await object('DELETE', 'film.mp4')
  expect(account.oss.storage.used).toBe(0)
  // Who asks for it and leaves gives it back.
  await stream?.[Symbol.asyncIterator]().return?.()
  expect((await object('GET', 'film.mp4')).status).toBe(404)
  cloud.dispose()
})
