/** The state of an account: exporting and importing it, and snapshots to come back to. */

import { stateRoutes } from '../../src/control/state.js'
import { keysOf } from './accounts.js'
import { type Control, serveRoutes } from './serve.js'

export const serveState = (control: Control): void =>
  serveRoutes(control, stateRoutes, {
    'GET /state': ({ account, query }) => account.export(query),
    'PUT /state': async ({ account, body }) => {
      await account.import(body)
      return keysOf(account)
    },
    'GET /snapshots': ({ account }) => account.snapshots.list(),
    'POST /snapshots': ({ account, body }) => account.snapshots.save(body.name),
    'POST /snapshots/{name}/restore': ({ account, params }) => account.snapshots.restore(params.name),
    'DELETE /snapshots/{name}': ({ account: { snapshots }, params }) => {
      snapshots.delete(params.name)
      return snapshots.list()
    },
  })
