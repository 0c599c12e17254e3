/** JSON that somebody writes. */

import { t } from '../words/index.js'

/** The value of a text, or what is wrong with it. */
export function readJson(text: string): { value?: unknown; problem?: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { problem: t('error.json', { error: (error as Error).message }) }
  }
}

/** The number that somebody writes; what is none stays as it is, so that who is sent it can say so. */
export const readNumber = (text: string): number | string => (text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text))
