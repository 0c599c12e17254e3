/**
 * What has to work with every version of undici, beside the cases of all runners. The packages are given by the folder that has installed them.
 */

const assert = require('node:assert/strict')
const { setImmediate: soon } = require('node:timers/promises')

const ORIGIN = 'https://videoseg.cn-shanghai.aliyuncs.com'

/**
 * The world of an account in this process, behind undici: `createClient` calls the real endpoints with the `fetch` of Node.js. What no service has,
 * it has no method for, but says so as the gateway would.
 */
exports.behindUndici = (createClient, { credentials, clock, faults }) => ({
  client: (service) => ({
    async request(action, params) {
      const { [action]: call } = createClient(credentials)[service]
      if (call === undefined) throw Object.assign(new Error(action), { code: 'InvalidAction.NotFound' })
      return call(params)
    },
  }),
  advance: (by) => clock.advance(by),
  addFault: async (fault) => faults.add(fault),
})

/** By name; `connect` is the connector of a cloud that is behind the global dispatcher, too. */
exports.undiciCases = ({ Agent, Client, Pool, request, stream, pipeline, fetch: undiciFetch }, cloud, connect) => {
  const refused = /"Code":"MissingParameter"/
  const closing = async (client, use) => {
    try {
      return await use(client)
    } finally {
      await client.close()
    }
  }
  const readAll = async (body) => {
    const pieces = []
    for await (const piece of body) pieces.push(piece)
    return Buffer.concat(pieces).toString()
  }
  /** Has the next call end as a reply says. */
  const next = (reply) => {
    const { handle } = cloud
    cloud.handle = async (call) => {
      cloud.handle = handle
      return { ...(await handle(call)), ...reply }
    }
  }

  return {
    async request() {
      assert.match(await (await request(ORIGIN)).body.text(), refused)
    },
    async 'fetch of the package'() {
      assert.match(await (await undiciFetch(ORIGIN)).text(), refused)
    },
    async 'fetch of Node.js'() {
      assert.match(await (await fetch(ORIGIN)).text(), refused)
    },
    async stream() {
      const { PassThrough } = require('node:stream')
      const into = new PassThrough()
      const [answer] = await Promise.all([readAll(into), stream(ORIGIN, { method: 'GET' }, () => into)])
      assert.match(answer, refused)
    },
    async pipeline() {
      assert.match(await readAll(pipeline(ORIGIN, { method: 'POST' }, ({ body }) => body).end('a=b')), refused)
    },
    async 'Client, Pool and Agent with the connector'() {
      for (const client of [new Client(ORIGIN, { connect }), new Pool(ORIGIN, { connect }), new Agent({ connect })])
        await closing(client, async () => {
          const { body } = await client.request({ origin: ORIGIN, path: '/', method: 'GET' })
          assert.match(await body.text(), refused)
        })
    },
    async 'a connection that is reset'() {
      next({ connection: 'reset' })
      await assert.rejects(request(ORIGIN), { code: 'ECONNRESET' })
      next({ connection: 'reset' })
      await assert.rejects(fetch(ORIGIN), TypeError)
    },
    async 'a body that is cut off'() {
      for (const ask of [async () => (await request(ORIGIN)).body.text(), async () => (await undiciFetch(ORIGIN)).text()]) {
        next({ connection: { resetAfter: 5 } })
        await assert.rejects(ask(), (error) => (error.cause ?? error).code === 'UND_ERR_SOCKET')
      }
      next({ connection: { resetAfter: 5 } })
      await assert.rejects(
        fetch(ORIGIN).then((response) => response.text()),
        TypeError,
      )
    },
    async 'a call that hangs'() {
      next({ connection: 'hang' })
      await assert.rejects(request(ORIGIN, { headersTimeout: 1 }), { code: 'UND_ERR_HEADERS_TIMEOUT' })
      for (const ask of [request, fetch]) {
        let called = false
        const { handle } = cloud
        cloud.handle = async (call) => {
          cloud.handle = handle
          called = true
          return { ...(await handle(call)), connection: 'hang' }
        }
        const patience = new AbortController()
        const asked = assert.rejects(ask(ORIGIN, { signal: patience.signal }), { name: 'AbortError' })
        while (!called) await soon()
        patience.abort()
        await asked
      }
    },
    async 'a host that is not emulated'() {
      const { statusCode, body } = await request('https://ecs.aliyuncs.com/')
      assert.deepEqual({ statusCode, code: (await body.json()).Code }, { statusCode: 404, code: 'HostNotEmulated' })
    },
  }
}
