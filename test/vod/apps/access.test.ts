/** Who sees and changes what: media of the apps in which something was granted, in lists, searches and calls for one. */

import { describe, expect, test } from 'vitest'
import { decode, sample } from '../support.js'
import { appWorld, SYSTEMS, twoApps } from './support.js'

type World = Awaited<ReturnType<typeof twoApps>>
type Who = World['nobody']

/** Ids of the videos that somebody finds: by list, by search, and by their ids; each with the total it is given. */
async function videosOf(who: Who, { film, report, other }: World) {
  const list = await who.body('GetVideoList')
  const search = await who.body('SearchMedia')
  const infos = await who.body('GetVideoInfos', { VideoIds: `${film},${report},${other}` })
  const one = []
  for (const VideoId of [film, report, other]) if ((await who.call('GetVideoInfo', { VideoId })).status === 200) one.push(VideoId)
  const idsOf = (videos: { VideoId: string }[] = []) => videos.map(({ VideoId }) => VideoId).sort()
  const found = (search.MediaList as { MediaId: string }[]).map(({ MediaId }) => MediaId).sort()
  return {
    list: idsOf(list.VideoList.Video),
    listed: list.Total,
    search: found,
    searched: search.Total,
    infos: idsOf(infos.VideoList),
    missing: ((infos.NonExistVideoIds ?? []) as string[]).toSorted(),
    one: one.sort(),
  }
}

const seeing = (all: string[], seen: string[]) => ({
  list: seen.toSorted(),
  listed: seen.length,
  search: seen.toSorted(),
  searched: seen.length,
  infos: seen.toSorted(),
  missing: all.filter((each) => !seen.includes(each)).sort(),
  one: seen.toSorted(),
})

describe('who sees which videos', () => {
  test.each<[name: string, who: (world: World) => Who | Promise<Who>, seen: ('film' | 'report' | 'other')[]]>([
    ['the account itself: all', ({ as, account }) => as(account.ram.rootKey), ['film', 'report', 'other']],
    ['a user with full access: those of the app', ({ filmmaker }) => filmmaker, ['film']],
    ['a user who may read: the same', ({ critic }) => critic, ['film']],
    ["a user to whom nothing was granted: those of the system's app", ({ nobody }) => nobody, ['other']],
    [
      'a user of two apps: those of both',
      async ({ userWith, attach, news, films }) => {
        const both = await userWith('both', 'VODAppFullAccess', news)
        await attach('both', 'VODAppReadOnlyAccess', films)
        return both
      },
      ['film', 'report'],
    ],
    ['an administrator: all', ({ userWith }) => userWith('admin', 'VODAppAdministratorAccess'), ['film', 'report', 'other']],
    [
      'a session of a role: those of its app',
      async ({ role, attach, as, news }) => {
        await attach('editors', 'VODAppFullAccess', news, 'RamRole')
        return as(role('editors'))
      },
      ['report'],
    ],
    [
      'a user with the name of such a role: nothing of it',
      async ({ attach, as, user, news }) => {
        await attach('editors', 'VODAppFullAccess', news, 'RamRole')
        return as(user('editors'))
      },
      ['other'],
    ],
  ])('%s', async (_name, who, seen) => {
    const world = await twoApps()
    const { film, report, other } = world
    expect(await videosOf(await who(world), world)).toEqual(
      seeing(
        [film, report, other],
        seen.map((name) => world[name]),
      ),
    )
  })

  test('what is withdrawn is seen no more', async () => {
    const world = await twoApps()
    const { filmmaker, attach, detach, films, news, film, report, other } = world
    await attach('filmmaker', 'VODAppFullAccess', news)
    await detach('filmmaker', 'VODAppFullAccess', films)
    expect(await videosOf(filmmaker, world)).toEqual(seeing([film, report, other], [report]))
  })

  test('with the multi-app service closed, nobody is kept from anything', async () => {
    const world = await twoApps()
    world.account.settings.change({ vod: { multiApp: false } })
    const { film, report, other, filmmaker } = world
    expect((await videosOf(filmmaker, world)).list).toEqual([film, report, other].sort())
  })

  test('a search for apps finds what may be seen of them', async () => {
    const { filmmaker, films, news, film } = await twoApps()
    const found = await filmmaker.body('SearchMedia', { Match: `AppId in ('${films}','${news}')` })
    expect([found.Total, found.MediaList[0].MediaId]).toEqual([1, film])
  })

  test('why something is not found is said in the log, not in the answer', async () => {
    const { filmmaker, report } = await twoApps()
    const { reason, ...refusal } = await filmmaker.refusal('GetVideoInfo', { VideoId: report })
    expect(refusal).toEqual({ status: 404, code: 'InvalidVideo.NotFound', message: 'The video does not exist.' })
    expect(decodeURIComponent(reason ?? '')).toMatch(/in an app in which acs:ram::\d+:user\/filmmaker may look up nothing$/)
  })
})

