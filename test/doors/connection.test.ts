/** Replies that ask for a broken or a silent connection, as clients see them through both doors. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Reply } from '../../src/index.js'
import { popCore } from '../support/sdk.js'
import { type Door, doors, openHttp } from './doors.js'

describe.each(doors)('$door', ({ open }) => {
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

    it('is a network error to pop-core', async () => {
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
