import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.js'
import { popCore } from '../support/sdk.js'

test.skipIf(process.platform === 'win32')(
  'in a data folder that was removed meanwhile nothing is stored, and the client is told',
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'removed-'))
    const emulator = await startEmulator({ port: 0, dataDir, onBug: () => {} })
    const call = popCore({ url: emulator.url, key: emulator.cloud.account().credentials, version: '2017-03-21' }, 'POST')
    expect((await call('AddCategory', { CateName: 'first' })).Category.CateName).toBe('first')
    rmSync(dataDir, { recursive: true })
    await expect(call('AddCategory', { CateName: 'second' })).rejects.toMatchObject({ code: 'InternalError' })
    const refused = emulator.cloud.account().log.find({ action: 'AddCategory', code: 'InternalError' })
    expect(refused[0]?.reason).toBe(`the change could not be stored: the data folder ${basename(dataDir)} has been removed`)
    await expect(emulator.close()).rejects.toThrow('has been removed')
  },
)
