/**
 * Makes the package usable that this example refers to by its folder, if it is not yet: installs what it needs and builds it. A project of your own
 * has the package from the registry, and needs nothing like this.
 */

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const provider = new URL('../../', import.meta.url)

/** Runs the npm that runs this script. */
const npm = (...args) =>
  execFileSync(process.execPath, [process.env.npm_execpath, ...args], { cwd: fileURLToPath(provider), stdio: 'inherit' })

if (!existsSync(new URL('node_modules', provider))) npm('ci')
if (!existsSync(new URL('dist/index.js', provider))) npm('run', 'build')
