/** Watermarks, and what becomes of them when a video is transcoded. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addApps } from '../../support/apps.js'
import { domains, sample } from '../support.js'
import { sd, templateWorld } from './support.js'

const imageConfig = { Dx: '9', Dy: '0.1', Width: '55', Height: '0.25', ReferPos: 'BottomLeft' }

function world(options: Parameters<typeof templateWorld>[0] = {}) {
  const all = templateWorld(options)
  const { done, put } = all
  /** Uploads an image, and answers its id and its address. */
  const file = async (MediaExt = 'png', params: Record<string, string> = {}): Promise<{ MediaId: string; FileURL: string }> => {
    const ticket = await done('CreateUploadAttachedMedia', { BusinessType: 'watermark', MediaExt, ...params })
    await put(ticket, sample('sample.png'))
    return ticket
  }
  const add = async (FileUrl: string, params: Record<string, string> = {}) =>
    (await done('AddWatermark', { Name: 'logo', Type: 'Image', FileUrl, WatermarkConfig: JSON.stringify(imageConfig), ...params }))
      .WatermarkInfo
  const get = async (WatermarkId: string) => (await done('GetWatermark', { WatermarkId })).WatermarkInfo
  return { ...all, file, add, get }
}

test('an image that has been uploaded becomes a watermark, which can be changed but for its type and image', async () => {
  const { file, add, get, done } = world()
  const { FileURL } = await file()
  const info = await add(FileURL)
  expect(info).toMatchObject({ Name: 'logo', Type: 'Image', IsDefault: 'NotDefault', WatermarkConfig: JSON.stringify(imageConfig) })
  expect(info.FileUrl).toMatch(/^http:.*\?Expires=\d+&OSSAccessKeyId=.*&Signature=/)
  expect(info.FileUrl.split('?')[0]).toBe(FileURL)
  expect(await get(info.WatermarkId)).toEqual({ ...info, AppId: 'app-1000000' })
  const changed = { ...imageConfig, Dx: '0.5', Timeline: { Start: '3', Duration: 'ToEND' } }
  const answer = await done('UpdateWatermark', { WatermarkId: info.WatermarkId, Name: '水印', WatermarkConfig: JSON.stringify(changed) })
  expect(answer.WatermarkInfo).toEqual({ ...info, Name: '水印', WatermarkConfig: JSON.stringify(changed) })
  await done('UpdateWatermark', { WatermarkId: info.WatermarkId, WatermarkConfig: JSON.stringify(imageConfig) })
  expect(await get(info.WatermarkId)).toEqual({ ...info, Name: '水印', AppId: 'app-1000000' })
})

test('its address is that of the domain, where the account has one', async () => {
  const { file, add } = world({ settings: { vod: { domains } } })
  expect((await add((await file()).FileURL)).FileUrl).toMatch(/^http:\/\/vod\.example\.com\/watermark/)
})

test('the list has those of an app, newest first; a text has no address', async () => {
  const { account, file, add, textWatermark, done } = world()
  addApps(account, 'app-films')
  const { WatermarkId: image } = await add((await file()).FileURL)
  const text = await textWatermark('文字')
  const other = await textWatermark('other', { AppId: 'app-films' })
  const { WatermarkInfos } = await done('ListWatermark')
  expect(WatermarkInfos.map(({ WatermarkId }: { WatermarkId: string }) => WatermarkId)).toEqual([text, image])
  expect(WatermarkInfos[0]).toMatchObject({ Type: 'Text', Name: '文字', WatermarkConfig: '{"Content":"hello"}', AppId: 'app-1000000' })
  expect(WatermarkInfos[0]).not.toHaveProperty('FileUrl')
  expect((await done('ListWatermark', { AppId: 'app-films' })).WatermarkInfos).toMatchObject([{ WatermarkId: other, AppId: 'app-films' }])
})

