/** Addresses of files of other apps: no call can have anything made of such a file, have it opened, or have it deleted. */

import { expect, test } from 'vitest'
import { putFile, sample } from '../support.js'
import { SYSTEMS, twoApps } from './support.js'

type World = Awaited<ReturnType<typeof appsWithFiles>>
type Params = Record<string, string>

const at = (bucket: string, key: string) => `http://${bucket}.oss-cn-shanghai.aliyuncs.com/${key}`

/** Two apps with videos that are transcoded, and an image and a subtitle in one of them. */
async function appsWithFiles() {
  const world = await twoApps()
  const { account, call, cloud, upload, advance, films, news } = world
  account.settings.change({ vod: { domains: [{ name: 'vod.example.com' }] } })
  const own = await upload({ AppId: films })
  const theirs = await upload({ AppId: news })
  const image = (await call('CreateUploadImage', { ImageType: 'default', ImageExt: 'png', AppId: news })).body
  await putFile(cloud, image, sample('sample.png'))
  const subtitle = (await call('CreateUploadAttachedMedia', { BusinessType: 'subtitle', MediaExt: 'vtt', AppId: news })).body
  await putFile(cloud, subtitle, Buffer.from('WEBVTT\n'))
  await advance('2m')
  const video = account.vod.videos.get(theirs)
  const [stream] = video?.streams ?? []
  const address = (file?: { bucket: string; key: string }) => at(file?.bucket ?? '', file?.key ?? '')
  const source = address(video?.file)
  return {
    ...world,
    own,
    theirs,
    source,
    sourceUnderDomain: `http://vod.example.com/${video?.file.key}`,
    stream: address(stream?.file),
    cover: address(video?.cover),
    picture: address(account.vod.images.get(image.ImageId)?.file),
    subtitle: address(account.vod.attachedMedia.get(subtitle.MediaId)?.file),
    group: (await call('ListTranscodeTemplateGroup')).body.TranscodeTemplateGroupList[0].TranscodeTemplateGroupId as string,
  }
}

const mark = { Name: 'mark', Type: 'Image', WatermarkConfig: '{"Dx":8,"Dy":8,"Width":55,"Height":55,"ReferPos":"TopLeft"}' }
const upload = { Title: 'a', FileName: 'a.mp4' }
const json = (value: unknown): string => JSON.stringify(value)

type Row = [action: string, param: string, params: (world: World) => Params]

