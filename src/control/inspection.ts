/** Routes: what is in an account and what can be in it, for people who look into it. Nothing here is a call of a service, so nothing of it is in the call log. */

import { z } from 'zod'
import { declareRoutes, timeSchema } from './route.js'

const tableParams = z.object({ table: z.string().max(200) })

const entrySchema = z
  .strictObject({ key: z.string(), value: z.json().describe('As the state of the account has it: times in milliseconds since 1970.') })
  .meta({ id: 'TableEntry' })

const keySchema = z
  .strictObject({
    accessKeyId: z.string(),
    accessKeySecret: z.string(),
    owner: z.enum(['account', 'user', 'session']).describe('Whose it is: the account’s own, a RAM user’s, or that of an STS session.'),
    name: z.string().describe('Name of the RAM user or role; `root` for the account itself.'),
    arn: z.string(),
    active: z.boolean(),
    securityToken: z.string().optional(),
    expiresAt: timeSchema.optional(),
  })
  .meta({ id: 'HeldKey' })

const jobKindSchema = z
  .strictObject({
    kind: z.string().describe('`<service>.<Action>` of the Action that starts such jobs.'),
    stages: z.array(
      z.strictObject({ name: z.string(), duration: z.number().describe('Milliseconds, as the settings of the account say.') }),
    ),
    timeout: z.number().describe('Milliseconds that such a job may take in all.'),
    attempts: z.int(),
    errors: z.array(z.string()).describe('Codes with which such jobs fail.'),
    takesResult: z.boolean().describe('Whether a test may have it end with a result of its own.'),
  })
  .meta({ id: 'JobKind' })

const eventTypeSchema = z
  .strictObject({
    type: z.string(),
    when: z.string().describe('Completes “sent when …”.'),
    fields: z.record(z.string(), z.unknown()).describe('What its fields must be, as JSON Schema.'),
    example: z.record(z.string(), z.unknown()).optional().describe('What such an event says.'),
  })
  .meta({ id: 'EventTypeInfo' })

export const inspectionRoutes = declareRoutes({
  'GET /tables': {
    chapter: 'inspection',
    id: 'listTables',
    summary: 'The tables of the account’s state that hold something, and how many entries each has.',
    answer: z.array(z.strictObject({ name: z.string(), entries: z.int() }).meta({ id: 'TableInfo' })),
    pagedBy: 'name',
  },
  'GET /tables/{table}': {
    chapter: 'inspection',
    id: 'listTableEntries',
    summary: 'The entries of one table, such as `vod.videos` or `oss.objects`, in the order in which they were added.',
    params: tableParams,
    answer: z.array(entrySchema),
    pagedBy: 'key',
    example: { params: { table: 'vod.videos' } },
  },
  'GET /objects/{bucket}/{key}': {
    chapter: 'inspection',
    id: 'readObject',
    summary: 'The bytes of an object, without a signature; those that a browser could run come as a download.',
    params: z.object({ bucket: z.string().max(100), key: z.string().max(2000).describe('With its slashes escaped: `a%2Fb.mp4`.') }),
    answer: z.never(),
    otherAnswers: {
      'application/octet-stream': 'The bytes.',
      'image/*': 'Those of a picture that can be shown.',
      'video/*': 'Those of a video.',
      'audio/*': 'Those of an audio.',
    },
  },
  'GET /access-keys': {
    chapter: 'inspection',
    id: 'listAccessKeys',
    summary: 'All access keys of the account, its RAM users and its STS sessions, with their secrets.',
    answer: z.array(keySchema),
    pagedBy: 'accessKeyId',
  },
  'GET /job-kinds': {
    chapter: 'inspection',
    id: 'listJobKinds',
    summary: 'The kinds of jobs: their stages, how long each takes in this account, and the codes with which they fail.',
    answer: z.array(jobKindSchema),
    pagedBy: 'kind',
  },
  'GET /event-types': {
    chapter: 'inspection',
    id: 'listEventTypes',
    summary: 'The types of event notifications, and what `POST /events` takes for each.',
    about: 'none',
    answer: z.array(eventTypeSchema),
    pagedBy: 'type',
  },
})
