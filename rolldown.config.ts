import { defineConfig } from 'rolldown'

/**
 * Packages that go into the bundle: @msw/data pulls in a thousand small files and @faker-js/faker all its languages, which take
 * longer to open than everything else together; of both, little is used. All other packages stay outside.
 */
const BUNDLED = /^(?:@msw\/data|es-toolkit|mutative|outvariant|rettime|@faker-js\/faker)(?:\/|$)/

const isPackage = (id: string): boolean => /^(?:@[\w-]+\/)?[\w-]/.test(id) && !/^[a-z]:/i.test(id) && !id.endsWith('package.json')

export default defineConfig({
  input: {
    index: 'src/index.ts',
    emulator: 'emulator/index.ts',
    client: 'src/client/index.ts',
    msw: 'src/msw.ts',
    vitest: 'src/vitest.ts',
    cli: 'emulator/cli.ts',
    contracts: 'contracts/index.ts',
    docs: 'scripts/docs.ts',
    'write-contracts': 'scripts/contracts.ts',
    'write-worlds': 'scripts/worlds.ts',
    bench: 'bench/index.ts',
    bare: 'bench/bare.ts',
    try: 'bench/try.ts',
    minimal: 'bench/minimal.ts',
    probe: 'bench/probe.ts',
  },
  platform: 'node',
  external: (id) => isPackage(id) && !BUNDLED.test(id),
  output: { dir: 'dist', format: 'esm', chunkFileNames: '[name].js', cleanDir: true },
})
