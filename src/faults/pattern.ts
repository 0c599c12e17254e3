/** Patterns: names in which `*` stands for any characters, and regular expressions as JSON has them. */

/** Tells the names that a pattern is for; in time that grows with the name, however many `*` there are. */
export function patternOf(pattern: string): { test: (name: string) => boolean } {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  if (last === undefined) return { test: (name) => name === pattern }
  return {
    test(name) {
      if (!name.startsWith(first)) return false
      let from = first.length
      for (const piece of others) {
        const found = name.indexOf(piece, from)
        if (found < 0) return false
        from = found + piece.length
      }
      return name.length - from >= last.length && name.endsWith(last)
    },
  }
}

/** A regular expression as JSON has it, flags included. */
export const regExpJson = ({ source, flags }: RegExp): { matches: string; flags?: string } => ({
  matches: source,
  ...(flags !== '' && { flags }),
})
