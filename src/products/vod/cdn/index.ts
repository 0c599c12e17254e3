/** Domains through which media are played (VOD manual 13). */

import { defineChapter } from '../shared/chapter.js'
import { playRoute } from './playout.js'

export const cdn = defineChapter({ name: 'cdn', routes: [playRoute] })
