/** Whether an answer has the shape that clients read it with. */

/** What a value is: a kind, a list of values of one shape, or an object. A field whose name ends with `?` may be left out. */
export type Shape = 'string' | 'number' | 'boolean' | readonly [Shape] | { readonly [field: string]: Shape }

/** Where a value is not of a shape, each place with what is wrong there: fields of other kinds, fields that are missing, fields that nobody knows. */
export function misfits(value: unknown, shape: Shape, path = 'answer'): string[] {
  if (typeof shape === 'string') return typeof value === shape ? [] : [`${path} is ${kindOf(value)}, not ${shape}`]
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${path} is ${kindOf(value)}, not a list`]
    return value.flatMap((element, index) => misfits(element, shape[0], `${path}[${index}]`))
  }
  if (kindOf(value) !== 'object') return [`${path} is ${kindOf(value)}, not an object`]
  const fields = new Map(Object.entries(shape).map(([name, inner]) => [name.replace('?', ''), { inner, optional: name.endsWith('?') }]))
  const given = value as Record<string, unknown>
  const missing = [...fields]
    .filter(([name, { optional }]) => !optional && given[name] === undefined)
    .map(([name]) => `${path}.${name} is missing`)
  const wrong = Object.entries(given).flatMap(([name, inner]) => {
    const field = fields.get(name)
    return field ? misfits(inner, field.inner, `${path}.${name}`) : [`${path}.${name} is not known`]
  })
  return [...missing, ...wrong]
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value)
