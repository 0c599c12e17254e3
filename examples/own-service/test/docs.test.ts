/** What docs/extending.md shows of this service is what stands here. */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const root = new URL('../../../../', import.meta.url)

test('docs/extending.md shows what stands in the files', () => {
  const page = readFileSync(new URL('docs/extending.md', root), 'utf8')
  const shown = [...page.matchAll(/^```ts (examples\/own-service\/\S+)\n(.*?)^```$/gms)]
  assert.notEqual(shown.length, 0)
  for (const [, path = '', code = ''] of shown) assert.ok(readFileSync(new URL(path, root), 'utf8').includes(code), code)
})
