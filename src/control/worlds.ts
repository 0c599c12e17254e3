/** Routes: worlds, and the files that calls refer to. */

import { z } from 'zod'
import { assetSchema } from '../assets/asset.js'
import { listOf } from '../base/json.js'
import { shaped, withShape } from '../base/shape.js'
import { type WorldInput, worldSchema } from '../worlds/world.js'
import { declareRoutes } from './route.js'

/** A name, and no path: whoever may call is not to read the files of the machine. */
export const worldNameSchema = z.string().regex(/^[\w-]{1,100}$/, 'is not the name of a world, such as demo')

/** The world itself, checked by who reads it: a text would be the path of a file. */
const worldBodySchema = withShape(
  z.custom<WorldInput>((body) => typeof body === 'object' && body !== null, 'is not a world'),
  worldSchema,
)

const params = z.object({ name: worldNameSchema })

const appliedSchema = z
  .strictObject({
    added: z.record(z.string(), z.int()).describe('How many records are new, by table, and how many objects.'),
    kept: z.int().describe('How many records and objects were there already, and have stayed as they were.'),
  })
  .meta({ id: 'AppliedWorld' })

/** One asset, or several. */
const assetsSchema = withShape(
  z.preprocess((body) => (Array.isArray(body) ? body : [body]), listOf(assetSchema, 10_000)),
  z.union([assetSchema, z.array(assetSchema).max(10_000)]),
)

const assetsAnswer = z.array(assetSchema)

export const worldRoutes = declareRoutes({
  'GET /worlds': {
    chapter: 'worlds',
    id: 'listWorlds',
    summary: 'The worlds that the package brings along.',
    answer: z.array(
      z
        .strictObject({ name: z.string(), description: z.string(), file: z.string().describe('Name of its file.') })
        .meta({ id: 'WorldInfo' }),
    ),
    pagedBy: 'name',
  },
  'GET /worlds/{name}': {
    chapter: 'worlds',
    id: 'getWorld',
    summary: 'What a world has.',
    params,
    answer: shaped<WorldInput>(worldSchema),
    example: { params: { name: 'demo' } },
  },
  'POST /worlds': {
    chapter: 'worlds',
    id: 'addWorld',
    summary: 'Adds a world of your own to the account, all of it or nothing.',
    body: worldBodySchema,
    // A world with its files and records.
    room: { bodyLimit: 16 * 1024 * 1024, bounds: { depth: 100, values: 1_000_000, names: 100_000 } },
    status: 201,
    answer: appliedSchema,
    example: { body: { description: 'A bucket.', buckets: [{ name: 'my-bucket', region: 'cn-shanghai' }] } },
  },
  'POST /worlds/{name}': {
    chapter: 'worlds',
    id: 'addNamedWorld',
    summary: 'Adds a world that the package brings along to the account, all of it or nothing.',
    params,
    status: 201,
    answer: appliedSchema,
    example: { params: { name: 'demo' } },
  },
  'GET /assets': {
    chapter: 'worlds',
    id: 'listAssets',
    summary: 'What is known about the files that calls refer to by URL.',
    answer: assetsAnswer,
    pagedBy: 'url',
  },
  'PUT /assets': {
    chapter: 'worlds',
    id: 'putAssets',
    summary: 'Declares one file or several, or declares them anew, and answers all there are.',
    body: assetsSchema,
    // Assets by the thousand, each with all of its fields and a long URL.
    room: { bodyLimit: 16 * 1024 * 1024, bounds: { depth: 5, values: 200_000, names: 1000 } },
    answer: assetsAnswer,
    example: { body: { url: 'http://my-bucket.oss-cn-shanghai.aliyuncs.com/holiday.mp4', format: 'mp4', duration: 12 } },
  },
  'DELETE /assets': { chapter: 'worlds', id: 'clearAssets', summary: 'Forgets all files that were declared.', answer: assetsAnswer },
})
