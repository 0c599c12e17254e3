/** Parameters on the wire, which knows neither lists nor objects. */

/** A parameter's value before it is put on the wire: lists become `Name.1`, lists of objects `Name.1.Field`. */
export type ParamValue = string | number | boolean | undefined | readonly ParamValue[] | { readonly [field: string]: ParamValue }

/** Names and values as they travel; what has no value is left out. */
export function flattenParams(params: { readonly [name: string]: ParamValue }): [name: string, value: string][] {
  const pairs: [string, string][] = []
  const add = (name: string, value: ParamValue): void => {
    if (value === undefined || value === null) return
    if (Array.isArray(value)) for (const [index, each] of value.entries()) add(`${name}.${index + 1}`, each)
    else if (typeof value === 'object') for (const [field, each] of Object.entries(value)) add(`${name}.${field}`, each as ParamValue)
    else pairs.push([name, String(value)])
  }
  for (const [name, value] of Object.entries(params)) add(name, value)
  return pairs
}
