/** The certificate authority of a data folder: made once, so that what trusts it need be told once. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DataFolderError } from '../store/data-folder-error.js'
import { AUTHORITY_FILES } from '../store/folder-names.js'
import { makeNewFolder } from '../store/private-files.js'
import { Authority, type AuthorityPem, createAuthority } from './authority.js'

/** Path of the certificate in a data folder. */
export const certificatePath = (folder: string): string => join(resolve(folder), AUTHORITY_FILES.certificate)

/**
 * The authority of a data folder, which is made if it is not there; without a folder, one that nobody has had before. Rejects with a
 * {@link DataFolderError} if it cannot be used.
 */
export async function openAuthority(folder: string | undefined): Promise<Authority> {
  if (folder === undefined) return Authority.from(await createAuthority())
  const path = join(resolve(folder), AUTHORITY_FILES.key)
  try {
    makeNewFolder(resolve(folder))
    const authority = await Authority.from(read(path) ?? (await make(path)))
    // A copy for those who are to trust it: what counts is beside the key.
    writeFileSync(certificatePath(folder), authority.certificate)
    return authority
  } catch (error) {
    const { message } = error as Error
    throw new DataFolderError(`the certificate authority ${path} cannot be used: ${message}; without the file, a new one is made`, {
      cause: error,
    })
  }
}

/** Key and certificate are in one file, so that there are both or neither. */
function read(path: string): AuthorityPem | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const [key] = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(text) ?? []
  const [certificate] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text) ?? []
  if (key === undefined || certificate === undefined) throw new Error('it holds no private key and certificate')
  return { key, certificate }
}

async function make(path: string): Promise<AuthorityPem> {
  const made = await createAuthority()
  try {
    writeFileSync(path, made.key + made.certificate, { mode: 0o600, flag: 'wx' })
    return made
  } catch (error) {
    // Another process was faster.
    const theirs = (error as NodeJS.ErrnoException).code === 'EEXIST' ? read(path) : undefined
    if (theirs === undefined) throw error
    return theirs
  }
}
