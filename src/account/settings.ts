/** What can be set per account, when it is created and at any time later: sections that their owners define. */

import type { z } from 'zod'
import { strict } from '../base/strict.js'
import { refuseBrokenText } from '../base/well-formed.js'
import type { CloudServices, Settings, SettingsInput, SettingsSchema, SettingsSection, SettingsState, SettingsValues } from './types.js'

/** Defines a section of the settings. Its type stands in {@link SettingsSections}. */
export const defineSettings = <Schema extends z.ZodType, Defaults>(section: SettingsSection<Schema, Defaults>) => section

type Sections = Readonly<Record<string, SettingsSection>>

/** See {@link SettingsSchema}. */
export class SectionedSchema implements SettingsSchema {
  readonly schema: z.ZodType<SettingsState, SettingsInput>

  constructor(readonly sections: Sections) {
    const fields = Object.entries(sections).map(([name, { schema }]) => [name, schema.optional()])
    this.schema = strict(Object.fromEntries(fields)) as unknown as z.ZodType<SettingsState, SettingsInput>
  }

  check<T extends SettingsInput | SettingsState>(settings: T, cloud: CloudServices): T {
    for (const [name, value] of Object.entries(settings)) if (value !== undefined) this.sections[name]?.check?.(value, cloud)
    return settings
  }

  merge(settings: SettingsState, change: SettingsState): SettingsState {
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    const merged = given.map(([name, value]) => [name, mergeLevels(fieldsOf(settings)[name], value, this.levelsOf(name))])
    return { ...settings, ...Object.fromEntries(merged) }
  }

  withDefaults(settings: SettingsState): SettingsValues {
    const defaults = Object.entries(this.sections).map(([name, section]) => [name, section.defaults])
    return this.merge(Object.fromEntries(defaults), settings) as SettingsValues
  }

  levelsOf(name: string): number {
    return this.sections[name]?.levels ?? 0
  }
}

/** The fields of an object, by name. */
export type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (settings: object): Fields => settings as Fields

/** True for what has fields that may be set one by one. */
export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

function mergeLevels(old: unknown, change: unknown, levels: number): unknown {
  if (levels === 0 || !isFields(old) || !isFields(change)) return change
  const merged: Record<string, unknown> = { ...old }
  for (const [name, value] of Object.entries(change)) if (value !== undefined) merged[name] = mergeLevels(old[name], value, levels - 1)
  return merged
}

/** See {@link Settings}. */
export class AccountSettings implements Settings {
  #state: SettingsState = {}
  #values: SettingsValues | undefined
  readonly #listeners = new Set<() => void>()

  constructor(
    initial: SettingsInput,
    private readonly cloud: CloudServices,
  ) {
    this.change(initial)
  }

  change(input: SettingsInput): void {
    const { settings } = this.cloud
    const change = settings.check(settings.schema.parse(input), this.cloud)
    refuseBrokenText(input)
    this.state = settings.merge(this.#state, change)
    for (const listener of this.#listeners) listener()
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get state(): SettingsState {
    return this.#state
  }

  set state(state: SettingsState) {
    this.#state = state
    this.#values = undefined
  }

  get values(): SettingsValues {
    this.#values ??= this.cloud.settings.withDefaults(this.#state)
    return this.#values
  }

  toJSON(): SettingsValues {
    return this.values
  }
}

/** The value for `<service>.<Action>`, else for `<service>.*`, else for `*`. */
export function mostSpecific<T>(values: Readonly<Record<string, T>>, id: string): T | undefined {
  const name = mostSpecificName(values, id)
  return name === undefined ? undefined : values[name]
}

/** The name under which {@link mostSpecific} finds it. */
export function mostSpecificName(values: object, id: string): string | undefined {
  // Every call asks, of settings that nearly always name nothing.
  if (Object.hasOwn(values, id)) return id
  const ofService = `${id.slice(0, id.indexOf('.'))}.*`
  if (Object.hasOwn(values, ofService)) return ofService
  return Object.hasOwn(values, '*') ? '*' : undefined
}
