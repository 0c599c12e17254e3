/** How much a call may hold: what is beyond a bound is refused, by the name of the option, and what is not is served. */

import { describe, expect, onTestFinished, test } from 'vitest'
import { startEmulator } from '../../emulator/index.js'
import { OptionError, readOptions } from '../../emulator/options.js'
import { createCloud } from '../../src/index.js'
import { read, testCloud } from '../support/cloud.js'
import { send } from '../support/socket.js'
import { acs3Post, joined, rpcGet, type Wire } from '../support/wire.js'

/** JSON of so many levels. */
const nested = (levels: number): string => ['{"a":'.repeat(levels - 1), '{}', '}'.repeat(levels - 1)].join('')

const AS_JSON = { query: 'Format=JSON' }

/** Parameters that no Action knows. */
const many = (count: number): string => joined(Array.from({ length: count }, (_, index): Wire[number] => [`P${index}`, 'x']))

describe('a call', () => {
  test.each([
    ['maxBodyBytes', 1024, `P=${'x'.repeat(1022)}`, `P=${'x'.repeat(1023)}`, 'a body may have at most 1024 bytes (maxBodyBytes)'],
    ['maxParameters', 20, many(19), many(20), 'a call may have at most 20 parameters (maxParameters)'],
  ])('%s: as much as is allowed is read, and no more', async (option, most, within, beyond, reason) => {
    const { cloud, account } = testCloud({ [option]: most })
    const answered = async (payload: string) => {
      const { status, headers, body } = read(await cloud.handle(acs3Post({}, { ...AS_JSON, form: payload })))
      return [status, body.Code, headers['x-emulator-reason']]
    }
    expect(await answered(beyond)).toEqual([413, 'InvalidContentLength', reason])
    expect(account.log.all().at(-1)?.reason).toBe(reason)
    // The job that is asked for is not named.
    expect((await answered(within))[1]).toBe('MissingParameter')
  })

  test('more can be allowed than usual', async () => {
    const large = acs3Post({}, { ...AS_JSON, form: `P=${'x'.repeat(5_000_000)}` })
    expect((await createCloud().handle(large)).status).toBe(413)
    expect((await createCloud({ maxBodyBytes: 8_000_000 }).handle(large)).status).toBe(400)
  })

  test.each([
    [3, 3, undefined],
    [3, 4, 'TemplateConfig is nested, and may be so at most 3 levels deep (maxNesting)'],
    [100, 101, 'TemplateConfig is nested, and may be so at most 100 levels deep (maxNesting)'],
  ])('maxNesting %s: JSON of %s levels', async (maxNesting, levels, reason) => {
    const { call } = testCloud({ maxNesting })
    const { status, headers } = await call('vod.AddAITemplate', {
      TemplateName: 'deep',
      TemplateType: 'AIMediaAudit',
      TemplateConfig: nested(levels),
    })
    expect(status).toBe(400)
    if (reason === undefined) expect(headers['x-emulator-reason']).not.toContain('maxNesting')
    else expect(headers['x-emulator-reason']).toBe(reason)
  })

  test('brackets in texts, and in parameters that are no JSON, are not nested', async () => {
    const { call } = testCloud({ maxNesting: 2 })
    expect((await call('vod.AddCategory', { CateName: '[[[[{{{{' })).status).toBe(200)
    const { headers } = await call('vod.AddAITemplate', {
      TemplateName: '[[[[[[',
      TemplateType: 'AIMediaAudit',
      TemplateConfig: '{"AuditItem":"[[[[{{{{"}',
    })
    expect(headers['x-emulator-reason']).not.toContain('maxNesting')
  })
})

describe('over HTTP', () => {
  test('maxHeaderBytes: a head that is too long is refused in words, and the next request is served', async () => {
    const emulator = await startEmulator({ port: 0, maxHeaderBytes: 8192 })
    onTestFinished(() => emulator.close())
    const reason = 'the head of a request may have at most 8192 bytes (maxHeaderBytes)'
    const target = (length: number): string => `/?${rpcGet().query}&Note=${'x'.repeat(length)}`
    const long = await send(emulator.url, { target: target(9000), headers: { host: '127.0.0.1' } })
    expect(long.status).toBe(431)
    expect(long.head.toLowerCase()).toContain(`x-emulator-reason: ${reason.toLowerCase()}`)
    expect(JSON.parse(long.body)).toEqual({ error: reason })
    const short = await send(emulator.url, { target: target(1000), headers: { host: '127.0.0.1' } })
    expect(short.status).toBe(400)
    expect(short.body).toContain('SignatureDoesNotMatch')
  })

  test('maxBodyBytes holds before the body is read', async () => {
    const emulator = await startEmulator({ port: 0, maxBodyBytes: 2048 })
    onTestFinished(() => emulator.close())
    const { headers, query } = acs3Post({}, AS_JSON)
    const response = await fetch(`${emulator.url}/?${query}`, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: 'P='.padEnd(3000, 'x'),
    })
    expect([response.status, response.headers.get('x-emulator-reason')]).toEqual([413, 'a body may have at most 2048 bytes (maxBodyBytes)'])
  })

  test('what is no HTTP is refused without details', async () => {
    const emulator = await startEmulator({ port: 0 })
    onTestFinished(() => emulator.close())
    const { status, body } = await send(emulator.url, { method: 'G@T', target: '/', headers: { host: '127.0.0.1' } })
    expect([status, JSON.parse(body)]).toEqual([400, { error: 'this is no request of HTTP/1.1' }])
  })
})

describe('as options', () => {
  test('each is a flag', () => {
    const args = ['--max-header-bytes', '8192', '--max-body-bytes', '2048', '--max-parameters', '50', '--max-nesting', '10']
    expect(readOptions(args)).toMatchObject({ maxHeaderBytes: 8192, maxBodyBytes: 2048, maxParameters: 50, maxNesting: 10 })
  })

  test.each([
    ['--max-header-bytes', '100', '4096'],
    ['--max-body-bytes', '1e12', '67108864'],
    ['--max-parameters', '1.5', 'int'],
    ['--max-nesting', 'deep', 'number'],
  ])('%s refuses %s, and says what may be', (flag, value, said) => {
    expect(() => readOptions([flag, value])).toThrow(OptionError)
    expect(() => readOptions([flag, value])).toThrow(new RegExp(`${flag}.*${said}`))
  })

  test('a cloud refuses what cannot be', () => {
    expect(() => createCloud({ maxNesting: 1000 })).toThrow('maxNesting')
  })
})
