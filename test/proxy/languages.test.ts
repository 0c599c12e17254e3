/** Programs that know nothing of the emulator, in several languages, with what docs/proxy.md has them told and nothing else. */

import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { sign } from '../../src/signing/sign.js'
import { proxied, temporaryFolder } from './support.js'

/** The blocks of a page with the lines for a language or a tool, by the name of the file. */
const blocksOf = (page: string): Record<string, string> =>
  Object.fromEntries([...readFileSync(page, 'utf8').matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)].map(([, name, code]) => [name, code]))

const blocks = blocksOf('docs/proxy.md')

/** Runs a command in a shell that has done what the page says. */
async function runTold(
  block: string,
  command: string,
  emulator: { proxyUrl: string; certificate: string },
  folder: string,
): Promise<string> {
  const lines = (blocks[block] as string).replaceAll('4011', new URL(emulator.proxyUrl).port)
  const { stdout } = await promisify(execFile)('bash', ['-euc', `cd ${folder}\n${lines}\n${command}`], {
    env: { PATH: process.env.PATH ?? '' },
  })
  return stdout
}

async function start() {
  const folder = temporaryFolder()
  return { emulator: await proxied({ caFile: join(folder, 'ca.pem') }), folder }
}

/** A form that calls an Action; it can be posted twice, because nobody looks at its nonce. */
const form = (nonce: string): string => {
  const key = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }
  const call = { host: 'vod.cn-shanghai.aliyuncs.com', action: 'GetCategories', version: '2017-03-21', params: { CateId: '-1' } }
  return Buffer.from(sign('rpc', { ...call, key, nonce }).body).toString()
}

const programs = [
  { block: 'python.sh', needs: 'python3', command: `python3 ${resolve('test/proxy/post.py')}` },
  { block: 'java.sh', needs: 'java', command: `java ${resolve('test/proxy/Post.java')}` },
  { block: 'curl.sh', needs: 'curl', command: 'curl --silent --show-error --data' },
] as const

describe.each(programs)('$needs', ({ block, needs, command }) => {
  const missing = spawnSync(needs, ['--version']).error === undefined ? '' : ` (no ${needs} here)`

  test.skipIf(missing !== '').each(['https', 'http'])(`calls the real host over %s and is answered${missing}`, async (scheme) => {
    const { emulator, folder } = await start()
    const answer = await runTold(block, `${command} '${form(scheme)}' ${scheme}://vod.cn-shanghai.aliyuncs.com/`, emulator, folder)
    expect(JSON.parse(answer)).toMatchObject({ SubTotal: 0 })
    expect(emulator.refused()).toEqual([])
  })

  test.skipIf(missing !== '')(`reaches nothing else, and what was refused is logged${missing}`, async () => {
    const { emulator, folder } = await start()
    await expect(runTold(block, `${command} x https://sts.aliyuncs.com/`, emulator, folder)).rejects.toThrow()
    expect(emulator.refused()).toMatchObject([{ method: 'CONNECT', host: 'sts.aliyuncs.com', status: 403, code: 'HostNotEmulated' }])
  })
})

describe('Node.js', () => {
  const work = ['pop-core', 'openapi-client', 'ali-oss, V1', 'ali-oss, V4', 'ali-oss in parts, V1', 'ali-oss in parts, V4']

  test('official clients call the real hosts, and upload to the real hosts of buckets', async () => {
    const { emulator, folder } = await start()
    const program = `cd ${resolve('.')} && ${process.execPath} test/proxy/clients.mjs ${work.map((name) => `'${name}'`).join(' ')}`
    const done = JSON.parse(await runTold('node.sh', program, emulator, folder))
    const bucket = /^outin-[0-9a-f]{32}\.oss-cn-shanghai\.aliyuncs\.com$/
    const uploaded = { VideoId: expect.any(String), endpoint: 'https://oss-cn-shanghai.aliyuncs.com' }
    expect(done).toEqual({
      'pop-core': expect.objectContaining({ SubTotal: 0 }),
      'openapi-client': expect.objectContaining({ SubTotal: 0 }),
      'ali-oss, V1': uploaded,
      'ali-oss, V4': uploaded,
      'ali-oss in parts, V1': uploaded,
      'ali-oss in parts, V4': uploaded,
    })
    const calls = emulator.cloud.account().log.all()
    expect(calls.filter(({ status }) => status !== 200)).toEqual([])
    const hosts = (action: string): string[] => calls.filter((call) => call.action === action).map(({ host }) => host)
    expect(hosts('PutObject')).toEqual([expect.stringMatching(bucket), expect.stringMatching(bucket)])
    expect(hosts('CompleteMultipartUpload')).toEqual([expect.stringMatching(bucket), expect.stringMatching(bucket)])
  })
})

test('the pages of both languages say the same lines', () => {
  expect(blocksOf('docs/zh/proxy.md')).toEqual(blocks)
})
