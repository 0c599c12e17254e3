/** Taking back one of several changes of settings. */

import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { settingsSchema } from '../account/settings.js'

type Settings = z.output<typeof settingsSchema>

type Fields = Readonly<Record<string, unknown>>

/** How many levels of names there are below a setting; what is below those is changed as one value. Default: none. */
const LEVELS: { readonly [Name in keyof Settings]?: number } = { services: 1, limits: 2, jobs: 1, vod: 1 }

/**
 * Settings without the change that once led from `before` to `after`: what still is as the change left it becomes what it was, and what was changed
 * since stays.
 */
export function withoutChange(settings: Settings, before: Settings, after: Settings): Settings {
  const [now, old, made]: [Fields, Fields, Fields] = [settings, before, after]
  const levels: Readonly<Record<string, number | undefined>> = LEVELS
  return mapped(now, old, (name) => restored(now[name], old[name], made[name], levels[name] ?? 0))
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

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
