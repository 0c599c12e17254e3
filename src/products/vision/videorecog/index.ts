import * as understanding from './understanding.js'

/** Every Action of videorecog. */
export const videorecogActions = Object.values(understanding)
