/** What may be in a data folder beside what is remembered. */

/** Where the certificate authority of a data folder is: its certificate, which everybody may read, and its key. */
export const AUTHORITY_FILES = { certificate: 'ca.pem', key: 'ca-key.pem' } as const

/** Hidden files, what a fresh file system has, and what the command `ca` makes before anything else is there. */
const NOTHING = new RegExp(`^\\.|^lost\\+found$|^(?:${Object.values(AUTHORITY_FILES).join('|').replaceAll('.', '\\.')})$`)

/** Of the names in a folder, those that an empty data folder does not have. */
export const namesOfContent = (names: readonly string[]): string[] => names.filter((name) => !NOTHING.test(name))
