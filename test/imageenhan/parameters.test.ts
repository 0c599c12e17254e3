import { describe, expect, test } from 'vitest'
import { actions, exampleOf, fileUrl, manual, type Params, useImageWorlds } from './support.js'

const { imageWorld } = useImageWorlds()

/** Rows `[Action, parameter, …]` of everything that the manual says in a field. */
const rows = <Value>(pick: (entry: (typeof actions)[number][1]) => Readonly<Record<string, Value>> | undefined) =>
  actions.flatMap(([action, entry]) => Object.entries(pick(entry) ?? {}).map(([param, value]) => [action, param, value] as const))

const refusal = async (action: string, params: Params) => {
  const { call } = imageWorld()
  const { status, body, headers } = await call(`imageenhan.${action}`, params)
  return { status, code: body.Code, message: body.Message, reason: headers['x-emulator-reason'] }
}

const parameterError = (param: string) => ({
  status: 400,
  code: 'ParameterError',
  message: `The parameter "${param}" is missing or not valid.`,
  reason: expect.stringContaining(param),
})

describe('a parameter that is missing', () => {
  const required = actions.flatMap(([action, { required }]) => required.map((param) => [action, param] as const))
  test.each([...required, ['GetAsyncJobResult', 'JobId'] as const])('%s: %s', async (action, param) => {
    expect(await refusal(action, exampleOf(action, { [param]: undefined }))).toEqual(parameterError(param))
  })

  const optional = actions.flatMap(([action, { required, example, others = [] }]) =>
    Object.keys(example)
      .filter((param) => !required.includes(param) && !others.includes(param) && !(action === 'RecolorHDImage' && param === 'RefUrl'))
      .map((param) => [action, param] as const),
  )
  test.each(optional)('%s does without %s', async (action, param) => {
    const { codeOf } = imageWorld()
    expect(await codeOf(action, exampleOf(action, { [param]: undefined }))).toBe('ok')
  })
})

describe.each(rows(({ integers }) => integers))('%s: the whole number %s', (action, param, [min, max]) => {
  test.each([min, max])('%d is taken', async (value) => {
    const { codeOf } = imageWorld()
    expect(await codeOf(action, exampleOf(action, { [param]: value }))).toBe('ok')
  })
  test.each([min - 1, max + 1, `${min}.5`, 'many'])('%s is refused', async (value) => {
    expect(await refusal(action, exampleOf(action, { [param]: value }))).toEqual(parameterError(param))
  })
})

describe.each(rows(({ floats }) => floats))('%s: the number %s', (action, param, [min, max]) => {
  test.each([min, (min + max) / 2, max])('%d is taken', async (value) => {
    const { codeOf } = imageWorld()
    expect(await codeOf(action, exampleOf(action, { [param]: value }))).toBe('ok')
  })
  test.each([min - 0.001, max + 0.001, 'half', 'NaN'])('%s is refused', async (value) => {
    expect(await refusal(action, exampleOf(action, { [param]: value }))).toEqual(parameterError(param))
  })
})

describe.each(rows(({ enums }) => enums))('%s: the choice %s', (action, param, choices) => {
  test.each(choices)('%s is taken', async (value) => {
    const { codeOf } = imageWorld()
    const also = value === 'TEMPLATE' ? { 'ColorTemplate.1.Color': '056A6B' } : value === 'REF_PIC' ? { RefUrl: fileUrl('ref.png') } : {}
    expect(await codeOf(action, exampleOf(action, { [param]: value, ...also }))).toBe('ok')
  })
  test.each([
    'other',
    `${choices[0]}x`,
    (choices[0] as string).toUpperCase() === choices[0] ? (choices[0] as string).toLowerCase() : 'PNG',
  ])('%s is refused', async (value) => {
    if (choices.includes(value)) return
    expect(await refusal(action, exampleOf(action, { [param]: value }))).toEqual(parameterError(param))
  })
})

const urls = actions.flatMap(([action, { files }]) => Object.keys(files).map((param) => [action, param] as const))

