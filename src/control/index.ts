/** All routes of the control API. */

import type { SettingsSchema } from '../account/types.js'
import { accessRoutes } from './access.js'
import { accountRoutes } from './accounts.js'
import { clockRoutes } from './clock.js'
import { emulatorRoutes } from './emulator.js'
import { eventRoutes } from './events.js'
import { faultRoutes } from './faults.js'
import { identityRoutes } from './identities.js'
import { inspectionRoutes } from './inspection.js'
import { jobRoutes } from './jobs.js'
import { liveRoutes } from './live.js'
import { ossRoutes } from './oss.js'
import { requestRoutes } from './requests.js'
import { scenarioRoutes } from './scenarios.js'
import { simulationRoutes } from './simulation.js'
import { stateRoutes } from './state.js'
import { worldRoutes } from './worlds.js'

/** The routes of an emulator whose accounts have these settings, by method and path. */
export const controlRoutes = (settings: SettingsSchema['schema']) => ({
  ...emulatorRoutes,
  ...accessRoutes,
  ...accountRoutes(settings),
  ...clockRoutes,
  ...faultRoutes,
  ...scenarioRoutes,
  ...worldRoutes,
  ...jobRoutes,
  ...requestRoutes,
  ...eventRoutes,
  ...identityRoutes,
  ...stateRoutes,
  ...inspectionRoutes,
  ...ossRoutes,
  ...liveRoutes,
  ...simulationRoutes,
})

/** See {@link controlRoutes}. */
export type ControlRoutes = ReturnType<typeof controlRoutes>
