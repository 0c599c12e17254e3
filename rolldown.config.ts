import { defineConfig } from 'rolldown'

export default defineConfig({
  input: {
    index: 'src/index.ts',
    emulator: 'emulator/index.ts',
    cli: 'emulator/cli.ts',
    docs: 'scripts/docs.ts',
    bench: 'bench/index.ts',
  },
  platform: 'node',
  // @msw/data consists of a thousand small files, which take longer to open than everything else together: it is bundled, the rest stays outside.
  external: (id) =>
    /^[@a-z]/i.test(id) &&
    !id.startsWith('@msw/data') &&
    !id.startsWith('es-toolkit') &&
    !/^(mutative|outvariant|rettime)/.test(id) &&
    !id.includes('package.json'),
  output: { dir: 'dist', format: 'esm', chunkFileNames: '[name].js', cleanDir: true },
})
