import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Asset } from '../../src/index.js'
import { actions, exampleOf, fileUrl, flat, useImageWorlds } from './support.js'

const { imageWorld } = useImageWorlds()

const rows = actions.flatMap(([action, { files }]) => Object.entries(files).map(([param, rules]) => [action, param, rules] as const))

const URL_ = fileUrl('declared')

/** What becomes of the example of an Action whose image in `param` is declared like this: a code, or `ok`. */
async function outcome(action: string, param: string, facts: Partial<Asset>): Promise<string> {
  const { declare, call, account } = imageWorld()
  await declare(URL_, { format: 'PNG', bytes: 1000, width: 100, height: 100, ...facts })
  const { status, body, headers } = await call(`imageenhan.${action}`, exampleOf(action, { [param]: URL_ }))
  if (status !== 200) {
    expect(headers['x-emulator-reason']).toMatch(new RegExp(`^${param} `))
    return body.Code
  }
  if (action !== 'RecolorHDImage') return 'ok'
  await account.clock.advance(5000)
  const { Data } = (await call('imageenhan.GetAsyncJobResult', { JobId: body.RequestId })).body
  expect(Data.Status).toBe(Data.ErrorCode ? 'PROCESS_FAILED' : 'PROCESS_SUCCESS')
  return Data.ErrorCode ?? 'ok'
}

describe.each(rows)('%s: the image in %s', (action, param, rules) => {
  test('takes the formats of the manual and no others', async () => {
    const allowed = rules.formats.split(' ')
    for (const format of allowed) expect(await outcome(action, param, { format }), format).toBe('ok')
    const others = ['GIF', 'WEBP', 'BMP', 'TIF', 'MP4', 'SVG'].filter((format) => !allowed.includes(format))
    for (const format of others) expect(await outcome(action, param, { format }), format).toBe('InvalidImage.Content')
  })

  test('has at most so many bytes', async () => {
    const most = rules.below ? rules.maxBytes - 1 : rules.maxBytes
    expect(await outcome(action, param, { bytes: most })).toBe('ok')
    expect(await outcome(action, param, { bytes: most + 1 })).toBe('InvalidParameter.TooLarge')
    expect(await outcome(action, param, { bytes: 0 })).toBe('InvalidImage.Content')
  })

  test('has at least so many pixels', async () => {
    if (!rules.min) return expect(await outcome(action, param, { width: 1, height: 1 })).toBe('ok')
    const [width, height] = rules.min
    expect(await outcome(action, param, { width: width + 1, height: height + 1 })).toBe('ok')
    expect(await outcome(action, param, { width, height: height + 1 })).toBe('InvalidImage.Resolution')
    expect(await outcome(action, param, { width: width + 1, height })).toBe('InvalidImage.Resolution')
  })

  test('has at most so many pixels', async () => {
    const [width, height, kind] = rules.max ?? [10_001, 10_000, 'open']
    const inside = kind === 'open' ? 1 : 0
    const code = rules.max ? 'InvalidImage.Resolution' : 'Timeout'
    expect(await outcome(action, param, { width: width - inside, height: height - inside })).toBe('ok')
    expect(await outcome(action, param, { width: width - inside + 1, height: rules.max ? 100 : height })).toBe(code)
    expect(await outcome(action, param, { width: rules.max ? 100 : width, height: height - inside + 1 })).toBe(code)
  })

  test('has these channels', async () => {
    const allowed = rules.channels ?? [1, 2, 3, 4]
    for (const channels of [1, 2, 3, 4])
      expect(await outcome(action, param, { channels }), String(channels)).toBe(allowed.includes(channels) ? 'ok' : 'InvalidImage.Content')
  })

  test.each([
    ['cannot be downloaded', 'InvalidImage.Download'],
    ['cannot be decoded', 'InvalidImage.Content'],
    ['is empty', 'InvalidImage.Content'],
    ['shows something else', 'InvalidImage.Content'],
    ['is unsafe', 'InvalidImage.Unsafe'],
  ] as const)('that %s', async (defect, code) => {
    expect(await outcome(action, param, { defect })).toBe(code)
  })
})

describe('RecolorImage, REF_PIC: the image in RefUrl', () => {
  test.each<[Partial<Asset>, string]>([
    [{ width: 65, height: 65 }, 'ok'],
    [{ width: 64, height: 65 }, 'InvalidImage.Resolution'],
    [{ width: 1199, height: 1199 }, 'ok'],
    [{ width: 1200, height: 1199 }, 'InvalidImage.Resolution'],
    [{ bytes: 3 * 1024 ** 2 + 1 }, 'InvalidParameter.TooLarge'],
    [{ channels: 4 }, 'ok'],
    [{ channels: 1 }, 'InvalidImage.Content'],
    [{ format: 'WEBP' }, 'InvalidImage.Content'],
  ])('%o: %s', async (facts, code) => {
    const { declare, codeOf } = imageWorld()
    await declare(URL_, { format: 'PNG', ...facts })
    expect(await codeOf('RecolorImage', exampleOf('RecolorImage', { Mode: 'REF_PIC', RefUrl: URL_ }))).toBe(code)
  })
})

