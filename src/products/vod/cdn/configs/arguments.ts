/** What arguments of configuration functions may be (manual 13.4.1). All arrive as text. */

import { isIP } from 'node:net'
import { HOST_NAME } from '../../shared/storage/settings.js'

/** Says what is wrong with a value; `undefined` if nothing is. */
export type ArgumentCheck = (value: string) => string | undefined

export const among =
  (...choices: readonly string[]): ArgumentCheck =>
  (value) =>
    choices.includes(value) ? undefined : `is none of ${choices.join(', ')}`

export const onOff = among('on', 'off')

export const wholeNumber =
  (min: number, max: number): ArgumentCheck =>
  (value) =>
    /^\d{1,15}$/.test(value) && Number(value) >= min && Number(value) <= max ? undefined : `is no whole number from ${min} to ${max}`

export const matching =
  (pattern: RegExp, what: string): ArgumentCheck =>
  (value) =>
    pattern.test(value) ? undefined : `is not ${what}`

/** Several values, separated by commas. */
export const listOf =
  (check: ArgumentCheck): ArgumentCheck =>
  (value) => {
    for (const item of value.split(',')) {
      const problem = check(item.trim())
      if (problem !== undefined) return `holds "${item.slice(0, 40)}", which ${problem}`
    }
    return undefined
  }

/** `192.168.0.1`, or a block such as `192.168.0.0/24`; also of IPv6. */
export const ipAddress: ArgumentCheck = (value) => {
  const [ip = '', prefix, ...rest] = value.split('/')
  const family = isIP(ip)
  const isBlock = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32))
  return family !== 0 && isBlock && rest.length === 0 ? undefined : 'is neither an IP address nor a block of them'
}

export const hostName: ArgumentCheck = (value) =>
  isIP(value) !== 0 || HOST_NAME.test(value.toLowerCase()) ? undefined : 'is not the name of a host'

/** Path of a URL. */
export const urlPath = matching(/^\/[\x21-\x7e]{0,1023}$/, 'a path that begins with /')

/** What can stand in a header. */
export const headerText = matching(/^[\t\x20-\x7e]{1,1024}$/, 'text that can stand in a header')

/** Anything that is not empty: the manual says nothing of what it must be. */
export const anyText = matching(/^[^\r\n]{1,1024}$/, '1 to 1024 characters')

/** Seconds; at most some years. */
export const seconds = wholeNumber(0, 999_999_999)
