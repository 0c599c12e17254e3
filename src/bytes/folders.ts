/** Temporary folders for the bytes of objects: removed when the process ends, or, if it was killed, by the next one that makes such a folder. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

/** `vod-viapi-emulator-<host>-<process id>-<random>`: which process a folder belongs to, on which machine or in which container. */
const ours = `vod-viapi-emulator-${hostname().replace(/[^\w.-]/g, '')}-`

/** Folders that are to be removed when the process ends. */
const folders = new Set<string>()

/** Where remains have been looked for. */
const swept = new Set<string>()

const removeFolders = (): void => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}

/** Makes a folder among the system's temporary files. */
export function makeFolder(): string {
  const parent = tmpdir()
  mkdirSync(parent, { recursive: true })
  if (!swept.has(parent)) {
    swept.add(parent)
    removeRemains(parent)
  }
  const folder = mkdtempSync(join(parent, `${ours}${process.pid}-`))
  if (folders.size === 0) process.on('exit', removeFolders)
  folders.add(folder)
  return folder
}

/** Removes a folder and what is in it. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  folders.delete(folder)
  if (folders.size === 0) process.off('exit', removeFolders)
}

/** Removes what processes have left that were killed. */
function removeRemains(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, id] = (name.startsWith(ours) && /^(\d+)-\w+$/.exec(name.slice(ours.length))) || []
    if (id === undefined || isRunning(Number(id))) continue
    try {
      rmSync(join(parent, name), { recursive: true, force: true })
    } catch {
      // It belongs to another user, or another process is removing it.
    }
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // A process of another user may not be asked, but is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
