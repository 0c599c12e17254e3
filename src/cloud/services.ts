/** All services. */

import { Catalogue } from '../catalogue/catalogue.js'
import { imageenhanActions } from '../products/vision/imageenhan/index.js'
import { videoenhanActions } from '../products/vision/videoenhan/index.js'
import { videorecogActions } from '../products/vision/videorecog/index.js'
import { videosegActions } from '../products/vision/videoseg/index.js'
import { vodActions } from '../products/vod/actions.js'
import { mediaJobs } from '../products/vod/jobs.js'

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
