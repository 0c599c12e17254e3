import { defineService } from '../../../actions/action.js'
import { imageErrorSpec, imageJobCodes } from './errors.js'

/** Image production (图像生产). */
export const imageenhan = {
  ...defineService({
    name: 'imageenhan',
    version: '2019-09-30',
    regions: ['cn-shanghai'],
    // The parameter table of the manual says JSON, its text on responses XML; the table wins.
    defaultFormat: 'JSON',
    sampleAction: 'AssessComposition',
    ...imageErrorSpec,
  }),
  jobCodes: imageJobCodes,
}
