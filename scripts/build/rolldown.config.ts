/** The project's own tools, which are no part of the package: what writes documentation, contracts and worlds, and what measures. */

import { defineConfig } from 'rolldown'

export default defineConfig({
  input: {
    docs: 'scripts/docs.ts',
    'write-contracts': 'scripts/contracts.ts',
    'write-worlds': 'scripts/worlds.ts',
    bench: 'bench/index.ts',
    bare: 'bench/bare.ts',
  },
  platform: 'node',
  external: /^(?:@[\w-]+\/)?[\w-]/,
  output: { dir: 'build', format: 'esm', chunkFileNames: 'chunks/[name].js', cleanDir: true },
})
