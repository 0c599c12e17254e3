/** docs/faults.md is true: its examples can be set, and do what the page says. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type FaultInput, type SettingsInput, settingsSchema } from '../../src/index.js'
import { testCloud, VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'
import { jobsOf } from './support.js'

const page = readFileSync('docs/faults.md', 'utf8')
/** What this file is about ends where jobs begin. */
const chapter = page.slice(0, page.indexOf('\n## Jobs'))

const blocks = (language: string): string[] =>
  [...chapter.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code]) => code as string)
const examples = blocks('json').map((text) => JSON.parse(text))
const faults: FaultInput[] = examples.filter((example) => !('limits' in example)).flat()
const settings: SettingsInput[] = examples.filter((example) => 'limits' in example)

/** The effects of the tables, as they are written in the first column. */
const effects = [...chapter.matchAll(/^\| (`"[a-zA-Z]+": .*?`(?:, `".*?`)*) \|/gm)].flatMap(([, cell]) =>
  [...(cell as string).matchAll(/`("[^`]+)`/g)].map(([, text]) => text as string),
)

/** An example of the page with what it leaves to the reader. */
const written = (effect: string): FaultInput =>
  JSON.parse(
    `{${effect.replace('"code": …', '"code": "Teapot"').replace('"status": …', '"status": 418').replace('"message": …', '"message": "…"')}}`,
  )

it('has as many examples as are tried here', () => {
  expect([faults.length, settings.length, effects.length, blocks('ts').length, blocks('sh').length]).toEqual([7, 3, 11, 1, 1])
})

it.each(faults)('the fault %j can be set', (fault) => {
  expect(testCloud().account.faults.add(fault)).toMatchObject(fault)
})

it.each(effects)('the effect %s can be set', (effect) => {
  const fault = written(effect)
  const custom = typeof fault.error === 'object' ? { custom: true as const } : {}
  expect(testCloud().account.faults.add({ ...fault, ...custom })).toMatchObject(fault)
})

it.each(settings)('the settings %j can be made', (change) => {
  const { account } = testCloud()
  account.settings.change(settingsSchema.parse(change))
  expect(account.settings.toJSON().limits).toMatchObject(change.limits ?? {})
})

describe('what the examples do', () => {
  const outcomes = async (fault: FaultInput, count: number, test = testCloud()): Promise<unknown[]> => {
    test.account.faults.add(fault)
    const all: unknown[] = []
    for (let call = 0; call < count; call++)
      all.push((await test.call('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })).body.Code ?? 'ok')
    return all
  }

  it('the one in code throttles the next two calls', async () => {
    expect(blocks('ts')[0]).toContain("account.faults.add({ action: 'SegmentVideoBody', error: 'Throttling.User', times: 2 })")
    expect(await outcomes({ action: 'SegmentVideoBody', error: 'Throttling.User', times: 2 }, 3)).toEqual([
      'Throttling.User',
      'Throttling.User',
      'ok',
    ])
  })

  it('the one over HTTP answers 201', async () => {
    const { control, close } = await testEmulator()
    const [, body = ''] = /-d '(.*)'/.exec(blocks('sh')[0] as string) ?? []
    const fault = JSON.parse(body)
    expect(await control('POST', '/faults', fault)).toEqual({ status: 201, body: { id: 'fault-1', ...fault, matched: 0, applied: 0 } })
    await close()
  })

  it('the one with a matcher spares the first and then every other call of a player', async () => {
    const test = testCloud()
    const fault = faults.find(({ identity }) => identity) as FaultInput
    test.account.faults.add(fault)
    test.account.ram.putUser('player-7', { allow: ['vod:*'] })
    const key = test.account.ram.createAccessKey('player-7')
    const codes: string[] = []
    for (const Formats of ['mp4', 'flv', 'm3u8', 'mp4', 'mp4', 'mp4'])
      codes.push((await test.call('vod.GetPlayInfo', { VideoId: '0'.repeat(32), Formats }, { key })).body.Code)
    expect(codes.map((code) => code === 'Throttling.User')).toEqual([false, false, false, true, false, true])
  })

  it('the one that loses a reply has its effect ten minutes later', async () => {
    const test = testCloud()
    expect(await outcomes(faults.find(({ loseReply }) => loseReply) as FaultInput, 1, test)).toEqual(['InternalError'])
    expect(jobsOf(test.account)).toBe(0)
    await test.account.clock.advance('10m')
    expect(jobsOf(test.account)).toBe(1)
  })

  it('the list adds latencies up', async () => {
    const { account, send } = testCloud()
    account.faults.addAll(examples.find(Array.isArray) as FaultInput[])
    const { delay, headers } = await send('videoseg.SegmentVideoBody', { VideoUrl: VIDEO_URL })
    expect(delay).toBeGreaterThanOrEqual(100)
    expect(delay).toBeLessThanOrEqual(2100)
    expect(headers['x-emulator-fault']).toBe('fault-1, fault-2')
  })
})
