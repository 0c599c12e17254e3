/** The public face of the cloud. */

// Definitions are made with it, and types of two versions of zod do not fit together.
export { z } from 'zod'
export { definePart, type Part } from './account/part.js'
export { defineSettings } from './account/settings.js'
export type { KeyPair, SettingsInput, SettingsSection, SettingsState, SettingsValues, SnapshotInfo } from './account/types.js'
// All of it, because only then can who adds something extend these interfaces.
export * from './account/types.js'
export { type Action, defineService, type Limit, perDay, perMinute, perSecond, type Service } from './actions/action.js'
export { type Asset, assetSchema } from './assets/asset.js'
export { type Clock, type ClockMode, type ClockOptions, type Duration, type Fired, toIso, toUtcSeconds } from './base/clock.js'
export type { Diagnosis, Difference } from './base/diagnosis.js'
export type { ErrorTable, Refusal } from './base/errors.js'
export { clockSchema, durationSchema, instantSchema, timestampSchema } from './base/time-schemas.js'
export type { Catalogue } from './catalogue/catalogue.js'
export { describeActions } from './catalogue/describe.js'
export { openApiDocument } from './catalogue/openapi.js'
export { type Cloud, createCloud, DEFAULT_KEY, type NewAccountOptions, openCloud } from './cloud/cloud.js'
export { settingsSchema } from './cloud/definition.js'
export type {} from './cloud/parts.js'
export {
  defineEvent,
  type EventChannel,
  type EventDefinition,
  type EventFields,
  type EventType,
  type Happening,
  type NotifyOptions,
} from './events/definition.js'
export type { Deliver, DeliveryRequest } from './events/deliver.js'
export { MAX_AT_ONCE } from './events/queues.js'
export { type Attempt, describeEvent, type EventRecord } from './events/record.js'
export { urlChannel } from './events/url-channel.js'
export { type FaultInput, faultInputSchema, type JobScriptInput } from './faults/fault.js'
export type { FaultState } from './faults/faults.js'
export type { Call, Reply } from './http/call.js'
export type { Job } from './jobs/job.js'
export { describeJob } from './jobs/jobs.js'
export type { JobKind, Outcome, Stage } from './jobs/kind.js'
export type { CurlOptions } from './log/curl.js'
export type { CausedEvent, CausedJob, LogEntry } from './log/describe.js'
export type { LogQuery } from './log/query.js'
export type { CallRecord } from './log/record.js'
export type { LogCheck, Verification } from './log/verify.js'
export { paramType, Violated, type Violation } from './params/param-type.js'
export { boolean, float, integer, long, oneOf, text, utcTime } from './params/scalars.js'
export { csv, json, repeated, repeatedObject, url } from './params/structures.js'
export { defineProduct, type Product, type Route } from './product/product.js'
export { defineProviderState, type ProviderState, StateError } from './product/provider-state.js'
export type { Vod } from './products/vod/product.js'
export { readUserData } from './products/vod/shared/media/read-user-data.js'
export type { Download } from './products/vod/upload/pull/download.js'
export { type Parameters as ScenarioParameters, parametersSchema as scenarioParametersSchema } from './scenarios/scenario.js'
export type { AppliedScenario, EndedScenario, ScenarioState } from './scenarios/scenarios.js'
export { type Collection, type CollectionDefinition, type CollectionOf, defineCollection } from './state/collection.js'
export type { StateDocument } from './state/state.js'
export type { Changes, Store } from './state/store.js'
export { type CallExpectations, expectCalls } from './testing/expect-calls.js'
export { type SettleKind, type SettleOptions, type SettleReport, settleSchema } from './testing/settle.js'
export { type Billing, free, perCall } from './usage/billing.js'
export type { ActionUsage, Charge, UsageReport } from './usage/usage.js'
