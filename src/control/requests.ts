/** Routes: the call log, and the check at the end of a test. */

import { z } from 'zod'
import { readLater, shaped } from '../base/shape.js'
import type { LogEntry } from '../log/describe.js'
import { harSchema } from '../log/har.js'
import { querySchema } from '../log/query.js'
import { checkSchema, type Verification } from '../log/verify.js'
import type { WholeCall } from '../log/whole.js'
import { type SettleReport, settleKinds, settleSchema } from '../testing/settle.js'
import { accountKeysSchema } from './accounts.js'
import { declareRoutes, flagSchema, timeSchema } from './route.js'

const differenceSchema = z.strictObject({
  position: z.int().describe('How many characters the two have in common before it.'),
  client: z.string(),
  server: z.string(),
  marked: z.array(z.string()).describe('The same for the eye: client, server, and a caret under the place.'),
})

const entry = {
  requestId: z.string(),
  time: timeSchema.describe("The time of the account's clock."),
  method: z.string(),
  host: z.string(),
  service: z.string().optional(),
  action: z.string().optional().describe('Of a request to OSS: the operation.'),
  object: z.string().optional().describe('Of a request to OSS: `bucket/key`.'),
  accessKeyId: z.string().optional(),
  identity: z.string().optional().describe('Who called: the ARN behind the access key.'),
  params: z.record(z.string(), z.string()).describe('As sent, decoded, without Signature and SecurityToken.'),
  status: z.int().describe('HTTP status of the answer; 0 if a fault has put nothing in its place.'),
  code: z.string().optional().describe('Error code of a refusal.'),
  message: z.string().optional(),
  reason: z.string().optional().describe('Why it was refused, in more words than the answer has room for.'),
  diagnosis: z
    .strictObject({
      cause: z.string(),
      serverStringToSign: z.string(),
      clientStringToSign: z.string().optional(),
      comparison: z.string().optional(),
      firstDifference: differenceSchema.optional(),
    })
    .optional()
    .describe('What is wrong with the signature, where it can be told.'),
  unknownParams: z.array(z.string()).optional().describe('Parameters that the Action does not know.'),
  faults: z.array(z.string()).optional().describe('Ids of the faults that were applied to it.'),
  jobs: z
    .array(z.strictObject({ id: z.string(), kind: z.string() }))
    .optional()
    .describe('Jobs that go back to it.'),
  events: z
    .array(z.strictObject({ id: z.string(), type: z.string() }))
    .optional()
    .describe('Event notifications that go back to it.'),
  forkable: z.literal(true).optional().describe('It is kept what the account was before it: the setting `history`.'),
  elapsedMs: z.number().describe('Milliseconds that serving it took.'),
}

const headersSchema = z.record(z.string(), z.string())

/** A call as the log shows it. */
export const entrySchema = shaped<LogEntry>(z.strictObject(entry).meta({ id: 'LogEntry' }))

const wholeSchema = shaped<WholeCall>(
  z
    .strictObject({
      ...entry,
      request: z.strictObject({ path: z.string(), query: z.string(), headers: headersSchema, body: z.string().optional() }),
      answer: z.strictObject({
        headers: headersSchema,
        body: z.string().optional().describe('Where it is text.'),
        bytes: z.int().optional().describe('Bytes of the body, where they are known.'),
      }),
    })
    .meta({ id: 'WholeCall' }),
)

const verificationSchema = shaped<Verification>(
  z
    .strictObject({
      ok: z.boolean(),
      count: z.int().describe('How many calls are as asked for.'),
      expected: z.string().describe('How many there should be: `exactly 2`.'),
      error: z.string().optional().describe('Why it is not ok.'),
      nearest: z
        .array(
          z.strictObject({
            requestId: z.string(),
            time: timeSchema,
            call: z.string().describe('In one line.'),
            differs: z.array(z.strictObject({ field: z.string(), expected: z.string(), actual: z.string() })),
          }),
        )
        .optional()
        .describe('The calls asked for where they are too many, else those that are most like them.'),
    })
    .meta({ id: 'Verification' }),
)

const found = { problem: z.string().describe('What is wrong, and what to do about it.') }
const ofCall = { ...found, action: z.string(), requestId: z.string(), calls: z.int() }
const cause = z.string().optional()

const settleReportSchema = shaped<SettleReport>(
  z
    .strictObject({
      ok: z.boolean(),
      problems: z.array(z.string()).describe('All problems, each in one line.'),
      unusedFaults: z.array(z.strictObject({ ...found, id: z.string(), matched: z.int() })),
      unfinishedJobs: z.array(
        z.strictObject({ ...found, id: z.string(), kind: z.string(), stage: z.string(), cause, heldBy: z.string().optional() }),
      ),
      undeliveredCallbacks: z.array(z.strictObject({ ...found, id: z.string(), type: z.string(), cause, attempts: z.int() })),
      throttledNeverRetried: z.array(z.strictObject(ofCall)),
      unknownParams: z.array(z.strictObject({ ...ofCall, param: z.string() })),
    })
    .meta({ id: 'SettleReport' }),
)

/** A query as the parameters of a URL have it; the log says what is wrong with it. */
const urlQuery = {
  service: z.string().optional().describe('Such as `vod`, or `oss`; in names, `*` stands for any characters.'),
  action: z.string().optional().describe('Such as `GetPlayInfo` or `Get*`; of OSS, the operation.'),
  identity: z.string().optional().describe('Who called: an AccessKeyId, an ARN, or the name of a RAM user or role.'),
  status: z.string().optional().describe('HTTP status of the answer.'),
  code: z.string().optional().describe('Error code of a refusal, such as `Throttling*`.'),
  fault: z.string().optional().describe('Id of a fault that was applied; `*`: any.'),
  object: z.string().optional().describe('Of a request to OSS: `bucket/key`.'),
  since: z.string().optional().describe("Not before this time of the account's clock: ISO 8601 UTC, or milliseconds since 1970."),
  until: z.string().optional().describe("Before this time of the account's clock."),
  refused: flagSchema.optional().describe('Only calls that were refused, or only those that were not.'),
}

