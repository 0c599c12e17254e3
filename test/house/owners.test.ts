/**
 * What an account has of its parts is declared from above, so imports do not show who uses what: this does. A file uses what belongs to its own
 * folder, to one that this is in, or to one below: parts of the account, sections of its settings, and the collections of `account.vod`.
 */

import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { folders } from '../../scripts/floors.js'
import { type SourceFile, sourceFiles } from './source.js'

const files = sourceFiles('src')

/** How something is declared, and how the code reaches it. */
interface Kind {
  /** As it is written in a message. */
  what: string
  /** The names that a file declares. */
  declares: (file: SourceFile) => string[]
  /** `x.<name>` */
  member: RegExp
  /** `{ <name>, … }`, with the names as the first group that is there. */
  pattern: RegExp
}

const all = (text: string, expression: RegExp): string[] =>
  [...text.matchAll(expression)].map(([, ...groups]) => groups.find((group) => group !== undefined) ?? '')

const kinds: readonly Kind[] = [
  {
    what: 'account.',
    declares: ({ text }) => all(text, /\bdefinePart\(\{\s*name: '(\w+)'/g),
    member: /\b(?:account|holder|logged)\??\.(\w+)/g,
    pattern:
      /\{([^{}]*)\}\s*(?:=\s*(?:[\w.]+\.)?account\b|:\s*Account\b)|\baccount: \{([^{}]*)\}|\b(?:create|open|seed|dispose)(?:: |\()\(?\{([^{}]*)\}/g,
  },
  {
    what: 'settings.values.',
    declares: ({ text }) => all(text, /\bexport const (\w+)Settings = defineSettings\(/g),
    member: /\bsettings\.values\.(\w+)/g,
    pattern: /\{([^{}]*)\}\s*=\s*[\w.]*\bsettings\.values\b|\bvalues: \{([^{}]*)\} \}: Settings/g,
  },
  {
    what: 'account.vod.',
    // The members of `export const uploadRecords = { … }`, which stand at its first level.
    declares: ({ path, text }) => (/\/vod\/.*\/records\.ts$/.test(path) ? all(text, /^ {2}(\w+): /gm) : []),
    member: /\bvod\.(\w+)/g,
    pattern: /\bvod: \{([^{}]*)\}/g,
  },
]

/** The names of a kind that a text uses, whoever they belong to. */
function usedIn(text: string, { member, pattern }: Kind): string[] {
  const code = text.replaceAll(/\/\*.*?\*\/|\/\/ .*?$/gms, '')
  // Once more without what stands within one of the names: `{ jobs, clock: { mode } }`.
  const patterns = [code, code.replaceAll(/: \{[^{}]*\}/g, '')].flatMap((each) => all(each, pattern))
  const names = patterns.flatMap((each) => each.split(',').map((name) => name.trim().split(/[\s:=]/, 1)[0] as string))
  return [...new Set([...all(code, member), ...names])]
}

const isWithin = (folder: string, owner: string): boolean => !posix.relative(owner, folder).startsWith('..')

const mayUse = (folder: string, owner: string): boolean => isWithin(folder, owner) || folders.indexOf(owner) < folders.indexOf(folder)

test.each(kinds)('nobody uses what belongs to a higher floor: $what', (kind) => {
  const owners = new Map(files.flatMap((file) => kind.declares(file).map((name) => [name, file.folder] as const)))
  const wrong = files.flatMap(({ path, folder, text }) =>
    usedIn(text, kind).flatMap((name) => {
      const owner = owners.get(name)
      return owner === undefined || mayUse(folder, owner) ? [] : `${path} uses ${kind.what}${name}, which belongs to ${owner}`
    }),
  )
  expect(wrong).toEqual([])
})

test.each([
  ['account.oss.object(bucket, key)', 0, ['oss']],
  ['this.account.faults.none', 0, ['faults']],
  ['const { jobs, clock: { mode } } = account', 0, ['jobs', 'clock']],
  ['const { jobs = [], clock } = context.account', 0, ['jobs', 'clock']],
  ['function f({ oss: own }: Account, key: string): void {}', 0, ['oss']],
  ['async apply({ account: { turn, vod }, call }) {}', 0, ['turn', 'vod']],
  ['dispose: ({ events }) => events.dispose()', 0, ['events']],
  ['account.settings.values.vod.domains', 1, ['vod']],
  ['const { strictInputs } = account.settings.values', 1, ['strictInputs']],
  ['({ values: { limits } }: Settings, action) => limits', 1, ['limits']],
  ['account.vod.videos.get(id)', 2, ['videos']],
  ['({ vod: { uploadJobs } }: Account) => uploadJobs.count', 2, ['uploadJobs']],
])('%s is seen', (text, kind, names) => {
  expect(usedIn(text, kinds[kind] as Kind)).toEqual(names)
})

test('what is looked for is there', () => {
  const count = (kind: number) => files.flatMap((file) => (kinds[kind] as Kind).declares(file)).length
  expect([count(0) > 15, count(1) > 7, count(2) > 6]).toEqual([true, true, true])
})

test('the folder of a part is no higher than who uses it', () => {
  expect(mayUse('src/gateway', 'src/jobs')).toBe(true)
  expect(mayUse('src/products/vod/shared/lifecycle', 'src/products/vod')).toBe(true)
  expect(mayUse('src/jobs', 'src/oss')).toBe(false)
  expect(mayUse('src/products/vod/playback', 'src/products/vod/cdn')).toBe(false)
})
