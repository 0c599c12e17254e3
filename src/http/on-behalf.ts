/** Requests that the cloud makes itself, to where a client has told it to: callbacks, and files that are pulled. */

/**
 * Headers that say so. An emulator takes them for those of a web page of another origin: who may have requests sent may not use its control API by
 * them.
 */
export const ON_BEHALF = { 'sec-fetch-site': 'cross-site' } as const
