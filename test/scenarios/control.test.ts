/** Scenarios over the control API and on the command line. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createControl } from '../../src/client/index.js'
import { runCommand } from '../support/process.js'
import { testEmulator } from '../support/sdk.js'
import { scenarioFolder } from './support.js'

const down = { service: 'videoseg', error: 'ServiceUnavailable' }

describe('the control API', () => {
  let emulator: Awaited<ReturnType<typeof testEmulator>>
  beforeEach(async () => {
    const { folder } = scenarioFolder({ mine: { parameters: { every: 2 }, faults: [{ ...down, every: '$' + '{every}' }] }, broken: '{' })
    emulator = await testEmulator({ scenarios: folder })
  })
  afterEach(() => emulator.close())

  it('lists, shows, applies and ends', async () => {
    const { control } = emulator
    const row = async () => (await control('GET', '/scenarios')).body.find(({ name }: { name: string }) => name === 'mine')
    expect(await row()).toMatchObject({ description: 'is mine', parameters: { every: 2 }, source: 'own', inForce: false })
    expect((await control('GET', '/scenarios/mine')).body).toMatchObject({ parameters: { every: 2 } })
    expect(await control('POST', '/scenarios/mine', { every: 3 })).toEqual({
      status: 201,
      body: {
        name: 'mine',
        faults: ['fault-1'],
        calls: [],
        clock: { mode: 'manual', now: '2026-01-01T00:00:00.000Z', speed: 1, fired: [] },
      },
    })
    expect(await row()).toMatchObject({ inForce: true })
    expect(await control('DELETE', '/scenarios/mine')).toEqual({ status: 200, body: { name: 'mine', faults: ['fault-1'] } })
    expect(await row()).toMatchObject({ inForce: false })
  })

  it.each([
    ['GET', '/scenarios/min', undefined, /no scenario "min"; did you mean "mine"\?/],
    ['POST', '/scenarios/min', undefined, /no scenario "min"; did you mean "mine"\?/],
    ['POST', '/scenarios/%2e%2e%2fpackage', undefined, /no scenario "\.\.\/package"/],
    ['POST', '/scenarios/broken', undefined, /broken\.json: is not JSON/],
    ['POST', '/scenarios/mine', { evry: 1 }, /no parameter evry; did you mean "every"\?/],
    ['POST', '/scenarios/mine', { every: [] }, /every: is a text, a number, true or false/],
    ['POST', '/scenarios/mine', [], /expected record/],
    ['DELETE', '/scenarios/mine', undefined, /"mine" is not in force/],
    ['POST', '/scenarios/brown-out', { 'a b': 1 }, /^a b: is a name of letters, digits and _$/],
  ])('%s %s is refused with the reason', async (method, path, body, says) => {
    expect(await emulator.control(method, path, body)).toEqual({ status: 400, body: { error: expect.stringMatching(says) } })
  })

  it('is about the account that is chosen', async () => {
    const account = await createControl({ endpoint: emulator.url }).createAccount()
    const { scenarios } = createControl(account)
    await scenarios.apply('mine')
    const inForce = async (control: typeof scenarios) => (await control.list()).filter((row) => row.inForce).map(({ name }) => name)
    expect(await inForce(scenarios)).toEqual(['mine'])
    expect(await inForce(createControl({ endpoint: emulator.url }).scenarios)).toEqual([])
    expect(await scenarios.get('mine')).toMatchObject({ description: 'is mine' })
    expect((await scenarios.end('mine')).name).toBe('mine')
  })
})

describe('the command', () => {
  const inForce = async (url: string): Promise<string[]> => {
    const rows = (await (await fetch(`${url}/_emulator/scenarios`)).json()) as { name: string; inForce: boolean }[]
    return rows.filter((row) => row.inForce).map(({ name }) => name)
  }

  it('starts with scenarios, of its own and of the user, and has them again after a reset', async () => {
    const { folder } = scenarioFolder({ mine: { faults: [down] } })
    const command = runCommand(['--port', '0', '--scenarios', folder, '--scenario', 'mine', '--scenario', 'no-balance'])
    const url = /http:\S+/.exec(await command.ready)?.[0] as string
    expect(await inForce(url)).toEqual(['mine', 'no-balance'])
    await fetch(`${url}/_emulator/reset`, { method: 'POST' })
    expect(await inForce(url)).toEqual(['mine', 'no-balance'])
    command.child.kill('SIGTERM')
    await command.ended
  })

  it('takes them from variables and the configuration file', async () => {
    const { folder, write } = scenarioFolder({ mine: { faults: [down] } })
    const config = write('../configuration', JSON.stringify({ scenarios: folder, scenario: ['mine'], port: 0 }))
    const command = runCommand(['--config', config], { VOD_VIAPI_EMULATOR_SCENARIO: 'no-balance,brown-out' })
    const url = /http:\S+/.exec(await command.ready)?.[0] as string
    expect(await inForce(url)).toEqual(['brown-out', 'mine', 'no-balance'])
    command.child.kill('SIGTERM')
    await command.ended
  })

  it.each([
    ['a scenario that there is not', ['--scenario', 'brownout'], /no scenario "brownout"; did you mean "brown-out"\?/],
    ['a folder that there is not', ['--scenarios', '/nowhere/at/all'], /\/nowhere\/at\/all cannot be read/],
  ])('answers %s with one line and exit code 2', async (_what, flags, says) => {
    const { code, stdout, stderr } = await runCommand(['--port', '0', ...flags]).ended
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 })
    expect(stderr).toMatch(says)
  })
})
