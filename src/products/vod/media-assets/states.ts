/** States of media assets. */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { defineProviderState, type ProviderState, StateError } from '../../../product/provider-state.js'
import type { File } from '../shared/media/file.js'
import { storeSample } from '../shared/media/files.js'
import { newId } from '../shared/media/new-id.js'
import { playableVideo } from '../upload/states.js'

const category = defineProviderState({
  name: 'a category',
  means: 'The account has a category of media.',
  params: z.looseObject({}).describe('parameters of AddCategory, instead of those of its example'),
  gives: { CateId: 'id of the category', ParentId: 'the same' },
  meantFor: ['CateId', 'ParentId'],
  async apply({ call }, _words, params) {
    const { Category } = await call('vod.AddCategory', params)
    const CateId = String(Category.CateId)
    return { values: { CateId, ParentId: CateId } }
  },
})

const image = defineProviderState({
  name: 'an image',
  means: 'An image has been created and its file uploaded.',
  params: z.looseObject({}).describe('parameters of CreateUploadImage, instead of those of its example'),
  gives: { ImageId: 'id of the image', ImageIds: 'the same', ImageURLs: 'its address' },
  meantFor: ['ImageId', 'ImageIds', 'ImageURLs'],
  async apply({ account, call }, _words, params) {
    const { ImageId, ImageURL } = await call('vod.CreateUploadImage', params)
    await store(account, account.vod.images.get(ImageId)?.file)
    return { values: { ImageId, ImageIds: ImageId, ImageURLs: ImageURL } }
  },
})

const attachedMedium = defineProviderState({
  name: 'an auxiliary medium',
  means: 'A watermark, subtitle or material has been created and its file uploaded.',
  params: z.looseObject({}).describe('parameters of CreateUploadAttachedMedia, instead of those of its example'),
  gives: { MediaId: 'id of the medium', MediaIds: 'the same' },
  async apply({ account, call }, _words, params) {
    const { MediaId } = await call('vod.CreateUploadAttachedMedia', params)
    await store(account, account.vod.attachedMedia.get(MediaId)?.file)
    return { values: { MediaId, MediaIds: MediaId } }
  },
})

const streamOfVideo = defineProviderState({
  name: 'a stream of a video',
  means: 'A file has been pulled from a URL and transcoded.',
  params: z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example'),
  gives: { VideoId: 'id of the video', JobIds: 'id of the job that has made the stream' },
  async apply(world, words, params) {
    const { VideoId = '' } = (await playableVideo.apply(world, words, params as never)).values ?? {}
    const JobIds = world.account.vod.videos.get(VideoId)?.streams[0]?.jobId
    if (JobIds === undefined) throw new StateError('the video has no stream')
    return { values: { VideoId, JobIds } }
  },
})

const dynamicImage = defineProviderState({
  name: 'a dynamic image',
  means: 'An animated image has been made of a video.',
  params: z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example'),
  gives: { VideoId: 'id of the video', DynamicImageIds: 'id of the dynamic image' },
  meantFor: ['DynamicImageIds'],
  async apply(world, words, params) {
    const { account } = world
    const { VideoId = '' } = (await playableVideo.apply(world, words, params as never)).values ?? {}
    const bucket = account.vod.videos.get(VideoId)?.file.bucket ?? ''
    const dynamicImageId = newId(account)
    const file = { bucket, key: `${VideoId}/image/dynamic/${dynamicImageId}.gif` }
    const { size } = await account.turn.take(() => storeSample(account, file, 'sample.gif'))
    account.vod.dynamicImages.put({
      dynamicImageId,
      videoId: VideoId,
      jobId: newId(account),
      format: 'gif',
      file,
      size,
      width: 320,
      height: 180,
      fps: 10,
      duration: 2,
      createdAt: account.clock.now(),
    })
    return { values: { VideoId, DynamicImageIds: dynamicImageId } }
  },
})

async function store(account: Account, file: File | undefined): Promise<void> {
  if (file === undefined) throw new StateError('nothing has been created')
  await account.turn.take(() => storeSample(account, file, 'sample.png'))
}

export const mediaAssetsStates: readonly ProviderState[] = [category, image, attachedMedium, streamOfVideo, dynamicImage]
