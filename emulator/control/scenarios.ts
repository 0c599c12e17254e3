/** Scenarios: what there is, applying one and ending it. */

import { basename } from 'node:path'
import { withoutFolders } from '../../src/base/problem.js'
import { scenarioRoutes } from '../../src/control/scenarios.js'
import type { ScenarioState } from '../../src/index.js'
import { type Control, serveRoutes } from './serve.js'

/** Clients are not told where the files of this machine are. */
const withoutFolder = ({ file, problem, ...rest }: ScenarioState): ScenarioState => ({
  ...rest,
  file: basename(file),
  ...(problem !== undefined && { problem: withoutFolders(problem) }),
})

export const serveScenarios = (control: Control): void =>
  serveRoutes(control, scenarioRoutes, {
    'GET /scenarios': ({ account }) => account.scenarios.list().map(withoutFolder),
    'GET /scenarios/{name}': ({ account, params }) => account.scenarios.get(params.name),
    'POST /scenarios/{name}': ({ account, params, body }) => account.scenarios.apply(params.name, body),
    'DELETE /scenarios/{name}': ({ account, params }) => account.scenarios.end(params.name),
  })