test.each<Row>([
  ['UploadMediaByURL', 'UploadURLs', ({ source, films }) => ({ UploadURLs: source, AppId: films })],
  ['UploadMediaByURL', 'UploadURLs', ({ stream, films }) => ({ UploadURLs: stream, AppId: films })],
  [
    'UploadMediaByURL',
    'UploadMetadatas',
    ({ picture, films }) => ({
      UploadURLs: 'http://example.com/a.mp4',
      UploadMetadatas: json([{ SourceURL: 'http://example.com/a.mp4', Title: 'a', CoverURL: picture }]),
      AppId: films,
    }),
  ],
  ['RegisterMedia', 'RegisterMetadatas', ({ source }) => ({ RegisterMetadatas: json([{ FileURL: source, Title: 'a' }]) })],
  ['RegisterMedia', 'RegisterMetadatas', ({ stream }) => ({ RegisterMetadatas: json([{ FileURL: stream, Title: 'a' }]) })],
  ['CreateUploadVideo', 'CoverURL', ({ picture, films }) => ({ ...upload, CoverURL: picture, AppId: films })],
  ['CreateUploadVideo', 'CoverURL', ({ sourceUnderDomain, films }) => ({ ...upload, CoverURL: sourceUnderDomain, AppId: films })],
  ['UpdateVideoInfo', 'CoverURL', ({ own, cover }) => ({ VideoId: own, CoverURL: cover })],
  ['UpdateVideoInfo', 'CoverURL', ({ own, source }) => ({ VideoId: own, CoverURL: source })],
  // What reads URLs leniently reads this, too.
  ['UpdateVideoInfo', 'CoverURL', ({ own, source }) => ({ VideoId: own, CoverURL: source.replace('http://', 'HTTP:') })],
  ['UpdateVideoInfos', 'UpdateContent', ({ own, picture }) => ({ UpdateContent: json([{ VideoId: own, CoverURL: picture }]) })],
  ['AddWatermark', 'FileUrl', ({ picture, films }) => ({ ...mark, FileUrl: picture, AppId: films })],
  ['AddEditingProject', 'CoverURL', ({ picture }) => ({ Title: 'a', CoverURL: picture })],
  [
    'ProduceEditingProjectVideo',
    'MediaMetadata',
    ({ own, picture, films }) => ({
      Timeline: json({ VideoTracks: [{ VideoTrackClips: [{ MediaId: own }] }] }),
      MediaMetadata: json({ CoverURL: picture }),
      AppId: films,
    }),
  ],
  [
    'SubmitTranscodeJobs',
    'OverrideParams',
    ({ own, group, subtitle }) => ({
      VideoId: own,
      TemplateGroupId: group,
      OverrideParams: json({ SubtitleSetting: { SubtitleList: [{ SubtitleUrl: subtitle, CharEncode: 'UTF-8' }] } }),
    }),
  ],
  ['DeleteImage', 'ImageURLs', ({ picture }) => ({ DeleteImageType: 'ImageURL', ImageURLs: picture })],
])('%s: %s leads to a file of another app', async (action, param, paramsOf) => {
  const world = await appsWithFiles()
  const { filmmaker, attach, account } = world
  await attach('filmmaker', 'VODAppFullAccess', SYSTEMS)
  const stored = async () => {
    const { tables } = await account.export()
    return ['vod.videos', 'vod.uploadJobs', 'vod.watermarks', 'vod.editingProjects', 'oss.objects'].map((name) => tables[name])
  }
  const before = await stored()
  const refusal = await filmmaker.refusal(action, paramsOf(world))
  expect(refusal).toMatchObject({ status: 403, code: 'Forbidden' })
  expect(decodeURIComponent(refusal.reason ?? '')).toMatch(new RegExp(`^${param} .*leads to a file of an app in which`))
  expect(await stored()).toEqual(before)
})

test('who has full access to both apps may have a file of one in the other', async () => {
  const { filmmaker, attach, news, films, own, picture, source } = await appsWithFiles()
  await attach('filmmaker', 'VODAppFullAccess', news)
  expect((await filmmaker.call('UpdateVideoInfo', { VideoId: own, CoverURL: picture })).status).toBe(200)
  expect((await filmmaker.call('UploadMediaByURL', { UploadURLs: source, AppId: films })).status).toBe(200)
})

test('files of its own app, of no medium, and elsewhere are anything but closed', async () => {
  const { filmmaker, account, films, own } = await appsWithFiles()
  const { file } = account.vod.videos.get(own) ?? { file: { bucket: '', key: '' } }
  for (const UploadURLs of [at(file.bucket, file.key), at(file.bucket, 'none.mp4'), 'http://example.com/a.mp4'])
    expect((await filmmaker.call('UploadMediaByURL', { UploadURLs, AppId: films })).status).toBe(200)
})

test('a watermark that is deleted leaves its image to the app that it has been moved to', async () => {
  const { filmmaker, call, cloud, account, films, news } = await twoApps()
  const ticket = (await call('CreateUploadAttachedMedia', { BusinessType: 'watermark', MediaExt: 'png', AppId: films })).body
  await putFile(cloud, ticket, sample('sample.png'))
  const { file } = account.vod.attachedMedia.get(ticket.MediaId) ?? { file: { bucket: '', key: '' } }
  const { WatermarkId } = (await filmmaker.body('AddWatermark', { ...mark, FileUrl: at(file.bucket, file.key), AppId: films }))
    .WatermarkInfo
  await call('MoveAppResource', { ResourceType: 'attached', ResourceIds: ticket.MediaId, TargetAppId: news })
  expect((await filmmaker.call('DeleteWatermark', { WatermarkId })).status).toBe(200)
  expect(account.oss.object(file.bucket, file.key)).toBeDefined()
})
