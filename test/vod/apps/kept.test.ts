/** Apps and grants are part of the state: copies of an account have them, and so has an account that takes over a document. */

import { expect, test } from 'vitest'
import { type Account, createCloud } from '../../../src/index.js'
import { sign } from '../../../src/signing/sign.js'
import { twoApps } from './support.js'

type Cloud = ReturnType<typeof createCloud>

/** What a user finds in an account, and how a call for a video of another app ends. */
async function seenBy(cloud: Cloud, account: Account, user: string, elsewhere: string) {
  const key = account.ram.keyOf(user) ?? account.ram.createAccessKey(user)
  const send = async (action: string, params: Record<string, string>) => {
    const call = sign('rpc', { host: '127.0.0.1', version: '2017-03-21', action, params: { Format: 'JSON', ...params }, key })
    return JSON.parse(String((await cloud.handle(call)).body))
  }
  const { MediaList } = await send('SearchMedia', {})
  return [
    MediaList.map(({ MediaId }: { MediaId: string }) => MediaId),
    (await send('DeleteMezzanines', { VideoIds: elsewhere })).UnRemoveableVideoIds,
  ]
}

test.each<[how: string, copy: (cloud: Cloud, account: Account) => Promise<[Cloud, Account]>]>([
  ['a fork', async (cloud, account) => [cloud, await account.fork()]],
  [
    'another cloud that takes over the state',
    async (_cloud, account) => {
      const other = createCloud({ clock: 'manual' })
      await other.account().import(JSON.parse(JSON.stringify(await account.export({ bytes: 'inline' }))))
      return [other, other.account()]
    },
  ],
  [
    'a snapshot that is restored',
    async (cloud, account) => {
      await account.snapshots.save('before')
      for (const { appId } of account.vod.apps.list().rows) account.vod.apps.delete(appId)
      account.vod.appGrants.clear()
      await account.snapshots.restore('before')
      return [cloud, account]
    },
  ],
])('%s', async (_how, copy) => {
  const { cloud, account, film, report } = await twoApps()
  const [where, whose] = await copy(cloud, account)
  expect(await seenBy(where, whose, 'filmmaker', report)).toEqual([[film], [report]])
  expect(await seenBy(where, whose, 'critic', film)).toEqual([[film], [film]])
})
