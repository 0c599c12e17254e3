/** What serves control calls is made with the first of them; what comes meanwhile waits for it. */

import Fastify from 'fastify'
import { expect, it, onTestFinished, test } from 'vitest'
import { type Application, serveOnDemand } from '../../emulator/server/on-demand.js'
import { exchange } from '../support/socket.js'

/** A server whose requests below `/late` are served by an application that is ready when `make` says so; it answers with what it was sent. */
async function lateServer(make: (application: () => Promise<Application>) => Promise<Application>) {
  const application = async (): Promise<Application> => {
    const app = Fastify()
    app.all('/late', async ({ method, body }) => `[${method} ${body ?? ''}]`)
    await app.ready()
    return { serve: app.routing, close: () => app.close() }
  }
  const bugs: unknown[] = []
  const server = Fastify({ forceCloseConnections: true })
  server.decorate('onBug', (error: unknown) => bugs.push(error))
  serveOnDemand(
    server,
    ({ url }) => url.startsWith('/late'),
    () => make(application),
  )
  server.get('/', async () => '')
  onTestFinished(() => server.close())
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return { server, url, bugs }
}

const HOST = 'host: 127.0.0.1\r\ncontent-type: text/plain\r\n'
const GET = `GET /late HTTP/1.1\r\n${HOST}\r\n`
const POST = `POST /late HTTP/1.1\r\n${HOST}content-length: 5\r\n\r\nhello`
const IN_CHUNKS = `POST /late HTTP/1.1\r\n${HOST}transfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n`

test.each([
  { what: 'a request without a body', bytes: GET, answers: ['[GET ]'] },
  { what: 'a request with a body', bytes: POST, answers: ['[POST hello]'] },
  { what: 'a request with a body in chunks', bytes: IN_CHUNKS, answers: ['[POST hello]'] },
  {
    what: 'one request behind the other',
    bytes: GET + POST + IN_CHUNKS + GET,
    answers: ['[GET ]', '[POST hello]', '[POST hello]', '[GET ]'],
  },
  { what: 'more requests than a socket has listeners', bytes: POST.repeat(20), answers: Array(20).fill('[POST hello]') },
])('$what is answered although the client has ended what it writes', async ({ bytes, answers }) => {
  let begin = (): void => {}
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const { url } = await lateServer((application) => begun.then(application))
  const answered = exchange(url, bytes)
  // By then the server has had every occasion to read the end of what was written.
  for (let count = 0; count < 3; count++) await exchange(url, 'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n')
  begin()
  expect((await answered).match(/\[.*?\]/g)).toEqual(answers)
})

it('is made anew when it could not be made', async () => {
  let count = 0
  const { url, bugs } = await lateServer(async (application) => {
    if (count++ === 0) throw new Error('not yet')
    return application()
  })
  expect(await exchange(url, GET)).toMatch(/^HTTP\/1.1 500 /)
  expect(bugs).toEqual([new Error('not yet')])
  expect(await exchange(url, GET)).toMatch(/\[GET \]$/)
})

it('does not keep the server from closing when it could not be made', async () => {
  const { server, url } = await lateServer(() => Promise.reject(new Error('never')))
  await exchange(url, GET)
  await expect(server.close()).resolves.toBeUndefined()
})
