/** Media upload (VOD manual 5). */

import { defineChapter } from '../shared/chapter.js'
import { createUploadAttachedMedia } from './attached-media.js'
import { cancelUrlUploadJobs, getURLUploadInfos, uploadMediaByURL } from './by-url.js'
import { createUploadImage } from './image.js'
import { deleteMultipartUpload, getUploadDetails } from './progress.js'
import { uploadByURLComplete } from './pull/events.js'
import { pullsPart } from './pull/pull.js'
import { uploadRecords } from './records.js'
import { registerMedia } from './register.js'
import { uploadStates } from './states.js'
import { createUploadVideo, refreshUploadVideo } from './video.js'

export const upload = defineChapter({
  name: 'upload',
  actions: [
    createUploadAttachedMedia,
    cancelUrlUploadJobs,
    getURLUploadInfos,
    uploadMediaByURL,
    createUploadImage,
    deleteMultipartUpload,
    getUploadDetails,
    registerMedia,
    createUploadVideo,
    refreshUploadVideo,
  ],
  records: uploadRecords,
  events: [uploadByURLComplete],
  parts: [pullsPart],
  states: uploadStates,
})
