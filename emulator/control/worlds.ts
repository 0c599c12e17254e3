/** Worlds: which there are, what one has, and adding one to an account. */

import { z } from 'zod'
import type { WorldInput } from '../../src/index.js'
import { bodyOf, type Control } from './request.js'

/** A world with its files and records. */
const LARGE = { bodyLimit: 16 * 1024 * 1024, config: { bounds: { depth: 100, values: 1_000_000, names: 100_000 } } }

/** A name, and no path: whoever may call is not to read the files of the machine. */
export const worldNameSchema = z.string().regex(/^[\w-]{1,100}$/, 'is not the name of a world, such as demo')

/** The world itself, checked by who reads it: a text would be the path of a file. */
const worldSchema = z.custom<WorldInput>((body) => typeof body === 'object' && body !== null, 'is not a world')

type Named = { Params: { name: string } }

export function worldsRoutes({ app, chosen }: Control): void {
  app.get('/worlds', (request) => chosen(request).worlds.list())

  app.get<Named>('/worlds/:name', (request) => chosen(request).worlds.get(worldNameSchema.parse(request.params.name)))

  // The body is the world.
  app.post('/worlds', LARGE, async (request, reply) =>
    reply.code(201).send(await chosen(request).worlds.apply(bodyOf(worldSchema, request))),
  )

  app.post<Named>('/worlds/:name', async (request, reply) =>
    reply.code(201).send(await chosen(request).worlds.apply(worldNameSchema.parse(request.params.name))),
  )
}
