/** Scenarios: what there is, applying one and ending it. */

import { scenarioParametersSchema } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

type Named = { Params: { name: string } }

export function scenarioRoutes({ app, chosen }: Control): void {
  app.get('/scenarios', (request) => chosen(request).scenarios.list())

  app.get<Named>('/scenarios/:name', (request) => chosen(request).scenarios.get(request.params.name))

  // The body has values for the scenario's parameters.
  app.post<Named>('/scenarios/:name', async (request, reply) => {
    const applied = await chosen(request).scenarios.apply(request.params.name, bodyOf(scenarioParametersSchema, request))
    return reply.code(201).send(applied)
  })

  app.delete<Named>('/scenarios/:name', (request) => chosen(request).scenarios.end(request.params.name))
}
