/** The files that worlds are in: those of the package, and those of its user. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixturePath } from '../base/fixtures.js'
import { FILE_BOUNDS, readJson } from '../base/json.js'
import { didYouMean } from '../base/nearest.js'
import { problemOf } from '../base/problem.js'

const FOLDER = fixturePath('worlds')

const ENDING = '.json'

/** Names of the worlds that the package brings along, in alphabetical order. */
export const worldNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort()

/** True of what is the path of a file, and no name. */
const isPath = (name: string): boolean => name.endsWith(ENDING) || /[\\/]/.test(name)

/** Path of the file that a name, or a path, leads to. Throws a `RangeError` if there is no world of this name. */
export function worldPath(name: string): string {
  if (isPath(name)) return name
  const names = worldNames()
  if (!names.includes(name)) throw new RangeError(`there is no world "${name}"${didYouMean(name, names)}`)
  return join(FOLDER, name + ENDING)
}

/** What a file has. Throws a `RangeError` that names the file if it cannot be read. */
export function readWorldFile(path: string): unknown {
  try {
    return readJson(readFileSync(path, 'utf8'), FILE_BOUNDS)
  } catch (error) {
    throw new RangeError(`${path}: ${problemOf(error)}`, { cause: error })
  }
}