describe.each(urls)('%s: the URL %s', (action, param) => {
  test.each([
    ['is empty', '', 'InvalidImage.Content'],
    ['is no URL', 'picture.jpg', 'InvalidImage.URL'],
    ['is of another protocol', 'ftp://b.oss-cn-shanghai.aliyuncs.com/a.jpg', 'InvalidImage.URL'],
    ['holds Chinese characters', 'http://b.oss-cn-shanghai.aliyuncs.com/图.jpg', 'InvalidImage.URL'],
    ['leads somewhere else than to OSS', 'http://www.example.com/a.jpg', 'IllegalUrlParameter'],
    ['leads to a bucket in another region', 'http://b.oss-cn-beijing.aliyuncs.com/a.jpg', 'InvalidImage.Region'],
    ['leads to a host of transfer acceleration', 'http://b.oss-accelerate.aliyuncs.com/a.jpg', 'InvalidImage.Region'],
    ['leads to a private address', 'http://192.168.0.1/a.jpg', 'InvalidImage.Unsafe'],
    ['holds a password', 'http://me:secret@b.oss-cn-shanghai.aliyuncs.com/a.jpg', 'InvalidImage.Unsafe'],
    ['leads to a video', 'http://b.oss-cn-shanghai.aliyuncs.com/a.mp4', 'InvalidImage.Content'],
  ])('%s', async (_case, value, code) => {
    const { account } = imageWorld()
    const answer = await refusal(action, exampleOf(action, { [param]: value }))
    expect(answer).toMatchObject({ status: 400, code, reason: expect.stringMatching(new RegExp(`^${param} `)) })
    expect(account.jobs.unfinished).toBe(0)
  })
})

describe('IntelligentComposition: NumBoxes', () => {
  test.each([
    [undefined, 5],
    [1, 1],
    [10, 10],
    [0, 1],
    [-3, 1],
    [11, 10],
    [2_000_000, 10],
  ])('%s gives %d boxes', async (NumBoxes, count) => {
    const { data } = imageWorld()
    expect((await data('IntelligentComposition', exampleOf('IntelligentComposition', { NumBoxes }))).Elements).toHaveLength(count)
  })
  test.each(['five', '2.5'])('%s is refused', async (NumBoxes) => {
    expect(await refusal('IntelligentComposition', exampleOf('IntelligentComposition', { NumBoxes }))).toEqual(parameterError('NumBoxes'))
  })
})

describe.each(['RecolorImage', 'RecolorHDImage'])('%s: colours', (action) => {
  const given = (changes: Params): Params => ({ Url: fileUrl('a.png'), Degree: '0.5', ...changes })
  const palette = (count: number) => Array.from({ length: count }, (_, index) => ({ Color: `0A0B0${index}` }))

  test.each<[string, Params, number]>([
    ['Mode is left out', {}, 1],
    ['AUTO', { Mode: 'AUTO' }, 1],
    ['AUTO with ColorCount', { Mode: 'AUTO', ColorCount: 8 }, 8],
    ['AUTO, which passes over the others', { ColorCount: 2, ColorTemplate: palette(1), RefUrl: 'http://192.168.0.1/a.gif' }, 2],
    ['TEMPLATE with one colour', { Mode: 'TEMPLATE', ColorTemplate: palette(1) }, 1],
    ['TEMPLATE with seven colours, which passes over ColorCount', { Mode: 'TEMPLATE', ColorTemplate: palette(7), ColorCount: 3 }, 1],
    ['TEMPLATE with a JSON array', { Mode: 'TEMPLATE', ColorTemplate: JSON.stringify(palette(3)) }, 1],
    ['TEMPLATE with a # as in the text of the manual', { Mode: 'TEMPLATE', ColorTemplate: [{ Color: '#0000FF' }] }, 1],
    ['REF_PIC', { Mode: 'REF_PIC', RefUrl: fileUrl('b.png'), ColorCount: 3 }, 1],
  ])('%s', async (_case, changes, count) => {
    const { data } = imageWorld()
    expect((await data(action, given(changes))).ImageList).toHaveLength(count)
  })

  test.each<[string, Params, string]>([
    ['TEMPLATE without a palette', { Mode: 'TEMPLATE' }, 'ColorTemplate'],
    ['TEMPLATE with a palette of none', { Mode: 'TEMPLATE', ColorTemplate: '[]' }, 'ColorTemplate'],
    ['TEMPLATE with eight colours', { Mode: 'TEMPLATE', ColorTemplate: palette(8) }, 'ColorTemplate'],
    ['TEMPLATE with eight colours as JSON', { Mode: 'TEMPLATE', ColorTemplate: JSON.stringify(palette(8)) }, 'ColorTemplate'],
    ['a palette that is not JSON', { Mode: 'TEMPLATE', ColorTemplate: 'red' }, 'ColorTemplate'],
    ['a colour of five digits', { Mode: 'TEMPLATE', ColorTemplate: [{ Color: '0A0B0' }] }, 'ColorTemplate.1.Color'],
    ['a colour that is none', { Mode: 'TEMPLATE', ColorTemplate: [{ Color: '0A0B0C' }, { Color: 'purple' }] }, 'ColorTemplate.2.Color'],
    ['REF_PIC without RefUrl', { Mode: 'REF_PIC' }, 'RefUrl'],
  ])('%s is refused', async (_case, changes, param) => {
    expect(await refusal(action, given(changes))).toEqual(parameterError(param))
  })

  test('REF_PIC with an empty RefUrl', async () => {
    expect(await refusal(action, given({ Mode: 'REF_PIC', RefUrl: '' }))).toMatchObject({ code: 'InvalidImage.Content' })
  })
})