describe('images and auxiliary media', () => {
  test('are seen by those of their app', async () => {
    const { filmmaker, nobody, films, image, attached } = await twoApps()
    const [ImageId, MediaId] = [await image(films), await attached(films)]
    const search = async (who: Who) => [
      (await who.body('SearchMedia', { SearchType: 'image' })).Total,
      (await who.body('SearchMedia', { SearchType: 'attached' })).Total,
    ]
    expect(await search(filmmaker)).toEqual([1, 1])
    expect(await search(nobody)).toEqual([0, 0])
    expect((await filmmaker.body('GetImageInfo', { ImageId })).ImageInfo.AppId).toBe(films)
    expect(await nobody.code('GetImageInfo', { ImageId })).toBe('NoSuchResource')
    expect(await nobody.body('GetAttachedMediaInfo', { MediaIds: MediaId })).toMatchObject({
      AttachedMediaList: [],
      NonExistMediaIds: [MediaId],
    })
  })
})

describe('changes', () => {
  test('full access changes and deletes media of its app, and lists others as forbidden', async () => {
    const { filmmaker, call, film, report } = await twoApps()
    const UpdateContent = JSON.stringify([film, report, 'none'].map((VideoId) => ({ VideoId, Title: 'new' })))
    expect(await filmmaker.body('UpdateVideoInfos', { UpdateContent })).toMatchObject({
      ForbiddenVideoIds: [report],
      NonExistVideoIds: ['none'],
    })
    expect((await call('GetVideoInfo', { VideoId: film })).body.Video.Title).toBe('new')
    expect((await call('GetVideoInfo', { VideoId: report })).body.Video.Title).toBe('film')
    expect(await filmmaker.body('DeleteMezzanines', { VideoIds: `${report},none` })).toMatchObject({
      UnRemoveableVideoIds: [report],
      NonExistVideoIds: ['none'],
    })
    expect(await filmmaker.body('DeleteVideo', { VideoIds: `${film},${report},none` })).toMatchObject({
      ForbiddenVideoIds: [report],
      NonExistVideoIds: ['none'],
    })
    expect(await filmmaker.body('DeleteVideo', { VideoIds: report })).toMatchObject({ ForbiddenVideoIds: [report] })
    expect((await call('GetVideoInfos', { VideoIds: `${film},${report}` })).body).toMatchObject({ NonExistVideoIds: [film] })
  })

  test('who may only read looks everything up, and changes nothing', async () => {
    const { critic, call, film, films } = await twoApps()
    const before = (await call('GetVideoInfo', { VideoId: film })).body.Video
    expect((await critic.body('GetVideoInfo', { VideoId: film })).Video).toEqual(before)
    expect(await critic.refusal('UpdateVideoInfo', { VideoId: film, Title: 'new' })).toMatchObject({
      status: 403,
      code: 'Forbidden',
      message: 'User not authorized to operate on the specified resource.',
    })
    expect(await critic.body('DeleteVideo', { VideoIds: film })).toMatchObject({ ForbiddenVideoIds: [film] })
    expect(await critic.code('CreateUploadVideo', { Title: 'a', FileName: 'a.mp4', AppId: films })).toBe('Forbidden')
    expect(await critic.code('RefreshUploadVideo', { VideoId: film })).toBe('Forbidden')
    expect((await call('GetVideoInfo', { VideoId: film })).body.Video).toEqual(before)
  })

  test('uploads go to the app that is named, if who calls may change something there', async () => {
    const { filmmaker, films, news } = await twoApps()
    const upload = { Title: 'a', FileName: 'a.mp4' }
    const { VideoId } = await filmmaker.body('CreateUploadVideo', { ...upload, AppId: films })
    expect((await filmmaker.body('GetVideoInfo', { VideoId })).Video.AppId).toBe(films)
    for (const elsewhere of [{ ...upload, AppId: news }, upload])
      expect(await filmmaker.code('CreateUploadVideo', elsewhere)).toBe('Forbidden')
    expect(await filmmaker.code('CreateUploadVideo', { ...upload, AppId: 'app-none' })).toBe('InvalidParameter')
    expect(await filmmaker.code('UploadMediaByURL', { UploadURLs: 'http://example.com/a.mp4', AppId: news })).toBe('Forbidden')
  })

  test("what is registered goes to the system's own app, and so needs access to that", async () => {
    const { filmmaker, nobody, account, film } = await twoApps()
    const { bucket } = account.vod.videos.get(film)?.file ?? { bucket: '' }
    await account.oss.putObject(bucket, 'a.mp4', sample('sample.mp4'), {})
    const FileURL = `https://${bucket}.oss-cn-shanghai.aliyuncs.com/a.mp4`
    const register = { RegisterMetadatas: JSON.stringify([{ FileURL, Title: 'a' }]) }
    const { count } = account.vod.videos
    expect(await filmmaker.code('RegisterMedia', register)).toBe('Forbidden')
    expect(account.vod.videos.count).toBe(count)
    expect((await nobody.body('RegisterMedia', register)).RegisteredMediaList).toMatchObject([{ NewRegister: true }])
  })

  test('media that a JSON document names are kept to, too', async () => {
    const { filmmaker, call, films, report, image, attached, news } = await twoApps()
    const [ImageId, MediaId] = [await image(news), await attached(news)]
    const UpdateContent = (name: string, id: string) => ({ UpdateContent: JSON.stringify([{ [name]: id, Title: 'new' }]) })
    expect((await filmmaker.body('UpdateImageInfos', UpdateContent('ImageId', ImageId))).NonExistImageIds.ImageId).toEqual([ImageId])
    expect((await filmmaker.body('UpdateAttachedMediaInfos', UpdateContent('MediaId', MediaId))).NonExistMediaIds).toEqual([MediaId])
    expect((await filmmaker.body('DeleteAttachedMedia', { MediaIds: MediaId })).NonExistMediaIds).toEqual([MediaId])
    const Timeline = JSON.stringify({ VideoTracks: [{ VideoTrackClips: [{ MediaId: report }] }] })
    expect(await filmmaker.code('ProduceEditingProjectVideo', { Timeline, AppId: films })).toBe('Forbidden')
    expect(await filmmaker.code('CreateAudit', { AuditContent: JSON.stringify([{ VideoId: report, Status: 'Normal' }]) })).toBe('Forbidden')
    expect((await call('GetImageInfo', { ImageId })).body.ImageInfo).not.toHaveProperty('Title')
  })

  test('templates and watermarks of other apps may be used, and not changed', async () => {
    const { filmmaker, call, films } = await twoApps()
    const watermark = { Name: 'mark', Type: 'Text', WatermarkConfig: '{"Content":"a"}' }
    const { WatermarkId } = (await call('AddWatermark', watermark)).body.WatermarkInfo
    expect((await filmmaker.body('GetWatermark', { WatermarkId })).WatermarkInfo.AppId).toBe(SYSTEMS)
    expect(await filmmaker.code('DeleteWatermark', { WatermarkId })).toBe('Forbidden')
    const own = (await filmmaker.body('AddWatermark', { ...watermark, AppId: films })).WatermarkInfo.WatermarkId
    expect((await filmmaker.call('DeleteWatermark', { WatermarkId: own })).status).toBe(200)
    expect((await call('GetWatermark', { WatermarkId })).status).toBe(200)
  })

  test('callbacks are set and read by those of the app', async () => {
    const { filmmaker, critic, films, news } = await twoApps()
    const CallbackURL = 'http://example.com'
    expect((await filmmaker.call('SetMessageCallback', { CallbackURL, AppId: films })).status).toBe(200)
    expect(await critic.code('SetMessageCallback', { CallbackURL, AppId: films })).toBe('Forbidden')
    expect((await critic.body('GetMessageCallback', { AppId: films })).MessageCallback.CallbackURL).toBe(CallbackURL)
    expect(await critic.code('GetMessageCallback', { AppId: news })).toBe('Forbidden')
  })

  test('what belongs to a video goes with it, whoever deletes it', async () => {
    const { filmmaker, account, film } = await twoApps()
    const { file } = account.vod.videos.get(film) ?? { file: { bucket: '', key: '' } }
    account.vod.aiImages.put({
      aiImageInfoId: 'cover',
      videoId: film,
      jobId: 'job',
      format: 'png',
      file,
      score: 1,
      version: '1',
      createdAt: 0,
    })
    await filmmaker.call('DeleteVideo', { VideoIds: film })
    expect(account.vod.aiImages.get('cover')).toBeUndefined()
  })

  test('a category is taken from media of all apps, whoever deletes it', async () => {
    const { filmmaker, call, report } = await twoApps()
    const { CateId } = (await call('AddCategory', { CateName: 'a' })).body.Category
    await call('UpdateVideoInfo', { VideoId: report, CateId })
    await filmmaker.call('DeleteCategory', { CateId })
    expect((await call('GetVideoInfo', { VideoId: report })).body.Video.CateId).toBeUndefined()
  })
})

