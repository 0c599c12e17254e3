/** What is wrong with something that came from outside, in words. */

import { ZodError, type z } from 'zod'
import { isError, messageOf } from './realm.js'

/** How many problems are told. */
const MAX_PROBLEMS = 5

/** Characters of a message: what it quotes came from outside as well. */
const MAX_CHARACTERS = 2000

/** What is wrong, in one line: `clock.mode: Invalid option`; of several problems the first few, and that there are more. */
export function problemOf(error: unknown): string {
  const text = error instanceof ZodError ? problemsOf(error) : messageOf(error)
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text
}

function problemsOf({ issues }: ZodError): string {
  const told = issues.slice(0, MAX_PROBLEMS).map((issue) => [...pathOf(issue), wordsOf(issue)].join(': '))
  return [...told, ...(issues.length > MAX_PROBLEMS ? ['and more'] : [])].join('; ')
}

const pathOf = ({ path }: z.core.$ZodIssue): string[] => (path.length > 0 ? [path.join('.')] : [])
/** Bytes that should be in a file are not. */
export class MissingFile extends Error {
  constructor(path: string) {
    super(`the file ${path} was removed or changed by somebody else`)
  }
}

/** What is wrong with the machine, such as a disk that is full, as a client may be told; `undefined` if it is not that what has led to an error. */
export const failureOf = (error: unknown): string | undefined =>
  isError(error) && (error instanceof MissingFile || 'syscall' in error) ? withoutFolders(error.message) : undefined

/** An absolute path, which is no part of a URL: in quotes it may hold blanks. */
const PATH = /'(?:[a-z]:)?[\\/][^'\n]*'|(?<![\w:/.\\>])(?:[a-z]:)?[\\/][^\s'"`:;,()<>]+/gi

/** A text without the folders of the files that it names: clients are told what is wrong, and not where things are on the machine. */
export const withoutFolders = (text: string): string =>
  text.replace(PATH, (path) => path.replace(/^'?(?:.*[\\/])/, (begin) => (begin.startsWith("'") ? "'" : '')))

/** Of a name that cannot be, what the names must be like says more than that it is invalid. */
const wordsOf = (issue: z.core.$ZodIssue): string => (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message
