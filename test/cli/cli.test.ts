import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import pkg from '../../package.json' with { type: 'json' }
import { sign } from '../../src/signing/sign.js'
import { runCommand } from '../support/process.js'
import { send } from '../support/socket.js'

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
    ['a port that is no number', ['--port', 'any'], {}, /--port.*'any' is invalid\. is not a number$/m],
    ['an unknown command', ['verfy', 'pacts'], {}, /unknown command "verfy"; did you mean "verify"\?/],
    ['a clock mode that is none', ['--clock', 'fast'], {}, /--clock.*fast.*system, manual/],
    ['a speed that is none', ['--speed', '-1'], {}, /--speed/],
    ['a key pair without a secret', ['--access-key', 'onlyId'], {}, /ID:SECRET/],
    ['a public URL that is none', ['--public-url', 'ftp://x'], {}, /--public-url/],
    ['a variable with a wrong value', [], { VOD_VIAPI_EMULATOR_PORT: 'many' }, /many.*VOD_VIAPI_EMULATOR_PORT/],
    ['a configuration file that is not there', ['--config', '/nowhere.json'], {}, /\/nowhere\.json/],
    ['a configuration file that is not JSON', ['--config', configFile('broken.json', '{')], {}, /broken\.json/],
    ['an address in place of a host', ['--allow-host', 'http://emulator.example.com'], {}, /--allow-host.*is not the name of a host/],
    ['a token that no header can hold', ['--control-token', 'two words'], {}, /--control-token.*is not a token/],
    [
      'thousands of wrong faults in the configuration file',
      ['--config', configFile('faults.json', `{"faults": [${Array(900).fill(0).join()}]}`)],
      {},
      /faults\.json: faults\.0: .{1,400}; and more$/m,
    ],
    [
      'a configuration file that is nested too deep',
      ['--config', configFile('deep.json', `{"faults": ${'['.repeat(200)}${']'.repeat(200)}}`)],
      {},
      /deep\.json: the JSON is nested deeper than 100 levels/,
    ],
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

  test.skipIf(process.platform !== 'linux')('answers a data folder that the system lets nobody make with one clear line', async () => {
    for (const folder of ['/proc/vod-viapi-emulator', '/proc/a/b/c', '/dev/null/a']) {
      const { code, stderr } = await runCommand(['--port', '0', '--data-dir', folder]).ended
      expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 })
      expect(stderr).toContain(`the data folder ${folder} cannot be used`)
    }
  })

  test('takes who may use the control API from flags, variables and the configuration file', async () => {
    const config = configFile('control.json', JSON.stringify({ allowHosts: ['from-file.example.com'], controlToken: 'from-file' }))
    const command = runCommand(['--port', '0', '--config', config, '--control-token', 'from-flag'], {
      VOD_VIAPI_EMULATOR_ALLOW_HOST: 'one.example.com,Two.example.com',
    })
    const url = /http:\S+/.exec(await command.ready)?.[0] as string
    const health = async (host: string, token: string): Promise<number> =>
      (await send(url, { target: '/_emulator/health', headers: { host, authorization: `Bearer ${token}` } })).status
    expect(await health('localhost', 'from-flag')).toBe(200)
    expect(await health('localhost', 'from-file')).toBe(401)
    expect(await health('from-file.example.com', 'from-flag')).toBe(200)
    expect(await health('two.example.com:80', 'from-flag')).toBe(200)
    expect(await health('three.example.com', 'from-flag')).toBe(403)
    command.child.kill('SIGTERM')
    await command.ended
  })

  test('goes on after what nothing has caught, and logs it with its cause', async () => {
    const plant = configFile(
      'plant.cjs',
      `process.on('SIGUSR2', () => {
        setImmediate(() => { throw new Error('thrown', { cause: new Error('planted') }) })
        Promise.reject(new Error('rejected'))
      })`,
    )
    const command = runCommand(['--port', '0'], { NODE_OPTIONS: `--require ${plant}` })
    const url = /http:\S+/.exec(await command.ready)?.[0] as string
    command.child.kill('SIGUSR2')
    await once(command.child.stderr, 'data')
    expect(await control(url, '/health')).toMatchObject({ status: 'ok' })
    command.child.kill('SIGTERM')
    const { code, stderr } = await command.ended
    expect(code).toBe(0)
    const logged = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(logged.map(({ err, msg }) => [err.message, msg])).toEqual(
      expect.arrayContaining([
        ['thrown: planted', 'bug that nothing has caught (uncaughtException)'],
        ['rejected', 'bug that nothing has caught (unhandledRejection)'],
      ]),
    )
  })

  test('answers a port that is taken with one clear line', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const { code, stderr } = await runCommand(['--port', String(port)]).ended
    other.close()
    expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 })
    expect(stderr).toContain(`127.0.0.1:${port}; --port 0 takes a free port`)
  })

  test('names variables that look like options and are none', async () => {
    const command = runCommand(['--port', '0'], { VOD_VIAPI_EMULATOR_PROT: '1', VOD_VIAPI_EMULATOR_CLOCK: 'manual' })
    await command.ready
    command.child.kill('SIGTERM')
    expect((await command.ended).stderr).toBe(
      'vod-viapi-emulator: the variable VOD_VIAPI_EMULATOR_PROT has no effect; did you mean "VOD_VIAPI_EMULATOR_PORT"?\n',
    )
  })

  test('is what npm start runs, which says nothing of its own when all is built', async () => {
    const started = await promisify(execFile)(process.execPath, ['scripts/start.mjs', '--version'])
    expect(started).toEqual({ stdout: `${pkg.version}\n`, stderr: '' })
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
      '--allow-host',
      '--control-token',
      '--help',
    ]) {
      expect(stdout).toContain(flag)
    }
  })
})
