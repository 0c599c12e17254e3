#!/usr/bin/env node
/** What is run as `vod-viapi-emulator`. */

import * as modules from 'node:module'

// What Node has compiled once, later starts need not compile again; Node.js 20 cannot remember it.
const { enableCompileCache } = modules as { enableCompileCache?: () => unknown }
enableCompileCache?.()

const { runCommand } = await import('./command.js')
await runCommand(process.argv.slice(2))