test('there is one default per app, and it cannot be deleted', async () => {
  const { account, textWatermark, done, get, refusal } = world()
  addApps(account, 'app-films')
  const [first, second, other] = [await textWatermark('a'), await textWatermark('b'), await textWatermark('c', { AppId: 'app-films' })]
  for (const WatermarkId of [first, other, second]) await done('SetDefaultWatermark', { WatermarkId })
  const defaults = async () => [(await get(first)).IsDefault, (await get(second)).IsDefault, (await get(other)).IsDefault]
  expect(await defaults()).toEqual(['NotDefault', 'Default', 'Default'])
  expect(await refusal('DeleteWatermark', { WatermarkId: second })).toMatchObject({ status: 403, code: 'Forbidden' })
  await done('DeleteWatermark', { WatermarkId: first })
  await done('SetDefaultWatermark', { WatermarkId: second })
  expect((await get(second)).IsDefault).toBe('Default')
})

test('with a watermark go its file and the auxiliary medium that it is, unless another has the same', async () => {
  const { file, add, done, account } = world()
  const { MediaId, FileURL } = await file()
  const { WatermarkId } = await add(FileURL)
  const { WatermarkId: twin } = await add(FileURL)
  const there = async () => {
    const { file: place } = account.vod.attachedMedia.get(MediaId) ?? {}
    const { AttachedMediaList } = await done('GetAttachedMediaInfo', { MediaIds: MediaId })
    return [AttachedMediaList.length, place && account.oss.object(place.bucket, place.key) !== undefined]
  }
  await done('DeleteWatermark', { WatermarkId })
  expect(await there()).toEqual([1, true])
  const objects = account.oss.objects.count
  await done('DeleteWatermark', { WatermarkId: twin })
  expect(await there()).toEqual([0, undefined])
  expect(account.oss.objects.count).toBe(objects - 1)
})

test('a file that VOD may not delete stays', async () => {
  const location = 'films.oss-cn-shanghai.aliyuncs.com'
  const { file, add, done, account } = world({ settings: { vod: { storages: [{ location }] } } })
  const { MediaId, FileURL } = await file('png', { StorageLocation: location })
  const { WatermarkId } = await add(FileURL)
  account.settings.change({ vod: { storages: [{ location, authorised: false }] } })
  await done('DeleteWatermark', { WatermarkId })
  expect((await done('GetAttachedMediaInfo', { MediaIds: MediaId })).AttachedMediaList).toHaveLength(1)
})

test('an account has at most 20 watermarks', async () => {
  const { account, textWatermark, refusal, done } = world()
  addApps(account, 'app-0', 'app-1')
  const ids: string[] = []
  for (let number = 0; number < 20; number++) ids.push(await textWatermark(`text${number}`, { AppId: `app-${number % 2}` }))
  const params = { Name: 'more', Type: 'Text', WatermarkConfig: '{"Content":"a"}' }
  const exceeded = { status: 400, code: 'WatermarkExceededMax', message: 'The watermark size exceeded maximum.' }
  expect(await refusal('AddWatermark', params)).toMatchObject(exceeded)
  await done('DeleteWatermark', { WatermarkId: ids[0] as string })
  await textWatermark('more')
})

