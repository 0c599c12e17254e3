/** Examples of calls: those of an Action's definition, or else the manuals' own, as facts in fixtures/examples. */

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Action, ExampleCall } from '../actions/action.js'
import { fixturePath } from '../base/fixtures.js'

/** Provider states, in the words of the vocabulary. */
export const statesSchema = z.array(z.union([z.string(), z.strictObject({ name: z.string(), params: z.record(z.string(), z.json()) })]))

const callSchema = z.strictObject({
  /** What the call shows, for the description of the interaction. */
  title: z.string().optional(),
  states: statesSchema.optional(),
  /** Parameters by their names on the wire. */
  params: z.record(z.string(), z.string()),
  /** The answer to a call that succeeds; a field that holds JSON as text is written as what the text means. */
  answer: z.record(z.string(), z.json()).optional(),
  /** Fields of the answer whose very value counts, not only its type: `Data.Status`. */
  exact: z.array(z.string()).optional(),
  /** The code of a call that is refused. */
  error: z.string().optional(),
  /** The parameter at fault, which the message of the error names. */
  param: z.string().optional(),
})

const fileSchema = z.tuple([callSchema], callSchema)

/** The example calls of an Action, the manual's own first; none if there are none. Throws a `ZodError` if the file is not as it must be. */
export const examplesOf = ({ name, service, examples }: Action): readonly ExampleCall[] =>
  examples ?? fileSchema.optional().parse(readExamples(service.name, `${name}.json`)) ?? []

/** What a file in fixtures/examples holds, if it is there. */
export function readExamples(...names: readonly string[]): unknown {
  let file: string
  try {
    file = readFileSync(fixturePath('examples', ...names), 'utf8')
  } catch {
    return undefined
  }
  return JSON.parse(file)
}
