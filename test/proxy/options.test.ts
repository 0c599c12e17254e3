/** The flags and variables of the proxy and of TLS. */

import { afterEach, expect, test, vi } from 'vitest'
import { readOptions } from '../../emulator/options.js'

afterEach(() => void vi.unstubAllEnvs())

test.each<[what: string, args: string[], variables: Record<string, string>, expected: object]>([
  ['a proxy', ['--proxy', '4011', '--ca-file', 'ca.pem'], {}, { proxy: 4011, caFile: 'ca.pem' }],
  ['the same as variables', [], { PROXY: '4011', CA_FILE: 'ca.pem' }, { proxy: 4011, caFile: 'ca.pem' }],
  ['nothing is let out', ['--offline'], {}, { offline: true }],
  ['what is not emulated passes', ['--offline', 'no'], {}, { offline: false }],
  ['the same as a variable', [], { OFFLINE: 'false' }, { offline: false }],
  ['a variable that says yes', [], { OFFLINE: '1' }, { offline: true }],
  ['TLS', ['--tls'], {}, { tls: true }],
  ["the user's certificate", ['--tls-cert', 'a.pem', '--tls-key', 'b.pem'], {}, { tls: { cert: 'a.pem', key: 'b.pem' } }],
])('%s', (_what, args, variables, expected) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(`VOD_VIAPI_EMULATOR_${name}`, value)
  expect(readOptions(args)).toMatchObject(expected)
})

test.each([
  ['a certificate without its key', ['--tls-cert', 'a.pem'], /--tls-cert and --tls-key go together/],
  ['a port that is none', ['--proxy', '70000'], /--proxy/],
  ['what is neither yes nor no', ['--offline', 'perhaps'], /--offline/],
])('%s is refused', (_what, args, message) => {
  expect(() => readOptions(args)).toThrow(message)
})
