/** A parameter of an Action, and what somebody writes for it. */

import type { ActionInfo } from '../../lib/known.js'
import { readJson } from '../../parts/json.js'
import { t } from '../../words/index.js'

/** A parameter in the catalogue. */
export type ParamInfo = ActionInfo['params'][number]

/** What the catalogue says beside name and type. */
interface Bounds {
  min?: number
  max?: number
  maxLength?: number
  lengthUnit?: string
  maxItems?: number
  default?: unknown
  enum?: readonly unknown[]
  format?: string
}

/** What the values of a parameter are held to, in words. */
export function boundsOf(param: ParamInfo): string[] {
  const { min, max, maxLength, lengthUnit = '', maxItems, default: usual, enum: values, format } = param as unknown as Bounds
  return [
    format,
    values?.join(', '),
    min !== undefined && max !== undefined
      ? t('actions.range', { min, max })
      : min !== undefined
        ? t('actions.atLeast', { min })
        : max !== undefined
          ? t('actions.atMost', { max })
          : undefined,
    maxLength !== undefined && t('actions.length', { n: maxLength, unit: lengthUnit }),
    maxItems !== undefined && t('actions.items', { n: maxItems }),
    usual !== undefined && t('actions.default', { value: JSON.stringify(usual) }),
  ].filter((each): each is string => typeof each === 'string' && each !== '')
}

/** The values that a parameter can have, where they are few. */
export function valuesOf(param: ParamInfo): readonly string[] | undefined {
  const { enum: values } = param as unknown as Bounds
  return param.type === 'Boolean' ? ['true', 'false'] : values?.map(String)
}

/** True for a parameter that is best written in several lines. */
export const isStructure = (param: ParamInfo): boolean => (param as unknown as Bounds).format === 'json' || /\[|\{|list/i.test(param.type)

/**
 * What is sent for what was written: the text itself, for wrong values are sent as they are, and what the service says to them is what is looked for here.
 * Numbers and truth values are written as such where that is the same text.
 */
export function sentFor({ type }: ParamInfo, text: string): unknown {
  if (type === 'String') return text
  const { value } = readJson(text)
  return String(value) === text && typeof value !== 'string' ? value : text
}

/** Whether what was sent for a parameter can stand in its field. */
export const fits = (param: ParamInfo, text: string): boolean => valuesOf(param)?.includes(text) ?? true
