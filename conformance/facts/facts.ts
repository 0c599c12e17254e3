/** Reading the facts of conformance/manual and conformance/wire. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ErrorRow, type ManualAction, manualSchema, type WireAction, wireSchema } from './schema.js'
import { readStructures, type Structures } from './structures.js'

/** What is known of the Actions from outside the code, by `<service>.<Action>`. */
export interface Facts {
  manual: ReadonlyMap<string, ManualAction>
  wire: ReadonlyMap<string, WireAction>
  /** Rows of each service's table of common errors. */
  commonErrors: ReadonlyMap<string, Readonly<Record<string, ErrorRow>>>
  /** What the JSON in parameters is. */
  structures: Structures
}

/** Reads all facts of a folder with `manual`, `structures` and `wire`. Throws a `ZodError` if a file is not as it must be. */
export function readFacts(folder = 'conformance'): Facts {
  const manuals = documents(join(folder, 'manual')).map((document) => manualSchema.parse(document))
  const wires = documents(join(folder, 'wire')).map((document) => wireSchema.parse(document))
  return {
    manual: new Map(manuals.flatMap(byId)),
    wire: new Map(wires.flatMap(byId)),
    commonErrors: new Map(manuals.map(({ service, errors }) => [service, errors])),
    structures: readStructures(folder),
  }
}

const documents = (folder: string): unknown[] =>
  readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))

const byId = <T>({ service, actions }: { service: string; actions: Record<string, T> }): [string, T][] =>
  Object.entries(actions).map(([name, action]) => [`${service}.${name}`, action])
