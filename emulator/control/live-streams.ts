/** Live streams of an account that have been recorded: what nobody can push here, a test tells of. */

import { z } from 'zod'
import type { LiveStreamInput } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

export function liveStreamRoutes({ app, chosen }: Control): void {
  // The account says what is wrong with it.
  app.post('/live-streams', async (request, reply) =>
    reply.code(201).send(await chosen(request).liveStreams.record(bodyOf(z.custom<LiveStreamInput>(), request))),
  )
}
