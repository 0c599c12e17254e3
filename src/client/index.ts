/** The public face of the client: `vod-viapi-emulator/client`. */

export type { ParamValue } from '../http/flatten-params.js'
export { type Scheme, type SigningKey, sign, type UnsignedCall } from '../signing/sign.js'
export { type ClientOptions, createClient } from './client.js'
export {
  type Caller,
  type ClockMove,
  type ClockState,
  type Control,
  type ControlOptions,
  createControl,
  type EventState,
  type Health,
  type JobState,
  type NewAccount,
  type Principal,
  type QueueMessage,
} from './control.js'
export { CallError } from './error.js'
export type { LiveChange, LiveOptions } from './live.js'
export type { CallOptions } from './transport.js'
export type { AnswerOf, Client, Method, ParamsOf, ProductClient, ServiceClient } from './types.js'
export { type JobService, type WaitOptions, waitForJob } from './wait.js'
