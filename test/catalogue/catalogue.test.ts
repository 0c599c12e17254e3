/** The catalogue and the OpenAPI document, as the control API gives them. */

import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { perMinute } from '../../src/actions/action.js'
import { createCloud, describeActions, openApiDocument } from '../../src/index.js'
import { boolean, float, integer, long, oneOf, text, utcTime } from '../../src/params/scalars.js'
import { csv, json, repeated, repeatedObject, url } from '../../src/params/structures.js'
import { VIDEO_URL } from '../support/cloud.js'
import { echoAction, product } from '../support/echo.js'
import { testEmulator } from '../support/sdk.js'

const input = {
  Name: text({ minLength: 1, maxLength: 64 }),
  Title: text({ maxBytes: 128 }).optional(),
  Size: oneOf(['S', 'L']).default('S'),
  Count: integer({ min: 1, max: 9 }).optional(),
  Id: long(),
  Ratio: float({ min: 0.5 }).optional(),
  Flag: boolean().default(false),
  Sizes: csv(oneOf(['S', 'L']), { maxItems: 2 }).optional(),
  Doc: json(z.object({})).optional(),
  Url: url(),
  Start: utcTime().optional(),
  Ids: repeated(long(), { maxItems: 10 }).optional(),
  Boxes: repeatedObject({ W: float({ max: 1 }), H: float().optional() }, { maxItems: 5 }),
  Rest: repeatedObject({ A: text() }, { maxItems: 3 }).optional(),
}
const described = [echoAction('Everything', input, { limit: perMinute(7) })]

let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeAll(async () => {
  emulator = await testEmulator({ products: [product(described)] })
})
afterAll(() => emulator.close())

// biome-ignore lint/suspicious/noExplicitAny: JSON
const get = async (path: string): Promise<any> => (await emulator.control('GET', path)).body

/** The shape that every entry has. */
const entrySchema = z.strictObject({
  service: z.string().regex(/^[a-z]+$/),
  version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  action: z.string().regex(/^[A-Z][A-Za-z0-9]+$/),
  summary: z.string().regex(/^[A-Z].+\.$/),
  source: z.string().min(1),
  note: z.string().optional(),
  async: z.boolean(),
  limit: z.strictObject({ limit: z.int().positive(), per: z.enum(['second', 'minute', 'day']) }).nullable(),
  billing: z.unknown().optional(),
  accepts: z.array(z.string()),
  facts: z.array(z.enum(['missing-parameter', 'illegal-status'])),
  params: z.array(
    z.strictObject({
      name: z.string().regex(/^[A-Za-z][A-Za-z0-9]*(\.N(\.[A-Za-z][A-Za-z0-9]*)?)?$/),
      type: z.enum(['String', 'Integer', 'Long', 'Float', 'Boolean']),
      required: z.boolean(),
      default: z.unknown().optional(),
      enum: z.array(z.string()).min(1).optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      minLength: z.int().optional(),
      maxLength: z.int().optional(),
      lengthUnit: z.enum(['characters', 'bytes']).optional(),
      ownLimit: z.literal(true).optional(),
      minItems: z.int().optional(),
      maxItems: z.int().optional(),
      itemMaxLength: z.int().optional(),
      format: z.enum(['url', 'date-time', 'json', 'list']).optional(),
      separator: z.string().optional(),
    }),
  ),
  errors: z.array(
    z.discriminatedUnion('provokedBy', [
      z.strictObject({ code: z.string(), status: z.int().min(400).max(599), message: z.string().min(1), provokedBy: z.literal('state') }),
      z.strictObject({
        code: z.string(),
        status: z.int().min(400).max(599),
        message: z.string().min(1),
        provokedBy: z.literal('fault'),
        why: z.string().min(1),
      }),
    ]),
  ),
})

