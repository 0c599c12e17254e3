/** Figures as text, in each of the languages. */

import { type Figure, middleOf, shareOfAim, type Words } from './figure.js'

export type Language = 'en' | 'zh'

export const wordsIn = (words: Words, language: Language): string => (typeof words === 'string' ? words : words[language])

const rounded = (value: number): string =>
  value.toLocaleString('en', value < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })

/** `12.3 µs`, `0.1 / 0.2 / 0.3 ms` */
export const measuredText = ({ values, unit }: Figure): string => `${values.map((value) => rounded(middleOf(value))).join(' / ')} ${unit}`

/** `11.9 to 12.8`; what was measured once has none. */
export function quartilesText({ values }: Figure, language: Language): string {
  const texts = values.flatMap((value) =>
    typeof value === 'number' ? [] : [`${rounded(value[0])} ${language === 'en' ? 'to' : '至'} ${rounded(value[2])}`],
  )
  return texts.length > 0 ? texts.join(' / ') : language === 'en' ? 'measured once' : '只测一次'
}

const BOUNDS = { en: { least: 'at least', most: 'at most' }, zh: { least: '不低于', most: '不超过' } } as const

/** `at most 20 ms`; empty if there is no aim. */
export const aimText = ({ aim, unit }: Figure, language: Language): string =>
  aim === undefined ? '' : `${BOUNDS[language][aim.at]} ${rounded(aim.value)} ${unit}`

/** Whether the aim is reached, and if not, how much of it is; empty if there is none. */
export function reachedText(figure: Figure, language: Language): string {
  const share = shareOfAim(figure)
  if (share === undefined) return ''
  if (share >= 1) return language === 'en' ? 'reached' : '达到'
  // Rounded down, so that what is not reached never stands there as all of it.
  const percent = Math.floor(share * 100)
  return language === 'en' ? `**not reached**: ${percent} % of it` : `**未达到**：仅为其 ${percent} %`
}

/** A table for people who watch. */
export const rowsOf = (section: string, figures: readonly Figure[]): string =>
  `${section}\n${figures.map((figure) => `  ${rowOf(figure)}\n`).join('')}`

const rowOf = (figure: Figure): string =>
  [
    wordsIn(figure.what, 'en').padEnd(64),
    measuredText(figure).padEnd(26),
    quartilesText(figure, 'en').padEnd(34),
    aimText(figure, 'en').padEnd(18),
    reachedText(figure, 'en').replaceAll('*', ''),
  ]
    .join(' ')
    .trimEnd()