describe('playback', () => {
  test('addresses and credentials are for those of the app; a credential plays for everybody', async () => {
    const { createApp, userWith, user, as, upload, advance, account } = appWorld()
    const films = await createApp('films')
    const filmmaker = await userWith('filmmaker', 'VODAppReadOnlyAccess', films)
    const nobody = as(user('nobody'))
    const VideoId = await upload({ AppId: films })
    await advance('1m')
    expect((await filmmaker.call('GetPlayInfo', { VideoId })).status).toBe(200)
    for (const action of ['GetPlayInfo', 'GetVideoPlayAuth']) expect(await nobody.code(action, { VideoId })).toBe('InvalidVideo.NotFound')
    const { AccessKeyId = '' } = decode((await filmmaker.body('GetVideoPlayAuth', { VideoId })).PlayAuth)
    const player = as(account.ram.find(AccessKeyId) as never)
    expect((await player.call('GetPlayInfo', { VideoId })).status).toBe(200)
  })
})

describe('an account without apps of its own', () => {
  test('is the same for everybody, with what is left of a deleted video', async () => {
    const { upload, advance, as, user, account } = appWorld()
    const alice = as(user('alice'))
    const VideoId = await upload()
    await advance('1m')
    const TranscodeTaskId = account.vod.transcodeTasks.getBy('video', VideoId)?.taskId ?? ''
    await alice.call('DeleteVideo', { VideoIds: VideoId })
    expect((await alice.call('GetTranscodeTask', { TranscodeTaskId })).status).toBe(200)
  })
})
