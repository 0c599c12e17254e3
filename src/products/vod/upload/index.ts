/** Media upload (VOD manual 5). */

export { createUploadAttachedMedia } from './attached-media.js'
export { cancelUrlUploadJobs, getURLUploadInfos, uploadMediaByURL } from './by-url.js'
export { createUploadImage } from './image.js'
export { deleteMultipartUpload, getUploadDetails } from './progress.js'
export { registerMedia } from './register.js'
export { createUploadVideo, refreshUploadVideo } from './video.js'
