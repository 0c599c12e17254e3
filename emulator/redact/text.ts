/** Which bytes are text that can be looked into. */

/** The text that bytes are; `undefined` if they are none. With zero bytes in it, it is one of two or four bytes a character, in which nothing would be found. */
export function textOf(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? text : undefined
}