describe('GET /actions', () => {
  test('every entry has the documented shape', async () => {
    expect(z.array(entrySchema).safeParse(await get('/actions')).error?.issues).toBeUndefined()
  })

  test('no Action and no error stands there twice', async () => {
    const entries = (await get('/actions')) as z.infer<typeof entrySchema>[]
    const ids = entries.map(({ service, action }) => `${service}.${action}`)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { errors } of entries) expect(new Set(errors.map(({ code }) => code)).size).toBe(errors.length)
  })

  test('which Actions are asynchronous', async () => {
    const asynchronous = async (service: string, action: string): Promise<boolean> =>
      (await get('/actions')).find((each: z.infer<typeof entrySchema>) => each.service === service && each.action === action).async
    expect(await asynchronous('videorecog', 'GenerateVideoCover')).toBe(true)
    expect(await asynchronous('videorecog', 'GetAsyncJobResult')).toBe(false)
  })

  test('parameters are described flat, with all that is known of them', async () => {
    const entry = (await get('/actions')).find(({ action }: { action: string }) => action === 'Everything')
    expect([entry.limit, entry.async]).toEqual([{ limit: 7, per: 'minute' }, false])
    expect(entry.params).toEqual([
      { name: 'Name', type: 'String', required: true, minLength: 1, maxLength: 64, lengthUnit: 'characters' },
      { name: 'Title', type: 'String', required: false, maxLength: 128, lengthUnit: 'bytes' },
      { name: 'Size', type: 'String', required: false, enum: ['S', 'L'], default: 'S' },
      { name: 'Count', type: 'Integer', required: false, min: 1, max: 9 },
      { name: 'Id', type: 'Long', required: true },
      { name: 'Ratio', type: 'Float', required: false, min: 0.5 },
      { name: 'Flag', type: 'Boolean', required: false, default: false },
      { name: 'Sizes', type: 'String', required: false, format: 'list', separator: ',', enum: ['S', 'L'], minItems: 1, maxItems: 2 },
      { name: 'Doc', type: 'String', required: false, format: 'json' },
      { name: 'Url', type: 'String', required: true, format: 'url' },
      { name: 'Start', type: 'String', required: false, format: 'date-time' },
      { name: 'Ids.N', type: 'Long', required: false, minItems: 1, maxItems: 10 },
      { name: 'Boxes.N.W', type: 'Float', required: true, max: 1, minItems: 1, maxItems: 5 },
      { name: 'Boxes.N.H', type: 'Float', required: false, minItems: 1, maxItems: 5 },
      { name: 'Rest.N.A', type: 'String', required: false, minItems: 1, maxItems: 3 },
    ])
  })

  test.each([
    ['UpdateVideoInfos', 'UpdateContent', { maxItems: 20 }],
    ['CreateAudit', 'AuditContent', { maxItems: 20 }],
    ['AddTranscodeTemplateGroup', 'TranscodeTemplateList', { maxItems: 20 }],
    ['RegisterMedia', 'RegisterMetadatas', { maxItems: 10 }],
    ['GetUploadDetails', 'MediaIds', { maxItems: 20 }],
    ['SetAuditSecurityIp', 'Ips', { maxItems: 100 }],
    ['CreateUploadVideo', 'Tags', { maxItems: 16, itemMaxLength: 32, lengthUnit: 'characters' }],
    ['UpdateVideoInfo', 'Tags', { maxItems: 16, itemMaxLength: 32, lengthUnit: 'bytes' }],
    ['SearchMedia', 'SortBy', { maxItems: 3, default: ['CreationTime:Desc'] }],
    ['GenerateVideo', 'FileList.N.FileUrl', { maxItems: 46 }],
    ['GetVideoInfo', 'VideoId', { maxLength: 64, ownLimit: true }],
    ['BatchStartVodDomain', 'DomainNames', { maxItems: 50, ownLimit: true }],
    ['SubmitTranscodeJobs', 'OverrideParams', { maxLength: 65_536, ownLimit: true }],
    ['EraseVideoLogo', 'Boxes.N.W', { maxItems: 1000, ownLimit: true }],
    ['AddEditingProject', 'Title', { maxLength: 1024, ownLimit: true }],
  ])('%s tells what bounds %s, and whose bound it is', async (name, param, bounds) => {
    const { params } = (await get('/actions')).find(({ action }: { action: string }) => action === name)
    const described = params.find((each: { name: string }) => each.name === param)
    expect(described).toMatchObject(bounds)
    expect(described.ownLimit).toBe('ownLimit' in bounds ? true : undefined)
  })

  test('is what the package exports', async () => {
    const cloud = createCloud({ products: [product(described)] })
    expect(await get('/actions')).toEqual(JSON.parse(JSON.stringify(describeActions(cloud.catalogue))))
  })
})

