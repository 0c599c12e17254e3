import { describe, expect, test } from 'vitest'
import { actions, exampleOf, fileUrl, jobWorld, manual, type Params } from './support.js'

const { cloud, outcome, call } = jobWorld()

/** A parameter and a value that is wrong for a reason, with the code that it gets. */
type Row = [action: string, param: string, value: unknown, code: string]

const NOT_TEXT = 'a\u0001'

/** The example of an Action with one parameter changed. */
const changed = (action: string, param: string, value: unknown): Params => exampleOf(action, { [param]: value as string })

const refusals: Row[] = actions.flatMap(([action, { required, integers = {}, floats = {}, enums = {}, booleans = [], urls }]) => {
  const row = (param: string, value: unknown, code: string): Row => [action, param, value, code]
  return [
    ...required.map((param) => row(param, undefined, 'MissingParameter')),
    ...required.filter((param) => param !== 'PostURL').map((param) => row(param, '', 'MissingParameter')),
    ...Object.entries(integers).flatMap(([param, [min, max]]) => [
      row(param, min - 1, 'InvalidParameter'),
      row(param, max + 1, 'InvalidParameter'),
      row(param, `${min}.5`, 'InvalidParameter.Format'),
      row(param, 'many', 'InvalidParameter.Format'),
      row(param, NOT_TEXT, 'InvalidParameter.BadRequest'),
    ]),
    ...Object.entries(floats).flatMap(([param, [min, max]]) => [
      row(param, min - 0.001, 'InvalidParameter'),
      row(param, max + 0.001, 'InvalidParameter'),
      row(param, 'half', 'InvalidParameter.Format'),
      row(param, NOT_TEXT, 'InvalidParameter.BadRequest'),
    ]),
    ...Object.entries(enums).flatMap(([param, choices]) => [
      row(param, 'something', 'InvalidParameter'),
      row(param, choices[0]?.toUpperCase() === choices[0] ? choices[0]?.toLowerCase() : choices[0]?.toUpperCase(), 'InvalidParameter'),
      row(param, NOT_TEXT, 'InvalidParameter.BadRequest'),
    ]),
    ...booleans.map((param) => row(param, 'perhaps', 'InvalidParameter.Format')),
    ...urls.flatMap((param) => [
      row(param, 'not a url', 'InvalidFile.URL'),
      row(param, 'ftp://bucket.oss-cn-shanghai.aliyuncs.com/a.mp4', 'InvalidFile.URL'),
      row(param, `${fileUrl('视频')}.mp4`, 'InvalidFile.URL'),
      row(param, NOT_TEXT, 'InvalidParameter.BadRequest'),
    ]),
  ]
})

test.each(refusals)('%s with %s=%o: %s', async (action, param, value, code) => {
  const { status, body, headers } = await call(`videoenhan.${action}`, changed(action, param, value))
  expect({ status, code: body.Code }).toEqual({ status: 400, code })
  expect(body.Message).toContain(`"${param}"`)
  expect(headers['x-emulator-reason']).toMatch(new RegExp(`^${param} `))
})

test('a call that is refused starts no job and costs nothing', async () => {
  const world = jobWorld()
  for (const [action, param, value] of refusals) await world.call(`videoenhan.${action}`, changed(action, param, value))
  expect(world.account.jobs.records.count).toBe(0)
  expect(world.account.usage.report().actions).toEqual([])
})

const acceptances = actions.flatMap(([action, { required, integers = {}, floats = {}, enums = {}, booleans = [] }]) => [
  ...[...Object.entries(integers), ...Object.entries(floats)].flatMap(([param, [min, max]]) => [
    [action, param, min],
    [action, param, max],
  ]),
  ...Object.entries(enums).flatMap(([param, choices]) => choices.map((choice) => [action, param, choice])),
  ...booleans.flatMap((param) => ['true', 'false', 'TRUE'].map((value) => [action, param, value])),
  ...Object.keys(manual[action]?.example ?? {})
    .filter((param) => !required.includes(param))
    .map((param) => [action, param, undefined]),
]) as [string, string, unknown][]

test.each(acceptances)('%s with %s=%o is done', async (action, param, value) => {
  expect(await outcome(action, changed(action, param, value))).toMatchObject({ Status: 'PROCESS_SUCCESS' })
})

