/** The code runs in contexts of a test runner, where Node.js makes values of another realm. */

import { expect, it } from 'vitest'
import { sourceFiles } from './source.js'

const BUILT_IN = /instanceof (Error|TypeError|AggregateError|Uint8Array|ArrayBuffer|Buffer|Date|Map|Set|Object|Array|RegExp|Promise)\b/

it('asks what a built-in value is by src/base/realm.ts, not by instanceof', () => {
  const asking = sourceFiles('src', 'emulator', 'contracts', 'conformance').filter(
    ({ path, text }) => path !== 'src/base/realm.ts' && BUILT_IN.test(text),
  )
  expect(asking.map(({ path }) => path)).toEqual([])
})