describe('a video that is transcoded', () => {
  /** WatermarkIds of the streams that a group with these ids makes. */
  async function streams(
    all: ReturnType<typeof world>,
    WatermarkIds: string[],
    template: object = {},
    params: Record<string, string> = {},
  ) {
    const { add: _, done, upload, advance, play } = all
    const { TranscodeTemplateGroupId } = await done('AddTranscodeTemplateGroup', {
      Name: 'group',
      TranscodeTemplateList: JSON.stringify([{ ...sd, WatermarkIds, ...template }]),
    })
    const video = await upload({ TemplateGroupId: TranscodeTemplateGroupId, ...params })
    await advance('1m')
    return (await play(video)).body.PlayInfoList.PlayInfo.map(({ WatermarkId }: { WatermarkId?: string }) => WatermarkId)
  }

  test('has the first watermark of its template', async () => {
    const all = world()
    const id = await all.textWatermark()
    expect(await streams(all, [id, 'USER_DEFAULT_WATERMARK'])).toEqual([id])
  })

  test('has the default watermark of its app, where there is one', async () => {
    const all = world()
    addApps(all.account, 'app-films')
    expect(await streams(all, ['USER_DEFAULT_WATERMARK'])).toEqual([undefined])
    const [system, own] = [await all.textWatermark('a'), await all.textWatermark('b', { AppId: 'app-films' })]
    for (const WatermarkId of [system, own]) await all.done('SetDefaultWatermark', { WatermarkId })
    expect(await streams(all, ['USER_DEFAULT_WATERMARK'])).toEqual([system])
    expect(await streams(all, ['USER_DEFAULT_WATERMARK'], {}, { AppId: 'app-films' })).toEqual([own])
  })

  test('goes without one that was deleted', async () => {
    const all = world()
    const [gone, kept] = [await all.textWatermark('a'), await all.textWatermark('b')]
    const id = await all.add((await all.file()).FileURL)
    const group = [gone, kept, id.WatermarkId]
    const { TranscodeTemplateGroupId } = await all.done('AddTranscodeTemplateGroup', {
      Name: 'group',
      TranscodeTemplateList: JSON.stringify([{ ...sd, WatermarkIds: group }]),
    })
    await all.done('DeleteWatermark', { WatermarkId: gone })
    const video = await all.upload({ TemplateGroupId: TranscodeTemplateGroupId })
    await all.advance('1m')
    expect((await all.play(video)).body.PlayInfoList.PlayInfo).toMatchObject([{ WatermarkId: kept }])
    expect((await all.templates(TranscodeTemplateGroupId))[0].WatermarkIds).toEqual(group)
  })

  test('has no image from another storage, and none at all where only the container changes', async () => {
    const location = 'films.oss-cn-shanghai.aliyuncs.com'
    const all = world({ settings: { vod: { storages: [{ location }] } } })
    const { WatermarkId } = await all.add((await all.file('png', { StorageLocation: location })).FileURL)
    expect(await streams(all, [WatermarkId])).toEqual([undefined])
    const text = await all.textWatermark()
    expect(await streams(all, [text], { Definition: 'OD' })).toEqual([undefined])
  })
})

