import { defineConfig } from 'rolldown'
import pkg from './package.json' with { type: 'json' }
import { thirdPartyNotices } from './scripts/build/notices.js'

/** Packages that whoever installs this one has. All others go into the bundle: it is smaller than they are, and opens faster than their thousands of files. */
const INSTALLED = new Set([pkg.dependencies, pkg.optionalDependencies, pkg.peerDependencies].flatMap((group) => Object.keys(group)))

/** The package of an import such as `msw/node`. */
const packageOf = (id: string): string => id.split('/', id.startsWith('@') ? 2 : 1).join('/')

/** What the pieces that entry points have in common are called: after the first of these modules that is in them. */
const CHUNKS: Readonly<Record<string, string>> = {
  'src/cloud/cloud.ts': 'cloud',
  'src/cloud/products.ts': 'products',
  'src/base/clock.ts': 'ground',
  'src/index.ts': 'public',
  'src/gateway/render.ts': 'replies',
  'src/faults/wait.ts': 'wait',
  'src/state/view.ts': 'query-language',
  'emulator/control/index.ts': 'control',
  'emulator/server/app.ts': 'server',
  'emulator/index.ts': 'emulator',
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
  return `chunks/${known?.[1] ?? name}.js`
}

export default defineConfig({
  input: {
    index: 'src/index.ts',
    emulator: 'emulator/index.ts',
    client: 'src/client/index.ts',
    msw: 'src/msw.ts',
    undici: 'emulator/undici/index.ts',
    vitest: 'src/vitest.ts',
    cli: 'emulator/cli.ts',
    contracts: 'contracts/index.ts',
  },
  platform: 'node',
  external: (id) => INSTALLED.has(packageOf(id)) && !['zod', 'pino'].includes(packageOf(id)),
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
  plugins: [thirdPartyNotices('THIRD-PARTY-NOTICES.txt')],
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    sourcemap: true,
    chunkFileNames: chunkName,
    // Node keeps the text of what it has loaded: two bytes for each letter if one is beyond Latin-1, else one.
    charset: 'ascii',
    comments: false,
    codeSplitting: {
      groups: [
        { name: 'faker', test: /node_modules\/@faker-js\// },
        { name: 'zod', test: /node_modules\/zod\// },
        {
          name: 'pino',
          test: /node_modules\/(pino|sonic-boom|@pinojs|on-exit-leak-free|thread-stream|atomic-sleep|quick-format-unescaped|safe-stable-stringify|real-require|process-warning)/,
        },
        // What only the query language needs is not loaded at the start, and so is no part of this.
        { name: 'fastify', test: /node_modules\//, tags: ['$initial'] },
      ],
    },
  },
})
