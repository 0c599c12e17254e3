/** Values that may be written in one of several forms: the edges of each, and what lies just beyond it and is of no other form. */

import type { Form } from '../facts/structures.js'

/** A value to try out. */
export interface Trial {
  value: string
  /** Whether it is of none of the forms. */
  refused: boolean
}

/** The trials of all forms. */
export const trialsOf = (forms: readonly Form[]): Trial[] =>
  forms.flatMap((form) => [
    ...takenBy(form).map((value) => ({ value, refused: false })),
    ...beyond(form)
      .filter((value) => !forms.some((other) => isOf(other, value)))
      .map((value) => ({ value, refused: true })),
  ])

/** The least step between two numbers that is tried out. */
const stepOf = ({ whole }: { whole?: true | undefined }): number => (whole ? 1 : 0.001)

function takenBy(form: Form): string[] {
  if ('texts' in form) return form.texts
  const { min, max, exclusiveMin, exclusiveMax } = form
  const step = stepOf(form)
  return written([
    min,
    max,
    exclusiveMin === undefined ? undefined : exclusiveMin + step,
    exclusiveMax === undefined ? undefined : exclusiveMax - step,
  ])
}

function beyond(form: Form): string[] {
  if ('texts' in form) return form.beyond ?? []
  const { min, max, exclusiveMin, exclusiveMax, whole } = form
  const step = stepOf(form)
  return written([
    min === undefined ? undefined : min - step,
    max === undefined ? undefined : max + step,
    exclusiveMin,
    exclusiveMax,
    whole && min !== undefined ? min + 0.5 : undefined,
  ])
}

const written = (values: readonly (number | undefined)[]): string[] =>
  values.flatMap((value) => (value === undefined ? [] : [String(Number(value.toFixed(3)))]))

function isOf(form: Form, value: string): boolean {
  if ('texts' in form) return form.texts.includes(value)
  const { min = -Infinity, max = Infinity, exclusiveMin = -Infinity, exclusiveMax = Infinity, whole } = form
  const number = Number(value)
  return number >= min && number <= max && number > exclusiveMin && number < exclusiveMax && (!whole || Number.isInteger(number))
}
