/** Parameters for an Action that has no example: made up from what its definition says about each. */

import type { Action } from '../../src/index.js'
import { factsOf, type ParamFacts } from '../../src/params/param-type.js'

/** Without an extension, so that it suits whatever formats an Action wants. */
const SAMPLE_URL = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/contracts/sample'

type Kind = Action['input'][string]

/** The required parameters of an Action, by their names on the wire, each with a value that its definition allows. */
export const sampleParams = ({ input }: Action): Record<string, string> =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, kind]) => factsOf(kind).required)
      .flatMap(([name, kind]) => samples(name, kind)),
  )

/** A parameter, or as many numbered ones as an array must have elements. */
function samples(name: string, kind: Kind): [string, string][] {
  const facts = factsOf(kind)
  if (facts.type !== 'Array' || facts.items === undefined) return [[name, sampleValue(facts)]]
  const { items, minItems = 1 } = facts
  return Array.from({ length: Math.max(minItems, 1) }, (_, index) => sampleElement(`${name}.${index + 1}`, items)).flat()
}

/** An element of an array: a value, or its required fields. An element without any field would not be seen. */
function sampleElement(name: string, kind: Kind): [string, string][] {
  const facts = factsOf(kind)
  if (facts.fields === undefined) return [[name, sampleValue(facts)]]
  const fields = Object.entries(facts.fields)
  const required = fields.filter(([, field]) => factsOf(field).required)
  return (required.length > 0 ? required : fields.slice(0, 1)).flatMap(([field, fieldKind]) => samples(`${name}.${field}`, fieldKind))
}

function sampleValue({
  type,
  enum: choices,
  format,
  items,
  min,
  max,
  minLength = 0,
  maxLength,
  minItems = 1,
  separator,
}: ParamFacts): string {
  if (format === 'list' && items !== undefined)
    return Array(minItems)
      .fill(sampleValue(factsOf(items)))
      .join(separator)
  if (choices?.[0] !== undefined) return choices[0]
  if (format === 'url') return SAMPLE_URL
  if (format === 'date-time') return '2026-01-01T00:00:00Z'
  if (format === 'json') return '{}'
  if (type === 'Boolean') return 'true'
  if (type !== 'String') return String(min ?? Math.min(1, max ?? 1))
  return 'sample'.padEnd(minLength, '-').slice(0, maxLength)
}
