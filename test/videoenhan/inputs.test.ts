import { describe, expect, test } from 'vitest'
import type { Asset } from '../../src/index.js'
import { actions, exampleOf, fileUrl, jobWorld, type Params } from './support.js'

type Facts = Partial<Asset>

/** How an Action ends whose file in `param` is as declared. */
async function withFile(action: string, param: string, facts: Facts, name = 'file') {
  const world = jobWorld()
  const url = fileUrl(name)
  await world.declare(url, facts)
  const { refused, Status, ErrorCode } = await world.outcome(action, exampleOf(action, { [param]: url }))
  return refused ? `refused: ${refused}` : (ErrorCode ?? Status)
}

const DONE = 'PROCESS_SUCCESS'
const ALL_FORMATS = 'MP4 AVI MKV MOV FLV TS MPG MXF WMV JPEG JPG PNG BMP GIF MP3 WAV'.split(' ')

const files = actions.flatMap(([action, manual]) =>
  Object.entries(manual.files).map(([param, limits]) => ({ action, param, ...limits, formats: limits.formats.split(' ') })),
)

describe.each(files)('$param of $action', ({ action, param, formats, maxBytes, pixels, atMost1080p }) => {
  // Of one format by two names, the manual may give one.
  const taken = (format: string): boolean => formats.includes(format) || (format === 'JPEG' && formats.includes('JPG'))

  test.each(ALL_FORMATS.filter(taken))('may be %s', async (format) => {
    expect(await withFile(action, param, { format })).toBe(DONE)
    expect(await withFile(action, param, {}, `file.${format.toLowerCase()}`)).toBe(DONE)
  })

  test.each(ALL_FORMATS.filter((format) => !taken(format)))('may not be %s: refused if the URL shows it', async (format) => {
    expect(await withFile(action, param, { format })).toBe('InvalidFile.Type')
    expect(await withFile(action, param, {}, `file.${format.toLowerCase()}`)).toBe('refused: InvalidFile.Type')
  })

  test('may have so many bytes', async () => {
    expect(await withFile(action, param, { bytes: maxBytes })).toBe(DONE)
    expect(await withFile(action, param, { bytes: maxBytes + 1 })).toBe('InvalidFile.Content')
    expect(await withFile(action, param, { bytes: 0 })).toBe('InvalidFile.Content')
  })

  if (pixels) {
    const { from, to, bounds } = pixels
    const step = bounds === 'open' ? 1 : 0
    const [least, most] = [from.map((side) => side + step), to.map((side) => side - step)] as [[number, number], [number, number]]

    test.each([
      [least[0], least[1], DONE],
      [most[0], most[1], DONE],
      [least[0] - 1, least[1], 'InvalidFile.Resolution'],
      [least[0], least[1] - 1, 'InvalidFile.Resolution'],
      [most[0] + 1, most[1], 'InvalidFile.Resolution'],
      [most[0], most[1] + 1, 'InvalidFile.Resolution'],
    ])('%i x %i pixels: %s', async (width, height, end) => {
      expect(await withFile(action, param, { width, height })).toBe(end)
    })
  } else if (atMost1080p) {
    test.each([
      [1920, 1080, DONE],
      [1080, 1920, DONE],
      [1, 1, DONE],
      [1921, 1080, 'InvalidFile.Resolution'],
      [1920, 1081, 'InvalidFile.Resolution'],
      [1081, 1920, 'InvalidFile.Resolution'],
    ])('%i x %i pixels: %s', async (width, height, end) => {
      expect(await withFile(action, param, { width, height })).toBe(end)
    })
  } else {
    test('may be of any size', async () => {
      expect(await withFile(action, param, { width: 1, height: 1 })).toBe(DONE)
      expect(await withFile(action, param, { width: 100_000, height: 100_000 })).toBe(DONE)
    })
  }
})

describe('a film for AbstractFilmVideo', () => {
  test.each([
    [120, DONE],
    [119.9, 'InvalidFile.Content'],
    [0, 'InvalidFile.Content'],
    [100_000, DONE],
  ])('may last %i seconds: %s', async (duration, end) => {
    expect(await withFile('AbstractFilmVideo', 'VideoUrl', { duration })).toBe(end)
  })

  test('that nobody has declared is long enough', async () => {
    const { outcome } = jobWorld()
    expect((await outcome('AbstractFilmVideo', exampleOf('AbstractFilmVideo'))).Status).toBe(DONE)
  })
})

