/** Replies that ask for a broken or a silent connection, as clients see them through every door. */

import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Reply } from '../../src/index.js'
import { popCore } from '../support/sdk.js'
import { type Door, doors, openHttp } from './doors.js'

describe.each(doors)('$door', ({ open, sdks }) => {
  let door: Door
  let url: string
  /** Resolves once the first call has been answered by the cloud. */
  let answered: Promise<void>

  /** Has the first call end as asked; the others are answered. */
  function endFirst(connection: Reply['connection']): void {
    const { handle } = door.cloud
    answered = new Promise((resolve) => {
      door.cloud.handle = async (call) => {
        door.cloud.handle = handle
        const reply = await handle(call)
        resolve()
        return { ...reply, connection }
      }
    })
  }

  beforeEach(async () => {
    door = await open({ seed: 7, clock: 'manual' })
    url = door.endpoint('videoseg')
  })
  afterEach(() => door.close())

  describe('reset', () => {
    beforeEach(() => endFirst('reset'))

    it('is a network error to fetch', async () => {
      await expect(fetch(url)).rejects.toThrow(TypeError)
      expect((await fetch(url)).status).toBe(400)
    })

    it.runIf(sdks)('is a network error to pop-core', async () => {
      const call = popCore({ url, key: door.cloud.account().credentials, version: '2020-03-20' }, 'POST')
      await expect(call('SegmentVideoBody')).rejects.toThrow(/POST http\S+ failed\.$/)
      await expect(call('SegmentVideoBody')).rejects.toMatchObject({ code: 'MissingParameter' })
    })
  })

  describe('hang', () => {
    beforeEach(() => endFirst('hang'))

    it('keeps the client waiting until it gives up, and nobody else', async () => {
      const patience = new AbortController()
      const waiting = fetch(url, { signal: patience.signal })
      await answered
      expect((await fetch(url)).status).toBe(400)
      patience.abort(new Error('gave up'))
      await expect(waiting).rejects.toThrow('gave up')
    })
  })
})

it('a client that waits at an emulator is cut off when the emulator closes', async () => {
  const { cloud, endpoint, close } = await openHttp({ clock: 'manual' })
  const { handle } = cloud
  const called = new Promise<void>((resolve) => {
    cloud.handle = async (call) => {
      const reply = await handle(call)
      resolve()
      return { ...reply, connection: 'hang' }
    }
  })
  const cutOff = expect(fetch(endpoint('videoseg'))).rejects.toThrow(TypeError)
  await called
  await close()
  await cutOff
})

describe('a client that sends one call after the other without waiting for answers', () => {
  /** The statuses of what comes back to two calls, until the connection ends. The first is answered late, the second as asked. */
  async function twoCalls(connection: Reply['connection']): Promise<string[]> {
    const { cloud, endpoint, close } = await openHttp({ clock: 'manual' })
    onTestFinished(close)
    const { handle } = cloud
    let calls = 0
    cloud.handle = async (call) => {
      const reply = await handle(call)
      return ++calls === 1 ? { ...reply, delay: 20 } : { ...reply, connection }
    }
    const socket = connect(Number(new URL(endpoint('vod')).port), '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nhost: vod\r\n\r\n'.repeat(2))
    let received = ''
    socket.setEncoding('latin1').on('data', (piece) => {
      received += piece
    })
    await new Promise((resolve) => socket.on('error', resolve).on('end', resolve))
    return received.match(/HTTP\/1\.1 \d+/g) ?? []
  }

  it.each<{ connection: Reply['connection']; answers: number }>([
    { connection: 'reset', answers: 1 },
    { connection: { resetAfter: 10 }, answers: 2 },
  ])('gets the answers that come before $connection', async ({ connection, answers }) => {
    expect(await twoCalls(connection)).toHaveLength(answers)
  })
})
