/** Reading, setting and moving an account's clock. */

import { z } from 'zod'
import { type Account, clockSchema, durationSchema, instantSchema, toIso } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

const advanceSchema = z.union([z.strictObject({ by: durationSchema }), z.strictObject({ to: instantSchema })], {
  error: 'give either {"by": "10m"} or {"to": "2026-01-01T00:10:00Z"}',
})

const clockOf = ({ clock }: Account) => ({ mode: clock.mode, now: toIso(clock.now()), speed: clock.speed, pending: clock.pending })

export function clockRoutes({ app, chosen }: Control): void {
  app.get('/clock', (request) => clockOf(chosen(request)))

  app.put('/clock', async (request) => {
    const account = chosen(request)
    const fired = await account.clock.set(bodyOf(clockSchema, request))
    return { ...clockOf(account), fired }
  })

  app.post('/clock/advance', async (request) => {
    const account = chosen(request)
    const move = bodyOf(advanceSchema, request)
    const fired = await ('by' in move ? account.clock.advance(move.by) : account.clock.advanceTo(move.to))
    return { ...clockOf(account), fired }
  })
}
