/** From what Match says to what is looked for: checked against the table of the kind of media (VOD manual 17.6). */

import { didYouMean } from '../../../../base/nearest.js'
import { fromIso } from '../../../../base/times.js'
import type { Keys } from '../../../../state/collection.js'
import { type Bound, type Condition, type Expression, MatchError, type Value } from './expression.js'
import type { Field, Query, Scalar } from './field.js'
import type { MediaRecord, SearchType } from './search-type.js'

/** Whether a record is one that is looked for. */
export type Test<Row> = (row: Row) => boolean

/** How what is looked for is found: by these keys, among them what the test holds for. */
export interface SearchPlan<Row> {
  /** Keys of the records themselves. */
  keys?: readonly string[]
  /** Keys by index, of which one must apply in each. Only without `keys`. */
  by?: Keys<string>
  test?: Test<Row>
}

/** Turns an expression into a plan. Throws a {@link MatchError} if it asks for what the protocol does not allow. */
export function compile<Row extends MediaRecord>(expression: Expression, type: SearchType<Row>): SearchPlan<Row> {
  const conditions = (expression.type === 'and' ? expression.operands : [expression]).map((operand) => ({
    test: testOf(operand, type),
    ...indexOf(operand, type),
  }))
  const first = (index: string | undefined) => conditions.find((each) => each.index === index)
  const byKey = first('key')
  // An index finds what one condition asks; all the others are tested.
  const found = byKey ? [byKey] : conditions.filter((each) => each.index !== undefined && first(each.index) === each)
  const tests = conditions.filter((each) => !found.includes(each)).map(({ test }) => test)
  return {
    ...(byKey ? { keys: byKey.keys } : { by: Object.fromEntries(found.map(({ index, keys }) => [index, keys])) }),
    ...(tests.length > 0 && { test: every(tests) }),
  }
}

/** The index that has exactly what a condition asks for under some of its keys, if there is one. */
function indexOf<Row extends MediaRecord>(expression: Expression, { fields }: SearchType<Row>): { index?: string; keys: string[] } {
  if ((expression.type !== 'in' && expression.type !== 'compare') || expression.negated) return { keys: [] }
  const field = fields[expression.field] as Field<Row>
  if (field.index === undefined) return { keys: [] }
  const values = expression.type === 'in' ? expression.values : [expression.value]
  return { index: field.index, keys: values.map((value) => String(read(value, expression.field, field))) }
}

function testOf<Row extends MediaRecord>(expression: Expression, type: SearchType<Row>): Test<Row> {
  if (!('operands' in expression)) return testOfCondition(expression, type)
  const tests = expression.operands.map((operand) => testOf(operand, type))
  return expression.type === 'and' ? every(tests) : (row) => tests.some((test) => test(row))
}

function every<Row>(tests: readonly Test<Row>[]): Test<Row> {
  const [only, ...others] = tests
  return only !== undefined && others.length === 0 ? only : (row) => tests.every((test) => test(row))
}

function testOfCondition<Row extends MediaRecord>(condition: Condition, type: SearchType<Row>): Test<Row> {
  const { field: name, position } = condition
  const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined
  const get = field?.value
  if (field === undefined || get === undefined)
    throw new MatchError(
      'meaning',
      position,
      name,
      field === undefined
        ? `a search of SearchType ${type.name} knows no such field${didYouMean(name, Object.keys(type.fields))}`
        : 'this field can be answered, and not searched for',
    )
  const test = testOfValue(condition, name, field)
  const negated = condition.type !== 'range' && condition.negated
  return (row) => {
    const value = get(row)
    const met = value !== undefined && (typeof value === 'object' ? value.some(test) : test(value))
    return met !== negated
  }
}

/** What each condition needs of a field, and how that is written. */
const forms = {
  exact: "= 'value'",
  fuzzy: "= 'part of a value'",
  multiple: "in ('value1','value2')",
  range: '= (from,to)',
} as const satisfies Record<Query, string>

function testOfValue<Row>(condition: Condition, name: string, field: Field<Row>): (value: Scalar) => boolean {
  const { queries } = field
  // What one value of a list can be asked for, it can be asked for alone: the service's own samples have Status='Normal'.
  const allowed: readonly Query[] =
    condition.type === 'compare' ? ['exact', 'fuzzy', 'multiple'] : [condition.type === 'in' ? 'multiple' : 'range']
  if (!queries.some((query) => allowed.includes(query)))
    throw new MatchError(
      'meaning',
      condition.position,
      name,
      `this field is not searched in this way, but as in ${queries.map((query) => `${name} ${forms[query]}`).join(', ')}`,
    )
  if (condition.type === 'range') return testOfRange(condition, name, field)
  const values = condition.type === 'in' ? condition.values : [condition.value]
  const { maxValues = values.length } = field
  if (values.length > maxValues)
    throw new MatchError('meaning', condition.position, name, `a list has at most ${maxValues} values, and this one has ${values.length}`)
  const wanted = values.map((value) => read(value, name, field))
  if (queries.includes('fuzzy')) {
    const parts = wanted.map(folded)
    return (value) => {
      const text = folded(value)
      return parts.some((part) => text.includes(part))
    }
  }
  const all = new Set(wanted)
  return (value) => all.has(value)
}

/** Who looks for a part of a title does not care for capitals. */
const folded = (value: Scalar): string => String(value).toLowerCase()

function testOfRange<Row>({ lower, upper }: Condition & { type: 'range' }, name: string, field: Field<Row>): (value: Scalar) => boolean {
  const end = (bound: Bound | undefined): Scalar | undefined => bound && read(bound.value, name, field)
  const [from, to] = [end(lower), end(upper)]
  return (value) =>
    (from === undefined || value > from || (value === from && lower?.inclusive === true)) &&
    (to === undefined || value < to || (value === to && upper?.inclusive === true))
}

const forbidden = ({ text, position }: Value, name: string, problem: string): MatchError =>
  new MatchError('meaning', position, name, `"${text.slice(0, 40).toWellFormed()}" ${problem}`)

/** A value as it is compared. Throws a {@link MatchError} if it is not of the field's type. */
function read<Row>(value: Value, name: string, { type }: Field<Row>): Scalar {
  const { text, quoted, position } = value
  if (type === 'String' || type === 'Time') {
    if (!quoted) throw new MatchError('syntax', position, name, 'the values of this field stand in quotation marks')
    if (text === '') throw new MatchError('meaning', position, name, 'the value is empty')
    if (type === 'String') return text
    const instant = fromIso(text)
    if (instant === undefined) throw forbidden(value, name, 'is not a UTC time such as 2026-01-01T00:00:00Z')
    return instant / 1000
  }
  const number = Number(text)
  if (!(type === 'Long' ? /^[+-]?\d{1,16}$/ : /^[+-]?\d{1,16}(\.\d{1,16})?$/).test(text))
    throw forbidden(value, name, type === 'Long' ? 'is not a whole number' : 'is not a number')
  return number
}
