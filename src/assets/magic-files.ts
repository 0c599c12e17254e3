/** Files that are what their name says: `emulator-cannot-be-decoded.mp4` cannot be decoded, whoever has it. */

import type { AssetFacts } from './asset.js'

/** What files are, by what stands between `emulator-` and the extension. */
const namedFiles = {
  'cannot-be-downloaded': { defect: 'cannot be downloaded' },
  'cannot-be-decoded': { defect: 'cannot be decoded' },
  'is-empty': { defect: 'is empty' },
  'shows-something-else': { defect: 'shows something else' },
  'is-unsafe': { defect: 'is unsafe' },
  'never-finishes': { defect: 'never finishes' },
  'fails-every-time': { defect: 'fails every time' },
  'is-too-large': { bytes: 2 * 1024 ** 3 },
  'has-too-few-pixels': { width: 2, height: 2 },
  'has-too-many-pixels': { width: 9999, height: 9999 },
  'is-in-another-region': { region: 'cn-hangzhou' },
} as const satisfies Record<string, AssetFacts>

/** What a name can say of a file. */
export type FileName = keyof typeof namedFiles

const NAME = /(?:^|[\\/])emulator-([a-z-]+)\.[A-Za-z0-9]{1,10}(?:[?#]|$)/

/** What a file is by its name; of a URL or path, the last part counts. `undefined` if the name says nothing. */
export function assetNamed(urlOrPath: string): AssetFacts | undefined {
  const name = NAME.exec(urlOrPath)?.[1] ?? ''
  return Object.hasOwn(namedFiles, name) ? namedFiles[name as FileName] : undefined
}
