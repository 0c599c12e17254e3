/** A real browser, where there is one. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** The command of an installed Chromium; `undefined` if there is none. */
export const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0,
)

/** Ends a browser with all of its processes, unless it has ended. */
function kill({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
}

/** Opens a page in a browser of its own, which takes the name `evil.example` to lead to this machine, and closes it after `work`. */
export async function withPage<T>(url: string, work: () => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'))
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
  const browser = spawn(chromium ?? '', [...flags, '--host-resolver-rules=MAP evil.example 127.0.0.1', url], {
    stdio: 'ignore',
    // A group of its own, with all the processes that it starts.
    detached: true,
  })
  const ended = once(browser, 'exit')
  // Also where the test gives up.
  onTestFinished(() => void kill(browser))
  try {
    return await work()
  } finally {
    kill(browser)
    await ended
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}
