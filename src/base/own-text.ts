/** Text that outlives what it was cut from. */

/**
 * The same text in memory of its own. A piece of a text keeps the whole text in memory for as long as the piece is there: of a nonce that was cut from a
 * query string of megabytes, all of them. Broken characters become U+FFFD.
 */
export const ownText = (text: string): string => Buffer.from(text, 'utf8').toString('utf8')
