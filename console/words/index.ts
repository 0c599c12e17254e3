/** Words of the dictionary, in the language that was chosen. */

import { language } from '../lib/prefs.js'
import { type Word, words } from './dictionary.js'

export type { Word } from './dictionary.js'

/** A word in the language that was chosen, with these values in it. */
export function t(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  const text: string = words[word][language.value === 'zh' ? 1 : 0]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
