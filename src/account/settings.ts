/** What can be set per account, when it is created and at any time later. */

import { z } from 'zod'
import type { Limit } from '../actions/action.js'
import { strict } from '../base/strict.js'
import { durationSchema, instantSchema } from '../base/time-schemas.js'
import { type VodSettings, vodSettingsSchema } from '../products/vod/shared/settings/settings.js'

/** Whether the account may use a service: bought, not bought, or cut off for unpaid bills. */
export const serviceStates = ['open', 'notOpened', 'suspended'] as const

export { durationSchema, instantSchema }

/** Mode, time and speed of a clock, as they come over the control API or from the configuration file. */
export const clockSchema = strict({
  mode: z.enum(['system', 'manual']).optional(),
  now: instantSchema.optional(),
  /** Seconds of the clock per real second. */
  speed: z.number().min(0.001).max(1_000_000).optional(),
})

const limitSchema = strict({ limit: z.int().min(0), per: z.enum(['second', 'minute', 'day']) })

const jobSettingsSchema = strict({
  /** How long each stage takes, by its name. */
  stages: z.record(z.string(), durationSchema).optional(),
  /** How long a job may take in all. */
  timeout: durationSchema.optional(),
})

/** Settings as they come over the control API, from the configuration file or from a test; what is left out stays as it is. */
export const settingsSchema = strict({
  /** State of services by name; `*` means all. Default: open. */
  services: z.record(z.string(), z.enum(serviceStates)).optional(),
  /** Throttling. */
  limits: strict({
    /** False switches throttling off. Default: true. */
    enabled: z.boolean().optional(),
    /** Limits by `<service>.<Action>`, `<service>.*` or `*`, instead of the documented ones; null: none; `documented`: the documented one after all. */
    actions: z
      .record(
        z.string(),
        z.union([limitSchema, z.null(), z.literal('documented')], {
          error: 'is {"limit": 2, "per": "second", "minute" or "day"}, null, or "documented"',
        }),
      )
      .optional(),
  }).optional(),
  /** True: an input URL that is neither a declared asset nor an object of the emulator cannot be downloaded. Default: false. */
  strictInputs: z.boolean().optional(),
  /** Durations of jobs by `<service>.<Action>`, `<service>.*` or `*`. */
  jobs: z.record(z.string(), jobSettingsSchema).optional(),
  /** How many unfinished jobs the account may have before the services say that they are busy. Default: 1000. */
  maxUnfinishedJobs: z.int().min(0).max(10_000).optional(),
  /** Bytes that the account's objects in OSS may have in all. Default: 10 GiB. */
  maxObjectBytes: z.int().min(0).optional(),
  /** How long, in real time, a receiver of event notifications has to answer. Default: 5 s. */
  callbackTimeout: durationSchema.optional(),
  /** Storage, domains, workflows and limits of VOD. */
  vod: vodSettingsSchema.optional(),
})

/** See {@link settingsSchema}. */
export type SettingsInput = z.input<typeof settingsSchema>

type JobSettings = z.output<typeof jobSettingsSchema>

/** An account's settings. */
export class Settings {
  #values: z.output<typeof settingsSchema> = {}

  /** `check` throws a `RangeError` if settings name something that does not exist. */
  constructor(
    initial: SettingsInput,
    private readonly check: (input: SettingsInput) => void,
  ) {
    this.change(initial)
  }

  /**
   * Takes over what is given and leaves the rest. Throws a `ZodError` if a value cannot be, and a `RangeError` if there is no such service, Action or
   * kind of job.
   */
  change(input: SettingsInput): void {
    const { services, limits, jobs, vod, ...rest } = settingsSchema.parse(input)
    this.check(input)
    const old = this.#values
    this.#values = {
      ...old,
      ...rest,
      ...(services && { services: { ...old.services, ...services } }),
      ...(limits && { limits: { ...old.limits, ...limits, actions: { ...old.limits?.actions, ...limits.actions } } }),
      ...(jobs && { jobs: { ...old.jobs, ...jobs } }),
      ...(vod && { vod: { ...old.vod, ...vod } }),
    }
  }

  /** All that has been set, without defaults. */
  get state(): z.output<typeof settingsSchema> {
    return this.#values
  }

  /** Replaces all that has been set by what was read with {@link settingsSchema}. */
  set state(values: z.output<typeof settingsSchema>) {
    this.#values = values
  }

  /** As {@link settingsSchema} has it, with defaults filled in. */
  toJSON(): z.output<typeof settingsSchema> {
    const { services = {}, limits = {}, strictInputs = false, jobs = {}, maxUnfinishedJobs = 1000, callbackTimeout = 5000 } = this.#values
    const enabled = limits.enabled ?? true
    const { maxObjectBytes, vod } = this
    return {
      services,
      limits: { enabled, actions: limits.actions ?? {} },
      strictInputs,
      jobs,
      maxUnfinishedJobs,
      maxObjectBytes,
      callbackTimeout,
      vod,
    }
  }

  get strictInputs(): boolean {
    return this.#values.strictInputs ?? false
  }

  get maxUnfinishedJobs(): number {
    return this.#values.maxUnfinishedJobs ?? 1000
  }

  /** Bytes that the account's objects in OSS may have in all. */
  get maxObjectBytes(): number {
    return this.#values.maxObjectBytes ?? 10 * 1024 ** 3
  }

  /** Milliseconds of real time. */
  get callbackTimeout(): number {
    return this.#values.callbackTimeout ?? 5000
  }

  /** Storage, domains, workflows and limits of VOD. */
  get vod(): VodSettings {
    return this.#values.vod ?? {}
  }

  /** State of a service for this account. */
  stateOf(service: string): (typeof serviceStates)[number] {
    const { services } = this.#values
    return services?.[service] ?? services?.['*'] ?? 'open'
  }

  /** The limit that applies to an Action, given the documented one. */
  limitFor(id: string, documented: Limit | undefined): Limit | undefined {
    const { limits } = this.#values
    if (limits?.enabled === false) return undefined
    const own = limits?.actions && mostSpecific(limits.actions, id)
    return own === undefined || own === 'documented' ? documented : (own ?? undefined)
  }

  /** Durations set for a kind of job. */
  jobFor(kind: string): JobSettings {
    const { jobs } = this.#values
    return (jobs && mostSpecific(jobs, kind)) ?? {}
  }
}

/** The value for `<service>.<Action>`, else for `<service>.*`, else for `*`. */
function mostSpecific<T>(values: Readonly<Record<string, T>>, id: string): T | undefined {
  for (const name of [id, `${id.slice(0, id.indexOf('.'))}.*`, '*']) if (Object.hasOwn(values, name)) return values[name]
  return undefined
}
