/** `npm start`: the command, built first if something has changed. */

import { buildIfStale } from './build/fresh.mjs'

try {
  buildIfStale(['bundle', 'console'])
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import('../dist/cli.js')
