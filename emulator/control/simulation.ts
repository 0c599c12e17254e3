/** What nobody can do here, and a test tells of: live streams that were pushed, audiences that watch. The account says what is wrong with them. */

import { simulationRoutes } from '../../src/control/simulation.js'
import { type Control, serveRoutes } from './serve.js'

export const serveSimulation = (control: Control): void =>
  serveRoutes(control, simulationRoutes, {
    'POST /live-streams': ({ account, body }) => account.liveStreams.record(body),
    'POST /plays': ({ account, body }) => account.plays.simulate(body),
  })
