/** The vitest fixtures with a world: it is in the account of every test. */

import { createClient } from '../../src/client/index.js'
import { emulatorTest } from '../../src/vitest.js'

const test = emulatorTest({ world: 'demo' })

for (const what of ['one test', 'another test'])
  test(`${what} has the media of the world, and its own of them`, async ({ account, cloud, expect }) => {
    const client = createClient({ cloud, ...account.credentials })
    const { Total, MediaList } = await client.vod.SearchMedia({ Match: "Title = '新闻'" })
    expect(Total).toBe(4)
    await client.vod.DeleteVideo({ VideoIds: [MediaList[0]?.MediaId as string] })
    expect((await client.vod.SearchMedia({ Match: "Title = '新闻'" })).Total).toBe(3)
  })
