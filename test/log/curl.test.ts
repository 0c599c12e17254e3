/** Calls as command lines for curl: read by bash they are what was sent, and sent again they are answered. */

import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type Emulator, startEmulator } from '../../emulator/index.js'
import { createClient, createControl, sign } from '../../src/client/index.js'
import type { Account, Call } from '../../src/index.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'
import { openApi, popCore } from '../support/sdk.js'

const run = promisify(execFile)

/**
 * A curl that writes its arguments down, byte for byte and in hexadecimal; of an argument `@/dev/fd/…`, what is read there. They must be no
 * longer than a program can be given.
 */
const SHIM = `
set -e
curl() {
  env true "$@"
  for word in "$@"; do
    if [[ $word == @/dev/fd/* ]]; then cat "\${word:1}"; else printf %s "$word"; fi | od -An -v -tx1 | tr -d ' \\n'
    echo
  done
}`

/** The arguments that bash hands to curl, one character a byte. */
async function argumentsOf(line: string): Promise<string[]> {
  const bash = run('bash', ['-s'])
  bash.child.stdin?.end(`${SHIM}\n${line}`)
  const { stdout } = await bash
  return stdout
    .trimEnd()
    .split('\n')
    .map((hex) => Buffer.from(hex, 'hex').toString('latin1'))
}

/** What is sent by a command line, as far as its arguments tell. */
async function requestOf(line: string) {
  const words = await argumentsOf(line)
  const after = (flag: string): string | undefined => words[words.indexOf(flag) + 1]
  const headers = words.filter((_, index) => words[index - 1] === '--header')
  const body = words.includes('--data-raw') ? after('--data-raw') : words.includes('--data-binary') ? after('--data-binary') : ''
  return {
    method: words.includes('--head') ? 'HEAD' : after('--request'),
    url: words.find((word) => /^https?:/.test(word)),
    headers,
    body,
  }
}

/** Has a cloud take a request, and answers its command line. */
async function lineOf(request: Partial<Call>, account: Account = testCloud().account, handle = testCloud().cloud.handle): Promise<string> {
  const host = '127.0.0.1:4010'
  await handle({ method: 'GET', host, path: '/', query: '', headers: { host }, body: new Uint8Array(), ...request })
  return account.log.curl(account.log.records().at(-1)?.requestId ?? '')
}

/** As {@link lineOf}, of a fresh account. */
function lineOfRequest(request: Partial<Call>): Promise<string> {
  const { cloud, account } = testCloud()
  return lineOf(request, account, cloud.handle)
}

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte)

describe('bash reads', () => {
  test.each<[what: string, body: Uint8Array]>([
    ['a form', Buffer.from("a=1&b=it's%20%21")],
    ['apostrophes, backslashes, dollars, backticks and exclamation marks', Buffer.from('\'\\$HOME`ls`!!"\\n#~*?[a-z]{a,b}')],
    ['an at sign, which curl would take for a file', Buffer.from('@/etc/passwd')],
    ['line breaks and tabs', Buffer.from('a\r\n\tb\n')],
    ['text that is not ASCII', Buffer.from('视频 — ä')],
    ['every byte but zero', EVERY_BYTE.slice(1)],
    ['every byte', EVERY_BYTE],
    ['a zero byte alone', new Uint8Array(1)],
    ['more than a command can be given as an argument', Buffer.from("it's 100%\n".repeat(15_000))],
  ])('%s in a body as it was sent', async (_what, body) => {
    const line = await lineOfRequest({ method: 'POST', body })
    expect(line).not.toContain('\n')
    expect((await requestOf(line)).body).toBe(Buffer.from(body).toString('latin1'))
  })

  it('a query as it was sent', async () => {
    const query = "Action=A&Title=it's&Tags=[1-3]{a,b}&Sum=$(ls)`ls`"
    expect((await requestOf(await lineOfRequest({ query }))).url).toBe(`http://127.0.0.1:4010/?${query}`)
  })

  it('headers as they were sent, but for those that curl writes itself', async () => {
    const headers = {
      host: '127.0.0.1:4010',
      'content-length': '3',
      connection: 'keep-alive',
      'x-note': "it's \xe4 50%",
      'x-empty': '',
      accept: '*/*',
    }
    const { headers: sent } = await requestOf(await lineOfRequest({ method: 'POST', headers, body: Buffer.from('a=1') }))
    expect(sent).toEqual(["x-note: it's \xe4 50%", 'x-empty;', 'accept: */*', 'user-agent:', 'content-type:'])
  })
})

test.each<[what: string, request: Partial<Call>, has: string]>([
  ['a method', { method: 'DELETE' }, '--request DELETE'],
  ['a HEAD', { method: 'HEAD' }, '--head'],
  ['a list in the query', { query: 'a=[1-2]' }, '--globoff'],
  ['a path with dots', { path: '/a/../b', query: 'Action=x' }, '--path-as-is'],
  ['a host of the services', { host: 'vod.cn-shanghai.aliyuncs.com' }, 'https://vod.cn-shanghai.aliyuncs.com/'],
  ['no path', { method: 'OPTIONS', path: '*' }, "--request-target '*' --request OPTIONS http://127.0.0.1:4010/"],
  ['a number sign', { path: '/', query: 'Action=x#y' }, "--request-target '/?Action=x#y' --request GET http://127.0.0.1:4010/"],
  ['what is no host', { host: 'a"b', headers: { host: 'a"b' } }, `http://host.invalid/ --header 'host: a"b'`],
])('%s', async (_what, request, has) => {
  expect(await lineOfRequest(request)).toContain(has)
})

