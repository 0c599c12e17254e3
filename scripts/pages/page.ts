/** Pages that people write and that hold a part which is generated. */

/** Writes the part anew, between `<!-- generated: NAME -->` and `<!-- end: NAME -->`. Throws an `Error` if the page has no such part. */
export function withGenerated(page: string, name: string, lines: readonly string[]): string {
  const begin = `<!-- generated: ${name} -->`
  const [before, rest] = page.split(begin)
  const end = rest?.indexOf(`<!-- end: ${name} -->`) ?? -1
  if (before === undefined || rest === undefined || end < 0) throw new Error(`The page has no generated part "${name}".`)
  return `${before}${begin}\n\n${lines.join('\n')}\n\n${rest.slice(end)}`
}
