/** The files that scenarios are in: those of the package, and those of its user. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SCENARIOS_FOLDER } from '../base/fixtures.js'
import { didYouMean } from '../base/nearest.js'
import { problemOf } from '../base/problem.js'
import { type Definition, readDefinition } from './scenario.js'

/** A file with a scenario in it. */
export interface ScenarioFile {
  /** Name of the file without `.json`. */
  name: string
  path: string
  /** Whose it is. */
  source: 'built-in' | 'own'
  /** True of a file of the user's own in whose place there would be a built-in one. */
  replacesBuiltIn: boolean
}

const ENDING = '.json'

/** All scenarios that can be applied. The files are read whenever they are asked for: what was changed in them holds from then on. */
export class ScenarioFiles {
  /** Throws a `RangeError` if the folder of the user's own scenarios cannot be read. */
  constructor(private readonly own: string | undefined) {
    if (own !== undefined) namesIn(own)
  }

  /** By name, in alphabetical order. Of two with one name, the user's own counts. */
  all(): Map<string, ScenarioFile> {
    const builtIn = new Set(namesIn(SCENARIOS_FOLDER))
    const own = new Set(this.own === undefined ? [] : namesIn(this.own))
    const files = [...new Set([...builtIn, ...own])].sort().map((name): [string, ScenarioFile] => {
      const folder = own.has(name) ? (this.own as string) : SCENARIOS_FOLDER
      const source = own.has(name) ? 'own' : 'built-in'
      return [name, { name, path: join(folder, name + ENDING), source, replacesBuiltIn: own.has(name) && builtIn.has(name) }]
    })
    return new Map(files)
  }

  /** The file of a scenario. Throws a `RangeError` if there is none. */
  find(name: string): ScenarioFile {
    const all = this.all()
    const file = all.get(name)
    if (file === undefined) throw new RangeError(`there is no scenario "${name}"${didYouMean(name, all.keys())}`)
    return file
  }
}

/** What a file has. Throws a `RangeError` that names the file if it has no scenario. */
export function definitionOf(file: ScenarioFile): Definition {
  try {
    return readDefinition(readFileSync(file.path, 'utf8'))
  } catch (error) {
    throw inFile(file, error)
  }
}

/** An error about what is in a file, with the name of the file unless it has it. */
export function inFile({ path }: ScenarioFile, error: unknown): RangeError {
  const message = problemOf(error)
  return message.startsWith(path) ? (error as RangeError) : new RangeError(`${path}: ${message}`, { cause: error })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
  } catch (error) {
    throw new RangeError(`the folder of scenarios ${folder} cannot be read: ${(error as Error).message}`)
  }
}
