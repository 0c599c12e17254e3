/** The console as it is built. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const FOLDER = 'dist/console'

const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  // The licences of what is in it are for people.
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.txt'))
  .map((entry) => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }))

test('it has less than 300 kB in all, as it is sent', () => {
  const sent = files.reduce((sum, { bytes }) => sum + gzipSync(bytes).byteLength, 0)
  expect(files.length).toBeGreaterThan(2)
  expect(sent).toBeLessThan(300_000)
})

test('what is in it of others is told with its licence', () => {
  const notices = readFileSync(join(FOLDER, 'THIRD-PARTY-NOTICES.txt'), 'utf8')
  for (const name of ['preact', '@preact/signals', 'hls.js'])
    expect(notices).toMatch(new RegExp(`^${name} [\\d.]+ \\((?:MIT|Apache-2.0)\\)$`, 'm'))
})

test('nothing in its page is written into it that a strict policy forbids', () => {
  const page = String(files.find(({ name }) => name === 'index.html')?.bytes)
  expect(page.match(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc="\.\/)|javascript:/gi)).toBe(null)
})

test('it names no address of anybody else', () => {
  const hosts = files.flatMap(({ bytes }) =>
    [...String(bytes).matchAll(/\b(?:https?|wss?):\/\/([\w.-]+\.[\w.-]+)/g)].map(([, host]) => host),
  )
  // Names of XML languages and of messages in media files, and what examples are of.
  const names = ['www.w3.org', 'aomedia.org', 'example.com']
  expect([...new Set(hosts)].filter((host) => !names.includes(String(host)))).toEqual([])
})
