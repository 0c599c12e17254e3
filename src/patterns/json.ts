/** Regular expressions of the language, as JSON has them. */

/** True for a regular expression, whatever realm it was made in. */
export const isRegExp = (value: unknown): value is RegExp => Object.prototype.toString.call(value) === '[object RegExp]'

/** A regular expression as JSON has it, flags included. */
export const regExpJson = ({ source, flags }: RegExp): { matches: string; flags?: string } => ({
  matches: source,
  ...(flags !== '' && { flags }),
})
