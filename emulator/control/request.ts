/** What all control calls share: the account they choose, their query and their body. */

import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { Bounds } from '../../src/base/json.js'
import type { Account, Cloud } from '../../src/index.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How much the body of a control call may hold. Default: the usual bounds. */
    bounds?: Bounds
  }
}

/** What the routes are given: the cloud, and the account that a request chooses. */
export interface Control {
  app: FastifyInstance
  cloud: Cloud
  /** The account chosen with `?accessKeyId=`, else the default one. */
  chosen: (request: { url: string }) => Account
}

/** The account that a request has chosen; `undefined` if its access key leads nowhere, or no more. */
export function findAccount({ chosen }: Pick<Control, 'chosen'>, request: { url: string }): Account | undefined {
  try {
    return chosen(request)
  } catch {
    return undefined
  }
}

/** The query of a request. */
export const queryOf = ({ url }: { url: string }): URLSearchParams => new URLSearchParams(url.split('?', 2)[1] ?? '')

/** Reads a body; one that was left out counts as empty. */
export const bodyOf = <Schema extends z.ZodType>(schema: Schema, { body }: { body: unknown }): z.output<Schema> => schema.parse(body ?? {})
