/** Texts that are kept longer than what they were cut from. */

/** Characters that a part of them may keep in memory. */
const LITTLE = 4096

/**
 * A part of a text as one of its own. The engine has a part share the memory of the whole, so that a name of a few letters would keep all of a call of
 * megabytes for as long as somebody has the name.
 */
export const ownText = (part: string, whole: string): string =>
  whole.length > LITTLE && 2 * part.length < whole.length ? JSON.parse(JSON.stringify(part)) : part
