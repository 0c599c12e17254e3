/** Images and snapshots, deleted (VOD manual 7.4.3). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import type { Refusal } from '../../../../base/errors.js'
import { paramType, Violated } from '../../../../params/param-type.js'
import { oneOf } from '../../../../params/scalars.js'
import { filesAt } from '../../shared/addresses/addresses.js'
import { deleteFiles } from '../../shared/lifecycle/delete-files.js'
import { filePath } from '../../shared/media/file.js'
import { deleteFragments } from '../../shared/media/files.js'
import type { Image } from '../../shared/media/image.js'
import { updateVideo } from '../../shared/media/medium.js'
import { deleteSnapshots, type SnapshotSet, type SnapshotType, snapshotFiles, snapshotTypes } from '../../shared/media/snapshot-set.js'
import { vod } from '../../shared/service/service.js'
import { addresses, id } from '../../upload/params.js'
import { accessReason, accessTo } from '../common/deletion.js'
import { resourceErrors } from '../common/errors.js'
import { ids } from '../common/find.js'

/** Images that one call may name; the manual sets no limit. */
const MAX_IMAGES = 100

/** Types that can be named; WebVTT goes with All. */
const namedTypes = ['CoverSnapshot', 'NormalSnapshot', 'SpriteSnapshot', 'SpriteOriginSnapshot'] as const

/** `All`, or several others separated by commas. */
const imageTypes = () =>
  paramType<readonly SnapshotType[]>({ type: 'String', format: 'list', separator: ',', enum: [...namedTypes, 'All'] }, (value) => {
    if (value === 'All') return snapshotTypes
    const types = value.split(',', namedTypes.length + 1).map((type) => type.trim() as (typeof namedTypes)[number])
    const wrong = types.find((type) => !namedTypes.includes(type))
    return wrong === undefined ? types : new Violated('value', `holds "${wrong}", which is none of ${namedTypes.join(', ')}, nor All alone`)
  })

type Fail = (code: 'NoSuchResource' | 'Forbidden' | 'MissingParameter', refusal: Refusal) => never

export const deleteImage = vod.action('DeleteImage', {
  summary: 'Deletes images by their addresses or ids, or snapshots of a video; either all that are named or none.',
  source: 'VOD manual 7.4.3',
  limit: perSecond(50),
  input: () => ({
    DeleteImageType: oneOf(['ImageURL', 'ImageId', 'VideoId']),
    ImageURLs: addresses(MAX_IMAGES).optional(),
    ImageIds: ids().optional(),
    VideoId: id().optional(),
    ImageType: imageTypes().optional(),
  }),
  output: () => z.object({}),
  errors: resourceErrors,
  run({ input, account, fail }) {
    const needed = <Value>(param: string, value: Value | undefined): Value =>
      value ?? fail('MissingParameter', { param, reason: `is not given; DeleteImageType ${input.DeleteImageType} needs it` })
    if (input.DeleteImageType === 'VideoId')
      deleteSnapshotsOf(account, needed('VideoId', input.VideoId), needed('ImageType', input.ImageType), fail)
    else if (input.DeleteImageType === 'ImageId')
      deleteImages(account, 'ImageIds', needed('ImageIds', input.ImageIds), (imageId) => account.vod.images.get(imageId), fail)
    else deleteImages(account, 'ImageURLs', needed('ImageURLs', input.ImageURLs), (address) => imageAt(account, address), fail)
    return {}
  },
})

/** The image that an address leads to, of OSS or under a domain. */
function imageAt(account: Account, address: string): Image | undefined {
  const images = filesAt(account, new URL(address)).map((each) => account.vod.images.getBy('path', filePath(each)))
  return images.find((image) => image !== undefined)
}

/** The answer has no list of those that are missing: it is all or nothing. */
function deleteImages(
  account: Account,
  param: string,
  names: readonly string[],
  find: (name: string) => Image | undefined,
  fail: Fail,
): void {
  const images = new Set(names.map((name) => find(name) ?? fail('NoSuchResource', { param, reason: `holds ${name}, which is no image` })))
  for (const image of images) checkAccess(account, image, fail)
  for (const { imageId, file } of images) {
    deleteFiles(account, [file])
    deleteFragments(account, file)
    account.vod.images.delete(imageId)
  }
}

function checkAccess(account: Account, medium: { storageLocation: string }, fail: Fail): void {
  const access = accessTo(account, medium)
  if (access !== 'open') fail('Forbidden', { reason: accessReason(access, medium) })
}

function deleteSnapshotsOf(account: Account, videoId: string, types: readonly SnapshotType[], fail: Fail): void {
  const video =
    account.vod.videos.get(videoId) ?? fail('NoSuchResource', { param: 'VideoId', reason: 'is not the id of a video of this account' })
  const isMeant = ({ type }: SnapshotSet): boolean => (types as readonly string[]).includes(type)
  const dropped = video.snapshots.filter(isMeant)
  if (dropped.length === 0)
    fail('NoSuchResource', { param: 'ImageType', reason: `is ${types.join(', ')}, and the video has none of these` })
  checkAccess(account, video, fail)
  deleteSnapshots(account, dropped)
  const covers = dropped.filter(({ type }) => type === 'CoverSnapshot').flatMap((set) => snapshotFiles(set))
  const paths = new Set(covers.map(filePath))
  updateVideo(account, videoId, (draft) => {
    draft.snapshots = draft.snapshots.filter((set) => !isMeant(set))
    if (draft.cover && paths.has(filePath(draft.cover))) draft.cover = undefined
  })
}
