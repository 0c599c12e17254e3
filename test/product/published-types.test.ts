/** What the compiler knows of the package as it is published: a project of its own, under strict rules. */

import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const CODE = `
import { type Account, type CollectionOf, createCloud, defineCollection, definePart, defineProduct, defineSettings, z } from 'vod-viapi-emulator'
import { createClient } from 'vod-viapi-emulator/client'
import { pactsOf } from 'vod-viapi-emulator/contracts'
import { startEmulator } from 'vod-viapi-emulator/emulator'
import { mswHandlers } from 'vod-viapi-emulator/msw'
import { emulatorConnector, emulatorDispatcher } from 'vod-viapi-emulator/undici'
import { emulatorTest } from 'vod-viapi-emulator/vitest'

const notes = defineCollection({ name: 'notes', schema: z.object({ id: z.string() }), keyOf: ({ id }) => id })
const notesPart = definePart({ name: 'notes', create: ({ state }) => state.collection(notes) })
const noteSettings = defineSettings({ schema: z.strictObject({ most: z.int().optional() }), defaults: { most: 9 }, levels: 1 })

declare module 'vod-viapi-emulator' {
  interface AccountParts {
    notes: CollectionOf<typeof notes>
  }
  interface SettingsSections {
    notes: typeof noteSettings
  }
}

const product = defineProduct({ name: 'notes', actions: [], parts: [notesPart], settings: { notes: noteSettings } })
const cloud = createCloud({ products: [product], settings: { notes: { most: 3 } } })
export const known = (account: Account): number[] => [
  account.faults.list().length, account.vod.videos.count, account.notes.count, account.settings.values.notes.most,
]
export const doors = [createClient, pactsOf(cloud), startEmulator, mswHandlers(cloud), emulatorDispatcher(cloud), emulatorConnector(cloud), emulatorTest]

// @ts-expect-error: there is no such part
export const noPart = cloud.account().note
// @ts-expect-error: of the wrong type
cloud.account().settings.change({ notes: { most: 'many' } })
// @ts-expect-error: there is no such section
createCloud({ settings: { note: {} } })
`

test('parts, settings and products are known, those of the package and those of one’s own', async () => {
  execFileSync(process.execPath, ['scripts/build/fresh.mjs', 'bundle', 'types'], { stdio: 'inherit' })
  const folder = mkdtempSync(join(tmpdir(), 'types-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(resolve('.'), join(folder, 'node_modules/vod-viapi-emulator'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'consumer.ts'), CODE)
  const options = ['--noEmit', '--strict', '--noUncheckedIndexedAccess', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023']
  const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')]
  const compiler = [resolve('node_modules/typescript/bin/tsc'), ...options, ...types, 'consumer.ts']
  const found = await new Promise((resolved) =>
    execFile(process.execPath, compiler, { cwd: folder }, (error, stdout) => resolved(error ? stdout || error.message : 'it compiles')),
  )
  expect(found).toBe('it compiles')
})