describe.each([
  ['ImageBlindPicWatermark', 'decode_pic_plus'],
  ['ImageBlindCharacterWatermark', 'decode_text_plus'],
])('%s: the image in WatermarkImageURL', (action, FunctionType) => {
  test.each<[Partial<Asset>, string]>([
    [{ width: 6, height: 6 }, 'ok'],
    [{ width: 5, height: 6 }, 'InvalidImage.Resolution'],
    [{ bytes: 3 * 1024 ** 2 }, 'ok'],
    [{ bytes: 3 * 1024 ** 2 + 1 }, 'InvalidParameter.TooLarge'],
    [{ format: 'WEBP' }, 'InvalidImage.Content'],
  ])('%o: %s', async (facts, code) => {
    const { declare, codeOf } = imageWorld()
    await declare(URL_, { format: 'PNG', ...facts })
    expect(await codeOf(action, { FunctionType, WatermarkImageURL: URL_ })).toBe(code)
  })
})

describe('EnhanceImageColor scales what is outside of its limits', () => {
  test.each([
    [65, 65, 65, 65],
    [3839, 3839, 3839, 3839],
    [64, 64, 65, 65],
    [32, 64, 65, 130],
    [3840, 1920, 3839, 1920],
    [7680, 7680, 3839, 3839],
    [10, 5000, 65, 3839],
  ])('%d x %d becomes %d x %d', async (width, height, newWidth, newHeight) => {
    const { declare, data, look } = imageWorld()
    await declare(URL_, { format: 'PNG', width, height })
    const { ImageURL } = await data('EnhanceImageColor', { ImageURL: URL_, OutputFormat: 'png', Mode: 'LogC' })
    expect(await look(ImageURL)).toMatchObject({ width: newWidth, height: newHeight })
  })
  test('its pixels too', async () => {
    const { put, data, look } = imageWorld()
    const { ImageURL } = await data('EnhanceImageColor', {
      ImageURL: await put('small.png', await flat(20, 40, '#808080')),
      OutputFormat: 'jpg',
      Mode: 'Rec709',
    })
    expect(await look(ImageURL)).toMatchObject({ format: 'jpeg', width: 65, height: 130 })
  })
})

