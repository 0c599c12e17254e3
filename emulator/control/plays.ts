/** Audiences that play a video, of any size, without a request from each. */

import { z } from 'zod'
import type { AudienceInput } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

export function playRoutes({ app, chosen }: Control): void {
  // The account says what is wrong with it.
  app.post('/plays', async (request, reply) =>
    reply.code(201).send(await chosen(request).plays.simulate(bodyOf(z.custom<AudienceInput>(), request))),
  )
}
