/** Replies that cannot be written: the cloud is called once all the same, the client is not left waiting, and the bug is reported once. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Reply } from '../../src/index.js'
import { watched } from '../support/watchdog.js'
import { type Door, doors } from './doors.js'

async function* failing(after: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < after; piece++) yield Buffer.alloc(1000)
  throw new Error('cannot be read')
}

const headers = { 'content-type': 'text/plain' }
const good: Reply = { status: 200, headers, body: 'good' }

describe.each(doors)('$door', ({ open }) => {
  let door: Door
  let calls: number
  let bugs: unknown[]

  beforeEach(async () => {
    calls = 0
    bugs = []
    door = await open({ onBug: (error) => bugs.push(error) })
  })
  afterEach(() => door.close())

  /** Has the cloud answer everything in one way. */
  function answer(handle: () => Promise<Reply>): void {
    door.cloud.handle = () => {
      calls++
      return handle()
    }
  }

  const ask = (to: string): Promise<Response> =>
    fetch(`${door.endpoint('videoseg')}/`, { method: 'POST', body: 'a=b', ...(to === 'OSS' && { headers: { authorization: 'OSS a:b' } }) })

  describe.each(['an Action', 'OSS'])('to a call to %s', (to) => {
    it.each<{ what: string; handle: () => Promise<Reply> }>([
      { what: 'there is none', handle: () => Promise.reject(new Error('a bug')) },
      { what: 'a header that HTTP does not know', handle: async () => ({ ...good, headers: { 'x-a': '\ud800' } }) },
      { what: 'the name of a header that is none', handle: async () => ({ ...good, headers: { 'a b': 'c' } }) },
      {
        what: 'a header that HTTP does not know, of a body that breaks off',
        handle: async () => ({ ...good, headers: { 'x-a': '中' }, connection: { resetAfter: 2 } }),
      },
    ])('$what: the client gets InternalError', async ({ handle }) => {
      answer(handle)
      const { status, body } = await watched(async () => {
        const response = await ask(to)
        return { status: response.status, body: await response.json() }
      })
      expect({ status, body }).toMatchObject({ status: 500, body: { Code: 'InternalError' } })
      expect({ calls, bugs }).toEqual({ calls: 1, bugs: [expect.any(Error)] })
    })

    it.each([0, 3])('a body that cannot be read after %d pieces: the client gets no whole answer', async (pieces) => {
      answer(async () => ({ status: 200, headers: { ...headers, 'content-length': '10000' }, body: '', stream: failing(pieces) }))
      const answered = watched(async () => {
        const response = await ask(to)
        const { byteLength } = await response.arrayBuffer()
        return response.ok && byteLength === 10_000
      }).catch(() => false)
      expect(await answered).toBe(false)
      expect({ calls, bugs }).toEqual({ calls: 1, bugs: [new Error('cannot be read')] })
    })

    it('the next call is answered', async () => {
      answer(async () => (calls === 1 ? { ...good, headers: { 'x-a': '\n' } } : good))
      await (await ask(to)).text()
      expect(await (await ask(to)).text()).toBe('good')
    })
  })
})
