/** Results of jobs (imageenhan manual, chapter 6). */

import { defineGetAsyncJobResult } from '../common/async.js'
import { imageenhan } from './service.js'

export const getAsyncJobResult = defineGetAsyncJobResult(imageenhan, 'imageenhan manual 6')
