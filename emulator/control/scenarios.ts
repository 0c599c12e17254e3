/** Scenarios: what there is, applying one and ending it. */

import { scenarioRoutes } from '../../src/control/scenarios.js'
import { type Control, serveRoutes } from './serve.js'

export const serveScenarios = (control: Control): void =>
  serveRoutes(control, scenarioRoutes, {
    'GET /scenarios': ({ account }) => account.scenarios.list(),
    'GET /scenarios/{name}': ({ account, params }) => account.scenarios.get(params.name),
    'POST /scenarios/{name}': ({ account, params, body }) => account.scenarios.apply(params.name, body),
    'DELETE /scenarios/{name}': ({ account, params }) => account.scenarios.end(params.name),
  })
