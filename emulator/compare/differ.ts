/** Where two answers differ. Ids, times and URLs are the same if they have the same role; of a measured number the kind counts; everything else has to be equal. */

import { sensitivityOf } from '../redact/names.js'
import { isAsRemoved, isPlaceholder } from '../redact/placeholders.js'
import { formOfTime, isFleeting, isMeasure, isNumericId, isReference, jsonIn, type Kind, kindOf, meaningOf } from './kinds.js'
import type { Roles } from './roles.js'

/** In which way two answers differ. */
export type DifferenceKind =
  /** Another HTTP status. */
  | 'status'
  /** Another error code. */
  | 'code'
  /** A field that only the upstream has. */
  | 'missing'
  /** A field that only the emulator has. */
  | 'extra'
  /** Another kind of value. */
  | 'kind'
  /** Another value of what has one of a few, or of a text. */
  | 'value'
  /** The id of another thing than the one that was meant before. */
  | 'reference'
  /** The same elements in another order. */
  | 'order'
  /** More or fewer elements. */
  | 'length'
  /** The emulator lacks the Action. */
  | 'action'

/** One difference. */
export interface Difference {
  /** `Video.Status`, `PlayInfoList.PlayInfo[].Size`; of an error, `Code`. */
  field: string
  kind: DifferenceKind
  /** What was recorded, and what the emulator answers, in words. */
  recorded: string
  here: string
}

/** Characters of a value that are shown. */
const MAX_SHOWN = 80

/** Characters that are shown before what differs, and at least after it. */
const AROUND = 20

/** Values that are compared to find out whether lists have only another order; beyond, they are compared as they stand. */
const MAX_TRIALS = 200_000

/** Objects and lists in one another; what is further in is not looked at. */
const DEEPEST = 60

/** Comparing two answers. */
export class Differ {
  #trials = 0

  /** `isXml`: one element is then no list, and everything is text. */
  constructor(private readonly isXml: boolean) {}

  /** The differences of two answers; what they teach about roles is learned. */
  compare(recorded: unknown, here: unknown, roles: Roles): Difference[] {
    return this.#value({ field: '', name: '', level: 0 }, recorded, here, roles)
  }

  #value(at: Place, recorded: unknown, here: unknown, roles: Roles): Difference[] {
    this.#trials++
    if (at.level > DEEPEST) return []
    if (this.isXml && Array.isArray(recorded) !== Array.isArray(here)) return this.#list(at, asList(recorded), asList(here), roles)
    const [kind, other] = [kindOf(recorded), kindOf(here)]
    if (kind !== other) return [{ field: at.field, kind: 'kind', recorded: sayKind(kind, recorded), here: sayKind(other, here) }]
    switch (kind) {
      case 'list':
        return this.#list(at, recorded as unknown[], here as unknown[], roles)
      case 'object':
        return this.#object(at, recorded as Members, here as Members, roles)
      case 'text':
        return this.#text(at, recorded as string, here as string, roles)
      case 'number':
        return this.#number(at, recorded as number, here as number, roles)
      default:
        return recorded === here ? [] : [differs(at, 'value', recorded, here)]
    }
  }

  #object(at: Place, recorded: Members, here: Members, roles: Roles): Difference[] {
    learnKey(here, roles)
    return [...new Set([...Object.keys(recorded), ...Object.keys(here)])].flatMap((name): Difference[] => {
      const place = { field: at.field === '' ? name : `${at.field}.${name}`, name, level: at.level + 1 }
      if (!Object.hasOwn(here, name)) return [{ field: place.field, kind: 'missing', recorded: show(recorded[name]), here: 'not there' }]
      if (!Object.hasOwn(recorded, name)) return [{ field: place.field, kind: 'extra', recorded: 'not there', here: show(here[name]) }]
      return this.#value(place, recorded[name], here[name], roles)
    })
  }

  #number(at: Place, recorded: number, here: number, roles: Roles): Difference[] {
    if (recorded === here || isMeasure(at.name, recorded, here) || sensitivityOf(at.name) !== undefined) return []
    if (isNumericId(at.name, recorded) && isNumericId(at.name, here)) return reference(at, String(recorded), String(here), roles)
    return [differs(at, 'value', recorded, here)]
  }

  #text(at: Place, recorded: string, here: string, roles: Roles): Difference[] {
    const { name } = at
    const isLearned = (): Difference[] => {
      roles.learn(recorded, here)
      return []
    }
    // The id of a request may come up again: as that of a job.
    if (isFleeting(name) && recorded !== '' && here !== '') return isLearned()
    const [inside, other] = [jsonIn(recorded), jsonIn(here)]
    if (inside !== undefined && other !== undefined) {
      roles.learn(recorded, here)
      return this.#value({ ...at, level: at.level + 1 }, inside, other, roles)
    }
    const [meaning, meant] = [meaningOf(name, recorded), meaningOf(name, here)]
    if (recorded === here || roles.translate(recorded) === here) return meaning === 'id' || meaning === 'URL' ? isLearned() : []
    if (meaning === 'id' && here !== '' && (meant === 'id' || isPlaceholder(recorded))) return reference(at, recorded, here, roles)
    if (isAsRemoved(recorded, here)) return isLearned()
    if (meaning !== meant) {
      const isOneOfFew = meaning === 'text' || meant === 'text'
      return [differs(at, isOneOfFew ? 'value' : 'kind', recorded, here)]
    }
    if (meaning === 'URL') return isLearned()
    if (meaning === 'time') return formOfTime(recorded) === formOfTime(here) ? [] : [differs(at, 'kind', recorded, here)]
    if (meaning === 'number' && isMeasure(name, Number(recorded), Number(here))) return []
    if (meaning === 'number' && isNumericId(name, Number(recorded)) && isNumericId(name, Number(here)))
      return reference(at, recorded, here, roles)
    return [differs(at, isCode(at.field) ? 'code' : 'value', recorded, here)]
  }

  #list(at: Place, recorded: readonly unknown[], here: readonly unknown[], roles: Roles): Difference[] {
    const place = { field: `${at.field}[]`, name: at.name, level: at.level + 1 }
    if (recorded.length !== here.length) {
      this.#match(place, recorded, here, roles)
      return [{ field: at.field, kind: 'length', recorded: elements(recorded.length), here: elements(here.length) }]
    }
    const trial = roles.attempt()
    const inPlace = recorded.flatMap((each, index) => this.#value(place, each, here[index], trial))
    if (inPlace.length > 0 && recorded.length > 1) {
      const other = roles.attempt()
      if (this.#match(place, recorded, here, other)) {
        other.commit()
        return [differs(at, 'order', recorded, here)]
      }
    }
    trial.commit()
    return inPlace
  }

  /** True if there is an element here for each that was recorded; what they teach is learned. */
  #match(place: Place, recorded: readonly unknown[], here: readonly unknown[], roles: Roles): boolean {
    const left = [...here]
    let all = true
    for (const each of recorded) {
      if (this.#trials > MAX_TRIALS) return false
      const index = left.findIndex((other) => {
        if (this.#trials > MAX_TRIALS) return false
        const trial = roles.attempt()
        const isSame = this.#value(place, each, other, trial).length === 0
        if (isSame) trial.commit()
        return isSame
      })
      if (index >= 0) left.splice(index, 1)
      else all = false
    }
    return all
  }
}

