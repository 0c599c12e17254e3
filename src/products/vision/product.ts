/** The four vision services (视觉智能): images and videos go in, results come out. And the two with which clients hand in local files. */

import { defineProduct } from '../../product/product.js'
import { imageenhanActions } from './imageenhan/index.js'
import { localFileActions } from './local-files/index.js'
import { videoenhanActions } from './videoenhan/index.js'
import { videorecogActions } from './videorecog/index.js'
import { videosegActions } from './videoseg/index.js'

/** The Actions of each service, by the service's name; the types of the Actions are kept. */
export const visionServices = {
  videoseg: videosegActions,
  videorecog: videorecogActions,
  videoenhan: videoenhanActions,
  imageenhan: imageenhanActions,
  ...localFileActions,
}

export const vision = defineProduct({ name: 'vision', actions: Object.values(visionServices).flat() })
