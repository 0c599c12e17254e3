/** What the compiler says of calls through the client. Nothing here runs: `npm run typecheck` is the test. */

import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import { createClient, createControl, type ParamsOf, waitForJob } from '../../src/client/index.js'
import type { LogEntry, Verification } from '../../src/index.js'
import { boolean, integer, oneOf, text, utcTime } from '../../src/params/scalars.js'
import { csv, json, repeated, repeatedObject, url } from '../../src/params/structures.js'

const client = createClient({ accessKeyId: '', accessKeySecret: '' })
const VideoUrl = ''

expectTypeOf(client.videoseg.SegmentVideoBody({ VideoUrl })).resolves.toEqualTypeOf<{ RequestId: string; Message: string }>()
expectTypeOf(client.videorecog.GenerateVideoCover).parameter(0).toEqualTypeOf<{ VideoUrl: string; IsGif: boolean }>()
expectTypeOf((await client.videoseg.GetAsyncJobResult({ JobId: '' })).Data.Status).toEqualTypeOf<string>()
expectTypeOf(waitForJob<{ VideoUrl: string }>(client.videorecog, '')).resolves.toEqualTypeOf<{ VideoUrl: string }>()

// @ts-expect-error: there is no such service
client.video
// @ts-expect-error: there is no such Action
client.videoseg.SegmentBody
// @ts-expect-error: an Action of another service
client.videoseg.DetectVideoShot
// @ts-expect-error: the parameters are missing
client.videoseg.SegmentVideoBody()
// @ts-expect-error: a parameter is missing
client.videorecog.GenerateVideoCover({ VideoUrl })
// @ts-expect-error: names are written exactly; SegmentGreenScreenVideo alone has VideoURL
client.videoseg.SegmentVideoBody({ VideoURL: VideoUrl })
// @ts-expect-error: of the wrong type
client.videorecog.GenerateVideoCover({ VideoUrl, IsGif: 'true' })
// @ts-expect-error: no field of the answer
;(await client.videoseg.SegmentVideoBody({ VideoUrl })).JobId
// @ts-expect-error: not a service with jobs
waitForJob(client, '')

const shape = {
  Url: url(),
  Mode: oneOf(['AUTO', 'COLOR']),
  Count: integer().optional(),
  Gray: boolean().default(false),
  Ids: repeated(text()),
  Fields: csv(oneOf(['Title', 'Tags'])).optional(),
  Boxes: repeatedObject({ W: integer(), H: integer().optional() }),
  After: utcTime(),
  Config: json(z.object({ Level: z.number() })).optional(),
}
expectTypeOf<ParamsOf<typeof shape>>().toEqualTypeOf<{
  Url: string
  Mode: 'AUTO' | 'COLOR'
  Count?: number
  Gray?: boolean
  Ids: string[]
  Fields?: ('Title' | 'Tags')[]
  Boxes: { W: number; H?: number | undefined }[]
  After: number
  Config?: { Level: number }
}>()

const { requests, settle } = createControl({ endpoint: '' })
expectTypeOf(requests()).resolves.toEqualTypeOf<LogEntry[]>()
expectTypeOf(requests.find({ action: 'Get*', params: { VideoId: /^v/, Count: 3 }, refused: false })).resolves.toEqualTypeOf<LogEntry[]>()
expectTypeOf(requests.count()).resolves.toEqualTypeOf<number>()
expectTypeOf(requests.verify({ action: 'GetPlayInfo', exactly: 1 })).resolves.toEqualTypeOf<Verification>()
expectTypeOf(requests.curl('', { resign: true })).resolves.toEqualTypeOf<string>()
expectTypeOf((await settle({ only: ['unusedFaults'] })).problems).toEqualTypeOf<string[]>()
// @ts-expect-error: no field of a query
requests.find({ actoin: 'GetPlayInfo' })
// @ts-expect-error: a count is for verify
requests.find({ exactly: 1 })
// @ts-expect-error: nothing that is looked at
settle({ only: ['jobs'] })
