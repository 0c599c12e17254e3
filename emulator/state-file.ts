/** Files with the state of an account, as `GET /_emulator/state?bytes=inline` answers it. */

import { readFile } from 'node:fs/promises'
import { checkJson } from '../src/base/json.js'
import { problemOf } from '../src/base/problem.js'
import { stateRoutes } from '../src/control/state.js'
import type { StateDocument } from '../src/index.js'

/** Reads a file; whether the state in it can be taken over is for the account to say. Rejects with a `RangeError` if it cannot be read. */
export async function readState(file: string): Promise<StateDocument> {
  try {
    const text = await readFile(file, 'utf8')
    await checkJson(text, stateRoutes['PUT /state'].room.bounds)
    return JSON.parse(text) as StateDocument
  } catch (error) {
    throw new RangeError(`the state ${file} cannot be read: ${problemOf(error).replaceAll('\n', ' ')}`, { cause: error })
  }
}
