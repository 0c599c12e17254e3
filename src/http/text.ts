/** Text on the wire: what headers and XML can hold. */

/** XML has no way to write control characters and broken surrogates; they become U+FFFD. */
export function withoutForbidden(value: unknown): unknown {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (typeof value === 'string') return value.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
  if (Array.isArray(value)) return value.map(withoutForbidden)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (each === undefined || each === null ? [] : [[key, withoutForbidden(each)]])),
  )
}

/** Header values are ASCII: anything else is percent-encoded. */
export const headerText = (text: string): string =>
  text
    .slice(0, 1000)
    .toWellFormed()
    .replace(/[^\x20-\x7e]/gu, (char) => encodeURIComponent(char))

/** A text as headers carry it: the bytes of its UTF-8, each as one character, which is how headers are read, too. */
export const asHeader = (text: string): string => Buffer.from(text).toString('latin1')
