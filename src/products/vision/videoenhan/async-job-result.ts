/** Results of jobs (videoenhan manual, chapter 7). */

import { defineGetAsyncJobResult } from '../common/async.js'
import { videoenhan } from './service.js'

export const getAsyncJobResult = defineGetAsyncJobResult(videoenhan, 'videoenhan manual 7')
