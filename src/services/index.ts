/** All services. */

import { Catalogue } from '../catalogue/catalogue.js'
import { videorecogActions } from './videorecog/index.js'
import { videosegActions } from './videoseg/index.js'

/** Every Action of every service. */
export const catalogue = new Catalogue([...videosegActions, ...videorecogActions])
