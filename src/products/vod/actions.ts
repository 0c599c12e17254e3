import * as global from './notification/callbacks.js'
import * as playback from './playback/index.js'
import * as upload from './upload/index.js'

/** Every Action of VOD. */
export const vodActions = [...Object.values(upload), ...Object.values(playback), ...Object.values(global)]
