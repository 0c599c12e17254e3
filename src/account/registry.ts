/**
 * What an account consists of, as the compiler knows it: interfaces that whoever adds something to the account extends. Nothing here names what is
 * added, and nothing below the cloud imports it; see docs/architecture.md.
 *
 * ```ts
 * declare module 'vod-viapi-emulator' {
 *   interface AccountParts {
 *     subtitles: Subtitles
 *   }
 * }
 * ```
 */

import type { AccountCore } from './account.js'
import type { CoreCloudOptions, CoreOptions } from './options.js'
import type { CoreServices } from './services.js'

/** Parts of an account by name: `account.<name>`. Each is defined with `definePart`. */
// biome-ignore lint/suspicious/noEmptyInterface: extended by who defines a part
export interface AccountParts {}

/** Sections of an account's settings by name. Each is defined with `defineSettings`. */
// biome-ignore lint/suspicious/noEmptyInterface: extended by who defines a section
export interface SettingsSections {}

/** Event types by name, each as it is defined. */
// biome-ignore lint/suspicious/noEmptyInterface: extended by who defines events
export interface EventTypes {}

/** What an account is given by its cloud. */
export interface CloudServices extends CoreServices {}

/** What to start a cloud with. */
export interface CloudOptions extends CoreCloudOptions {}

/** What to start an account with. */
export interface AccountOptions extends CoreOptions {}

/**
 * One tenant: identities, resources, jobs, clock, throttling, settings and call log of its own. Nothing in it is shared with another account.
 */
export interface Account extends AccountCore, AccountParts {}
