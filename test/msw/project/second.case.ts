import { ENDPOINT, ownFetch, test } from './fixtures.js'

const fetchAtStart = fetch

test('the emulator answers', async ({ expect }) => {
  expect((await fetch(ENDPOINT)).status).toBe(400)
})

test('nothing was intercepted before this file ran', ({ expect }) => {
  expect(fetchAtStart).toBe(ownFetch)
})
