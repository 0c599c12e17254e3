import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { sign } from '../../src/signing/sign.js'
import { runCommand } from '../support/process.js'

const folder = mkdtempSync(join(tmpdir(), 'vod-viapi-emulator-'))
afterAll(() => rmSync(folder, { recursive: true }))

function configFile(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Calls GetAsyncJobResult for an unknown job: a key that is accepted gets as far as InvalidParameter. */
async function codeFor(url: string, accessKeyId: string, accessKeySecret: string): Promise<string> {
  const { host } = new URL(url)
  const { query, headers } = sign('rpc', {
    host,
    method: 'GET',
    version: '2020-03-20',
    action: 'GetAsyncJobResult',
    params: { JobId: '00000000-0000-4000-8000-000000000000' },
    key: { accessKeyId, accessKeySecret },
  })
  const reply = await fetch(`${url}/?${query}`, { headers: headers as Record<string, string> })
  return ((await reply.json()) as { Code: string }).Code
}

const control = async (url: string, path: string) => (await fetch(`${url}/_emulator${path}`)).json()

describe('the command', () => {
  test('prints one ready line with URL and default key pair, and ends cleanly on SIGTERM', async () => {
    const command = runCommand(['--port', '0'])
    const line = await command.ready
    expect(line).toMatch(
      /^vod-viapi-emulator ready at http:\/\/127\.0\.0\.1:\d+ \(AccessKeyId testAccessKeyId, AccessKeySecret testAccessKeySecret\)$/,
    )
    const url = /http:\S+/.exec(line)?.[0] as string
    expect(await control(url, '/health')).toMatchObject({ status: 'ok' })
    expect(await codeFor(url, 'testAccessKeyId', 'testAccessKeySecret')).toBe('InvalidParameter')
    command.child.kill('SIGTERM')
    expect(await command.ended).toEqual({ code: 0, stdout: `${line}\n`, stderr: '' })
  })

  test('takes options from flags, variables and the configuration file, in this order', async () => {
    const config = configFile(
      'options.json',
      JSON.stringify({ port: 1, seed: 'file', clock: { mode: 'manual', now: '2030-05-01T00:00:00Z' }, settings: { strictInputs: true } }),
    )
    const command = runCommand(
      ['--port', '0', '--config', config, '--access-key', 'flagId:flagSecret', '--access-key', 'otherId:other:Secret'],
      {
        VOD_VIAPI_EMULATOR_PORT: '2',
        VOD_VIAPI_EMULATOR_PUBLIC_URL: 'http://emulator.test/base/',
        VOD_VIAPI_EMULATOR_ACCESS_KEY: 'variableId:variableSecret',
      },
    )
    const url = /http:\S+/.exec(await command.ready)?.[0] as string
    expect(await control(url, '/clock')).toMatchObject({ mode: 'manual', now: '2030-05-01T00:00:00.000Z' })
    expect(await control(url, '/settings')).toMatchObject({ strictInputs: true })
    expect(await codeFor(url, 'flagId', 'flagSecret')).toBe('InvalidParameter')
    expect(await codeFor(url, 'otherId', 'other:Secret')).toBe('InvalidParameter')
    expect(await codeFor(url, 'variableId', 'variableSecret')).toBe('InvalidAccessKeyId.NotFound')
    command.child.kill('SIGTERM')
    expect(await command.ended).toMatchObject({ code: 0 })
  })

  test.each<[name: string, flags: string[], env: Record<string, string>, says: RegExp]>([
    ['an unknown flag', ['--prot', '4010'], {}, /unknown option '--prot'/],
    ['a data folder without a name', ['--data-dir', ''], {}, /--data-dir.*is empty/],
    ['a port that is none', ['--port', '70000'], {}, /--port.*70000/],
    ['a clock mode that is none', ['--clock', 'fast'], {}, /--clock.*fast.*system, manual/],
    ['a speed that is none', ['--speed', '-1'], {}, /--speed/],
    ['a key pair without a secret', ['--access-key', 'onlyId'], {}, /ID:SECRET/],
    ['a public URL that is none', ['--public-url', 'ftp://x'], {}, /--public-url/],
    ['a variable with a wrong value', [], { VOD_VIAPI_EMULATOR_PORT: 'many' }, /many.*VOD_VIAPI_EMULATOR_PORT/],
    ['a configuration file that is not there', ['--config', '/nowhere.json'], {}, /\/nowhere\.json/],
    ['a configuration file that is not JSON', ['--config', configFile('broken.json', '{')], {}, /broken\.json/],
    ['an unknown key in the configuration file', ['--config', configFile('unknown.json', '{"prot": 1}')], {}, /unknown\.json.*prot/],
    [
      'a setting for an Action that does not exist',
      ['--config', configFile('name.json', '{"settings": {"jobs": {"videoseg.Nope": {}}}}')],
      {},
      /videoseg\.Nope/,
    ],
  ])('answers %s with one clear line and exit code 2', async (_name, flags, env, says) => {
    const { code, stdout, stderr } = await runCommand(flags, env).ended
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 })
    expect(stderr).toMatch(says)
  })

  test('answers a port that is taken with one clear line', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const { code, stderr } = await runCommand(['--port', String(port)]).ended
    other.close()
    expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 })
    expect(stderr).toContain(`127.0.0.1:${port}`)
  })

  test('shows every option in its help', async () => {
    const { code, stdout } = await runCommand(['--help']).ended
    expect(code).toBe(0)
    for (const flag of [
      '--port',
      '--host',
      '--public-url',
      '--seed',
      '--data-dir',
      '--clock',
      '--speed',
      '--config',
      '--log-level',
      '--access-key',
      '--help',
    ]) {
      expect(stdout).toContain(flag)
    }
  })
})
