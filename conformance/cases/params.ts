/** The cases of a parameter, from what the manual says of it: each constraint kept at its very edge, and broken just beyond. */

import type { ManualParam } from '../facts/schema.js'
import type { Case, Changes, Kind } from './case.js'
import { codeOf, type Mistake } from './codes.js'
import { besides, elements, fillings, outcomes } from './special.js'

/** A parameter, of which only those constraints are left that the catalogue is known to have. */
export interface CheckedParam extends ManualParam {
  /** Its enum is not all that it may be. */
  open?: true
}

/** A parameter of an Action, and a call of it that succeeds. */
export interface ParamContext {
  /** `<service>.<Action>`. */
  action: string
  /** Name in the manual: `Boxes.N.W`. */
  name: string
  param: CheckedParam
  /** Parameters of the call that succeeds. */
  base: Readonly<Record<string, string>>
  /** Status of a code. */
  statusOf: (code: string) => number
}

/** All cases of a parameter. */
export function casesOf(context: ParamContext): Case[] {
  const { param } = context
  const makers = [missing, optional, text, numbers, booleans, formats, choices, bounds, lengths, items]
  return param.clamped ? [...missing(context), ...text(context), ...numbers(context)] : makers.flatMap((make) => make(context))
}

/** The name with which a call sends it: of an array, that of its first element. */
const sentAs = ({ name }: ParamContext): string => name.replace('.N', '.1')

/** What makes a call be without a parameter, and without anything in it. */
function without({ name, base }: ParamContext): Changes {
  const root = name.split('.N', 1)[0] ?? name
  const sent = Object.keys(base).filter((each) => each === root || each.startsWith(`${root}.`))
  return Object.fromEntries([...sent, root].map((each) => [each, undefined]))
}

/** Gives a parameter another value. A field of an array's elements is given where the call has the array: numbered, or in the JSON of one parameter. */
function given(context: ParamContext, value: string): Changes {
  const { name, base } = context
  const [root = name, field] = name.split('.N', 2)
  if (field === undefined || base[sentAs(context)] !== undefined) return { [sentAs(context)]: value }
  const inJson = base[root]
  if (inJson === undefined) return { ...without(context), [sentAs(context)]: value }
  const [first, ...others] = JSON.parse(inJson) as object[]
  return { [root]: JSON.stringify([{ ...first, [field.slice(1)]: value }, ...others]) }
}

const passes = (context: ParamContext, kind: Kind, how: string, value: string): Case => succeeds(context, kind, how, given(context, value))

/** A case that succeeds, unless the value leads to something that the world does not have. */
function succeeds({ action, name, statusOf }: ParamContext, kind: Kind, how: string, changes: Changes): Case {
  const title = `${name} ${how}`
  const key = `${action}.${title}`
  const other = outcomes[key] ?? (kind === 'optional' ? undefined : outcomes[`${action}.${name}`])
  return {
    kind,
    title,
    changes: { ...changes, ...besides[key] },
    outcome: other === undefined ? { status: 200 } : { ...other, status: statusOf(other.code) },
  }
}

function refused(context: ParamContext, how: string, changes: Changes, mistake: Mistake, kind: Kind = 'negative'): Case {
  const { action, name, statusOf } = context
  const code = codeOf(action, name, mistake)
  return {
    kind,
    title: `${name} ${how}`,
    changes,
    outcome: { code, status: statusOf(code), names: { param: name.split('.N', 1)[0] ?? name } },
  }
}

function missing(context: ParamContext): Case[] {
  const { param, name } = context
  if (!param.required || param.conditional || (name.includes('.N.') && context.base[sentAs(context)] === undefined)) return []
  const cases = [refused(context, 'left out', name.includes('.N.') ? { [sentAs(context)]: undefined } : without(context), 'missing')]
  return param.allowEmpty
    ? cases
    : [...cases, refused(context, 'empty', { ...without(context), [sentAs(context)]: '' }, param.format === 'url' ? 'emptyUrl' : 'missing')]
}

/** What need not be given: it may be left out, and one that is empty counts as left out. */
function optional(context: ParamContext): Case[] {
  const { param, name, base } = context
  if (param.required || param.conditional || name.includes('.N')) return []
  const empty = succeeds(context, 'optional', 'empty', { ...without(context), [name]: '' })
  return base[name] === undefined ? [empty] : [succeeds(context, 'optional', 'left out', without(context)), empty]
}

/** What no parameter of any type may be. */
const text = (context: ParamContext): Case[] => [
  refused(context, 'with a control character', given(context, 'a\u0007'), 'malformed'),
  refused(context, 'that is not UTF-8', given(context, 'a\uFFFD'), 'malformed'),
]

function numbers(context: ParamContext): Case[] {
  const { type, list } = context.param
  if (list !== undefined || !['Integer', 'Long', 'Float'].includes(type)) return []
  const wrong = type === 'Float' ? ['many', '1,5', '0x10', 'NaN'] : ['many', '1.5', '0x10', '1e3', '١']
  return wrong.map((value) => refused(context, `of "${value}"`, given(context, value), 'format'))
}

const booleans = (context: ParamContext): Case[] =>
  context.param.type === 'Boolean'
    ? [
        ...['perhaps', '1', 'yes'].map((value) => refused(context, `of "${value}"`, given(context, value), 'format')),
        ...['true', 'false'].map((value) => passes(context, 'enum', `of ${value}`, value)),
      ]
    : []

const WRONG_TIMES = ['yesterday', '2026-02-30T00:00:00Z', '2026-01-01 00:00:00', '2026-01-01T00:00:00', '2026-13-01T00:00:00Z']

