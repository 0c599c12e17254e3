/** What holds up a release: figures that are far from what they are to be, and from what they were. */

import { type Figure, shareOfAim } from './figure.js'
import type { Measured } from './measured.js'
import { aimText, measuredText, wordsIn } from './text.js'

/** What share of its aim a figure has to reach; of one that was kept and has not reached its aim, what share of that. */
const LEAST = 0.85

/** The figures that reach less, each in one line. `kept`: what was measured last. */
export function tooFar(
  measured: Readonly<Record<string, readonly Figure[]>>,
  kept: Readonly<Record<string, Pick<Measured, 'figures'>>>,
): string[] {
  return Object.entries(measured).flatMap(([section, figures]) =>
    figures
      .filter((figure) => {
        if (figure.aim === undefined) return false
        const what = wordsIn(figure.what, 'en')
        const was = kept[section]?.figures.find((each) => wordsIn(each.what, 'en') === what)
        const reached = was && shareOfAim({ ...was, aim: figure.aim })
        // What could not be measured is no number, and near to nothing.
        return !((shareOfAim(figure) ?? 0) >= LEAST * Math.min(1, reached ?? 1))
      })
      .map((figure) => `${section}: ${wordsIn(figure.what, 'en')} is ${measuredText(figure)}, and is to be ${aimText(figure, 'en')}`),
  )
}
