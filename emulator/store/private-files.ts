/** Files and folders that hold secrets: nobody but their owner reads them, or even their names. */

import { chmodSync, fchmodSync, fstatSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

/** Opens a file for writing, which begins empty; an older one becomes private, too, if it is ours. Throws what the file system does. */
export function openPrivateFile(path: string): number {
  const file = openSync(path, 'w', FILE_MODE)
  // It may be a device, which others need.
  if (fstatSync(file).isFile()) ifOurs(() => fchmodSync(file, FILE_MODE))
  return file
}

/** Makes a folder that is private, unless there is one already. Throws what the file system does. */
export const makeNewFolder = (path: string): boolean => makeFolder(path, FOLDER_MODE)

/** Makes a folder private, if it is ours, and makes it if it is not there. Throws what the file system does. */
export function makePrivateFolder(path: string): void {
  if (!makeFolder(path, FOLDER_MODE)) ifOurs(() => chmodSync(path, FOLDER_MODE))
}

/** Only its owner can change who has access. */
function ifOurs(change: () => void): void {
  try {
    change()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
  }
}

/**
 * Makes a folder if it is not there, and the folders that it is in; true if it was not. Throws what the file system does. Where a file system lets
 * nobody make folders and says that there is no such place, as /proc does, Node's own way never ends.
 */
function makeFolder(path: string, mode?: number): boolean {
  try {
    mkdirSync(path, { mode })
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    const parent = dirname(path)
    if (code !== 'ENOENT' || parent === path || !makeFolder(parent)) throw error
    mkdirSync(path, { mode })
    return true
  }
}
