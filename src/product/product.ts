/** What a product is: services with all that belongs to them, from one place. The cloud takes a list of them, and knows none by name. */

import type { Part } from '../account/part.js'
import type { Account, CloudOptions, CloudServices, SettingsSection } from '../account/types.js'
import type { Action } from '../actions/action.js'
import type { MaybePromise } from '../base/maybe-promise.js'
import type { EventDefinition } from '../events/definition.js'
import type { Call, Reply } from '../http/call.js'
import type { JobKind } from '../jobs/kind.js'
import type { WorldContribution } from '../worlds/definition.js'
import type { ProviderState } from './provider-state.js'

/** One product. */
export interface Product {
  /** `vision` */
  name: string
  /** The Actions of its services, which are named by them. */
  actions: readonly Action[]
  /** Parts of every account; they come after those that are there without any product. */
  parts?: readonly Part[]
  /** Sections of the settings, by name. */
  settings?: Readonly<Record<string, SettingsSection>>
  /** Kinds of jobs that no Action declares. */
  jobs?: readonly JobKind[]
  events?: readonly EventDefinition[]
  /** Hosts of its own. */
  routes?: readonly Route[]
  /** States that contracts can ask for. */
  states?: readonly ProviderState[]
  /** What worlds may have of it. */
  worlds?: WorldContribution
  /** What its parts need of the cloud, made once per cloud. */
  cloudServices?: (options: CloudOptions) => Partial<CloudServices>
}

/** Defines a product. */
export const defineProduct = <const Definition extends Product>(product: Definition): Definition => product

/** Where calls can lead. */
export interface RouteContext {
  accounts: Iterable<Account>
  /** The account that is meant where a call names none. */
  defaultAccount: Account
}

/** Calls that do not go through the gateway, because a product answers them at hosts or paths of its own. */
export interface Route {
  name: string
  /** Serves a call, or answers `undefined` if it is for somebody else. What it promises is kept: it never rejects. Asked of every call, so it is quick. */
  serve: (call: Call, context: RouteContext) => MaybePromise<Reply> | undefined
  /** True for a host that is answered here, in lower case and without a port. Default: the route has no hosts of its own. */
  hasHost?: (hostname: string, context: RouteContext) => boolean
  /** The same hosts as a list; a name with a dot in front stands for all that end in it. Among them may be some that are not answered. */
  hosts?: (context: RouteContext) => Iterable<string>
}
