import { defineService } from '../../../../actions/action.js'
import { asCaller } from './as-caller.js'
import { vodDenials, vodErrors, vodViolations } from './errors.js'

/**
 * Video on demand (视频点播), as whose Actions see all of an account, whoever calls: of use for managing apps alone. The Actions of all other chapters are
 * those of {@link vod}.
 */
export const wholeVod = defineService({
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

/** Video on demand (视频点播). What its Actions are given is the account as who calls may see it. */
export const vod: typeof wholeVod = {
  ...wholeVod,
  action: (name, { run, ...definition }) => wholeVod.action(name, { ...definition, run: asCaller(name, run) }),
}
