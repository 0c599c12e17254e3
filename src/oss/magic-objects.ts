/** Objects whose name demands an error: every request for `emulator-AccessDenied.bin`, in whatever folder, is refused with AccessDenied. */

import { type OssCode, ossErrors } from './errors.js'

const NAME = /^emulator-([A-Za-z]+)/

/** The code that the name of an object demands; `undefined` if it demands none. */
export function codeNamed(key: string): OssCode | undefined {
  const code = NAME.exec(key.slice(key.lastIndexOf('/') + 1))?.[1]
  return code !== undefined && Object.hasOwn(ossErrors, code) ? (code as OssCode) : undefined
}