it('says what it does not have: the bytes of an upload', async () => {
  const { cloud, account } = testCloud()
  const headers = { host: 'any.oss-cn-shanghai.aliyuncs.com', 'content-length': '1024' }
  const line = await lineOf({ method: 'PUT', host: headers.host, path: '/a.mp4', headers }, account, cloud.handle)
  expect(line).toMatch(/ --data-binary @FILE # FILE: a body of 1024 bytes, which the log has not kept$/)
})

describe('against a running emulator', () => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, clock: 'manual' })
  })
  afterAll(() => emulator.close())

  /** An account that has been called by each SDK and by hand, and its client for control calls. */
  async function called() {
    const account = emulator.cloud.createAccount()
    const target = { url: emulator.url, key: account.credentials, version: '2020-03-20' }
    await popCore(target, 'GET')('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await popCore(target, 'POST')('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await openApi(target, 'form')('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    await openApi(target, 'query')('SegmentVideoBody', { VideoUrl: VIDEO_URL })
    const { host } = new URL('https://videoseg.cn-shanghai.aliyuncs.com')
    const call = { host, action: 'SegmentVideoBody', version: '2020-03-20', params: { VideoUrl: VIDEO_URL }, key: account.credentials }
    await emulator.cloud.handle(sign('acs3', call))
    return { account, control: createControl({ endpoint: emulator.url, ...account.credentials }) }
  }

  it('no line holds the secret, not even one that is signed anew', async () => {
    const { account } = await called()
    expect(account.log.all().length).toBeGreaterThan(0)
    for (const { requestId } of account.log.all())
      for (const resign of [false, true]) expect(account.log.curl(requestId, { resign })).not.toContain(account.credentials.accessKeySecret)
  })

  const hasCurl = spawnSync('curl', ['--version']).status === 0

  test.skipIf(!hasCurl)('each line is a call that arrives as the first did, and is refused for its nonce alone', async () => {
    const { account, control } = await called()
    for (const { requestId } of await control.requests()) await run('bash', ['-c', await control.requests.curl(requestId)])
    const entries = account.log.all()
    expect(entries.slice(5).map(({ code, params, method }) => ({ code, params, method }))).toEqual(
      entries.slice(0, 5).map(({ params, method }) => ({ code: 'SignatureNonceUsed', params, method })),
    )
  })

  test.skipIf(!hasCurl)('each line that is signed anew is answered', async () => {
    const { account, control } = await called()
    for (const { requestId } of await control.requests()) {
      const { stdout } = await run('bash', ['-c', await control.requests.curl(requestId, { resign: true })])
      expect(stdout).toContain('RequestId')
    }
    expect(account.log.all().map(({ status, params: { VideoUrl } }) => [status, VideoUrl])).toEqual(Array(10).fill([200, VIDEO_URL]))
  })

  it('writes one line for each call that a query asks for', async () => {
    const { account } = await called()
    const url = `${emulator.url}/_emulator/requests?format=curl&refused=false&accessKeyId=${account.credentials.accessKeyId}`
    const response = await fetch(url)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    const lines = (await response.text()).trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    for (const line of lines) expect(line).toMatch(/^curl .*http:\/\/127\.0\.0\.1/)
  })

  it('leads to the emulator, however the host of the services was written', async () => {
    const account = emulator.cloud.createAccount()
    const query = `Action=A&AccessKeyId=${account.credentials.accessKeyId}`
    const host = 'VOD.cn-shanghai.aliyuncs.com:443'
    const { headers } = await emulator.cloud.handle({ method: 'GET', host, path: '/', query, headers: { host }, body: new Uint8Array() })
    const { requests } = createControl({ endpoint: emulator.url, ...account.credentials })
    expect(await requests.curl(headers['x-acs-request-id'] ?? '')).toContain(`'${emulator.url}/?Action=A`)
  })

  it.each([undefined, '', '[::1', 'a b', 'x:99999', '%zz', 'u:p@vod.cn-shanghai.aliyuncs.com', 'vod.cn-shanghai.aliyuncs.com.'])(
    'leads to the emulator where the host is written %j',
    async (host) => {
      const account = emulator.cloud.createAccount()
      const query = `Action=A&AccessKeyId=${account.credentials.accessKeyId}`
      const headers = host === undefined ? {} : { host }
      await emulator.cloud.handle({ method: 'GET', host: host ?? '', path: '/', query, headers, body: new Uint8Array() })
      const response = await fetch(`${emulator.url}/_emulator/requests?format=curl&accessKeyId=${account.credentials.accessKeyId}`)
      expect([response.status, await requestOf(await response.text())]).toEqual([
        200,
        expect.objectContaining({
          url: `${emulator.url}/?${query}`,
          headers: [host === undefined ? 'host:' : host === '' ? 'host;' : `host: ${host}`, 'accept:', 'user-agent:'],
        }),
      ])
    },
  )

  it('says in a comment which calls cannot be signed anew', async () => {
    const caller = await createControl({ endpoint: emulator.url }).createAccount()
    await fetch(`${emulator.url}/?AccessKeyId=${caller.accessKeyId}`)
    await createClient(caller).videoseg.SegmentVideoBody({ VideoUrl: VIDEO_URL })
    const url = `${emulator.url}/_emulator/requests?format=curl&resign=true&accessKeyId=${caller.accessKeyId}`
    const [first, second] = (await (await fetch(url)).text()).split('\n')
    expect(first).toMatch(/^# \S+: the call cannot be signed anew: it names no Action/)
    expect(second).toMatch(/^curl /)
  })

  it('refuses an id that no call has', async () => {
    await expect(createControl({ endpoint: emulator.url }).requests.curl('nobody')).rejects.toThrow(
      'no call in the log has the RequestId "nobody"',
    )
  })
})
