/** The result of a comparison in words. */

import type { Comparison, FieldDifference, NotCompared } from './comparison.js'
import type { DifferenceKind } from './differ.js'

const WORDS: Readonly<Record<DifferenceKind, string>> = {
  status: 'another status',
  code: 'another code',
  missing: 'a field that is not here',
  extra: 'a field that is only here',
  kind: 'another kind of value',
  value: 'another value',
  reference: 'the id of another thing',
  order: 'another order',
  length: 'another length',
  action: 'an Action that is not here',
}

/** Differences by Action, then what was not compared, then all in one line. */
export function formatComparison({ upstream, calls, compared, accounts, differences, notCompared }: Comparison): string {
  const actions = [...new Set(differences.map(({ action }) => action))]
  const summary =
    differences.length === 0
      ? `${counted(compared, 'call')} compared with ${upstream === 'real' ? 'the real cloud' : upstream}, no differences`
      : `${counted(differences.length, 'difference')} in ${counted(actions.length, 'Action')}; ${compared} of ${counted(calls, 'call')} compared with ${upstream === 'real' ? 'the real cloud' : upstream}`
  return [
    ...actions.flatMap((action) => [action, ...differences.filter((each) => each.action === action).flatMap(linesOf), '']),
    ...(notCompared.length > 0 ? ['not compared:', ...notCompared.map(leftOut), ''] : []),
    // Who finds too little in a list has keys of one account that were taken for those of several.
    ...(accounts > 1 ? [`the access keys were taken for those of ${accounts} accounts`] : []),
    summary,
  ]
    .map(plain)
    .join('\n')
}

const linesOf = ({ field, kind, recorded, here, calls, first }: FieldDifference): string[] => [
  `  ${field === '' ? '' : `${field}: `}${WORDS[kind]} (${calls === 1 ? `call ${first}` : `${calls} calls, first ${first}`})`,
  `    recorded ${recorded}`,
  `    here     ${here}`,
]

const leftOut = ({ reason, calls, first, actions }: NotCompared): string =>
  `  ${counted(calls, 'call')} (first ${first}): ${reason}: ${actions.join(', ')}`

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** What was recorded does not move the cursor of a terminal. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD')
