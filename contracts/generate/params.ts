/** Parameters for an Action that has no example: made up from what its definition says about each. */

import { describeParam, type ParamDescription } from '../../src/catalogue/describe.js'
import type { Action } from '../../src/index.js'
import { factsOf } from '../../src/params/kind.js'

/** Without an extension, so that it suits whatever formats an Action wants. */
const SAMPLE_URL = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/contracts/sample'

/** The required parameters of an Action, by their names on the wire, each with a value that its definition allows. */
export const sampleParams = ({ input }: Action): Record<string, string> =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, schema]) => factsOf(schema).required)
      .flatMap(([name, schema]) => needed(describeParam(name, schema)))
      .flatMap((param) => namesOf(param).map((name) => [name, sampleValue(param)])),
  )

/** Of the fields of an array's elements those that are required; an element without any would not be seen. */
function needed(fields: ParamDescription[]): ParamDescription[] {
  const required = fields.filter((field) => field.required)
  return required.length > 0 ? required : fields.slice(0, 1)
}

/** `Ids.N` stands for as many names as the array must have elements. */
const namesOf = ({ name, minItems = 1 }: ParamDescription): string[] =>
  name.includes('.N') ? Array.from({ length: Math.max(minItems, 1) }, (_, index) => name.replace('.N', `.${index + 1}`)) : [name]

function sampleValue(param: ParamDescription): string {
  const { type, enum: choices, format, min, max, minLength = 0, maxLength, minItems = 1, separator = ',' } = param
  if (format === 'list') return Array(minItems).fill(sampleScalar(type, choices)).join(separator)
  if (format === 'url') return SAMPLE_URL
  if (format === 'date-time') return '2026-01-01T00:00:00Z'
  if (format === 'json') return '{}'
  if (min !== undefined) return String(min)
  if (max !== undefined) return String(Math.min(1, max))
  return sampleScalar(type, choices).padEnd(minLength, '-').slice(0, maxLength)
}

function sampleScalar(type: ParamDescription['type'], choices: ParamDescription['enum']): string {
  if (choices?.[0] !== undefined) return choices[0]
  if (type === 'Boolean') return 'true'
  return type === 'String' ? 'sample' : '1'
}