/** Parameters of the call itself are asked for as `params.VideoId=v1`, or by a regular expression as `params.Title.matches=^a`. */
const withParams = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.object(shape).catchall(z.string())

/** A query is held against every call in the log, and for a report each of its conditions. */
const room = { bounds: { depth: 10, values: 200, names: 200 } }

const resign = flagSchema.optional().describe('With a signature of now instead of the one that was sent.')
const BY_PARAMETERS =
  'Parameters of the calls are asked for as `params.VideoId=v1`, or by a regular expression as `params.Title.matches=^a`.'
const params = z.object({ requestId: z.string() })

/** A Pact file of what was called. */
export interface RecordedPact {
  consumer: { name: string }
  provider: { name: string }
  interactions: { description: string }[]
  metadata: {
    pactSpecification: { version: string }
    /** The calls that are not in it, and why. */
    'vod-viapi-emulator': { leftOut: { requestId: string; call: string; reason: string }[] }
  }
}

const leftOutSchema = z.strictObject({ requestId: z.string(), call: z.string(), reason: z.string() })

const pactSchema = shaped<RecordedPact>(
  z
    .looseObject({
      consumer: z.looseObject({ name: z.string() }),
      provider: z.looseObject({ name: z.string() }),
      interactions: z.array(z.looseObject({ description: z.string() })),
      metadata: z.looseObject({
        pactSpecification: z.looseObject({ version: z.string() }),
        'vod-viapi-emulator': z.looseObject({ leftOut: z.array(leftOutSchema) }).describe('The calls that are not in it, and why.'),
      }),
    })
    .meta({ id: 'RecordedPact' }),
)

export const requestRoutes = declareRoutes({
  'GET /requests': {
    chapter: 'requests',
    id: 'listRequests',
    summary: 'The latest calls, oldest first: all, or those that a query asks for.',
    details: BY_PARAMETERS,
    query: withParams({
      ...urlQuery,
      format: z
        .enum(['json', 'curl'], { error: ({ input }) => `is json or curl, not ${String(input).slice(0, 100)}` })
        .default('json')
        .describe('`curl`: each as a command line.'),
      resign,
    }),
    answer: z.array(entrySchema),
    otherAnswers: { 'text/plain': 'With `format=curl`: a command line for each call.' },
    pagedBy: 'requestId',
  },
  'DELETE /requests': { chapter: 'requests', id: 'clearRequests', summary: 'Forgets all calls.', answer: z.array(entrySchema) },
  'POST /requests/find': {
    chapter: 'requests',
    id: 'findRequests',
    summary: 'The calls that a query asks for, oldest first.',
    body: readLater(querySchema),
    room,
    answer: z.array(entrySchema),
    pagedBy: 'requestId',
    example: { body: { action: 'Get*', params: { VideoId: 'v1' }, refused: false } },
  },
  'POST /requests/count': {
    chapter: 'requests',
    id: 'countRequests',
    summary: 'How many calls a query asks for.',
    body: readLater(querySchema),
    room,
    answer: z.strictObject({ count: z.int() }),
    example: { body: { status: 200 } },
  },
  'POST /requests/verify': {
    chapter: 'requests',
    id: 'verifyRequests',
    summary: 'Whether there are as many calls as there should be; unless told otherwise, at least one.',
    body: readLater(checkSchema),
    room,
    answer: verificationSchema,
    otherStatuses: { 422: { description: 'There are not; `error` says what there is instead.', schema: verificationSchema } },
    example: { body: { service: 'vod', atMost: 3 } },
  },
  'GET /requests/har': {
    chapter: 'requests',
    id: 'exportHar',
    summary: 'The calls that a query asks for as an HTTP archive (HAR 1.2), with requests and answers.',
    details: BY_PARAMETERS,
    query: withParams(urlQuery),
    answer: harSchema,
  },
  'GET /requests/pact': {
    chapter: 'requests',
    id: 'recordPact',
    summary: 'The calls to one service as a Pact file.',
    query: z.object({
      consumer: z.string().default('').describe('Name of the code that made the calls. Has to be given.'),
      provider: z.string().optional().describe('The service. Default: the one that all calls went to.'),
    }),
    answer: pactSchema,
    example: { query: { consumer: 'web-shop', provider: 'videoseg' } },
  },
  'GET /requests/{requestId}': {
    chapter: 'requests',
    id: 'getRequest',
    summary: 'One call with its request and its answer, headers and bodies included.',
    params,
    answer: wholeSchema,
  },
  'GET /requests/{requestId}/curl': {
    chapter: 'requests',
    id: 'getRequestAsCurl',
    summary: 'One call as a command line for curl.',
    params,
    query: z.object({ resign }),
    answer: z.never(),
    otherAnswers: { 'text/plain': 'The command line.' },
  },
  'POST /requests/{requestId}/fork': {
    chapter: 'requests',
    id: 'forkAtRequest',
    summary:
      'Creates a copy of the account as it was before a call, clock included; the setting `history` says of how many calls that is kept.',
    params,
    status: 201,
    answer: accountKeysSchema,
  },
  'POST /settle': {
    chapter: 'requests',
    id: 'settle',
    summary: 'The check at the end of a test: what is left over.',
    details: `It looks at ${settleKinds.map((kind) => `\`${kind}\``).join(', ')}.`,
    body: settleSchema,
    room,
    answer: settleReportSchema,
    example: { body: { ignore: ['unusedFaults'] } },
  },
})