test('every parameter of every Action is in the tables above or has tests below', () => {
  const flat = (name: string): string => name.replace(/\.1\b/, '.N')
  for (const [action, { integers = {}, floats = {}, enums = {}, booleans = [], urls, others = [] }] of actions) {
    const tested = [integers, floats, enums].flatMap(Object.keys).concat(booleans, urls, others).map(flat)
    const [params = []] = cloud.catalogue.actions.filter(({ id }) => id === `videoenhan.${action}`).map(({ input }) => Object.keys(input))
    expect([...new Set(tested.map((name) => name.split('.', 1)[0]))].sort(), action).toEqual([...params].sort())
  }
})

describe('lengths that the manual bounds by words', () => {
  test.each([
    ['AbstractEcommerceVideo', 'Duration', '0.1', undefined],
    ['AbstractEcommerceVideo', 'Duration', '0', 'InvalidParameter'],
    ['AbstractEcommerceVideo', 'Duration', '-5', 'InvalidParameter'],
    ['AbstractEcommerceVideo', 'Duration', 'long', 'InvalidParameter.Format'],
    ['AbstractEcommerceVideo', 'Duration', '1e999', 'InvalidParameter'],
    ['AbstractEcommerceVideo', 'Duration', '9999', undefined],
    ['AbstractFilmVideo', 'Length', '2', undefined],
    ['AbstractFilmVideo', 'Length', '1', 'InvalidParameter'],
    ['AbstractFilmVideo', 'Length', '2.5', 'InvalidParameter.Format'],
    ['AbstractFilmVideo', 'Length', '3000000000', 'InvalidParameter'],
  ])('%s with %s=%s: %s', async (action, param, value, refused) => {
    const end = await outcome(action, changed(action, param, value))
    expect(end).toMatchObject(refused === undefined ? { Status: 'PROCESS_SUCCESS' } : { refused, message: expect.stringContaining(param) })
  })

  test.each([
    [{ duration: 200 }, 199, 'PROCESS_SUCCESS'],
    [{ duration: 200 }, 200, 'PROCESS_FAILED'],
    [{ duration: 200.5 }, 200, 'PROCESS_SUCCESS'],
    // Only the first two hours are looked at.
    [{ duration: 9000 }, 7199, 'PROCESS_SUCCESS'],
    [{ duration: 9000 }, 7200, 'PROCESS_FAILED'],
  ])('AbstractFilmVideo of a film of %o: Length %i, %s', async (facts, Length, Status) => {
    const world = jobWorld()
    const VideoUrl = fileUrl('film.mp4')
    await world.declare(VideoUrl, facts)
    const end = await world.outcome('AbstractFilmVideo', { VideoUrl, Length })
    expect(end).toMatchObject({
      Status,
      ...(Status === 'PROCESS_FAILED' && { ErrorCode: 'InvalidParameter', ErrorMessage: 'paramsIllegal' }),
    })
  })

  test('a job that failed for its Length says so where the test author looks', async () => {
    const world = jobWorld()
    const VideoUrl = fileUrl('film.mp4')
    await world.declare(VideoUrl, { duration: 200 })
    await world.outcome('AbstractFilmVideo', { VideoUrl, Length: 300 })
    expect(world.account.jobs.records.first()?.error?.reason).toBe('Length is 300, and the video lasts 200 seconds')
  })
})

describe('ChangeVideoSize with FillType=color', () => {
  const colour = { R: 255, G: 128, B: 0 }

  test.each(['R', 'G', 'B'])('needs %s', async (param) => {
    const end = await outcome('ChangeVideoSize', exampleOf('ChangeVideoSize', { FillType: 'color', ...colour, [param]: undefined }))
    expect(end).toEqual({ refused: 'MissingParameter', message: expect.stringContaining(`"${param}"`) })
  })

  test('is done with all three', async () => {
    const end = await outcome('ChangeVideoSize', exampleOf('ChangeVideoSize', { FillType: 'color', ...colour }))
    expect(end).toMatchObject({ Status: 'PROCESS_SUCCESS' })
  })

  test.each(['image', 'stretch', undefined])('needs none of them with FillType=%s', async (FillType) => {
    const end = await outcome('ChangeVideoSize', exampleOf('ChangeVideoSize', { FillType, R: undefined, G: undefined, B: undefined }))
    expect(end).toMatchObject({ Status: 'PROCESS_SUCCESS' })
  })
})