test('what the config of a text is given, it answers', async () => {
  const { done, get } = world()
  const given = fc
    .tuple(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => /^[\p{L}\p{N} ]+$/u.test(text)),
      fc.record(
        {
          FontName: fc.constantFrom('SimSun', 'WenQuanYi Zen Hei', 'WenQuanYi Zen Hei Mono', 'WenQuanYi Zen Hei Sharp', 'Yuanti SC'),
          FontColor: fc.constantFrom('Blue', 'White'),
          FontAlpha: fc.constantFrom('1.0', '0.5'),
          BorderColor: fc.constantFrom('Black', 'Red'),
          Top: fc.nat(4096),
          Left: fc.nat(4096),
          FontSize: fc.integer({ min: 5, max: 119 }),
          BorderWidth: fc.nat(4096),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([Content, look]) => ({ Content, ...look }))
  const { WatermarkInfo } = await done('AddWatermark', { Name: 'text', Type: 'Text', WatermarkConfig: '{"Content":"a"}' })
  await fc.assert(
    fc.asyncProperty(given, async (config) => {
      await done('UpdateWatermark', { WatermarkId: WatermarkInfo.WatermarkId, WatermarkConfig: JSON.stringify(config) })
      expect(JSON.parse((await get(WatermarkInfo.WatermarkId)).WatermarkConfig)).toEqual(config)
    }),
    { seed: 20260101, numRuns: 100 },
  )
})

describe('a WatermarkConfig is refused', () => {
  const of = (changes: object) => ({ ...imageConfig, ...changes })
  const text = (changes: object) => ({ Content: 'hello', ...changes })
  test.each<[type: string, config: object, reason: RegExp]>([
    ['Image', of({ Dx: null }), /at Dx: is missing/],
    ['Image', of({ Dx: 7 }), /at Dx: is 7, less than 8; is 7, not less than 1/],
    ['Image', of({ Dy: 4097 }), /at Dy: is 4097, more than 4096/],
    ['Image', of({ Width: 8.5 }), /at Width: is 8\.5, and not a whole number/],
    ['Image', of({ Height: 0 }), /at Height: is 0, less than 8; is 0, not more than 0/],
    ['Image', of({ ReferPos: 'BottonLeft' }), /at ReferPos: is none of BottomRight,/],
    ['Image', of({ Timeline: { Start: -1 } }), /at Timeline\.Start: is -1, less than 0/],
    ['Image', of({ Timeline: { Duration: 'ever' } }), /at Timeline\.Duration: is neither a number of seconds nor ToEND/],
    ['Text', {}, /at Content: is missing/],
    ['Text', imageConfig, /at Content: is missing/],
    ['Text', text({ FontName: 'Arial' }), /at FontName: is none of SimSun,/],
    ['Text', text({ FontColor: 'Bluish' }), /at FontColor: is none of/],
    ['Text', text({ FontAlpha: 0 }), /at FontAlpha: is 0, not more than 0/],
    ['Text', text({ BorderColor: '#fff' }), /at BorderColor: is none of/],
    ['Text', text({ Top: -1 }), /at Top: is -1, less than 0/],
    ['Text', text({ Left: 4097 }), /at Left: is 4097, more than 4096/],
    ['Text', text({ FontSize: 4 }), /at FontSize: is 4, not more than 4/],
    ['Text', text({ FontSize: 120 }), /at FontSize: is 120, not less than 120/],
    ['Text', text({ BorderWidth: 1.5 }), /at BorderWidth: is 1\.5, and not a whole number/],
  ])('of type %s: %j', async (Type, config, reason) => {
    const { file, refused, account } = world()
    const { FileURL } = await file()
    const answer = await refused('AddWatermark', { Name: 'a', Type, FileUrl: FileURL, WatermarkConfig: JSON.stringify(config) })
    expect(answer).toMatch(/^InvalidParameter WatermarkConfig /)
    expect(answer).toMatch(reason)
    expect(account.vod.watermarks.count).toBe(0)
  })
})

describe('the FileUrl of an image', () => {
  const params = { Name: 'a', Type: 'Image', WatermarkConfig: JSON.stringify(imageConfig) }
  test('is needed', async () => {
    expect(await world().refused('AddWatermark', params)).toMatch(/^MissingParameter FileUrl/)
  })

  test.each([
    'http://cdn.example.com/a.png',
    'http://films.oss-cn-shanghai.aliyuncs.com/a.mp4',
    'http://films.oss-cn-shanghai.aliyuncs.com/a.GIF',
    'logo.png',
  ])('%s leads to no image in OSS', async (FileUrl) => {
    expect(await world().refused('AddWatermark', { ...params, FileUrl })).toMatch(/^InvalidParameter FileUrl is not /)
  })

  test('leads to a file that is there, in a storage of the account', async () => {
    const { done, account, refusal, cloud } = world()
    const { FileURL } = await done('CreateUploadAttachedMedia', { BusinessType: 'watermark', MediaExt: 'png' })
    const none = { status: 404, code: 'NoSuchResource', message: 'The specified resource FileUrl does not exist.' }
    expect(await refusal('AddWatermark', { ...params, FileUrl: FileURL })).toMatchObject(none)
    for (const [owner, bucket] of [
      [account, 'own-films'],
      [cloud.createAccount(), 'other-films'],
    ] as const) {
      await owner.turn.take(async () => {
        owner.oss.createBucket(bucket, 'cn-shanghai')
        await owner.oss.putObject(bucket, 'a.png', sample('sample.png'), { contentType: 'image/png', headers: {} })
      })
      expect(await refusal('AddWatermark', { ...params, FileUrl: `http://${bucket}.oss-cn-shanghai.aliyuncs.com/a.png` })).toMatchObject(
        none,
      )
    }
  })
})
