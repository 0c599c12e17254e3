/**
 * What a value is, whatever realm has made it. A test runner that runs tests in contexts of their own gives them their own `Error`, `Object` and `Array`, while
 * what Node.js itself makes is still of the other realm: `instanceof` of a built-in says no there.
 */

import { types } from 'node:util'

/** True for an error, also for one that Node.js has made: of a file, a socket or `fetch`. */
export const isError = (value: unknown): value is Error => types.isNativeError(value) || value instanceof Error

/** True for bytes: `Uint8Array` and `Buffer`. */
export const isBytes = (value: unknown): value is Uint8Array => types.isUint8Array(value)

/** The message of an error; of anything else that was thrown, its text. */
export const messageOf = (thrown: unknown): string => (isError(thrown) ? thrown.message : String(thrown))
