/** Bugs: errors that are not part of any contract. */

import { inspect } from 'node:util'
import { messageOf } from './realm.js'

/** Told of a bug, and of what was being done. */
export type OnBug = (error: unknown, about: string) => void

/** Tells of a bug by a warning of the process, with its cause: what happens where nobody else wants to be told. */
export function warnOfBug(error: unknown, about: string): void {
  // As text: an error of a test runner's context would not be taken for one.
  process.emitWarning(`bug in ${about}: ${messageOf(error)}`, { type: 'EmulatorBug', detail: inspect(error) })
}
