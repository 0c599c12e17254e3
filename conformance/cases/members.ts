/** The cases of JSON in a parameter, member by member: each constraint that the manual has for it kept at its very edge, and broken just beyond. */

import type { Account } from '../../src/index.js'
import type { Member, Members, Structures } from '../facts/structures.js'
import type { Case, Changes, Refused } from './case.js'
import { codeOf } from './codes.js'
import { trialsOf } from './forms.js'
import { besides, outcomes } from './special.js'
import { memberNotes } from './special-members.js'

/** A parameter that holds JSON, and a call of its Action that succeeds. */
export interface JsonContext {
  /** `<service>.<Action>`. */
  action: string
  /** Name of the parameter. */
  name: string
  structures: Structures
  /** Parameters of the call that succeeds, and the account in which it does. */
  base: Readonly<Record<string, string>>
  account: Account
  /** Status of a code. */
  statusOf: (code: string) => number
  /** In what a call differs from the one that succeeds, if its JSON is another structure: as part of a title, what is changed, and what is led to. */
  variant?: { title: string; changes: Changes; outcome: Pick<Refused, 'code' | 'names'> | undefined }
}

type Json = Readonly<Record<string, unknown>>

/** An object somewhere in the JSON: what it is, where it is, and the JSON with another object in its place. */
interface Place {
  members: Members
  value: Json
  /** With `[]` behind a name where elements of an array are tried out beside the same alone. */
  path: string
  replace: (value: Json, beside?: Json) => unknown
}

/** All cases of the members of a parameter, of each structure that its JSON can be. */
export function memberCases(context: JsonContext): Case[] {
  const { action, name, structures, base } = context
  const param = structures.ofParam.get(`${action}.${name}`)
  if (param === undefined) return []
  const { by, values } = structures.variantsOf(param.structure) ?? { by: '', values: [] }
  const others = base[by] === undefined ? [] : values.filter((value) => value !== base[by])
  const variants = others.map((value): JsonContext => {
    const title = `${by} of ${value}`
    const changes = { [by]: value, ...besides[`${action}.${title}`] }
    const given = Object.fromEntries(
      Object.entries({ ...base, ...changes }).filter((pair): pair is [string, string] => pair[1] !== undefined),
    )
    return { ...context, base: given, variant: { title, changes, outcome: outcomes[`${action}.${title}`] } }
  })
  return [context, ...variants].flatMap((each) => casesOfStructure(each, param))
}

function casesOfStructure(context: JsonContext, { structure, list }: { structure: string; list?: true | undefined }): Case[] {
  const { action, name, structures, base, account } = context
  const given = memberNotes.bases[`${action}.${name}`]?.(account, base)
  const example = memberNotes.examples[structure]
  const whole = given ?? (base[name] === undefined ? (list ? [example] : example) : JSON.parse(base[name]))
  const [first, ...others] = list ? whole : [whole]
  if (first === undefined) throw new RangeError(`no JSON to begin with is known for ${action}.${name}, which is ${structure}`)
  const place: Place = {
    members: structures.membersOf(structure, { ...base, ...first }),
    value: first,
    path: '',
    replace: (value, beside) => (list ? [{ ...value, ...beside }, ...others] : { ...value, ...beside }),
  }
  return casesAt(context, place)
}

function casesAt(context: JsonContext, place: Place): Case[] {
  return Object.entries(place.members).flatMap(([name, member]) => [
    ...missing(context, place, name, member),
    ...wrongKinds(context, place, name, member),
    ...choices(context, place, name, member),
    ...bounds(context, place, name, member),
    ...forms(context, place, name, member),
    ...lengths(context, place, name, member),
    ...within(context, place, name, member),
  ])
}

type Maker = (context: JsonContext, place: Place, name: string, member: Member) => Case[]

const at = ({ path }: Place, name: string): string => (path === '' ? name : `${path}.${name}`)

function caseOf(
  { action, name: param, statusOf, variant }: JsonContext,
  place: Place,
  name: string,
  how: string,
  value: unknown,
  refused: boolean,
): Case[] {
  const path = at(place, name)
  const title = `${param}: ${path} ${how}${variant === undefined ? '' : `, with ${variant.title}`}`
  const note = memberNotes.notes.find((each) => each.cases.test(`${action}.${title}`))
  if (note?.skipped !== undefined) return []
  const { [name]: _old, ...rest } = place.value
  const prefix = note?.prefix ?? ''
  const filled = typeof value === 'string' ? `${prefix}${value.slice(prefix.length)}` : value
  const json = JSON.stringify(place.replace({ ...rest, ...note?.besides, ...(value !== undefined && { [name]: filled }) }, note?.root))
  const code = note?.code ?? (refused ? codeOf(action, param, 'value') : undefined)
  const instead = variant?.outcome
  const names = note?.names ?? { param, member: (note?.within === undefined ? path : `${path}.${note.within}`).replaceAll('[]', '') }
  return [
    {
      kind: 'member',
      title,
      changes: { ...variant?.changes, [param]: json, ...note?.changes },
      outcome:
        code !== undefined
          ? { code, status: statusOf(code), names }
          : instead === undefined
            ? { status: 200 }
            : { ...instead, status: statusOf(instead.code) },
    },
  ]
}

/** What has a default may be left out, whatever the table says of it. */
const isNeeded = ({ required, default: fallback }: Member): boolean => required === true && fallback === undefined

const missing: Maker = (context, place, name, member) => (isNeeded(member) ? caseOf(context, place, name, 'left out', undefined, true) : [])