describe('what is cut off is not billed', () => {
  /** Seconds that are billed for a job on files of such lengths. */
  const billed = async (action: string, params: Params, durations: Readonly<Record<string, number>>): Promise<number | undefined> => {
    const world = jobWorld()
    for (const [name, duration] of Object.entries(durations)) await world.declare(fileUrl(name), { duration })
    await world.made(action, params)
    return world.account.usage.report().actions.find((each) => each.action === `videoenhan.${action}`)?.units
  }
  const VideoUrl = fileUrl('in.mp4')
  const film = (name: string) => ({ Type: 'video', FileUrl: fileUrl(name), FileName: name })

  test.each([
    ['AbstractEcommerceVideo', { Duration: 5 }, 180, 180],
    ['AbstractEcommerceVideo', { Duration: 5 }, 180.5, 180],
    ['AbstractFilmVideo', { Length: 5 }, 7200, 7200],
    ['AbstractFilmVideo', { Length: 5 }, 7201, 7200],
    ['ChangeVideoSize', { Width: 100, Height: 100 }, 7199.5, 7200],
    ['ChangeVideoSize', { Width: 100, Height: 100 }, 9000, 7200],
    ['EraseVideoLogo', {}, 9000, 9000],
  ])('%s with %o of a video of %s seconds: %i', async (action, params, duration, seconds) => {
    expect(await billed(action, { VideoUrl, ...params }, { 'in.mp4': duration })).toBe(seconds)
  })

  test.each([
    ['their length', { 'a.mp4': 100, 'b.mp4': 80 }, 180],
    ['3 minutes and no more', { 'a.mp4': 100, 'b.mp4': 81 }, 180],
  ])('GenerateVideo from videos, its length adapted: %s', async (_, durations, seconds) => {
    expect(await billed('GenerateVideo', { DurationAdaption: true, FileList: Object.keys(durations).map(film) }, durations)).toBe(seconds)
  })

  test('GenerateVideo makes 20 seconds unless told otherwise', async () => {
    expect(await billed('GenerateVideo', { FileList: [film('a.mp4')] }, { 'a.mp4': 100 })).toBe(20)
    expect(await billed('GenerateVideo', { FileList: [film('a.mp4')], Duration: '7.5' }, { 'a.mp4': 100 })).toBe(8)
  })
})

describe('of several files, each is looked at', () => {
  const [video, face] = [fileUrl('v.mp4'), fileUrl('f.png')]

  test.each([
    ['VideoURL', 'http://10.0.0.1/a.mp4', 'InvalidFile.Unsafe'],
    ['PostURL', 'http://b.oss-cn-beijing.aliyuncs.com/a.png', 'InvalidFile.Region'],
    ['ReferenceURL', fileUrl('face.gif'), 'InvalidFile.Type'],
  ])('MergeVideoFace names %s where its URL is wrong', async (param, url, refused) => {
    const { outcome } = jobWorld()
    const end = await outcome('MergeVideoFace', { VideoURL: video, PostURL: face, ReferenceURL: face, [param]: url })
    expect(end).toEqual({ refused, message: expect.stringContaining(`"${param}"`) })
  })

  test.each(['VideoURL', 'PostURL', 'ReferenceURL'])('MergeVideoFace names %s where its content is wrong', async (param) => {
    const { outcome, declare } = jobWorld()
    const broken = fileUrl('broken')
    await declare(broken, { defect: 'cannot be decoded' })
    const end = await outcome('MergeVideoFace', { VideoURL: video, PostURL: face, ReferenceURL: face, [param]: broken })
    expect(end).toMatchObject({ ErrorCode: 'InvalidFile.Decode', ErrorMessage: expect.stringContaining(`"${param}"`) })
  })

  test('GenerateVideo names the file in its list', async () => {
    const { outcome, declare } = jobWorld()
    await declare(fileUrl('b.mp4'), { bytes: 1024 ** 3 + 1 })
    const FileList = ['a.mp4', 'b.mp4'].map((name) => ({ Type: 'video', FileUrl: fileUrl(name), FileName: name }))
    const end = await outcome('GenerateVideo', { FileList })
    expect(end).toMatchObject({ ErrorCode: 'InvalidFile.Content', ErrorMessage: expect.stringContaining('"FileList.2.FileUrl"') })
  })
})
