/** Which of the valid names somebody may have meant. */

/** Longer names are not compared letter by letter. */
const LONGEST = 100

/** The name most like the one given, letter case aside; `undefined` if none is like it. */
export function nearest(name: string, among: Iterable<string>): string | undefined {
  const wanted = name.slice(0, LONGEST).toLowerCase()
  let best: string | undefined
  // Half of the letters may differ.
  let least = Math.ceil(wanted.length / 2) + 1
  for (const candidate of among) {
    const apart = distance(wanted, candidate.slice(0, LONGEST).toLowerCase(), least)
    if (apart >= least) continue
    least = apart
    best = candidate
  }
  return best
}

/** The end of a message about an unknown name: `; did you mean "x"?`, or nothing. */
export function didYouMean(name: string, among: Iterable<string>): string {
  const meant = nearest(name, among)
  return meant === undefined ? '' : `; did you mean "${meant}"?`
}

/** How many letters must be put in, left out or replaced to get from one to the other (Levenshtein); `most` or more if it is that many. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
