/** The parts that every account has, and what they need of the cloud, whatever products there are: the only file that knows them all. */

import type { Part } from '../account/part.js'
import type { AssetInput, assetSchema } from '../assets/asset.js'
import {
  type AssetOf,
  assetOfPart,
  assetRecords,
  assetsPart,
  type PutAssets,
  putAssetsPart,
  strictInputsSettings,
} from '../assets/assets.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { EventDefinition } from '../events/definition.js'
import type { Deliver } from '../events/deliver.js'
import { callbackTimeoutSettings, type Events, eventsPart } from '../events/events.js'
import { factsSettings } from '../facts/observed.js'
import type { FaultTarget } from '../faults/check.js'
import type { FaultInput } from '../faults/fault.js'
import { type Faults, faultsPart } from '../faults/faults.js'
import { servicesSettings } from '../gateway/authorise.js'
import { type LateCalls, lateCallsPart } from '../gateway/late-calls.js'
import { type Nonces, noncesPart } from '../gateway/nonces.js'
import { limitsSettings, type Throttle, throttlePart } from '../gateway/throttle.js'
import { type ForkAt, forkAtPart, type History, historyPart, historySettings } from '../history/history.js'
import type { Addresses } from '../http/addresses.js'
import type { KeyDirectory } from '../identity/key-directory.js'
import { type Ram, ramPart } from '../identity/ram.js'
import { type ResultKeys, resultKeysPart } from '../identity/result-keys.js'
import type { Jobs } from '../jobs/jobs.js'
import type { JobKind } from '../jobs/kind.js'
import { jobsPart } from '../jobs/part.js'
import { jobsSettings, maxUnfinishedJobsSettings } from '../jobs/settings.js'
import { type CallLog, logPart } from '../log/log.js'
import type { BucketDirectory } from '../oss/bucket-directory.js'
import { maxObjectBytesSettings, type Oss, ossPart } from '../oss/oss.js'
import type { Product } from '../product/product.js'
import type { ScenarioFiles } from '../scenarios/files.js'
import { type Scenarios, scenariosPart } from '../scenarios/scenarios.js'
import { type StartWith, startWithPart } from '../scenarios/start-with.js'
import type { Collection } from '../state/collection.js'
import { type Settle, settlePart } from '../testing/settle.js'
import type { Billing } from '../usage/billing.js'
import { type Usage, usagePart } from '../usage/usage.js'
import type { WorldContribution, WorldVocabulary } from '../worlds/definition.js'
import type { WorldInput } from '../worlds/world.js'
import { type Worlds, worldsPart } from '../worlds/worlds.js'

// It stands beside the list, not with the parts: else the published types would lose it.
declare module '../account/types.js' {
  interface AccountParts {
    ram: Ram
    /** With which the services sign the URLs of results. */
    resultKeys: ResultKeys
    log: CallLog
    throttle: Throttle
    nonces: Nonces
    /** What the account was before each of its last calls. */
    history: History
    /** Creates a copy of the account as it was before a call. Rejects with a `RangeError` if that is not kept: see the setting `history`. */
    forkAt: ForkAt
    /** What a test has asked to go wrong. */
    faults: Faults
    /** Calls that have yet to take effect. */
    lateCalls: LateCalls
    /** Bundles of faults, settings, clock and world, and which of them are in force. */
    scenarios: Scenarios
    startWith: StartWith
    jobs: Jobs
    /** What the account's calls would have cost. */
    usage: Usage
    /** Event notifications: what happened, and who was told of it. */
    events: Events
    /** Files that calls refer to by URL, as a test has declared them. */
    assets: Collection<typeof assetSchema>
    assetOf: AssetOf
    putAssets: PutAssets
    /** Buckets and objects: what was uploaded, and what the services have made. */
    oss: Oss
    settle: Settle
    /** What can be in the account, as data. */
    worlds: Worlds
  }

  interface SettingsSections {
    services: typeof servicesSettings
    facts: typeof factsSettings
    limits: typeof limitsSettings
    history: typeof historySettings
    strictInputs: typeof strictInputsSettings
    jobs: typeof jobsSettings
    maxUnfinishedJobs: typeof maxUnfinishedJobsSettings
    maxObjectBytes: typeof maxObjectBytesSettings
    callbackTimeout: typeof callbackTimeoutSettings
  }

  interface AccountOptions {
    /** Files that calls refer to by URL, known from the start. */
    assets?: readonly AssetInput[]
    /** What is to go wrong from the start, and again after each reset. */
    faults?: readonly FaultInput[]
    /** What is in the account from the start, and again after each reset: name of a world, path of a file with one, or the world itself. */
    world?: string | WorldInput
  }

  interface CloudOptions {
    /** Files that the default account knows from the start. */
    assets?: readonly AssetInput[]
    /** What is to go wrong in the accounts from the start, and again after each reset, unless they are given others. */
    faults?: readonly FaultInput[]
    /** What is in the default account from the start, and again after each reset: name of a world, path of a file with one, or the world itself. */
    world?: string | WorldInput
    /** Further products beside those of the package: services that a team defines for itself. */
    products?: readonly Product[]
    /** Sends event notifications over HTTP. Default: with the `fetch` of the process. */
    deliver?: Deliver
    /** Folder with scenarios of one's own, in JSON files; one that has the name of a built-in one takes its place. Default: none. */
    scenarios?: string
  }

  interface CloudServices {
    /** Products beside those that every cloud has. */
    products: readonly Product[]
    catalogue: Catalogue
    /** What faults happen to; of several that a fault could be for, the first is meant. */
    faultTargets: readonly FaultTarget[]
    /** What access keys lead to. */
    keys: KeyDirectory
    /** What names of buckets lead to. */
    buckets: BucketDirectory
    /** Kinds of jobs by name. */
    jobKinds: ReadonlyMap<string, JobKind>
    /** What Actions and jobs cost, by their names. */
    billings: ReadonlyMap<string, Billing>
    /** Event types by name. */
    eventTypes: ReadonlyMap<string, EventDefinition>
    /** What is logged beside Actions, by service and name. */
    operations: readonly { service: string; name: string }[]
    /** Where scenarios come from. */
    scenarios: ScenarioFiles
    /** What worlds may have. */
    worlds: WorldVocabulary
    /** Under which addresses objects are reached. */
    addresses: Addresses
    /** Sends event notifications over HTTP. */
    deliver: Deliver
  }
}

/** In the order in which they are made; a part comes behind those that it needs. */
export const commonParts = [
  ramPart,
  resultKeysPart,
  historyPart,
  forkAtPart,
  faultsPart,
  throttlePart,
  noncesPart,
  lateCallsPart,
  usagePart,
  jobsPart,
  eventsPart,
  logPart,
  assetsPart,
  assetOfPart,
  putAssetsPart,
  scenariosPart,
  startWithPart,
  ossPart,
  settlePart,
] as const satisfies readonly Part[]

/** Parts that come behind those of the products. */
export const lastParts = [worldsPart] as const satisfies readonly Part[]

/** What worlds may have without any product. */
export const commonWorlds: WorldContribution = { tables: [assetRecords] }

/** Sections of the settings that every account has. */
export const commonSettings = {
  services: servicesSettings,
  facts: factsSettings,
  limits: limitsSettings,
  history: historySettings,
  strictInputs: strictInputsSettings,
  jobs: jobsSettings,
  maxUnfinishedJobs: maxUnfinishedJobsSettings,
  maxObjectBytes: maxObjectBytesSettings,
  callbackTimeout: callbackTimeoutSettings,
}
