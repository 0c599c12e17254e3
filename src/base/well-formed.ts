/** Text from outside is whole: half of a surrogate pair, which neither UTF-8 nor a header can carry, is refused where it comes in. */

/** Throws a `RangeError` that names the place if a text or a name in a JSON value has half of a surrogate pair. */
export function refuseBrokenText(value: unknown): void {
  const place = placeOfBroken(value)
  if (place === undefined) return
  const where = place.length > 0 ? `${place.join('.').toWellFormed()}: ` : ''
  throw new RangeError(`${where}has half of a surrogate pair, which is no character`)
}

/** Names that lead to the first broken text, or to the first broken name; `undefined` if there is none. */
function placeOfBroken(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : []
  if (typeof value !== 'object' || value === null) return undefined
  for (const name in value) {
    const place = name.isWellFormed() ? placeOfBroken((value as Record<string, unknown>)[name]) : []
    if (place !== undefined) return [name, ...place]
  }
  return undefined
}
