/** What something is called may be written in several ways, all of which mean the same thing. */

import type { ManualAction } from '../facts/schema.js'
import type { Changes } from './case.js'

/** One way to write the value of a parameter. */
export interface Form {
  title: string
  changes: Changes
}

const IDENTIFIER = /(?:Id|Ids|DomainName|DomainNames)$/

/** Host names know no case; a number is the same with a zero before it; a list may name a thing twice, with a blank behind the comma. */
export function formsOf({ params }: Pick<ManualAction, 'params'>, base: Readonly<Record<string, string>>): Form[] {
  return Object.entries(params).flatMap(([name, { type, list }]): Form[] => {
    const value = base[name]
    if (value === undefined || !IDENTIFIER.test(name)) return []
    const form = (how: string, other: string): Form[] => (other === value ? [] : [{ title: `${name} ${how}`, changes: { [name]: other } }])
    return [
      ...(name.startsWith('DomainName') ? form('in capitals', value.toUpperCase()) : []),
      ...(type === 'Long' && /^\d+$/.test(value) ? form('with a zero before it', `0${value}`) : []),
      ...(list === ',' ? form('named twice', `${value}, ${value}`) : []),
    ]
  })
}
