/** The project's own tools, which are no part of the package: what writes documentation, contracts and worlds, what measures, and what checks. */

import { defineConfig } from 'rolldown'

export default defineConfig({
  input: {
    docs: 'scripts/docs.ts',
    'write-contracts': 'scripts/contracts.ts',
    'write-worlds': 'scripts/worlds.ts',
    conformance: 'conformance/index.ts',
    bench: 'bench/index.ts',
    bare: 'bench/bare.ts',
    minimal: 'bench/minimal.ts',
    probe: 'bench/probe.ts',
    soak: 'scripts/soak/index.ts',
    'soak-probe': 'scripts/soak/probe.ts',
  },
  platform: 'node',
  external: /^(?:@[\w-]+\/)?[\w-]/,
  output: { dir: 'build', format: 'esm', chunkFileNames: 'chunks/[name].js', cleanDir: true },
})