const WRONG_URLS = ['nowhere', 'ftp://viapi-test.oss-cn-shanghai.aliyuncs.com/a.jpg', 'http://']

/** The vision manuals alone forbid Chinese characters. */
const CHINESE_URL = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com/图.jpg'

function formats(context: ParamContext): Case[] {
  const { format, list } = context.param
  if (format === 'date-time') return WRONG_TIMES.map((value) => refused(context, `of "${value}"`, given(context, value), 'format'))
  if (format === 'url' && list === undefined)
    return [...WRONG_URLS, ...(context.action.startsWith('vod.') ? [] : [CHINESE_URL])].map((value) =>
      refused(context, `of "${value}"`, given(context, value), 'url'),
    )
  if (format === 'json')
    return ['{', 'nothing', '[1,', '{"a":1,}'].map((value) => refused(context, `of ${value}`, given(context, value), 'format'))
  return []
}

function choices(context: ParamContext): Case[] {
  const { enum: values, type, list } = context.param
  if (values === undefined || type === 'Boolean') return []
  const beyond = ['Integer', 'Long', 'Float'].includes(type)
    ? [String(Math.max(...values.map(Number)) + 1)]
    : ['NoneOfThese', `${values[0]}x`, ...(list === undefined ? [` ${values[0]}`] : [])]
  return [
    ...values.map((value) => passes(context, 'enum', `of ${value}`, value)),
    ...(context.param.open ? [] : beyond).map((value) => refused(context, `of "${value}"`, given(context, value), 'value', 'enum')),
  ]
}

function bounds(context: ParamContext): Case[] {
  const { min, max, exclusiveMin, exclusiveMax, type, list } = context.param
  if (list !== undefined) return []
  const step = type === 'Float' ? 0.001 : 1
  const edge = (how: string, value: number | undefined): Case[] =>
    value === undefined ? [] : [passes(context, 'boundary', how, written(value))]
  const beyond = (how: string, value: number | undefined): Case[] =>
    value === undefined ? [] : [refused(context, how, given(context, written(value)), 'value', 'boundary')]
  return [
    ...edge(`at its least, ${min}`, min),
    ...beyond(`below its least, ${min}`, min === undefined ? undefined : min - step),
    ...edge(`at its most, ${max}`, max),
    ...beyond(`above its most, ${max}`, max === undefined ? undefined : max + step),
    ...edge(`just above ${exclusiveMin}`, exclusiveMin === undefined ? undefined : exclusiveMin + step),
    ...beyond(`of ${exclusiveMin}, which it must exceed`, exclusiveMin),
    ...edge(`just below ${exclusiveMax}`, exclusiveMax === undefined ? undefined : exclusiveMax - step),
    ...beyond(`of ${exclusiveMax}, which it must stay below`, exclusiveMax),
  ]
}

const written = (value: number): string => String(Number(value.toFixed(3)))

/** A letter of one byte, and one of three. */
const LETTERS = { x: 1, 字: 3 } as const

function lengths(context: ParamContext): Case[] {
  const { maxLength, lengthUnit, enum: values, format } = context.param
  if (maxLength === undefined || values !== undefined || format === 'json') return []
  return Object.entries(LETTERS).flatMap(([letter, bytes]) => {
    const [before, after] = fillings[`${context.action}.${context.name}`] ?? ['', '']
    const room = maxLength - before.length - after.length
    const filled = before + filling(letter, lengthUnit === 'bytes' ? bytes : 1, room) + after
    const what = bytes === 1 ? '' : ' of several bytes'
    return [
      passes(context, 'boundary', `of ${maxLength} ${lengthUnit}, in letters${what}`, filled),
      refused(
        context,
        `beyond ${maxLength} ${lengthUnit}, in letters${what}`,
        given(context, `${before}x${filled.slice(before.length)}`),
        'length',
        'boundary',
      ),
    ]
  })
}

/** As many letters as there is room for, and what is left filled with letters of one unit. */
const filling = (letter: string, units: number, room: number): string => letter.repeat(Math.floor(room / units)) + 'x'.repeat(room % units)

function items(context: ParamContext): Case[] {
  const { list, maxItems, itemMaxLength, itemLengthUnit, enum: values, format } = context.param
  const { base, name } = context
  if (list === undefined) return []
  const example = base[name] ?? elements[`${context.action}.${name}`] ?? (format === 'url' ? 'http://example.com/film.mp4' : 'item')
  const one = values?.[0] ?? example.split(list, 1)[0] ?? example
  const many = (count: number): string => Array(count).fill(one).join(list)
  const bounded =
    maxItems === undefined || maxItems === 1
      ? []
      : [
          passes(context, 'boundary', `with ${maxItems} elements`, many(maxItems)),
          refused(context, `with ${maxItems + 1} elements`, given(context, many(maxItems + 1)), 'value', 'boundary'),
        ]
  if (itemMaxLength === undefined) return bounded
  const unit = itemLengthUnit === 'bytes' ? 3 : 1
  return [
    ...bounded,
    passes(context, 'boundary', `with an element of ${itemMaxLength} ${itemLengthUnit}`, `a${list}${'x'.repeat(itemMaxLength)}`),
    passes(
      context,
      'boundary',
      `with an element of ${itemMaxLength} ${itemLengthUnit}, of several bytes each`,
      '字'.repeat(Math.floor(itemMaxLength / unit)),
    ),
    refused(
      context,
      `with an element beyond ${itemMaxLength} ${itemLengthUnit}`,
      given(context, `a${list}${'x'.repeat(itemMaxLength + 1)}`),
      'length',
      'boundary',
    ),
  ]
}
