/** All that the console says, each in both languages: one dictionary, so that neither language can lack a word. */

import { accounts } from './accounts.js'
import { actions } from './actions.js'
import { calls } from './calls.js'
import { events } from './events.js'
import { faults } from './faults.js'
import { jobs } from './jobs.js'
import { media } from './media.js'
import { oss } from './oss.js'
import { shell } from './shell.js'

/** The words by name. */
export const words = { ...shell, ...calls, ...jobs, ...faults, ...media, ...oss, ...events, ...accounts, ...actions }

/** Name of a word. */
export type Word = keyof typeof words
