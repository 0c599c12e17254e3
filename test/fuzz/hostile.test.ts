/**
 * Hostile calls through all doors of the built product: Actions, OSS and the control API over HTTP, and msw in process. The emulator lives, answers
 * nothing that is not documented, blocks nobody, and has forgotten all of it afterwards.
 *
 * The suite makes some thousands; `scripts/hostile.sh` makes 100,000, which `HOSTILE` says.
 */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { getResponse } from 'msw'
import { Pool } from 'undici'
import { expect, test } from 'vitest'
import { type Call, type Cloud, createCloud, DEFAULT_KEY } from '../../src/index.js'
import { mswHandlers } from '../../src/msw.js'
import { v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js'
import { type SigningKey, sign } from '../../src/signing/sign.js'
import { TIMES } from '../support/fuzz.js'
import { watched } from '../support/watchdog.js'
import { checkReply, encodedPairs, hostileName, hostileValue } from './support.js'

const CALLS = 2000 * TIMES

/** Calls that are under way at a time. */
const AT_ONCE = 16

/** Milliseconds for which nothing may block the event loop; generous, for machines that are slow or busy. */
const LONGEST_BLOCK_MS = 1500

/** Bytes by which a heap may have grown that is back to where it was: the engine still learns. */
const MAX_GROWTH = 8 * 1024 * 1024

const BUCKET = 'hostile-bucket'

/** Codes of statuses from 500 on that the services document. */
const DOCUMENTED = /InternalServerError\.Busy|InternalError\.(?:Algorithm|Timeout)|ServiceUnavailable/

/** How the emulator is: see watched-server.mjs. */
interface Health {
  heap: number
  longestMs: number
  bugs: string[]
}

async function startServer() {
  const path = fileURLToPath(new URL('../support/watched-server.mjs', import.meta.url))
  const child = fork(path, { execArgv: ['--expose-gc'], stdio: 'inherit' })
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  const health = async (): Promise<Health> => {
    child.send({})
    return (await once(child, 'message'))[0]
  }
  return { url, child, health, stop: () => child.disconnect() }
}

const rightValue = fc.constantFrom(
  'film.mp4',
  'http://viapi-test.oss-cn-shanghai.aliyuncs.com/videos/sample.mp4',
  'http://viapi-test.oss-cn-shanghai.aliyuncs.com/photo.jpg',
  '1',
  '10',
  'true',
  'AUTO',
  'video',
  'HTTP',
  '[{"FileURL":"http://a.b/c.mp4","Title":"x"}]',
)

/** What the signature is made of, and what says which Action is meant. */
const RESERVED = /^(?:Action|Version|Format|Signature\w*|Timestamp|AccessKeyId|SecurityToken)$/

/** Actions, and parameters by the names that they know, and by others; values that are right, and others. */
const paramsOf = (cloud: Cloud): fc.Arbitrary<{ action: string; params: Record<string, string> }> =>
  fc
    .tuple(
      fc.constantFrom(...cloud.catalogue.actions),
      fc.array(fc.tuple(fc.nat(40), hostileName, fc.oneof(rightValue, hostileValue), fc.boolean()), { maxLength: 8 }),
    )
    .map(([action, given]) => {
      const names = Object.keys(action.input)
      const pairs = given.map(([number, name, value, known]): [string, string] => [
        (known ? (names[number % names.length] ?? name) : name).toWellFormed(),
        value.toWellFormed(),
      ])
      return { action: action.id, params: Object.fromEntries(pairs.filter(([name]) => !RESERVED.test(name))) }
    })

const verbs = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD')
const objectQuery = fc.oneof(
  fc.constantFrom(
    '',
    'uploads',
    'append&position=0',
    'partNumber=1&uploadId=x',
    'delete',
    'list-type=2&max-keys=3',
    'uploadId=x',
    'acl',
    'cors',
  ),
  encodedPairs,
)
const objectKey = fc.oneof(
  fc.constantFrom('film.mp4', 'a/b/c', '%E4%B8%AD', 'emulator-NoSuchKey', 'sv/x.mp4'),
  fc.string({ maxLength: 30 }).map((key) => encodeURIComponent(key.toWellFormed())),
)
const objectBody = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  fc.nat(200_000).map((size) => Buffer.alloc(size, 'x')),
  fc.constant(Buffer.from('<Delete><Object><Key>film.mp4</Key></Object></Delete>')),
)

