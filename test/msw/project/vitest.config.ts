import { defineConfig } from 'vitest/config'

/** A project whose test files share one module with the fixtures, in one worker that forgets nothing between files. */
export default defineConfig({
  root: import.meta.dirname,
  test: { include: ['*.case.ts'], isolate: false, fileParallelism: false },
})
