/** Snapshots, forks and imports of accounts with many media. */

import { type Account, type Cloud, createCloud } from '../src/index.js'
import { callIn, elapsed } from './in-process.js'
import { uploadFilm } from './library.js'

/** Media that were uploaded, with their files, jobs and events. */
const UPLOADED = 1000

/** Media that were created by a call each, and not uploaded yet. */
const CREATED = 10_000

/** Milliseconds, of each round. */
export interface States {
  save: number[]
  restore: number[]
  /** A fork and its end. */
  fork: number[]
  /** Of a document that was exported. */
  import: number[]
}

/** Saves, restores, forks and imports in turn. */
export async function measureStates(rounds: number): Promise<{ uploaded: States; created: States }> {
  const uploaded = await measure(rounds, async (cloud, account) => {
    for (let count = 0; count < UPLOADED; count++)
      await uploadFilm(cloud, account, `film ${count}`, { TemplateGroupId: 'VOD_NO_TRANSCODE' })
    await account.clock.advance('1m')
  })
  const created = await measure(rounds, async (cloud, account) => {
    for (let count = 0; count < CREATED; count++)
      await callIn(cloud, account, 'vod.CreateUploadVideo', { Title: `film ${count}`, FileName: 'film.mp4' })
  })
  return { uploaded, created }
}

async function measure(rounds: number, fill: (cloud: Cloud, account: Account) => Promise<void>): Promise<States> {
  const cloud = createCloud({ clock: 'manual' })
  const account = cloud.createAccount({ settings: { limits: { enabled: false } } })
  await fill(cloud, account)
  const document = await account.export()
  const states: States = { save: [], restore: [], fork: [], import: [] }
  const work: Record<keyof States, () => Promise<unknown>> = {
    save: () => account.snapshots.save('bench'),
    restore: () => account.snapshots.restore('bench'),
    fork: async () => cloud.disposeAccount(await account.fork()),
    import: () => account.import(document),
  }
  // The first ones warm up.
  for (let round = -3; round < rounds; round++)
    for (const [what, each] of Object.entries(work) as [keyof States, () => Promise<unknown>][]) {
      const time = await elapsed(each)
      if (round >= 0) states[what].push(time)
    }
  cloud.dispose()
  return states
}
