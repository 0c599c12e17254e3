import * as segmentation from './segmentation.js'

/** Every Action of videoseg. */
export const videosegActions = Object.values(segmentation)