describe.each(['EnhanceVideoQuality', 'ConvertHdrVideo'])('MaxIlluminance of %s', (action) => {
  test.each([
    ['HLG', 499, 'InvalidParameter'],
    ['HLG', 500, undefined],
    ['HLG', 1000, undefined],
    ['HLG', 1001, 'InvalidParameter'],
    ['HLG', undefined, undefined],
    // Fixed with PQ, which is the default; what the call says is ignored.
    ['PQ', 1, undefined],
    ['PQ', 9999, undefined],
    [undefined, 9999, undefined],
    ['PQ', 'bright', 'InvalidParameter.Format'],
  ])('HDRFormat=%s with %s: %s', async (HDRFormat, MaxIlluminance, refused) => {
    const end = await outcome(action, exampleOf(action, { HDRFormat, MaxIlluminance }))
    expect(end).toMatchObject(
      refused === undefined ? { Status: 'PROCESS_SUCCESS' } : { refused, message: expect.stringContaining('"MaxIlluminance"') },
    )
  })
})

describe('Boxes of EraseVideoLogo', () => {
  const box = { W: 0.5, H: 0.5, X: 0, Y: 0 }

  test.each([
    ['numbered', { 'Boxes.1.W': 0.5, 'Boxes.1.H': 0.5, 'Boxes.2.X': 0.1 }],
    ['a JSON array', { Boxes: JSON.stringify([box, box]) }],
    ['an empty JSON array', { Boxes: '[]' }],
    ['not there', { Boxes: undefined }],
  ])('may be %s', async (_, boxes) => {
    expect(await outcome('EraseVideoLogo', exampleOf('EraseVideoLogo', boxes))).toMatchObject({ Status: 'PROCESS_SUCCESS' })
  })

  test.each([
    ['a value out of range in JSON', { Boxes: JSON.stringify([box, { ...box, W: 2 }]) }, 'InvalidParameter', 'Boxes.2.W'],
    ['a value out of range under a number', { 'Boxes.1.W': 0.5, 'Boxes.2.Y': -1 }, 'InvalidParameter', 'Boxes.2.Y'],
    ['a word for a number', { Boxes: '[{"W":"wide"}]' }, 'InvalidParameter.Format', 'Boxes.1.W'],
    ['an object instead of an array', { Boxes: JSON.stringify(box) }, 'InvalidParameter.Format', 'Boxes'],
    ['numbers instead of objects', { Boxes: '[1,2]' }, 'InvalidParameter.Format', 'Boxes'],
    ['no JSON', { Boxes: '[{' }, 'InvalidParameter.Format', 'Boxes'],
  ])('may not hold %s', async (_, boxes, refused, param) => {
    expect(await outcome('EraseVideoLogo', exampleOf('EraseVideoLogo', boxes))).toEqual({
      refused,
      message: expect.stringContaining(`"${param}"`),
    })
  })
})

test('what official clients know of MergeVideoFace beyond the manual is accepted', async () => {
  const { PostURL: _, ...params } = exampleOf('MergeVideoFace') as Record<string, string>
  const known = { ...params, AddWatermark: 'true', Enhance: 'false', WatermarkType: 'CN' }
  expect(await outcome('MergeVideoFace', known)).toMatchObject({ Status: 'PROCESS_SUCCESS' })
})

describe('PostURL of MergeVideoFace', () => {
  test.each(['', fileUrl('face.jpg')])('may be "%s"', async (PostURL) => {
    expect(await outcome('MergeVideoFace', exampleOf('MergeVideoFace', { PostURL }))).toMatchObject({ Status: 'PROCESS_SUCCESS' })
  })
})