test.each([
  ['RecolorHDImage', '[3F6A6B,0A0A6F]', 'ok'],
  ['RecolorHDImage', '[000001,000002,000003,000004,000005,000006,000007,000008]', 'ParameterError'],
  ['RecolorHDImage', '[3F6A6B;0A0A6F]', 'ParameterError'],
  ['RecolorImage', '[3F6A6B,0A0A6F]', 'ParameterError'],
])('%s: a list of colours in one, %s: %s', async (action, Color, code) => {
  const { codeOf } = imageWorld()
  expect(await codeOf(action, { Url: fileUrl('a.png'), Degree: 1, Mode: 'TEMPLATE', ColorTemplate: [{ Color }] })).toBe(code)
})

describe.each([
  ['ImageBlindPicWatermark', 'pic', 'LogoURL', fileUrl('logo.png')],
  ['ImageBlindCharacterWatermark', 'text', 'Text', '版权所有'],
] as const)('%s: FunctionType', (action, kind, mark, value) => {
  const all: Params = { OriginImageURL: fileUrl('a.png'), WatermarkImageURL: fileUrl('b.png'), [mark]: value }

  /** What must be given with a FunctionType, and what must not. */
  const rules = [
    ...['', '_plus', '_bold'].map((model) => [`encode_${kind}${model}`, ['OriginImageURL', mark], []] as const),
    [`decode_${kind}`, ['OriginImageURL', 'WatermarkImageURL'], [mark]] as const,
    ...['_plus', '_bold'].map((model) => [`decode_${kind}${model}`, ['WatermarkImageURL'], [mark, 'OriginImageURL']] as const),
  ]

  describe.each(rules)('%s', (FunctionType, needed, forbidden) => {
    const right: Params = { FunctionType, ...Object.fromEntries(needed.map((param) => [param, all[param]])) }

    test('with what it needs', async () => {
      const { data } = imageWorld()
      const answer = FunctionType.startsWith('encode') ? 'WatermarkImageURL' : mark === 'Text' ? 'TextImageURL' : 'LogoURL'
      expect(Object.keys(await data(action, right))).toEqual([answer])
    })
    test.each(needed)('without %s', async (param) => {
      expect(await refusal(action, { ...right, [param]: undefined })).toEqual(parameterError(param))
    })
    test('with what it must not have', async () => {
      for (const param of forbidden) expect(await refusal(action, { ...right, [param]: all[param] })).toEqual(parameterError(param))
    })
  })

  test.each([`encode_${kind}`, `encode_${kind}_plus`])(
    '%s passes over WatermarkImageURL, as the example of the manual has it',
    async (type) => {
      const { codeOf } = imageWorld()
      expect(await codeOf(action, { ...all, FunctionType: type, WatermarkImageURL: 'http://192.168.0.1/x.gif' })).toBe('ok')
    },
  )

  test.each(['encode', 'ENCODE_TEXT', 'encode_pic_text', 'decode_text_old'])('%s is none', async (FunctionType) => {
    expect(await refusal(action, { ...all, FunctionType })).toEqual(parameterError('FunctionType'))
  })
})

test.each([
  [10_000, 'ok'],
  [10_001, 'InvalidParameter.TooLarge'],
])('a text of %d characters: %s', async (count, code) => {
  const { codeOf } = imageWorld()
  expect(await codeOf('ImageBlindCharacterWatermark', exampleOf('ImageBlindCharacterWatermark', { Text: '水'.repeat(count) }))).toBe(code)
})

test.each(['00000000-0000-4000-8000-000000000000', 'x', 'x'.repeat(129)])('GetAsyncJobResult: %s is not the id of a job', async (JobId) => {
  expect(await refusal('GetAsyncJobResult', { JobId })).toEqual(parameterError('JobId'))
})

test('every parameter of the catalogue is tested above', () => {
  const { cloud } = imageWorld()
  for (const [name, { required, integers, floats, enums, others = [], files, example }] of actions) {
    const known = [required, Object.keys({ ...integers, ...floats, ...enums, ...files, ...example }), others].flat()
    const tested = new Set(known.map((param) => param.split('.', 1)[0]))
    expect([...tested].sort(), name).toEqual(Object.keys(cloud.catalogue.byId.get(`imageenhan.${name}`)?.input ?? {}).sort())
  }
  const own = cloud.catalogue.actions.filter(({ service, name }) => service.name === 'imageenhan' && name !== 'GetAsyncJobResult')
  expect(Object.keys(manual).sort()).toEqual(own.map(({ name }) => name))
})
