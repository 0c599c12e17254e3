/** What can be set per account, when it is created and at any time later: sections that their owners define. */

import type { z } from 'zod'
import { strict } from '../base/strict.js'
import { refuseBrokenText } from '../base/well-formed.js'
import type { CloudServices, SettingsSections } from './registry.js'

/** One section of the settings, as its owner defines it. */
export interface SettingsSection<Schema extends z.ZodType = z.ZodType, Defaults = unknown> {
  /** What may be set; all of it may be left out, and stays as it is then. */
  schema: Schema
  /** What holds where nothing is set. */
  defaults: Defaults
  /** How many levels of names below the section are set one by one; below those, a value replaces the one before. Default: none. */
  levels?: number
  /** Throws a `RangeError` if a value names something that does not exist: it would silently do nothing. */
  check?: (value: z.output<Schema>, cloud: CloudServices) => void
}

/** Defines a section of the settings. Its type stands in {@link SettingsSections}. */
export const defineSettings = <Schema extends z.ZodType, Defaults>(section: SettingsSection<Schema, Defaults>) => section

type Section<Name extends keyof SettingsSections> = SettingsSections[Name] extends SettingsSection ? SettingsSections[Name] : never

/** Settings as they come over the control API, from the configuration file or from a test; what is left out stays as it is. */
export type SettingsInput = { [Name in keyof SettingsSections]?: z.input<Section<Name>['schema']> | undefined }

/** Settings that have been set, as they were read. */
export type SettingsState = { [Name in keyof SettingsSections]?: z.output<Section<Name>['schema']> | undefined }

/** Settings with what holds where nothing is set. */
export type SettingsValues = { readonly [Name in keyof SettingsSections]: Section<Name>['defaults'] & z.output<Section<Name>['schema']> }

type Sections = Readonly<Record<string, SettingsSection>>

/** All sections that the accounts of a cloud have. */
export class SettingsSchema {
  /** Reads settings; throws a `ZodError` if a value cannot be. */
  readonly schema: z.ZodType<SettingsState, SettingsInput>

  constructor(readonly sections: Sections) {
    const fields = Object.entries(sections).map(([name, { schema }]) => [name, schema.optional()])
    this.schema = strict(Object.fromEntries(fields)) as unknown as z.ZodType<SettingsState, SettingsInput>
  }

  /** Returns settings, or throws a `RangeError` if they name something that does not exist. */
  check<T extends SettingsInput | SettingsState>(settings: T, cloud: CloudServices): T {
    for (const [name, value] of Object.entries(settings)) if (value !== undefined) this.sections[name]?.check?.(value, cloud)
    return settings
  }

  /** All that is set in either, and the second where both set the same. */
  merge(settings: SettingsState, change: SettingsState): SettingsState {
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    const merged = given.map(([name, value]) => [name, mergeLevels(fieldsOf(settings)[name], value, this.levelsOf(name))])
    return { ...settings, ...Object.fromEntries(merged) }
  }

  /** Settings with what holds where nothing is set. */
  withDefaults(settings: SettingsState): SettingsValues {
    const defaults = Object.entries(this.sections).map(([name, section]) => [name, section.defaults])
    return this.merge(Object.fromEntries(defaults), settings) as SettingsValues
  }

  /** How many levels of names a section has that are set one by one. */
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

/** An account's settings. */
export class Settings {
  #state: SettingsState = {}
  #values: SettingsValues | undefined

  constructor(
    initial: SettingsInput,
    private readonly cloud: CloudServices,
  ) {
    this.change(initial)
  }

  /** Takes over what is given and leaves the rest. Throws a `ZodError` if a value cannot be, and a `RangeError` if it names what does not exist. */
  change(input: SettingsInput): void {
    const { settings } = this.cloud
    const change = settings.check(settings.schema.parse(input), this.cloud)
    refuseBrokenText(input)
    this.state = settings.merge(this.#state, change)
  }

  /** All that has been set, without defaults. */
  get state(): SettingsState {
    return this.#state
  }

  /** Replaces all that has been set by what was read before. */
  set state(state: SettingsState) {
    this.#state = state
    this.#values = undefined
  }

  /** What holds: all that has been set, and defaults for the rest. */
  get values(): SettingsValues {
    this.#values ??= this.cloud.settings.withDefaults(this.#state)
    return this.#values
  }

  /** As {@link values}. */
  toJSON(): SettingsValues {
    return this.values
  }
}

/** The value for `<service>.<Action>`, else for `<service>.*`, else for `*`. */
export function mostSpecific<T>(values: Readonly<Record<string, T>>, id: string): T | undefined {
  for (const name of [id, `${id.slice(0, id.indexOf('.'))}.*`, '*']) if (Object.hasOwn(values, name)) return values[name]
  return undefined
}
