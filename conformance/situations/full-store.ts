/** A data folder that is full. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCloud } from '../../src/cloud/cloud.js'
import type { Account, Cloud } from '../../src/index.js'
import { NoSpaceError, type Store } from '../../src/state/store.js'

/** A cloud that runs out of room, and one of its accounts. */
export interface FillingCloud {
  cloud: Cloud
  account: Account
  /** From now on there is no room. */
  fill: () => void
  /** Ends the cloud. */
  close: () => Promise<void>
}

/** Opens a cloud in whose store there is room until it is filled. `now`: the account's time, in milliseconds since 1970; default: as it is with every manual clock. */
export async function fillingCloud(now?: number): Promise<FillingCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'))
  let room = true
  const store: Store = {
    files: folder,
    orphans: join(folder, 'orphans'),
    load: async () => new Map(),
    async commit(_changes, { last = false } = {}) {
      if (!room && !last) throw new NoSpaceError('no space left on device')
    },
    async close() {},
  }
  // What cannot be stored is told there, too.
  const cloud = await openCloud({ clock: 'manual', onBug: () => {} }, store)
  const account = cloud.createAccount({ clock: 'manual' })
  if (now !== undefined) await account.clock.advanceTo(now)
  await cloud.stored(account)
  return {
    cloud,
    account,
    fill() {
      room = false
    },
    async close() {
      await cloud.close()
      await rm(folder, { recursive: true })
    },
  }
}
