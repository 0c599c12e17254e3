/** Routes: accounts and their settings. */

import { z } from 'zod'
import type { SettingsSchema, SettingsValues } from '../account/types.js'
import { listOf } from '../base/json.js'
import { shaped } from '../base/shape.js'
import { strict } from '../base/strict.js'
import { clockSchema } from '../base/time-schemas.js'
import { faultInputSchema } from '../faults/fault.js'
import { declareRoutes, timeSchema } from './route.js'
import { worldNameSchema } from './worlds.js'

const accountId = z.string().describe('Sixteen digits.')

const keyPair = { accessKeyId: z.string(), accessKeySecret: z.string() }

/** An account in the list of all. */
export const accountInfoSchema = z
  .strictObject({
    accountId,
    accessKeyId: z.string().describe('The first of its own keys, by which control calls choose it.'),
    isDefault: z.boolean().describe('True for the account that is meant where none is chosen.'),
    seed: z.string(),
    clock: z.enum(['system', 'manual']),
    now: timeSchema.describe("The time of the account's clock."),
    scenarios: z.array(z.string()).describe('Names of the scenarios that are in force.'),
  })
  .meta({ id: 'AccountInfo' })

/** An account whose keys may be news, with those of its RAM users. */
export const accountKeysSchema = z
  .strictObject({
    accountId,
    ...keyPair,
    users: z.array(z.strictObject({ name: z.string(), accessKeyId: z.string().optional(), accessKeySecret: z.string().optional() })),
  })
  .meta({ id: 'AccountKeys' })

/** The routes, whose settings have the sections that there are in a cloud. */
export function accountRoutes(settings: SettingsSchema['schema']) {
  /** Settings that hold, with defaults. */
  const settingsAnswer = shaped<SettingsValues>(
    z.record(z.string(), z.unknown()).meta({ id: 'SettingsValues', description: 'Each setting by its name, as `PUT /settings` takes it.' }),
  )
  const newAccountSchema = strict({
    seed: z
      .union([z.string().max(200), z.number()])
      .transform(String)
      .optional()
      .describe('Same seed and same calls give the same bytes.'),
    clock: clockSchema.optional(),
    settings: settings.optional(),
    faults: listOf(faultInputSchema, 1000).optional().describe('What is to go wrong from the start, and again after each reset.'),
    world: worldNameSchema
      .optional()
      .describe('Name of a world that the package brings along, which is in it from the start. Files are for who starts the emulator.'),
  })
  return declareRoutes({
    'GET /accounts': {
      chapter: 'accounts',
      id: 'listAccounts',
      summary: 'All accounts, in the order in which they were created.',
      about: 'none',
      answer: z.array(accountInfoSchema),
      pagedBy: 'accessKeyId',
    },
    'POST /accounts': {
      chapter: 'accounts',
      id: 'createAccount',
      summary: 'Creates an empty account with a key pair of its own.',
      about: 'none',
      body: newAccountSchema,
      status: 201,
      answer: z.strictObject({ accountId, ...keyPair }),
      example: { body: { seed: 7, clock: { mode: 'manual' }, world: 'demo' } },
    },
    'DELETE /accounts': {
      chapter: 'accounts',
      id: 'disposeAccount',
      summary: 'Ends an account and forgets everything in it. The default account can only be reset.',
      about: 'named',
      answer: z.strictObject({ accountId, disposed: z.literal(true) }),
    },
    'POST /accounts/fork': {
      chapter: 'accounts',
      id: 'forkAccount',
      summary: 'Creates a copy of the account: the same in everything but its keys.',
      status: 201,
      answer: accountKeysSchema,
    },
    'POST /reset': {
      chapter: 'accounts',
      id: 'resetAccount',
      summary: 'Takes the account back to the state in which it was created.',
      answer: z.strictObject({ accountId, reset: z.literal(true) }),
    },
    'GET /limits': {
      chapter: 'settings',
      id: 'listLimits',
      summary: 'How many calls of each Action the account may make, and has made in the current second, minute or day.',
      answer: z.array(
        z
          .strictObject({ action: z.string(), limit: z.int(), per: z.enum(['second', 'minute', 'day']), used: z.int() })
          .meta({ id: 'LimitState' }),
      ),
      pagedBy: 'action',
    },
    'GET /settings': {
      chapter: 'settings',
      id: 'getSettings',
      summary: 'The settings that hold, defaults included.',
      answer: settingsAnswer,
    },
    'PUT /settings': {
      chapter: 'settings',
      id: 'changeSettings',
      summary: 'Takes over the settings that are given and leaves the rest.',
      body: settings,
      answer: settingsAnswer,
      example: { body: { services: { videoseg: 'suspended' }, jobs: { '*': { stages: { QUEUING: '2s' } } } } },
    },
  })
}
