/** What holds up a release: figures that are far from what they are to be. */

import { type Figure, shareOfAim } from './figure.js'
import { aimText, measuredText, wordsIn } from './text.js'

/** What share of its aim a figure has to reach. */
const LEAST = 0.85

/** The figures that reach less of their aim, each in one line. */
export const tooFar = (measured: Readonly<Record<string, readonly Figure[]>>): string[] =>
  Object.entries(measured).flatMap(([section, figures]) =>
    figures
      // What could not be measured is no number, and not near its aim either.
      .filter((figure) => figure.aim !== undefined && !((shareOfAim(figure) ?? 0) >= LEAST))
      .map((figure) => `${section}: ${wordsIn(figure.what, 'en')} is ${measuredText(figure)}, and is to be ${aimText(figure, 'en')}`),
  )
