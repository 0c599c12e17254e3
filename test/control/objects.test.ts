/** The bytes of objects, as the control API hands them out. */

import { afterAll, expect, test } from 'vitest'
import { buildApp } from '../../emulator/server/app.js'
import { createCloud } from '../../src/index.js'

const cloud = createCloud({ clock: 'manual' })
const app = buildApp(cloud)
afterAll(async () => {
  await app.close()
  cloud.dispose()
})

test.each([1, 100, 101, 900])('an object whose name has %i characters can be read', async (length) => {
  const { oss } = cloud.account()
  if (oss.buckets.every(({ name }) => name !== 'my-bucket')) oss.createBucket('my-bucket', 'cn-shanghai')
  const key = `a/${'中'.repeat(length / 3)}`.padEnd(length, 'x').slice(0, length)
  await oss.putObject('my-bucket', key, Buffer.from('bytes'))
  const { statusCode, body } = await app.inject(`/_emulator/objects/my-bucket/${encodeURIComponent(key)}`)
  expect([statusCode, body]).toEqual([200, 'bytes'])
})
