/** Taking back one of several changes of settings. */

import { isDeepStrictEqual } from 'node:util'
import { type Fields, isFields } from '../account/settings.js'
import type { SettingsSchema, SettingsState } from '../account/types.js'

/**
 * Settings without the change that once led from `before` to `after`: what still is as the change left it becomes what it was, and what was changed
 * since stays.
 */
export function withoutChange(schema: SettingsSchema, settings: SettingsState, before: SettingsState, after: SettingsState): SettingsState {
  const [now, old, made]: [Fields, Fields, Fields] = [settings, before, after]
  return mapped(now, old, (name) => restored(now[name], old[name], made[name], schema.levelsOf(name)))
}

function restored(now: unknown, before: unknown, after: unknown, levels: number): unknown {
  if (isDeepStrictEqual(now, after)) return before
  if (levels === 0 || !isFields(now) || !isFields(after)) return now
  const old = isFields(before) ? before : {}
  return mapped(now, old, (name) => restored(now[name], old[name], after[name], levels - 1))
}

/** The names of both with new values; those without a value are left out. */
function mapped(one: Fields, other: Fields, make: (name: string) => unknown): Fields {
  const names = new Set([...Object.keys(other), ...Object.keys(one)])
  return Object.fromEntries([...names].map((name) => [name, make(name)] as const).filter(([, value]) => value !== undefined))
}