describe('FileList of GenerateVideo', () => {
  const video = { Type: 'video', FileUrl: fileUrl('clip.mp4'), FileName: 'clip.mp4' }
  const image = { Type: 'image', FileUrl: fileUrl('photo.jpg'), FileName: 'photo.jpg' }
  const audio = { Type: 'audio', FileUrl: fileUrl('song.mp3'), FileName: 'song.mp3' }
  const times = <T>(count: number, file: T): T[] => Array.from({ length: count }, () => file)
  const generate = (FileList: Params['x'], rest: Params = {}) => outcome('GenerateVideo', { FileList, ...rest })

  test.each([
    ['5 videos', times(5, video)],
    ['40 images', times(40, image)],
    ['5 videos, 40 images and a piece of music', [...times(5, video), ...times(40, image), audio]],
  ])('may have %s', async (_, list) => {
    expect(await generate(list)).toMatchObject({ Status: 'PROCESS_SUCCESS' })
    expect(await generate(JSON.stringify(list))).toMatchObject({ Status: 'PROCESS_SUCCESS' })
  })

  test.each([
    ['6 videos', times(6, video)],
    ['41 images', times(41, image)],
    ['2 pieces of music', [video, audio, audio]],
    ['music alone', [audio]],
    ['nothing', '[]'],
  ])('may not have %s', async (_, list) => {
    expect(await generate(list)).toEqual({ refused: 'InvalidParameter', message: expect.stringContaining('"FileList"') })
  })

  test.each([
    ['no Type', { ...video, Type: undefined }, 'MissingParameter', 'FileList.2.Type'],
    ['no FileUrl', { ...video, FileUrl: undefined }, 'MissingParameter', 'FileList.2.FileUrl'],
    ['no FileName', { ...video, FileName: undefined }, 'MissingParameter', 'FileList.2.FileName'],
    ['an unknown Type', { ...video, Type: 'text' }, 'InvalidParameter', 'FileList.2.Type'],
    ['no URL', { ...video, FileUrl: 'clip.mp4' }, 'InvalidFile.URL', 'FileList.2.FileUrl'],
    [
      'a URL in another region',
      { ...video, FileUrl: 'http://b.oss-cn-beijing.aliyuncs.com/a.mp4' },
      'InvalidFile.Region',
      'FileList.2.FileUrl',
    ],
    ['a video that is an image', { ...video, FileUrl: fileUrl('photo.jpg') }, 'InvalidFile.Type', 'FileList.2.FileUrl'],
    ['an image that is a video', { ...image, FileUrl: fileUrl('clip.mp4') }, 'InvalidFile.Type', 'FileList.2.FileUrl'],
    ['music that is a video', { ...audio, FileUrl: fileUrl('clip.mp4') }, 'InvalidFile.Type', 'FileList.2.FileUrl'],
    ['an image without suffix', { ...image, FileName: 'photo' }, 'InvalidParameter', 'FileList.2.FileName'],
    ['an image with a suffix of another type', { ...image, FileName: 'photo.mp4' }, 'InvalidParameter', 'FileList.2.FileName'],
  ])('may not hold a file with %s', async (_, file, refused, param) => {
    expect(await generate([video, file])).toEqual({ refused, message: expect.stringContaining(`"${param}"`) })
  })

  test.each([
    ['an MP4 video', { ...video, FileName: 'clip' }, {}, 'PROCESS_SUCCESS'],
    ['a video whose URL does not say what it is', { ...video, FileUrl: fileUrl('clip'), FileName: 'clip' }, {}, 'PROCESS_SUCCESS'],
    ['an AVI video', { ...video, FileUrl: fileUrl('clip.avi'), FileName: 'clip' }, {}, 'PROCESS_FAILED'],
    [
      'an AVI video that is only found to be one',
      { ...video, FileUrl: fileUrl('clip'), FileName: 'clip' },
      { format: 'AVI' },
      'PROCESS_FAILED',
    ],
    ['a WAV file', { ...audio, FileUrl: fileUrl('song.wav'), FileName: 'song' }, {}, 'PROCESS_FAILED'],
    ['an MP3 file', { ...audio, FileName: 'song' }, {}, 'PROCESS_SUCCESS'],
  ])('%s without suffix in its name: %s', async (_, file, facts, Status) => {
    const world = jobWorld()
    await world.declare(file.FileUrl, facts)
    const end = await world.outcome('GenerateVideo', { FileList: [video, file] })
    expect(end).toMatchObject({ Status, ...(Status === 'PROCESS_FAILED' && { ErrorCode: 'InvalidParameter' }) })
  })

  test('upper case, JPEG and names of several words are suffixes and names like others', async () => {
    const list = [
      { ...image, FileName: 'my photo.JPEG' },
      { ...video, FileUrl: fileUrl('a.MOV'), FileName: '视频 1.mov' },
    ]
    expect(await generate(list)).toMatchObject({ Status: 'PROCESS_SUCCESS' })
  })

  test.each([
    ['0', false, 'InvalidParameter'],
    ['-1', undefined, 'InvalidParameter'],
    ['soon', true, 'InvalidParameter.Format'],
    ['1e308', false, 'InvalidParameter'],
    ['0', true, undefined],
    ['0.5', false, undefined],
  ])('Duration %s with DurationAdaption=%s: %s', async (Duration, DurationAdaption, refused) => {
    const end = await generate([video], { Duration, DurationAdaption })
    expect(end).toMatchObject(
      refused === undefined ? { Status: 'PROCESS_SUCCESS' } : { refused, message: expect.stringContaining('"Duration"') },
    )
  })
})
