import { defineConfig, type OutputOptions, type RolldownOptions } from 'rolldown'
import pkg from './package.json' with { type: 'json' }
import { thirdPartyNotices } from './scripts/build/notices.js'

/**
 * Packages that whoever installs this one has. All others go into the bundle: it is smaller than they are, and opens faster than their thousands of files.
 * Of zod, only types are needed from outside; it works as well with schemas of another copy of it.
 */
const INSTALLED = new Set([pkg.dependencies, pkg.optionalDependencies, pkg.peerDependencies].flatMap((group) => Object.keys(group)))
INSTALLED.delete('zod')

/** The package of an import such as `msw/node`. */
const packageOf = (id: string): string => id.split('/', id.startsWith('@') ? 2 : 1).join('/')

/** What the pieces that entry points have in common are called: after the first of these modules that is in them. */
const CHUNKS: Readonly<Record<string, string>> = {
  'emulator/command.ts': 'start',
  'src/cloud/cloud.ts': 'cloud',
  'src/cloud/products.ts': 'products',
  'src/base/clock.ts': 'ground',
  'src/index.ts': 'public',
  'src/gateway/render.ts': 'replies',
  'src/faults/wait.ts': 'wait',
  'src/state/view.ts': 'query-language',
  'emulator/control/index.ts': 'control',
  'emulator/server/app.ts': 'server',
  'emulator/start.ts': 'emulator',
  'emulator/doors.ts': 'doors',
  'emulator/tls/authority.ts': 'certificates',
  'emulator/store/level.ts': 'data-folder',
  'emulator/store/private-files.ts': 'private-files',
  'emulator/verify.ts': 'command-verify',
  'emulator/replay/command.ts': 'command-replay',
  'emulator/compare.ts': 'command-compare',
  'emulator/fallback/fallback.ts': 'fallback',
  'emulator/ca.ts': 'command-ca',
  'contracts/index.ts': 'contracts',
  'contracts/record/record.ts': 'pacts',
}

/** The name of a piece. Packages have pieces of their own, which have names already. */
function chunkName({ name, moduleIds }: { name: string; moduleIds: readonly string[] }): string {
  const known = Object.entries(CHUNKS).find(([path]) => moduleIds.some((id) => id.endsWith(`/${path}`)))
  return known?.[1] ?? name
}

/** What holds for both bundles. */
const COMMON = {
  platform: 'node',
  external: (id) => INSTALLED.has(packageOf(id)),
  resolve: {
    alias: Object.fromEntries(
      ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'].map((name) => [
        name,
        `${import.meta.dirname}/scripts/build/no-schemas.cjs`,
      ]),
    ),
  },
  // Modules here define and do nothing else: one that is only handed on is not loaded by who does not use it.
  treeshake: { moduleSideEffects: [{ test: /^(?!.*\/node_modules\/).*\/(?:src|emulator|contracts)\//, sideEffects: false }] },
} satisfies RolldownOptions

const OUTPUT = {
  dir: 'dist',
  format: 'esm',
  // Node keeps the text of what it has loaded: two bytes for each letter if one is beyond Latin-1, else one.
  charset: 'ascii',
  comments: false,
} satisfies OutputOptions

/** What the package exports. */
const library = defineConfig({
  ...COMMON,
  input: {
    index: 'src/index.ts',
    emulator: 'emulator/index.ts',
    client: 'src/client/index.ts',
    msw: 'src/msw.ts',
    undici: 'emulator/undici/index.ts',
    vitest: 'src/vitest.ts',
    contracts: 'contracts/index.ts',
  },
  plugins: [thirdPartyNotices('THIRD-PARTY-NOTICES.txt')],
  output: {
    ...OUTPUT,
    // For who debugs a test of their own, and steps into it.
    sourcemap: true,
    cleanDir: true,
    chunkFileNames: (chunk) => `chunks/${chunkName(chunk)}.js`,
    codeSplitting: {
      groups: [
        { name: 'faker', test: /node_modules\/@faker-js\// },
        { name: 'zod', test: /node_modules\/zod\// },
      ],
    },
  },
})

/**
 * The command. It exports nothing, so nothing is in it but what it uses itself, and all that every start needs is one file: Node takes about a millisecond
 * for each, and three times as long for what only exports keep.
 */
const command = defineConfig({
  ...COMMON,
  input: { cli: 'emulator/cli.ts', 'command/run': 'emulator/command.ts' },
  plugins: [thirdPartyNotices('command/THIRD-PARTY-NOTICES.txt')],
  output: {
    ...OUTPUT,
    chunkFileNames: (chunk) => `command/${chunkName(chunk)}.js`,
    codeSplitting: { groups: [{ name: 'start', test: /^(?!.*\/emulator\/cli\.ts$)/, tags: ['$initial'] }] },
  },
})

export default [library, command]
