/** Routes: the emulator itself, what it emulates, and calling it without signing. */

import { z } from 'zod'
import { shaped } from '../base/shape.js'
import type { ActionDescription } from '../catalogue/describe.js'
import type { ObservedFact } from '../facts/observed.js'
import { publicUrlSchema } from '../http/origin.js'
import type { UsageReport } from '../usage/usage.js'
import { declareRoutes } from './route.js'

const indexSchema = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    url: z.string().describe('Where the one who asks has reached the emulator.'),
    accounts: z.int().describe('How many accounts there are.'),
    routes: z.array(z.strictObject({ route: z.string(), summary: z.string() })),
  })
  .meta({ id: 'Index' })

const errorSchema = z.strictObject({
  code: z.string(),
  status: z.int(),
  message: z.string(),
  provokedBy: z.enum(['state', 'fault']).describe('`state`: some real situation leads to it; `fault`: only an injected fault does.'),
  why: z.string().optional(),
})

const actionSchema = shaped<ActionDescription>(
  z
    .strictObject({
      service: z.string(),
      version: z.string(),
      action: z.string(),
      summary: z.string(),
      source: z.string().describe('Chapter of the manual.'),
      note: z.string().optional().describe('How what the emulator does falls short of what the service does.'),
      async: z.boolean(),
      limit: z.strictObject({ limit: z.int(), per: z.enum(['second', 'minute', 'day']) }).nullable(),
      billing: z.record(z.string(), z.unknown()).nullable().describe('What a call costs; null: calls are not counted.'),
      params: z.array(z.looseObject({ name: z.string(), type: z.string(), required: z.boolean() })),
      accepts: z.array(z.string()).describe('Parameters that are accepted and change nothing.'),
      facts: z.array(z.string()).describe('Ids of the facts on which the service of today and its manual disagree.'),
      errors: z.array(errorSchema),
    })
    .meta({ id: 'Action' }),
)

const factSchema = shaped<ObservedFact>(
  z
    .strictObject({
      id: z.string(),
      fact: z.string(),
      actions: z.union([z.literal('all'), z.array(z.string())]),
      manual: z.string(),
      observed: z.string(),
      source: z.string(),
      date: z.string(),
    })
    .meta({ id: 'ObservedFact' }),
)

const conformanceSchema = z
  .strictObject({
    actions: z
      .record(z.string(), z.record(z.string(), z.tuple([z.int(), z.int()])))
      .describe('By `<service>.<Action>` and kind of evidence: cases that pass, and cases.'),
    errors: z
      .record(z.string(), z.record(z.string(), z.enum(['provoked', 'fault', 'open'])))
      .describe('By `<service>.<Action>` and documented code: a case leads to it, only a fault does, or nothing does yet.'),
  })
  .meta({ id: 'Conformance' })

const usageSchema = shaped<UsageReport & { accountId: string }>(
  z
    .strictObject({
      accountId: z.string(),
      currency: z.literal('CNY'),
      month: z.string().describe("The month of the account's clock in China: `2026-01`."),
      actions: z.array(
        z.strictObject({
          action: z.string(),
          calls: z.int(),
          callsThisMonth: z.int(),
          freeLeftThisMonth: z.int().optional(),
          unit: z.enum(['call', 'second']),
          units: z.number(),
          cost: z.number(),
          charges: z.array(z.strictObject({ price: z.number().nullable(), units: z.number(), cost: z.number() })),
          billing: z.record(z.string(), z.unknown()),
        }),
      ),
      total: z.number(),
    })
    .meta({ id: 'UsageReport' }),
)

const openApiSchema = shaped<Record<string, unknown>>(
  z
    .looseObject({ openapi: z.string(), info: z.looseObject({ title: z.string() }), paths: z.record(z.string(), z.unknown()) })
    .meta({ id: 'OpenApi' }),
)

const publicUrlAnswer = z.strictObject({
  publicUrl: z.string().nullable().describe('What was set; null: URLs have the address under which the emulator was reached.'),
})

export const emulatorRoutes = declareRoutes({
  'GET /': {
    chapter: 'emulator',
    id: 'index',
    summary: 'What there is: an index for machines, and a page for browsers.',
    about: 'none',
    answer: indexSchema,
    otherAnswers: { 'text/html': 'Where `accept` asks for it.' },
  },
  'GET /health': {
    chapter: 'emulator',
    id: 'health',
    summary: 'Whether the emulator runs, and which.',
    about: 'none',
    answer: z
      .strictObject({
        status: z.literal('ok'),
        name: z.string(),
        version: z.string(),
        actions: z.int().describe('How many Actions it has.'),
        uptimeMs: z.int(),
      })
      .meta({ id: 'Health' }),
  },
  'GET /control.json': {
    chapter: 'emulator',
    id: 'getControlApi',
    summary: 'This API as an OpenAPI 3.1 document.',
    about: 'none',
    answer: openApiSchema,
  },
  'GET /openapi.json': {
    chapter: 'emulator',
    id: 'getOpenApi',
    summary: 'All Actions as an OpenAPI 3.1 document.',
    about: 'none',
    answer: openApiSchema,
  },
  'GET /actions': {
    chapter: 'emulator',
    id: 'listActions',
    summary: 'The catalogue: every Action with its parameters and errors.',
    about: 'none',
    answer: z.array(actionSchema),
  },
  'POST /actions/{service}/{action}': {
    chapter: 'emulator',
    id: 'callAction',
    summary: 'Calls an Action without signing: for tools that work from `openapi.json`.',
    details:
      'The call is signed by the emulator with the key that `accessKeyId` names, else with the default account’s, and is then like any other. ' +
      'The answer is that of the Action, whatever its status.',
    params: z.object({ service: z.string(), action: z.string() }),
    body: z.record(z.string(), z.unknown()).describe('Parameters of the Action by name; lists and objects as JSON has them.'),
    answer: z.record(z.string(), z.unknown()),
    example: { params: { service: 'vod', action: 'GetCategories' }, body: { CateId: -1 } },
  },
  'GET /facts': {
    chapter: 'emulator',
    id: 'listFacts',
    summary: 'Where what is known of the services today and their manuals disagree.',
    about: 'none',
    answer: z.array(factSchema),
    pagedBy: 'id',
  },
  'GET /public-url': {
    chapter: 'emulator',
    id: 'getPublicUrl',
    summary: 'The base of the URLs that answers hold, if it was set.',
    about: 'none',
    answer: publicUrlAnswer,
  },
  'PUT /public-url': {
    chapter: 'emulator',
    id: 'setPublicUrl',
    summary: 'Sets the base of the URLs that answers hold; with null, they have the address under which the emulator was reached.',
    about: 'none',
    body: z.strictObject({ publicUrl: publicUrlSchema.nullable() }),
    answer: publicUrlAnswer,
    example: { body: { publicUrl: null } },
  },
  'GET /conformance': {
    chapter: 'emulator',
    id: 'getConformance',
    summary:
      'What is proven of each Action, by kind of evidence: how many cases pass, of how many; and how its documented errors come about.',
    about: 'none',
    answer: conformanceSchema,
  },
  'GET /usage': {
    chapter: 'emulator',
    id: 'getUsage',
    summary: 'What the account was used for, and what it would have cost, in CNY.',
    answer: usageSchema,
  },
  'GET /oss-callback-key.pem': {
    chapter: 'emulator',
    id: 'getCallbackKey',
    summary: 'The public key that upload callbacks are signed with.',
    about: 'none',
    answer: z.never(),
    otherAnswers: { 'application/x-pem-file': 'The key.' },
  },
})
