/** Routes: scenarios. */

import { z } from 'zod'
import { parametersSchema } from '../scenarios/scenario.js'
import { dueSchema } from './clock.js'
import { declareRoutes, timeSchema } from './route.js'

const params = z.object({ name: z.string() })

const scenarioStateSchema = z
  .strictObject({
    name: z.string(),
    description: z.string().optional().describe('What a client sees; of a file that cannot be read, left out.'),
    parameters: parametersSchema.describe('Values of its parameters, unless others are given.'),
    source: z.enum(['built-in', 'own']).describe('`own`: from the folder that the emulator was started with.'),
    file: z.string().describe('Name of its file.'),
    replacesBuiltIn: z.boolean(),
    inForce: z.boolean().describe('True if there is something of it to take back.'),
    problem: z.string().optional().describe('Why its file cannot be read.'),
  })
  .meta({ id: 'ScenarioState' })

const ended = { name: z.string(), faults: z.array(z.string()).describe('Ids of its faults.') }

export const scenarioRoutes = declareRoutes({
  'GET /scenarios': {
    chapter: 'scenarios',
    id: 'listScenarios',
    summary: 'All scenarios that can be applied, in alphabetical order, and whether they are in force.',
    answer: z.array(scenarioStateSchema),
    pagedBy: 'name',
  },
  'GET /scenarios/{name}': {
    chapter: 'scenarios',
    id: 'getScenario',
    summary: 'What the file of a scenario has.',
    params,
    answer: z.record(z.string(), z.unknown()),
    example: { params: { name: 'brown-out' } },
  },
  'POST /scenarios/{name}': {
    chapter: 'scenarios',
    id: 'applyScenario',
    summary: 'Applies a scenario, all of it or nothing, with values for its parameters.',
    params,
    body: parametersSchema,
    status: 201,
    answer: z.strictObject({
      ...ended,
      calls: z.array(z.record(z.string(), z.unknown())).describe('What the calls of its world were answered.'),
      clock: z.strictObject({ mode: z.enum(['system', 'manual']), now: timeSchema, speed: z.number(), fired: z.array(dueSchema) }),
    }),
    example: { params: { name: 'brown-out' }, body: {} },
  },
  'DELETE /scenarios/{name}': {
    chapter: 'scenarios',
    id: 'endScenario',
    summary: 'Takes back the faults and settings of a scenario that is in force; clock and world stay.',
    params,
    answer: z.strictObject(ended),
    example: { params: { name: 'brown-out' } },
  },
})
