/** All services. */

import { Catalogue } from '../catalogue/catalogue.js'
import { mediaJobs } from '../vod/jobs.js'
import { imageenhanActions } from './imageenhan/index.js'
import { videoenhanActions } from './videoenhan/index.js'
import { videorecogActions } from './videorecog/index.js'
import { videosegActions } from './videoseg/index.js'
import { vodActions } from './vod/index.js'

/** The Actions of each service, by the service's name; the types of the Actions are kept. */
export const services = {
  videoseg: videosegActions,
  videorecog: videorecogActions,
  videoenhan: videoenhanActions,
  imageenhan: imageenhanActions,
  vod: vodActions,
}

/** Every Action of every service. */
export const catalogue = new Catalogue(Object.values(services).flat(), mediaJobs)
