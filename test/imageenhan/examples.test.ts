import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { schemes } from '../support/cloud.js'
import { actions, exampleOf, manual, useImageWorlds } from './support.js'

const { imageWorld } = useImageWorlds()

const xml = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'ImageList' || name === 'Elements' })

const UUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/

/** What the manual puts under `Data`, beyond images and scores. */
const DATA: Readonly<Record<string, readonly string[]>> = {
  ExtendImageStyle: ['MajorUrl'],
  ChangeImageSize: ['RetainLocation'],
  IntelligentComposition: ['Elements'],
}

describe.each(schemes)('signed with %s', (scheme) => {
  describe.each(['JSON', 'XML'] as const)('answered in %s', (format) => {
    const world = () => {
      const made = imageWorld()
      const answerTo = async (action: string, params: Parameters<typeof made.send>[1]) => {
        const { status, body } = await made.send(`imageenhan.${action}`, params, { scheme, format })
        expect(status, String(body)).toBe(200)
        return format === 'JSON' ? JSON.parse(String(body)) : xml.parse(String(body))[`${action}Response`]
      }
      return { ...made, answerTo }
    }

    test.each(actions)("%s: the manual's example", async (action, { images = {}, scores = {}, list }) => {
      const { answerTo, look, account } = world()
      const answer = await answerTo(action, exampleOf(action))
      expect(answer.RequestId).toMatch(UUID)
      let { Data } = answer
      if (action === 'RecolorHDImage') {
        expect(Data).toBeUndefined()
        await account.clock.advance(5000)
        const job = await answerTo('GetAsyncJobResult', { JobId: answer.RequestId })
        expect(job.Data).toEqual({ JobId: answer.RequestId, Status: 'PROCESS_SUCCESS', Result: expect.any(String) })
        Data = JSON.parse(job.Data.Result)
      }

      const named = [...Object.keys(images), ...Object.keys(scores), ...(list ? ['ImageList'] : []), ...(DATA[action] ?? [])]
      expect(Object.keys(Data).sort()).toEqual(named.sort())
      for (const [name, [type, width, height]] of Object.entries(images))
        expect(await look(Data[name]), name).toMatchObject({ format: type, width, height })
      for (const [name, [min, max]] of Object.entries(scores)) {
        expect(Number(Data[name])).toBeGreaterThanOrEqual(min)
        expect(Number(Data[name])).toBeLessThanOrEqual(max)
      }
      if (list) {
        expect(Data.ImageList).toHaveLength(list[0])
        expect(new Set(Data.ImageList).size).toBe(list[0])
        for (const url of Data.ImageList) expect(await look(url)).toMatchObject({ format: list[1], width: 800, height: 600 })
      }
    })

    test('ExtendImageStyle: the second result is there if the image shows a person, else empty', async () => {
      const { answerTo, declare, look } = world()
      const call = exampleOf('ExtendImageStyle')
      expect((await answerTo('ExtendImageStyle', call)).Data.MajorUrl).toBe('')
      await declare(call.MajorUrl as string, { person: true })
      const { Url, MajorUrl } = (await answerTo('ExtendImageStyle', call)).Data
      expect(MajorUrl).not.toBe(Url)
      expect(await look(MajorUrl)).toMatchObject({ format: 'png', width: 800, height: 600 })
    })

    test('ChangeImageSize: where the original is in the result', async () => {
      const { answerTo } = world()
      const { RetainLocation } = (await answerTo('ChangeImageSize', exampleOf('ChangeImageSize', { Width: 300, Height: 300 }))).Data
      const numbers = Object.fromEntries(Object.entries(RetainLocation).map(([name, value]) => [name, Number(value)]))
      expect(numbers).toEqual({ Width: 300, Height: 225, X: 0, Y: 37 })
    })

    test('IntelligentComposition: boxes', async () => {
      const { answerTo } = world()
      const { Elements } = (await answerTo('IntelligentComposition', exampleOf('IntelligentComposition'))).Data
      expect(Elements).toHaveLength(5)
      for (const element of Elements) expect(Object.keys(element).sort()).toEqual(['MaxX', 'MaxY', 'MinX', 'MinY', 'Score'])
    })
  })
})

test('every Action of the service but GetAsyncJobResult has its example above', () => {
  const { cloud } = imageWorld()
  const names = cloud.catalogue.actions.filter(({ service }) => service.name === 'imageenhan').map(({ name }) => name)
  expect([...Object.keys(manual), 'GetAsyncJobResult'].sort()).toEqual(names.sort())
})

test('the buckets of the results', async () => {
  const { data } = imageWorld()
  const urls = await Promise.all(
    ['ColorizeImage', 'RemoveImageSubtitles', 'RemoveImageWatermark'].map(
      async (action) => (await data(action, exampleOf(action))).ImageURL,
    ),
  )
  expect(urls.map((url) => new URL(url).host + new URL(url).pathname.replace(/[^/]+$/, ''))).toEqual([
    'algo-app-aic-vc-cn-shanghai-prod.oss-cn-shanghai.aliyuncs.com/face-enhancement/2026-01-01/',
    'algo-app-aic-vd-cn-shanghai-prod.oss-cn-shanghai.aliyuncs.com/image-desubtitle/2026-01-01/',
    'algo-app-aic-vd-cn-shanghai-prod.oss-cn-shanghai.aliyuncs.com/image-delogo/2026-01-01/',
  ])
})

test('a result can be fetched for half an hour, and then neither by the caller nor by the service', async () => {
  const { data, codeOf, look, account } = imageWorld()
  const { ImageURL } = await data('ColorizeImage', exampleOf('ColorizeImage'))
  await account.clock.advance('1799s')
  expect(await codeOf('AssessExposure', { ImageURL })).toBe('ok')
  expect(await look(ImageURL)).toMatchObject({ format: 'jpeg' })
  await account.clock.advance('1s')
  expect(await codeOf('AssessExposure', { ImageURL })).toBe('InvalidImage.Download')
  await expect(look(ImageURL)).rejects.toThrow('Request has expired')
  // The next result takes the place of those that have expired.
  await data('ColorizeImage', exampleOf('ColorizeImage'))
  expect(await codeOf('AssessExposure', { ImageURL })).toBe('InvalidImage.Download')
})

test('the same calls give the same bytes', async () => {
  const run = async (): Promise<string[]> => {
    const { send } = imageWorld()
    const bodies: string[] = []
    for (const [action] of actions) bodies.push(String((await send(`imageenhan.${action}`, exampleOf(action))).body))
    return bodies
  }
  expect(await run()).toEqual(await run())
})

test('a score is the same whenever the same image is looked at, and differs from image to image', async () => {
  const { data } = imageWorld()
  const score = async (action: string, name: string): Promise<number> =>
    Object.values(await data(action, { ImageURL: fileOf(name) }))[0] as number
  const fileOf = (name: string): string => `http://pictures.oss-cn-shanghai.aliyuncs.com/${name}.jpg`
  for (const action of ['AssessComposition', 'AssessExposure', 'AssessSharpness']) {
    const first = await score(action, 'a')
    expect(await score(action, 'b'), action).not.toBe(first)
    expect(await score(action, 'a'), action).toBe(first)
  }
})