/** Control calls: what may be asked of an account of their own. */
const routes = [
  'POST /clock/advance',
  'PUT /clock',
  'PUT /settings',
  'POST /ram/users',
  'POST /ram/roles',
  'POST /sts/sessions',
  'PUT /access-keys',
  'PUT /assets',
  'DELETE /assets',
  'POST /faults',
  'DELETE /faults',
  'POST /events',
  'DELETE /events',
  'POST /snapshots',
  'POST /snapshots/x/restore',
  'DELETE /snapshots/x',
  'PUT /state',
  'POST /reset',
  'POST /accounts',
  'POST /accounts/fork',
  'DELETE /accounts',
  'POST /requests/verify',
  'POST /scenarios/brown-out',
  'DELETE /scenarios/brown-out',
  'POST /settle',
  'POST /queues/x/receive',
  'GET /state',
  'GET /requests',
  'GET /jobs',
  'GET /nothing',
] as const

const controlBody = fc.oneof(
  fc.json(),
  fc.constantFrom(
    '{}',
    '',
    '{"by":"10m"}',
    '{"name":"x"}',
    '{"role":"x"}',
    '{"name":"x","allow":["*"]}',
    '{"url":"http://a.b/c.mp4"}',
    '{"service":"vod","action":"GetPlayInfo","error":"Throttling.User"}',
    '[[[[[',
    '{"__proto__":{"x":1}}',
    '{"settings":{"jobs":{"*":{"stages":{}}}}}',
    '{"seed":"x"}',
  ),
  fc.nat(2000).map((many) => `[${Array.from({ length: many }, () => '{"a":0}').join(',')}]`),
)

/** One call: resolves when it was answered as it may be. */
type Attack = () => Promise<void>

interface Answered {
  status: number
  headers: Headers
  body: string
}

/** Checks that an answer is a documented one. */
async function expectDocumented(cloud: Cloud, method: string, { status, headers, body }: Answered): Promise<void> {
  if (status >= 500 && status !== 501 && DOCUMENTED.test(body)) return
  checkReply(cloud, { method }, { status, headers: Object.fromEntries(headers) as Record<string, string>, body })
}

interface Doors {
  /** Sends a request over HTTP. */
  http: (call: Call) => Promise<Answered>
  cloud: Cloud
  url: string
}

function signedObject(method: string, key: string, query: string, body: Buffer): Call {
  const date = new Date().toUTCString()
  const pairs = [...new URLSearchParams(query)]
  const text = v1StringToSign({ method, headers: { date }, date, bucket: BUCKET, key: decodeURIComponent(key), query: pairs })
  const authorization = `OSS ${DEFAULT_KEY.accessKeyId}:${v1Signature(DEFAULT_KEY.accessKeySecret, text)}`
  const host = `${BUCKET}.oss-cn-shanghai.aliyuncs.com`
  return { method, host, path: `/${key}`, query, headers: { host, date, authorization, 'content-length': String(body.byteLength) }, body }
}

/** What a header or a request line can have. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?')

const inQuery = (text: string): string => printable(text).replaceAll(/[#\s]/g, '+')

/** Every kind of attack, and its share of all. */
function attacks({ http, cloud, url }: Doors, controlKey: SigningKey): { share: number; of: fc.Arbitrary<Attack> }[] {
  const host = new URL(url).host
  const handlers = mswHandlers(cloud)
  const scheme = fc.constantFrom('rpc' as const, 'acs3' as const)
  /** `at`: the host that is called. Default: that of the service. */
  const signed = (id: string, params: Record<string, string>, by: 'rpc' | 'acs3', at?: string): Call => {
    const [service = '', action = ''] = id.split('.', 2)
    const { version = '', host: real = '' } = cloud.catalogue.services.get(service) ?? {}
    return sign(by, { host: at ?? real, version, action, params, key: DEFAULT_KEY })
  }
  const rpc = fc.tuple(paramsOf(cloud), scheme).map(
    ([{ action, params }, by]): Attack =>
      async () => {
        const call = signed(action, params, by, host)
        await expectDocumented(cloud, call.method, await http(call))
      },
  )
  const spoilt = fc.tuple(encodedPairs, fc.constantFrom('GET', 'POST'), hostileValue).map(
    ([pairs, method, value]): Attack =>
      async () => {
        const headers = { host, 'content-type': 'application/x-www-form-urlencoded', authorization: printable(`ACS3-HMAC-SHA256 ${value}`) }
        const body = Buffer.from(method === 'POST' ? pairs : '')
        await expectDocumented(cloud, method, await http({ method, host, path: '/', query: inQuery(pairs), headers, body }))
      },
  )
  const oss = fc.tuple(verbs, objectKey, objectQuery, objectBody).map(
    ([method, key, query, body]): Attack =>
      async () => {
        const sent = /PUT|POST/.test(method) ? body : Buffer.alloc(0)
        await expectDocumented(cloud, method, await http(signedObject(method, key, inQuery(query), sent)))
      },
  )
  const control = fc.tuple(fc.constantFrom(...routes), controlBody).map(
    ([route, body]): Attack =>
      async () => {
        const [method = '', path = ''] = route.split(' ')
        const headers = { host, 'content-type': 'application/json' }
        // The account itself stays; those that it makes go.
        const query = `accessKeyId=${route === 'DELETE /accounts' ? 'none' : controlKey.accessKeyId}`
        const sent = method === 'GET' || method === 'DELETE' ? '' : body.toWellFormed()
        const answer = await http({ method, host, path: `/_emulator${path}`, query, headers, body: Buffer.from(sent) })
        expect(answer.status, `${route} ${sent.slice(0, 200)} ${answer.body.slice(0, 200)}`).toBeLessThan(500)
        if (answer.status !== 201 || !path.startsWith('/accounts')) return
        const made = { path: '/_emulator/accounts', query: `accessKeyId=${JSON.parse(answer.body).accessKeyId}` }
        expect((await http({ method: 'DELETE', host, ...made, headers: { host }, body: Buffer.alloc(0) })).status).toBe(200)
      },
  )
  const msw = fc.tuple(paramsOf(cloud), scheme).map(
    ([{ action, params }, by]): Attack =>
      async () => {
        const { method, host: real, path, query, headers, body } = signed(action, params, by)
        const sent = { method, headers: headers as Record<string, string>, body: Buffer.from(body) }
        const response = (await getResponse(handlers, new Request(`http://${real}${path}?${query}`, sent))) as Response
        await expectDocumented(cloud, method, { status: response.status, headers: response.headers, body: await response.text() })
      },
  )
  return [
    { share: 0.3, of: rpc },
    { share: 0.1, of: spoilt },
    { share: 0.25, of: oss },
    { share: 0.2, of: control },
    { share: 0.15, of: msw },
  ]
}

