import { defineService } from '../../../../actions/action.js'
import { vodDenials, vodErrors, vodViolations } from './errors.js'

/** Video on demand (视频点播). */
export const vod = defineService({
  name: 'vod',
  version: '2017-03-21',
  // The regions in which the service has an endpoint (developer guide, service centres).
  regions: ['cn-shanghai', 'cn-beijing', 'cn-shenzhen', 'ap-southeast-1', 'ap-southeast-5', 'ap-south-1', 'eu-central-1', 'ap-northeast-1'],
  defaultFormat: 'XML',
  errors: vodErrors,
  violations: vodViolations,
  denials: vodDenials,
  sampleAction: 'CancelUrlUploadJobs',
  wrongRegion: 'UnsupportedOperation',
})
