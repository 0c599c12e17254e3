/** The commands and flags, as their users run them. */

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { compare, formatComparison, replay, startEmulator } from '../../emulator/index.js'
import { readOptions } from '../../emulator/options.js'
import { recordingEmulator } from '../record/support.js'
import { runCommand } from '../support/process.js'
import { type Alterable, alteredUpstream, flow, forwarding, linesOf, temporaryFile } from './support.js'

afterEach(() => void vi.unstubAllEnvs())

const run = (...flags: string[]) => runCommand(['compare', ...flags]).ended

/** A recording of an upstream that differs in one field, unless told otherwise. */
async function altered(
  alter = (action: string, { body }: Alterable): void => {
    if (action === 'AddCategory') body.Category.Level = 5
  },
): Promise<string> {
  const upstream = await alteredUpstream(alter)
  const record = temporaryFile()
  const client = await forwarding(upstream.url, { record })
  await flow(client, upstream.settle)
  await client.close()
  return record
}

describe('compare', () => {
  test('says what differs, in words and as JSON, and ends with 1', async () => {
    const file = await altered()
    const [inWords, asJson] = await Promise.all([run(file), run(file, '--json')])
    const { upstream } = linesOf(file)[0]
    const calls = linesOf(file).filter(({ type }) => type === 'call').length
    expect(inWords).toEqual({
      code: 1,
      stderr: '',
      stdout: `${['vod.AddCategory', '  Category.Level: another value (call 1)', '    recorded 5', '    here     0', '', `1 difference in 1 Action; ${calls} of ${calls} calls compared with ${upstream}`].join('\n')}\n`,
    })
    expect(asJson.code).toBe(1)
    expect(JSON.parse(asJson.stdout)).toEqual({
      upstream,
      calls,
      compared: calls,
      accounts: 1,
      differences: [{ action: 'vod.AddCategory', field: 'Category.Level', kind: 'value', recorded: '5', here: '0', calls: 1, first: 1 }],
      notCompared: [],
      cut: false,
    })
  })

  test('ends with 0 if nothing does, and says so of a file that is cut off', async () => {
    const file = await altered(() => {})
    appendFileSync(file, '{"type":"re')
    const { code, stdout, stderr } = await run(file)
    expect(stderr).toBe(
      'vod-viapi-emulator compare: the last line of the recording ends in the middle; everything before it was compared\n',
    )
    expect(stdout).toMatch(/calls compared with http:\S+, no differences\n$/)
    expect(code).toBe(0)
  })

  test('ends with 2 for a file of which nothing could be compared', async () => {
    const file = await altered(() => {})
    const [header = '', call = ''] = readFileSync(file, 'utf8').split('\n')
    writeFileSync(file, `${header}\n${call}\n`)
    const { code, stdout, stderr } = await run(file)
    expect(stdout).toMatch(/the upstream has not answered: vod\.AddCategory\n\n0 calls compared/)
    expect([code, stderr]).toEqual([2, `vod-viapi-emulator compare: no call of ${file} could be compared\n`])
  })

  test.each([
    ['a file that is not there', ['/nowhere/run.jsonl'], /^vod-viapi-emulator compare: \/nowhere\/run\.jsonl: ENOENT/],
    ['an unknown flag', ['a', '--jsn'], /unknown option '--jsn'/],
  ])('ends with 2 for %s', async (_what, flags, message) => {
    expect(await run(...flags)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
  })

  test('has its place: what an emulator has recorded is replayed, what an upstream has answered is compared', async () => {
    const { file, close } = await recordingEmulator()
    await close()
    await expect(compare(file)).rejects.toThrow(/recorded from the emulator itself, which vod-viapi-emulator replay compares/)
    await expect(replay(await altered())).rejects.toThrow(/recorded from an upstream .*vod-viapi-emulator compare replays it/)
  })

  test('takes settings of the account from a configuration file', async () => {
    const record = temporaryFile()
    const settings = { vod: { domains: [{ name: 'mine.example.com' }] } }
    const upstream = await alteredUpstream(() => {})
    upstream.cloud.account().settings.change(settings)
    const client = await forwarding(upstream.url, { record })
    await client.call('vod.DescribeVodUserDomains', {})
    await client.close()
    expect((await compare(record)).differences).not.toEqual([])
    expect((await compare(record, { cloud: { settings } })).differences).toEqual([])
  })
})

describe('the flags', () => {
  test('that docs/proxy.md names are there', () => {
    const lines = ['docs/proxy.md', 'docs/zh/proxy.md'].flatMap((page) => [
      ...readFileSync(page, 'utf8').matchAll(/^npx vod-viapi-emulator (?=.*--(?:upstream|fallback) )(.*?)(?: {2,}#.*)?$/gm),
    ])
    expect(lines).toHaveLength(4)
    for (const [, flags = ''] of lines)
      expect(Object.keys(readOptions(flags.split(' ')))).toContain(flags.includes('fallback') ? 'fallback' : 'record')
  })

  test.each<[what: string, args: string[], variables: Record<string, string>, expected: object]>([
    ['the real cloud', ['--proxy', '1', '--upstream', 'real'], {}, { upstream: 'real' }],
    ['another emulator', ['--upstream', 'http://127.0.0.1:4020'], {}, { upstream: 'http://127.0.0.1:4020' }],
    ['the same as variables', [], { UPSTREAM: 'https://a:1/', FALLBACK: 'f.jsonl' }, { upstream: 'https://a:1/', fallback: 'f.jsonl' }],
    ['a fallback', ['--fallback', 'f.jsonl'], {}, { fallback: 'f.jsonl' }],
  ])('%s', (_what, args, variables, expected) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(`VOD_VIAPI_EMULATOR_${name}`, value)
    expect(readOptions(args)).toMatchObject(expected)
  })

  test.each(['reel', '127.0.0.1:4020', 'ftp://a', 'http://a/path', 'http://a?b', 'http://user@a', 'http://', ''])(
    '%j is no upstream',
    (upstream) => {
      expect(() => readOptions(['--upstream', upstream])).toThrow(/--upstream.*(?:is neither "real" nor the base of a URL|argument)/)
    },
  )

  test.each([
    ['an upstream without a proxy', { upstream: 'real' }, /--upstream.* needs the proxy/],
    ['the real cloud, and nothing is let out', { upstream: 'real', proxy: 0, offline: true }, /--offline lets nothing out/],
    ['an upstream that is none', { upstream: 'http://a/path', proxy: 0 }, /upstream: is neither/],
    [
      'a recording where none can be',
      { upstream: 'http://127.0.0.1:9', proxy: 0, record: '/nowhere/x.jsonl' },
      /ENOENT.*\/nowhere\/x\.jsonl/,
    ],
  ])('%s is refused', async (_what, options, message) => {
    await expect(startEmulator({ port: 0, ...options })).rejects.toThrow(message)
  })

  test('are refused by the command with the code of wrong usage', async () => {
    const { code, stderr } = await runCommand(['--port', '0', '--upstream', 'real']).ended
    expect([code, stderr]).toEqual([2, expect.stringMatching(/needs the proxy \(--proxy <number>\)/)])
  })
})

test('a report moves no cursor, whatever is in the recording', () => {
  const hostile = '\u001b[2J\u202eevil\nline'
  const difference = { action: hostile, field: hostile, kind: 'value' as const, recorded: '1', here: '2', calls: 1, first: 1 }
  const left = { reason: hostile, calls: 1, first: 1, actions: [hostile] }
  const text = formatComparison({
    upstream: hostile,
    calls: 1,
    compared: 1,
    differences: [difference],
    notCompared: [left],
    accounts: 1,
    cut: false,
  })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/)
  expect(text.split('\n')).toHaveLength(9)
})
