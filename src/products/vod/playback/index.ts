/** Audio and video playback (VOD manual 6). */

export { getPlayInfo } from './get-play-info.js'
export { getVideoPlayAuth } from './get-video-play-auth.js'
