/** The example of docs/vod-apps.md: it runs here, and stands there as it does here. */

import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { createClient } from '../../../src/client/index.js'
import { emulatorTest } from '../../../src/vitest.js'

const test = emulatorTest()

test('who is let into an app sees its media, and no others', async ({ account, cloud, expect }) => {
  const { vod } = createClient({ cloud, ...account.credentials })
  const { AppId } = await vod.CreateAppInfo({ AppName: 'films' })
  const film = await vod.CreateUploadVideo({ Title: 'film', FileName: 'film.mp4', AppId })
  await vod.CreateUploadVideo({ Title: 'another', FileName: 'another.mp4' })

  account.ram.putUser('alice', { allow: ['vod:*'] })
  const { vod: asAlice } = createClient({ cloud, ...account.ram.createAccessKey('alice') })
  const alice = { IdentityType: 'RamUser', IdentityName: 'alice' } as const
  await vod.AttachAppPolicyToIdentity({ ...alice, AppId, PolicyNames: ['VODAppReadOnlyAccess'] })

  expect((await asAlice.SearchMedia()).MediaList.map(({ MediaId }) => MediaId)).toEqual([film.VideoId])
  await expect(asAlice.UpdateVideoInfo({ VideoId: film.VideoId, Title: 'new' })).rejects.toMatchObject({ code: 'Forbidden' })
})

it('docs/vod-apps.md has them as they are here', ({ expect }) => {
  const here = readFileSync(new URL(import.meta.url), 'utf8')
  const shown = [...readFileSync('docs/vod-apps.md', 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
  expect(shown).toHaveLength(1)
  for (const code of shown) expect(here).toContain(code)
})
