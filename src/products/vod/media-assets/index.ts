/** Media assets (VOD manual 7). */

import { defineChapter } from '../shared/chapter.js'
import { deleteAttachedMedia, getAttachedMediaInfo, updateAttachedMediaInfos } from './attached-media/actions.js'
import { addCategory, deleteCategory, getCategories, updateCategory } from './categories/actions.js'
import { seedCategories } from './categories/tree.js'
import * as events from './common/events.js'
import { deleteDynamicImage, listDynamicImage } from './dynamic-images/actions.js'
import { deleteImage } from './images/delete-image.js'
import { getImageInfo, updateImageInfos } from './images/image-info.js'
import { listSnapshots } from './images/list-snapshots.js'
import { mediaAssetsRecords } from './records.js'
import { scrollsPart } from './search/scroll.js'
import { searchMedia } from './search/search-media.js'
import { mediaAssetsStates } from './states.js'
import { deleteMezzanines, deleteStream } from './videos/delete-parts.js'
import { deleteVideo } from './videos/delete-video.js'
import { getVideoInfo, getVideoInfos } from './videos/get.js'
import { getVideoList } from './videos/list.js'
import { getMezzanineInfo } from './videos/mezzanine-info.js'
import { updateVideoInfo, updateVideoInfos } from './videos/update.js'

export const mediaAssets = defineChapter({
  name: 'media-assets',
  actions: [
    searchMedia,
    addCategory,
    updateCategory,
    deleteCategory,
    getCategories,
    getVideoInfo,
    getVideoInfos,
    getVideoList,
    getMezzanineInfo,
    updateVideoInfo,
    updateVideoInfos,
    deleteMezzanines,
    deleteStream,
    deleteVideo,
    getImageInfo,
    updateImageInfos,
    deleteImage,
    listSnapshots,
    getAttachedMediaInfo,
    updateAttachedMediaInfos,
    deleteAttachedMedia,
    listDynamicImage,
    deleteDynamicImage,
  ],
  records: mediaAssetsRecords,
  events: Object.values(events),
  parts: [scrollsPart],
  states: mediaAssetsStates,
  seed: seedCategories,
})
