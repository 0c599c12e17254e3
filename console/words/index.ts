/** All that the console says, each in both languages: one dictionary, so that neither language can lack a word. */

import { language } from '../lib/prefs.js'
import { accounts } from './accounts.js'
import { actions } from './actions.js'
import { calls } from './calls.js'
import { events } from './events.js'
import { faults } from './faults.js'
import { jobs } from './jobs.js'
import { media } from './media.js'
import { oss } from './oss.js'
import { shell } from './shell.js'

/** The dictionary. */
export const words = { ...shell, ...calls, ...jobs, ...faults, ...media, ...oss, ...events, ...accounts, ...actions }

/** Name of a word. */
export type Word = keyof typeof words

/** A word in the language that was chosen, with these values in it. */
export function t(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  const text: string = words[word][language.value === 'zh' ? 1 : 0]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
