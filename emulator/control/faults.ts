/** Faults of an account: what a test asks to go wrong. */

import { faultRoutes } from '../../src/control/faults.js'
import { type Control, serveRoutes } from './serve.js'

export const serveFaults = (control: Control): void =>
  serveRoutes(control, faultRoutes, {
    'GET /faults': ({ account }) => account.faults.list(),
    'POST /faults': ({ account: { turn, faults }, body }) =>
      turn.take(() => (Array.isArray(body) ? faults.addAll(body) : faults.add(body))),
    'DELETE /faults': ({ account: { turn, faults } }) =>
      turn.take(() => {
        faults.clear()
        return faults.list()
      }),
    'DELETE /faults/{id}': ({ account: { turn, faults }, params: { id } }) =>
      turn.take(() => {
        if (!faults.remove(id)) throw new RangeError(`there is no fault "${id}"; GET /_emulator/faults lists those that are set`)
        return faults.list()
      }),
  })
