/** What can be set of jobs. */

import { z } from 'zod'
import { checkNames } from '../account/names.js'
import { defineSettings, mostSpecific } from '../account/settings.js'
import type { Settings } from '../account/types.js'
import { strict } from '../base/strict.js'
import { durationSchema } from '../base/time-schemas.js'

const durationsSchema = strict({
  /** How long each stage takes, by its name. */
  stages: z.record(z.string(), durationSchema).optional(),
  /** How long a job may take in all. */
  timeout: durationSchema.optional(),
})

type Durations = z.output<typeof durationsSchema>

/** Durations of jobs by `<service>.<Action>`, `<service>.*` or `*`. */
export const jobsSettings = defineSettings({
  schema: z.record(z.string(), durationsSchema),
  defaults: {},
  levels: 1,
  check: (jobs, { jobKinds }) => checkNames(Object.keys(jobs), jobKinds.keys(), 'kind of job'),
})

/** How many unfinished jobs the account may have before the services say that they are busy. Default: 1000. */
export const maxUnfinishedJobsSettings = defineSettings({ schema: z.int().min(0).max(10_000), defaults: 1000 })

/** Durations that are set for a kind of job. */
export const durationsFor = (settings: Settings, kind: string): Durations => mostSpecific(settings.values.jobs, kind) ?? {}
