/** How much a call may hold: options of the cloud, each with the same name on the command line, in the environment and in the configuration file. */

import { z } from 'zod'

/** One of these options. */
interface Bound {
  /** What it bounds, for people. */
  what: string
  /** What holds where nothing is set. */
  usual: number
  least: number
  most: number
}

export const bounds = {
  // Signed GET calls carry their parameters in the request line, which Node counts as headers.
  maxHeaderBytes: {
    what: 'bytes of the head of a request: its first line and its headers',
    usual: 128 * 1024,
    least: 4096,
    most: 16 * 1024 * 1024,
  },
  // Far more than the longest documented parameter, far less than would hurt.
  maxBodyBytes: { what: 'bytes of the body of a call', usual: 4 * 1024 * 1024, least: 1024, most: 64 * 1024 * 1024 },
  // No Action takes nearly as many.
  maxParameters: { what: 'parameters of a call, common ones included', usual: 10_000, least: 20, most: 100_000 },
  // What is stored may not be deeper, either.
  maxNesting: { what: 'levels of arrays and objects in a parameter that is JSON', usual: 100, least: 2, most: 100 },
} as const satisfies Readonly<Record<string, Bound>>

/** Name of a bound. */
export type BoundName = keyof typeof bounds

/** How much a call may hold. */
export type CallBounds = Readonly<Record<BoundName, number>>

const boundNames = Object.keys(bounds) as readonly BoundName[]

const of = <T>(value: (bound: Bound) => T): Record<BoundName, T> =>
  Object.fromEntries(boundNames.map((name) => [name, value(bounds[name])])) as Record<BoundName, T>

/** What holds where nothing is set. */
export const usualBounds: CallBounds = of(({ usual }) => usual)

/** What nobody can set higher. */
export const mostBounds: CallBounds = of(({ most }) => most)

/** Schema of each bound. */
export const boundSchemas = of(({ least, most }) => z.int().min(least).max(most))

const boundsSchema = z.object(of(({ least, most, usual }) => z.int().min(least).max(most).default(usual)))

/** The bounds that options ask for. Throws a `ZodError` if one cannot be. */
export const readBounds = (options: Partial<CallBounds>): CallBounds => boundsSchema.parse(options)

/** How much there may be, and which option says so: `at most 1024 bytes (maxBodyBytes)`. */
export const atMost = (bounds: CallBounds, name: BoundName, unit: string): string => `at most ${bounds[name]} ${unit} (${name})`