/** Two ids: the same thing has to be meant as before. */
function reference(at: Place, recorded: string, here: string, roles: Roles): Difference[] {
  if (isReference(at.name, recorded)) {
    const [expected, meant] = [roles.ours(recorded), roles.theirs(here)]
    if ((expected !== undefined && expected !== here) || (meant !== undefined && meant !== recorded))
      return [differs(at, 'reference', recorded, here)]
  }
  roles.learn(recorded, here)
  return []
}

/** Where errors have their code, in JSON and in the XML of OSS. */
const isCode = (field: string): boolean => /^(?:Error\.)?Code$/.test(field)

type Members = Readonly<Record<string, unknown>>

/** Where a value stands. */
interface Place {
  field: string
  name: string
  level: number
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === '' ? [] : [value])

function differs({ field }: Place, kind: DifferenceKind, recorded: unknown, here: unknown): Difference {
  const [theirs, ours] = [written(recorded), written(here)]
  let same = 0
  while (same < theirs.length && theirs[same] === ours[same]) same++
  // What both begin with is left out where it would leave no room for what differs.
  const from = same < MAX_SHOWN - AROUND ? 0 : same - AROUND
  return { field, kind, recorded: excerpt(theirs, from), here: excerpt(ours, from) }
}

const sayKind = (kind: Kind, value: unknown): string => (kind === 'list' || kind === 'object' ? kind : `${kind} ${show(value)}`)

const elements = (count: number): string => `${count} element${count === 1 ? '' : 's'}`

/** A value in one line; nothing in it moves a terminal's cursor. */
export const show = (value: unknown): string => excerpt(written(value), 0)

/** A part of a text that says where it was cut. */
function excerpt(text: string, from: number): string {
  const shown = text.slice(from, from + MAX_SHOWN).replace(/[\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD')
  return `${from > 0 ? '…' : ''}${shown}${text.length > from + MAX_SHOWN ? '…' : ''}`
}

/** What is nested too deep to be written is not shown. */
function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'nothing'
  } catch {
    return 'a value that is nested too deep to be shown'
  }
}

/** A key that the emulator hands out is what later requests are signed with. */
function learnKey(here: Members, roles: Roles): void {
  const { AccessKeyId, AccessKeySecret, SecurityToken } = here
  if (typeof AccessKeyId !== 'string' || typeof AccessKeySecret !== 'string') return
  roles.learnKey({
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    ...(typeof SecurityToken === 'string' && SecurityToken !== '' && { securityToken: SecurityToken }),
  })
}
