/** Reading, setting and moving an account's clock. */

import { clockRoutes } from '../../src/control/clock.js'
import { type Account, type Fired, toIso } from '../../src/index.js'
import { type Control, INTERNAL_ERROR, serveRoutes } from './serve.js'

const stateOf = ({ clock }: Account) => ({ mode: clock.mode, now: toIso(clock.now()), speed: clock.speed, pending: clock.pending })

/** What fell due. What threw is told to who runs the emulator. */
const shown = (fired: readonly Fired[]): Fired[] =>
  fired.map((each) => (each.threw === undefined ? each : { ...each, threw: INTERNAL_ERROR }))

export const serveClock = (control: Control): void =>
  serveRoutes(control, clockRoutes, {
    'GET /clock': ({ account }) => stateOf(account),
    'GET /clock/due': ({ account, query }) => account.clock.upcoming(query.limit),
    'PUT /clock': async ({ account, body }) => {
      const fired = await account.clock.set(body)
      return { ...stateOf(account), fired: shown(fired) }
    },
    'POST /clock/advance': async ({ account, body }) => {
      const fired = await ('by' in body ? account.clock.advance(body.by) : account.clock.advanceTo(body.to))
      return { ...stateOf(account), fired: shown(fired) }
    },
  })
