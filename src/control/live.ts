/** Route: the live stream of what changes. */

import { z } from 'zod'
import { shaped } from '../base/shape.js'
import type { Change } from '../following/change.js'
import { dueSchema } from './clock.js'
import { eventStateSchema } from './events.js'
import { faultStateSchema } from './faults.js'
import { jobStateSchema } from './jobs.js'
import { entrySchema } from './requests.js'
import { declareRoutes, flagSchema, refusalSchema, timeSchema } from './route.js'

/** What tells of an account by its own access key: copies of one have its id. */
const whose = { accountId: z.string(), accessKeyId: z.string().describe('The first of the account’s own keys.') }

const gone = z.string().describe('Without what it is the id of: it is gone.')

const ofType = {
  call: z.strictObject({ type: z.literal('call'), ...whose, call: entrySchema }).meta({ id: 'CallChange' }),
  job: z.strictObject({ type: z.literal('job'), ...whose, id: gone, job: jobStateSchema.optional() }).meta({ id: 'JobChange' }),
  event: z.strictObject({ type: z.literal('event'), ...whose, id: gone, event: eventStateSchema.optional() }).meta({ id: 'EventChange' }),
  fault: z.strictObject({ type: z.literal('fault'), ...whose, id: gone, fault: faultStateSchema.optional() }).meta({ id: 'FaultChange' }),
  clock: z
    .strictObject({
      type: z.literal('clock'),
      ...whose,
      mode: z.enum(['system', 'manual']),
      now: timeSchema,
      speed: z.number(),
      pending: z.int().describe('How many items wait to fall due.'),
      fired: z.array(dueSchema).describe('What has fallen due.'),
    })
    .meta({ id: 'ClockChange' }),
  settings: z.strictObject({ type: z.literal('settings'), ...whose }).meta({ id: 'SettingsChange' }),
  records: z
    .strictObject({
      type: z.literal('records'),
      ...whose,
      tables: z.array(z.string()).describe('Names of tables, as in a state document: `vod.videos`, `oss.objects`.'),
    })
    .meta({ id: 'RecordsChange' }),
  account: z
    .strictObject({ type: z.literal('account'), ...whose, what: z.enum(['created', 'forked', 'reset', 'restored', 'disposed']) })
    .meta({ id: 'AccountChange' }),
}

/** Types of changes. */
export const changeTypes = Object.keys(ofType) as (keyof typeof ofType)[]

const changeSchema = shaped<Change>(z.union(Object.values<z.ZodType>(ofType)).meta({ id: 'Change' }))

const typesSchema = z
  .string()
  .transform((text, context) => {
    const types = text.split(',')
    const unknown = types.find((type) => !(changeTypes as string[]).includes(type))
    if (unknown === undefined) return new Set(types as Change['type'][])
    context.addIssue({
      code: 'custom',
      message: `there are no changes of the type "${unknown.slice(0, 100)}", but ${changeTypes.join(', ')}`,
    })
    return z.NEVER
  })
  .optional()
  .describe('Types of changes, separated by commas. Default: all.')

export const liveRoutes = declareRoutes({
  'GET /live': {
    chapter: 'live',
    id: 'followChanges',
    summary: 'Tells of what happens, as it happens: server-sent events, until either side ends it.',
    details:
      'The first event is `ready`: whatever changes from then on is told. The name of each further event is the type of a change, its data is the change in JSON. ' +
      'The latest events are kept for those who come back: with the header `Last-Event-ID` the stream goes on behind that event; if it cannot, an event `gap` says ' +
      'that some are missed, and lists are to be read anew. A reader that is slower than what happens is cut off.',
    query: z.object({ all: flagSchema.optional().describe('Of all accounts, not only of the chosen one.'), types: typesSchema }),
    answer: z.never(),
    stream: changeSchema,
    otherStatuses: { 503: { description: 'There are too many streams.', schema: refusalSchema } },
  },
})
