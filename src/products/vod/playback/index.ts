/** Audio and video playback (VOD manual 6). */

import { defineChapter } from '../shared/chapter.js'
import { getPlayInfo } from './get-play-info.js'
import { getVideoPlayAuth } from './get-video-play-auth.js'

export const playback = defineChapter({ name: 'playback', actions: [getPlayInfo, getVideoPlayAuth] })