const isNumber = ({ type, min, max, exclusiveMin, exclusiveMax, forms }: Member): boolean =>
  forms !== undefined ||
  ['Integer', 'Long', 'Float'].includes(type) ||
  [min, max, exclusiveMin, exclusiveMax].some((bound) => bound !== undefined)

/** What a member of a type cannot be. Texts and numbers may stand for each other, as in the manual's own examples. */
const wrongKinds: Maker = (context, place, name, member) => {
  const { type, structure } = member
  const wrong: readonly unknown[] =
    type === 'Object'
      ? structure === undefined
        ? []
        : ['text', 5, [5]]
      : type === 'Array'
        ? ['text', 5, {}]
        : type === 'Boolean'
          ? ['perhaps', {}]
          : isNumber(member)
            ? ['many', {}, []]
            : [{}, []]
  return wrong.flatMap((value) => caseOf(context, place, name, `of ${JSON.stringify(value)}`, value, true))
}

/** A value as the member holds it: by itself, or as an element of an array. */
const held = ({ type }: Member, value: unknown): unknown => (type === 'Array' ? [value] : value)

const choices: Maker = (context, place, name, member) =>
  member.enum === undefined
    ? []
    : [
        ...member.enum.flatMap((value) => caseOf(context, place, name, `of ${value}`, held(member, value), false)),
        // A text that is empty counts as left out.
        ...['NoneOfThese', ...(isNeeded(member) ? [''] : [])].flatMap((value) =>
          caseOf(context, place, name, `of "${value}"`, held(member, value), true),
        ),
      ]

const bounds: Maker = (context, place, name, member) => {
  const { min, max, exclusiveMin, exclusiveMax, type } = member
  const step = Math.max(member.multipleOf ?? 0, 1)
  // Which numbers may have decimals is not always said: whole numbers are tried out.
  const written = (value: number) => (type === 'String' ? String(value) : value)
  const edge = (how: string, value: number | undefined) =>
    value === undefined ? [] : caseOf(context, place, name, how, written(value), false)
  const beyond = (how: string, value: number | undefined) =>
    value === undefined ? [] : caseOf(context, place, name, how, written(value), true)
  const plus = (value: number | undefined, by: number) => (value === undefined ? undefined : value + by)
  return [
    ...edge(`at its least, ${min}`, min),
    ...beyond(`below its least, ${min}`, plus(min, -step)),
    ...edge(`at its most, ${max}`, max),
    ...beyond(`above its most, ${max}`, plus(max, step)),
    ...beyond(`of ${exclusiveMin}, which it must exceed`, exclusiveMin),
    ...beyond(`of ${exclusiveMax}, which it must stay below`, exclusiveMax),
  ]
}

const forms: Maker = (context, place, name, { forms = [], type }) =>
  trialsOf(forms).flatMap(({ value, refused }) =>
    caseOf(context, place, name, `of "${value}"`, type === 'String' ? value : Number(value), refused),
  )

const BYTES = { x: 1, 字: 3 } as const

const lengths: Maker = (context, place, name, { type, maxLength, lengthUnit, maxItems, itemMaxLength, list }) => {
  if (type === 'Object') return []
  const texts =
    maxLength === undefined
      ? []
      : Object.entries(BYTES).flatMap(([letter, bytes]) => {
          const units = lengthUnit === 'bytes' ? bytes : 1
          const full = letter.repeat(Math.floor(maxLength / units)) + 'x'.repeat(maxLength % units)
          const what = `${maxLength} ${lengthUnit}, in letters of ${bytes}`
          return [
            ...caseOf(context, place, name, `of ${what}`, full, false),
            ...caseOf(context, place, name, `beyond ${what}`, `${full}x`, true),
          ]
        })
  if (list === undefined || maxItems === undefined) return texts
  const many = (count: number): string => Array.from({ length: count }, (_, index) => `t${index}`).join(list)
  return [
    ...texts,
    ...caseOf(context, place, name, `with ${maxItems} elements`, many(maxItems), false),
    ...caseOf(context, place, name, `with ${maxItems + 1} elements`, many(maxItems + 1), true),
    ...(itemMaxLength === undefined
      ? []
      : [
          ...caseOf(context, place, name, `with an element of ${itemMaxLength}`, 'x'.repeat(itemMaxLength), false),
          ...caseOf(context, place, name, `with an element of ${itemMaxLength + 1}`, 'x'.repeat(itemMaxLength + 1), true),
        ]),
  ]
}

/** The members of a member: where the JSON has it, or where one is known that may stand there. */
const within: Maker = (context, place, name, { type, several, structure }) => {
  if (structure === undefined) return []
  const example = memberNotes.examples[structure]
  const inner = place.value[name] ?? example
  const [first, ...others] = Array.isArray(inner) ? inner : [inner]
  if (typeof first !== 'object' || first === null) return []
  const value = first as Json
  const put = (changed: unknown, beside?: Json) => place.replace({ ...place.value, [name]: changed }, beside)
  const alone: Place = {
    members: context.structures.membersOf(structure, { ...context.base, ...place.value, ...value }),
    value,
    path: at(place, name),
    replace: put,
  }
  const inArray: Place = { ...alone, replace: (changed, beside) => put([changed, ...others], beside) }
  if (several) return [alone, { ...inArray, path: `${alone.path}[]` }].flatMap((each) => casesAt(context, each))
  return casesAt(context, type === 'Array' ? inArray : alone)
}
