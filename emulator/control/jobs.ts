/** The jobs of an account: what becomes of them, and what a test makes of them. */

import { z } from 'zod'
import { describeJob, type JobScriptInput } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

/** A script as a fault has it; the jobs themselves say what is wrong with it. */
const scriptSchema = z.looseObject({ custom: z.literal(true).optional() })

type Named = { Params: { id: string } }

export function jobRoutes({ app, chosen }: Control): void {
  app.get('/jobs', (request) => chosen(request).jobs.records.list().rows.map(describeJob))

  app.post<Named>('/jobs/:id/script', async (request) => {
    const { custom = false, ...script } = bodyOf(scriptSchema, request)
    return describeJob(await chosen(request).jobs.script(request.params.id, script as JobScriptInput, { custom }))
  })

  app.post<Named>('/jobs/:id/release', async (request) => describeJob(await chosen(request).jobs.release(request.params.id)))

  app.post('/jobs/release', async (request) => (await chosen(request).jobs.releaseAll()).map(describeJob))
}
