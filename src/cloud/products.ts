/** The products that every cloud has. */

import { vision, visionServices } from '../products/vision/product.js'
import { vod, vodActions } from '../products/vod/product.js'

export const builtInProducts = [vision, vod]

/** The Actions of each service, by the service's name; the types of the Actions are kept. */
export const services = { ...visionServices, vod: vodActions }
