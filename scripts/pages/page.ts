/** What pages are made of: tables, and parts that are generated within what people write. */

/** A table. What would end a cell, or a row, is escaped. */
export const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(columns),
  `|${'---|'.repeat(columns.length)}`,
  ...rows.map(row),
]

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('\n', ' ').replaceAll('|', '\\|')).join(' | ')} |`

/** Text that says what it says: `<Name>` is no tag of HTML, `*` sets nothing in italics. */
export const plain = (text: string): string => text.replace(/[\\`*_<[\]]/g, '\\$&')

/** Text with code spans, in which `<Name>` outside of them is no tag of HTML. */
export const withoutTags = (text: string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '\\<') : part))
    .join('`')

/** Writes the part anew, between `<!-- generated: NAME -->` and `<!-- end: NAME -->`. Throws an `Error` if the page has no such part. */
export function withGenerated(page: string, name: string, lines: readonly string[]): string {
  const begin = `<!-- generated: ${name} -->`
  const [before, rest] = page.split(begin)
  const end = rest?.indexOf(`<!-- end: ${name} -->`) ?? -1
  if (before === undefined || rest === undefined || end < 0) throw new Error(`The page has no generated part "${name}".`)
  return `${before}${begin}\n\n${lines.join('\n')}\n\n${rest.slice(end)}`
}
