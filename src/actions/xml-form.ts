/**
 * Arrays in XML. As a rule the manuals print an array's element once for each item, without a wrapper. A few Actions print each item in an
 * element of its own inside the array's; in JSON theirs are plain arrays like all others.
 */

import { z } from 'zod'

const itemNames = new WeakMap<z.ZodType, string>()

/** An array that XML writes as `<Field><Name>…</Name><Name>…</Name></Field>`. */
export function itemsNamed<Item extends z.ZodType>(name: string, item: Item): z.ZodArray<Item> {
  const array = z.array(item)
  itemNames.set(array, name)
  return array
}

/** Turns an answer into what XML is built of. */
export type XmlForm = (value: unknown) => unknown

/** The XML form of answers of a schema; `undefined` if it is the answer as it is, as for most Actions. */
export function xmlFormOf(schema: z.ZodType): XmlForm | undefined {
  if (schema instanceof z.ZodOptional) return xmlFormOf(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodArray) return formOfArray(schema)
  if (!(schema instanceof z.ZodObject)) return undefined
  const forms = Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([field, each]) => {
    const form = xmlFormOf(each)
    return form ? [[field, form] as const] : []
  })
  if (forms.length === 0) return undefined
  return (value) => {
    const formed = { ...(value as Record<string, unknown>) }
    for (const [field, form] of forms) if (formed[field] !== undefined) formed[field] = form(formed[field])
    return formed
  }
}

function formOfArray(schema: z.ZodArray): XmlForm | undefined {
  const name = itemNames.get(schema)
  const itemForm = xmlFormOf(schema.element as z.ZodType)
  if (name === undefined && itemForm === undefined) return undefined
  return (value) => {
    const items = itemForm ? (value as unknown[]).map(itemForm) : value
    return name === undefined ? items : { [name]: items }
  }
}
