/** Builds the console into dist/console: what it needs is in it, and its names change with their content. */

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { CONSOLE_NONCE } from '../../src/base/fixtures.js'
import { thirdPartyNotices } from './notices.js'

export default defineConfig({
  root: fileURLToPath(new URL('../../console', import.meta.url)),
  // It does not know under which address it is served.
  base: './',
  plugins: [thirdPartyNotices('THIRD-PARTY-NOTICES.txt')],
  // The emulator puts another one in its place each time.
  html: { cspNonce: CONSOLE_NONCE },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Under the policy of the page nothing is written into it.
    assetsInlineLimit: 0,
    // What is loaded later consists of one file each.
    modulePreload: false,
    reportCompressedSize: false,
  },
  // `npm run console`: the page as it is edited, beside an emulator at its usual address.
  server: { proxy: { '^/_emulator': { target: 'http://127.0.0.1:4010', changeOrigin: true } } },
})