test(`${CALLS} hostile calls through all doors`, async () => {
  const server = await startServer()
  const bugs: unknown[] = []
  const cloud = createCloud({ clock: 'manual', settings: { limits: { enabled: false } }, onBug: (error) => bugs.push(error) })
  const pool = new Pool(server.url, { connections: AT_ONCE })
  const statuses = new Map<number, number>()
  const http: Doors['http'] = async ({ method, path, query, headers, body }) => {
    const target = {
      method: method as 'GET',
      path: `${path}${query === '' ? '' : `?${query}`}`,
      headers: headers as Record<string, string>,
    }
    const answer = await pool.request({ ...target, ...(body.byteLength > 0 && { body: Buffer.from(body) }) })
    const text = Buffer.from(await answer.body.arrayBuffer()).toString('latin1')
    statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
    return { status: answer.statusCode, headers: new Headers(answer.headers as Record<string, string>), body: text }
  }
  const control = async (method: string, path: string) => {
    const headers = { host: new URL(server.url).host }
    return JSON.parse((await http({ method, host: '', path: `/_emulator${path}`, query: '', headers, body: Buffer.alloc(0) })).body)
  }
  const controlKey: SigningKey = await control('POST', '/accounts')
  const reset = async (): Promise<void> => {
    await control('POST', '/reset')
    await control('POST', `/reset?accessKeyId=${controlKey.accessKeyId}`)
    await cloud.account().reset()
  }
  const kinds = attacks({ http, cloud, url: server.url }, controlKey)
  let seed = 20260101
  const attack = async (calls: number): Promise<void> => {
    await http(signedObject('PUT', '', '', Buffer.alloc(0)))
    // By the thousand, so that they need not all be there at once.
    for (let left = calls; left > 0; left -= 1000) {
      seed++
      const queue = kinds.flatMap(({ share, of }, kind) =>
        fc.sample(of, { numRuns: Math.ceil(share * Math.min(left, 1000)), seed: seed * 10 + kind }),
      )
      const client = async (): Promise<void> => {
        for (let next = queue.pop(); next !== undefined; next = queue.pop()) await next()
      }
      await Promise.all(Array.from({ length: AT_ONCE }, client))
    }
  }
  try {
    await attack(Math.min(CALLS, 10_000))
    await reset()
    const before = await server.health()
    await watched(() => attack(CALLS))
    await reset()
    const after = await server.health()
    if (TIMES > 1) {
      const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`
      const told = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status} ${count}`)
      console.log(`${CALLS} calls: heap ${megabytes(before.heap)} before, ${megabytes(after.heap)} after`)
      console.log(`longest block ${Math.round(after.longestMs)} ms; statuses over HTTP: ${told}`)
    }
    expect([...bugs, ...before.bugs, ...after.bugs]).toEqual([])
    expect(server.child.exitCode).toBeNull()
    expect(after.longestMs).toBeLessThan(LONGEST_BLOCK_MS)
    expect(after.heap - before.heap).toBeLessThan(MAX_GROWTH)
  } finally {
    await pool.close()
    server.stop()
    cloud.dispose()
  }
})
