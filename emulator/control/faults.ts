/** Faults of an account: what a test asks to go wrong. */

import { listOf } from '../../src/base/json.js'
import { faultInputSchema } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

/** Faults that one call can set. */
const MAX_FAULTS = 1000

const faultsSchema = listOf(faultInputSchema, MAX_FAULTS)

type Named = { Params: { id: string } }

export function faultRoutes({ app, chosen }: Control): void {
  app.get('/faults', (request) => chosen(request).faults.list())

  app.post('/faults', async (request, reply) => {
    const { turn, faults } = chosen(request)
    const given = Array.isArray(request.body) ? bodyOf(faultsSchema, request) : bodyOf(faultInputSchema, request)
    const set = await turn.take(() => (Array.isArray(given) ? faults.addAll(given) : faults.add(given)))
    return reply.code(201).send(set)
  })

  app.delete('/faults', (request) => {
    const { turn, faults } = chosen(request)
    return turn.take(() => {
      faults.clear()
      return faults.list()
    })
  })

  app.delete<Named>('/faults/:id', (request) => {
    const { turn, faults } = chosen(request)
    const { id } = request.params
    return turn.take(() => {
      if (!faults.remove(id)) throw new RangeError(`there is no fault "${id}"; GET /_emulator/faults lists those that are set`)
      return faults.list()
    })
  })
}
