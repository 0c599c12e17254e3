/** The error table that the manuals of videoenhan, videorecog and videoseg share, and what in these services leads to which code. */

import { defineService, type ServiceSpec } from '../../../actions/action.js'
import type { ErrorTable } from '../../../base/errors.js'
import type { JobCodes } from './async.js'
import type { MediaCodes } from './media.js'

// The manuals describe these codes in Chinese and show no message texts; the texts here are our own.
export const videoErrors = {
  'InvalidParameter.Format': { status: 400, message: 'The format of the specified parameter "{param}" is not valid.' },
  'InvalidParameter.BadRequest': { status: 400, message: 'The specified parameter "{param}" is missing or not valid.' },
  'InvalidFile.Resolution': { status: 400, message: 'The resolution of the file in "{param}" is not valid.' },
  'InvalidFile.Download': { status: 400, message: 'The file in "{param}" cannot be downloaded.' },
  'InvalidFile.Decode': { status: 400, message: 'The file in "{param}" cannot be decoded.' },
  'InvalidFile.Category': { status: 400, message: 'The category of the content of the file in "{param}" does not meet the requirements.' },
  'InvalidFile.Content': { status: 400, message: 'The content of the file in "{param}" is empty or not suited for processing.' },
  'InvalidFile.Type': { status: 400, message: 'The type of the file in "{param}" is not valid.' },
  'InvalidFile.Unsafe': { status: 400, message: 'The link to the file in "{param}" is not safe.' },
  'InvalidFile.URL': { status: 400, message: 'The file URL in "{param}" is not valid.' },
  'InvalidFile.Region': { status: 400, message: 'The file URL in "{param}" is not in the region cn-shanghai.' },
  InternalServerError: {
    status: 500,
    message: 'Internal server error.',
    faultOnly: 'Stands for a failure inside the service; the emulator has none of its own to show.',
  },
  'InternalServerError.Model': {
    status: 500,
    message: 'The model cannot be loaded.',
    faultOnly: 'Stands for a failure to load a model; the emulator has no models.',
  },
  'InternalServerError.Algo': { status: 500, message: 'The call to the algorithm service failed.' },
  'InternalServerError.Busy': { status: 500, message: 'The algorithm service is busy.' },
  // The manuals say that a service must be opened but not which code tells that it is not; these are the codes of imageenhan's table and of the gateway.
  'InvalidApi.NotPurchase': { status: 403, message: 'The service has not been activated, or is suspended for overdue payments.' },
  AuthFailed: { status: 403, message: 'User not authorized to operate on the specified resource.' },
  NoPermission: { status: 403, message: 'User not authorized to operate on the specified resource.' },
  UnsupportedOperation: { status: 400, message: 'The specified action is not supported.' },
} as const satisfies ErrorTable

type VideoSpec = ServiceSpec<typeof videoErrors>

/** What the video services have in common; name them and they are complete. */
export const videoService = {
  version: '2020-03-20',
  regions: ['cn-shanghai'],
  // The parameter table of the manuals says JSON, their text on responses XML; the table wins.
  defaultFormat: 'JSON',
  errors: videoErrors,
  violations: {
    missing: 'MissingParameter',
    malformed: 'InvalidParameter.BadRequest',
    format: 'InvalidParameter.Format',
    value: 'InvalidParameter',
    length: 'InvalidParameter',
    url: 'InvalidFile.URL',
  },
  denials: {
    notOpened: 'InvalidApi.NotPurchase',
    suspended: 'InvalidApi.NotPurchase',
    userNotAllowed: 'NoPermission',
    roleNotAllowed: 'AuthFailed',
  },
  wrongRegion: 'UnsupportedOperation',
} as const satisfies Omit<VideoSpec, 'name'>

/** Which code each fault of an input file has in the video services. */
export const videoMediaCodes = {
  unsafe: 'InvalidFile.Unsafe',
  host: 'InvalidFile.Region',
  region: 'InvalidFile.Region',
  type: 'InvalidFile.Type',
  download: 'InvalidFile.Download',
  decode: 'InvalidFile.Decode',
  content: 'InvalidFile.Content',
  category: 'InvalidFile.Category',
  resolution: 'InvalidFile.Resolution',
  // The manuals limit bytes and frames but have no code for what exceeds them; "not suited for processing" is the nearest.
  bytes: 'InvalidFile.Content',
  frames: 'InvalidFile.Content',
  channels: 'InvalidFile.Content',
} as const satisfies MediaCodes<keyof typeof videoErrors>

const jobCodes = {
  media: videoMediaCodes,
  algorithm: 'InternalServerError.Algo',
  busy: 'InternalServerError.Busy',
} as const satisfies JobCodes<keyof typeof videoErrors>

/** Defines one of the video services, which differ in their names and Actions only. */
export const defineVideoService = (name: string, sampleAction: string, note?: string) => ({
  ...defineService({ name, sampleAction, ...videoService }),
  jobCodes,
  ...(note !== undefined && { note }),
})

/** For services whose jobs make videos: there is no encoder here. */
export const SAMPLE_VIDEOS =
  'The file of the result is a sample of 320 x 180 pixels and two seconds, because nothing here encodes videos. Its size and length are known all the same: as the input of a further job, and for the price, it is what was asked for.'