describe('GET /openapi.json', () => {
  test('is an OpenAPI 3.1 document', async () => {
    const validator = new Validator()
    expect(await validator.validate(await get('/openapi.json'))).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test('has a path for each Action, at which the emulator answers', async () => {
    const { servers, paths } = await get('/openapi.json')
    const parts = Object.keys(paths).map((path) => path.split(/[?#]/, 1)[0])
    expect(new Set(parts).size).toBe((await get('/actions')).length)
    const { status, body } = await emulator.control('POST', `${servers[0].url.replace('/_emulator', '')}/videoseg/SegmentVideoBody`, {
      VideoUrl: VIDEO_URL,
    })
    const { schema } = paths['/videoseg/SegmentVideoBody'].post.responses[200].content['application/json']
    expect([status, Object.keys(body).sort()]).toEqual([200, schema.required.sort()])
  })

  test('has every Action, by the id <service>.<Action>', async () => {
    const [document, actions] = [await get('/openapi.json'), await get('/actions')]
    const ids = Object.values(document.paths as Record<string, { post: { operationId: string } }>).map(({ post }) => post.operationId)
    expect(ids).toEqual(actions.map(({ service, action }: { service: string; action: string }) => `${service}.${action}`))
    const tags = new Set(document.tags.map(({ name }: { name: string }) => name))
    expect(tags).toEqual(new Set(actions.map(({ service }: { service: string }) => service)))
  })

  test('has wire names, limits and every documented error', async () => {
    const { paths } = await get('/openapi.json')
    const { post } = paths['/echo/Everything']
    const { properties, required } = post.requestBody.content['application/json'].schema
    expect(post['x-action']).toMatchObject({ service: 'echo', action: 'Everything', version: '2000-01-01' })
    expect(required).toEqual(['Name', 'Id', 'Url', 'Boxes'])
    expect(properties).toMatchObject({
      Name: { type: 'string', maxLength: 64 },
      Count: { type: 'integer', minimum: 1, maximum: 9 },
      Ratio: { type: 'number', minimum: 0.5 },
      Size: { type: 'string', enum: ['S', 'L'], default: 'S' },
      Url: { type: 'string', format: 'uri' },
      Start: { type: 'string', format: 'date-time' },
      Boxes: { type: 'array', items: { type: 'object', properties: { W: { type: 'number', maximum: 1 } } } },
    })
    const job = paths['/videoseg/GetAsyncJobResult'].post
    expect(job.responses[200].content['application/json'].schema.properties).toMatchObject({
      RequestId: { type: 'string' },
      Data: { type: 'object', properties: { JobId: { type: 'string' }, Status: { type: 'string' }, Result: { type: 'string' } } },
    })
    const entry = (await get('/actions')).find(
      ({ service, action }: { service: string; action: string }) => service === 'videoseg' && action === 'GetAsyncJobResult',
    )
    const codes = Object.values(
      job.responses as Record<
        string,
        { content: Record<string, { schema: { allOf?: { properties?: { Code?: { enum: string[] } } }[] } }> }
      >,
    ).flatMap(({ content }) => content['application/json']?.schema.allOf?.[1]?.properties?.Code?.enum ?? [])
    expect(codes.sort()).toEqual(entry.errors.map(({ code }: { code: string }) => code).sort())
  })

  test('is what the package exports', async () => {
    const cloud = createCloud({ products: [product(described)] })
    const document = await get('/openapi.json')
    expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument(cloud.catalogue, document.info.version))))
  })
})
