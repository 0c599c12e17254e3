import { defineConfig } from 'vitest/config'

/** Tests that replace modules which others have loaded, or that measure slices too short to share a heap with others. */
const ISOLATED = ['test/**/without-sharp.test.ts', 'test/imageenhan/large.test.ts']

export default defineConfig({
  test: {
    globalSetup: 'test/support/build.ts',
    // Of two cores, vitest would leave one idle.
    maxWorkers: '100%',
    // Tests make much that lives for a moment: with more megabytes for it, less is spent on collecting garbage.
    execArgv: ['--max-semi-space-size=64'],
    // No test is to fail because the machine is slow: this ends what would never end.
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    teardownTimeout: 120_000,
    expect: { poll: { timeout: 600_000 } },
    // Pact would report each run to its makers.
    env: { PACT_DO_NOT_TRACK: 'true' },
    // Loading the services anew for every file would take longer than the tests.
    projects: [
      { extends: true, test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: ISOLATED, isolate: false } },
      { extends: true, test: { name: 'isolated', include: ISOLATED } },
    ],
  },
})
