/**
 * What the definition of an Action says of its parameters holds: each documented limit is violated in a call that is right but for that, whichever
 * Action it is, so that a limit which only stands in the catalogue is named here.
 */

import { expect, test } from 'vitest'
import { paramsOf } from '../../contracts/format/examples.js'
import type { Action } from '../../src/index.js'
import { factsOf, type ParamFacts, type Violation } from '../../src/params/param-type.js'
import { testCloud } from '../support/cloud.js'

/** A way in which a parameter can be wrong: in words, with the parameters by their names on the wire, `undefined` for one that is left out. */
interface Wrong {
  how: string
  params: Readonly<Record<string, string | undefined>>
  /** What it counts as; several, where a parameter of a form of its own may say either. */
  violations: readonly Violation[]
}

/** Everything that can be wrong with a parameter, going by what is known of it. */
function wrongs(name: string, facts: ParamFacts, sent: readonly string[]): Wrong[] {
  const {
    type,
    required,
    enum: choices,
    min,
    max,
    minLength = 0,
    maxLength,
    lengthUnit,
    itemMaxLength,
    format,
    items,
    fields,
    maxItems,
    separator,
  } = facts
  const one = (how: string, value: string, ...violations: Violation[]): Wrong => ({ how, params: { [name]: value }, violations })
  const without = Object.fromEntries(
    sent.filter((param) => param === name || param.startsWith(`${name}.`)).map((each) => [each, undefined]),
  )
  const missing: Wrong[] = required ? [{ how: 'is left out', params: without, violations: ['missing'] }] : []
  if (type === 'Array' && items !== undefined) {
    const element = factsOf(items)
    const [field, inner] = Object.entries(element.fields ?? {})[0] ?? ['', undefined]
    const at = (index: number) => `${name}.${index}${field && `.${field}`}`
    const beyond = { ...without, [at((maxItems ?? 1000) + 1)]: '1' }
    const inElement = wrongs(at(1), inner ? factsOf(inner) : element, [])
    return [
      ...missing,
      { how: `has more than ${maxItems} elements`, params: beyond, violations: ['value'] },
      ...inElement.filter(({ how }) => how !== 'is left out'),
    ]
  }
  if (fields !== undefined) return missing
  return [
    ...missing,
    one('holds control characters', 'a\u0007', 'malformed'),
    ...(['Integer', 'Long', 'Float'].includes(type) && format !== 'list' ? [one('is no number', 'many', 'format')] : []),
    ...(type === 'Boolean' ? [one('is no truth value', 'perhaps', 'format')] : []),
    ...(format === 'date-time' ? [one('is no time', 'yesterday', 'format')] : []),
    ...(format === 'json' ? [one('is no JSON', '{', 'format', 'value')] : []),
    ...(format === 'url' ? [one('is no URL', 'nowhere', 'url')] : []),
    ...(format === 'list' && maxItems !== undefined
      ? [
          one(
            `has more than ${maxItems} elements`,
            Array(maxItems + 1)
              .fill(choices?.[0] ?? '1')
              .join(separator),
            'value',
            'length',
          ),
        ]
      : []),
    ...(choices ? [one('is none of its choices', 'NoneOfThese', 'value')] : []),
    ...(min !== undefined ? [one(`is less than ${min}`, String(min - 1), 'value')] : []),
    ...(max !== undefined ? [one(`is more than ${max}`, String(max + 1), 'value')] : []),
    ...(minLength > 1 ? [one(`has less than ${minLength} ${lengthUnit ?? 'characters'}`, 'x'.repeat(minLength - 1), 'length')] : []),
    ...(maxLength !== undefined ? [one(`has more than ${maxLength} ${lengthUnit}`, 'x'.repeat(maxLength + 1), 'length', 'format')] : []),
    ...(itemMaxLength !== undefined
      ? [one(`has an element of more than ${itemMaxLength} ${lengthUnit}`, `a,${'x'.repeat(itemMaxLength + 1)}`, 'length', 'value')]
      : []),
  ]
}

const { catalogue } = testCloud().cloud

const cases = catalogue.actions.flatMap((action: Action) => {
  const right = paramsOf(action)
  return Object.entries(action.input).flatMap(([name, kind]) => {
    const facts = factsOf(kind)
    return wrongs(name, facts, Object.keys(right)).map(
      (wrong) => [`${action.id}: ${name} ${wrong.how}`, { action, name, facts, right, ...wrong }] as const,
    )
  })
})

test.each(cases)('%s', async (_title, { action, name, facts, right, params, violations }) => {
  const { call } = testCloud()
  const given = Object.entries({ ...right, ...params }).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const { body, headers } = await call(action.id, Object.fromEntries(given))
  expect(violations.map((violation) => facts.codes?.[violation] ?? action.service.violations[violation])).toContain(body.Code)
  expect(headers['x-emulator-reason']).toMatch(new RegExp(`^${name}\\b`))
})