describe('real bytes count, whatever is declared', () => {
  test('their size in pixels', async () => {
    const { put, codeOf } = imageWorld()
    expect(await codeOf('AssessExposure', { ImageURL: await put('a.png', await flat(999, 999, '#808080'), { width: 4000 }) })).toBe('ok')
    expect(await codeOf('AssessExposure', { ImageURL: await put('b.png', await flat(1000, 999, '#808080'), { width: 10 }) })).toBe(
      'InvalidImage.Resolution',
    )
  })

  test('their number', async () => {
    const { put, codeOf } = imageWorld()
    const noise = await sharp({
      create: { width: 990, height: 990, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 90 } },
    })
      .png({ compressionLevel: 0 })
      .toBuffer()
    const padded = (size: number): Buffer => Buffer.concat([noise, Buffer.alloc(size - noise.byteLength)])
    const most = 3 * 1024 ** 2 - 1
    expect(await codeOf('AssessSharpness', { ImageURL: await put('a.png', padded(most), { bytes: 9_000_000 }) })).toBe('ok')
    expect(await codeOf('AssessSharpness', { ImageURL: await put('b.png', padded(most + 1), { bytes: 1 }) })).toBe(
      'InvalidParameter.TooLarge',
    )
  })

  test('their format', async () => {
    const { put, codeOf } = imageWorld()
    expect(await codeOf('AssessSharpness', { ImageURL: await put('a.png', await flat(50, 50, '#123456', 'jpeg')) })).toBe('ok')
    expect(await codeOf('AssessSharpness', { ImageURL: await put('b.png', await flat(50, 50, '#123456', 'webp')) })).toBe(
      'InvalidImage.Content',
    )
    expect(
      await codeOf('ErasePerson', exampleOf('ErasePerson', { ImageURL: await put('c.tif', await flat(50, 50, '#123456', 'tiff')) })),
    ).toBe('ok')
  })

  test('their channels', async () => {
    const { put, codeOf } = imageWorld()
    const colour = sharp({ create: { width: 80, height: 80, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } } })
    const transparent = await put('a.png', await colour.clone().png().toBuffer(), { channels: 3 })
    const grey = await put('b.png', await colour.clone().removeAlpha().toColourspace('b-w').png().toBuffer(), { channels: 3 })
    const plain = await put('c.png', await colour.clone().removeAlpha().png().toBuffer(), { channels: 1 })
    const size = { Width: 10, Height: 10 }
    expect(await codeOf('ChangeImageSize', { ...size, Url: transparent })).toBe('InvalidImage.Content')
    expect(await codeOf('ChangeImageSize', { ...size, Url: grey })).toBe('InvalidImage.Content')
    expect(await codeOf('ChangeImageSize', { ...size, Url: plain })).toBe('ok')
    expect(await codeOf('RecolorImage', { Url: transparent })).toBe('ok')
    expect(await codeOf('RecolorImage', { Url: grey })).toBe('InvalidImage.Content')
  })

  test.each<[string, (whole: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['text', () => Buffer.from('<html>not found</html>')],
    ['cut off', (whole) => whole.subarray(0, whole.byteLength / 2)],
    ['a header and nothing else', (whole) => whole.subarray(0, 40)],
    ['damaged', (whole) => Buffer.concat([whole.subarray(0, 60), Buffer.alloc(whole.byteLength - 60)])],
  ])('a file that is %s', async (_case, damage) => {
    const { put, codeOf } = imageWorld()
    const file = damage(await flat(300, 300, '#55aa33', 'jpeg'))
    for (const action of ['AssessSharpness', 'ColorizeImage', 'RemoveImageWatermark'])
      expect(await codeOf(action, { ImageURL: await put('broken.jpg', file) }), action).toBe('InvalidImage.Content')
  })

  test('a file that is not there, or none', async () => {
    const { declare, codeOf } = imageWorld()
    await declare(URL_, { format: 'PNG', file: '/nowhere/picture.png' })
    expect(await codeOf('ColorizeImage', { ImageURL: URL_ })).toBe('InvalidImage.Download')
    await declare(URL_, { format: 'PNG', file: '/' })
    expect(await codeOf('ColorizeImage', { ImageURL: URL_ })).toBe('InvalidImage.Download')
  })

  test('the result of one Action is the input of another', async () => {
    const { data, codeOf } = imageWorld()
    const { Url } = await data('MakeSuperResolutionImage', { Url: fileUrl('a.png'), UpscaleFactor: 2 })
    // 1600 x 1200 pixels.
    expect(await codeOf('ChangeImageSize', { Url, Width: 100, Height: 100 })).toBe('ok')
    expect(await codeOf('AssessSharpness', { ImageURL: Url })).toBe('InvalidImage.Resolution')
  })
})

describe('a job opens its images when it works on them', () => {
  const poll = async ({ call, account }: ReturnType<typeof imageWorld>, JobId: string, after: string) => {
    await account.clock.advance(after as '5s')
    return (await call('imageenhan.GetAsyncJobResult', { JobId })).body.Data
  }
  const submitted = async (world: ReturnType<typeof imageWorld>) =>
    (await world.call('imageenhan.RecolorHDImage', { Url: URL_, Degree: 1 })).body.RequestId as string

  test('and tells which one is wrong', async () => {
    const world = imageWorld()
    const Url = await world.put(
      'grey.png',
      await sharp(await flat(100, 100, '#808080'))
        .toColourspace('b-w')
        .png()
        .toBuffer(),
    )
    const { body } = await world.call('imageenhan.RecolorHDImage', { Url, Degree: 1 })
    expect(await poll(world, body.RequestId, '5s')).toEqual({
      JobId: body.RequestId,
      Status: 'PROCESS_FAILED',
      ErrorCode: 'InvalidImage.Content',
      ErrorMessage: 'The content of the image in "Url" is not valid.',
    })
  })

  test('one that never finishes is given up', async () => {
    const world = imageWorld()
    await world.declare(URL_, { format: 'PNG', defect: 'never finishes' })
    const JobId = await submitted(world)
    expect(await poll(world, JobId, '5s')).toEqual({ JobId, Status: 'PROCESSING' })
    expect(await poll(world, JobId, '1h')).toMatchObject({ Status: 'TIMEOUT_FAILED', ErrorCode: 'InternalServerError' })
  })

  test('one that fails every time is tried again in vain', async () => {
    const world = imageWorld()
    await world.declare(URL_, { format: 'PNG', defect: 'fails every time' })
    const JobId = await submitted(world)
    expect(await poll(world, JobId, '5s')).toEqual({ JobId, Status: 'PROCESSING' })
    expect(await poll(world, JobId, '1h')).toMatchObject({ Status: 'LIMIT_RETRY_FAILED', ErrorCode: 'InternalServerError' })
  })
})
