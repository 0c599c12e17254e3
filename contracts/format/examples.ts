/** Examples of events, and the parameters of example calls: those of the definition, or else the manuals' own, as facts in fixtures/examples. */

import { z } from 'zod'
import { examplesOf, readExamples, statesSchema } from '../../src/catalogue/examples.js'
import type { Action, EventDefinition, EventExample } from '../../src/index.js'
import { sampleParams } from './sample-params.js'

const eventSchema = z.strictObject({
  title: z.string().optional(),
  states: statesSchema.optional(),
  /** What the event says; a field that holds JSON as text is written as what the text means. */
  payload: z.record(z.string(), z.json()),
  exact: z.array(z.string()).optional(),
})

const eventFileSchema = z.tuple([eventSchema], eventSchema)

/** Examples of an event type of a product, the guide's own first; none if there are none. Throws a `ZodError` if the file is not as it must be. */
export const eventExamplesOf = (product: string, { type, examples }: EventDefinition): readonly EventExample[] =>
  examples ?? eventFileSchema.optional().parse(readExamples(product, 'events', `${type}.json`)) ?? []

/** Parameters with which a call of the Action succeeds, as far as its definition or its example tells. */
export const paramsOf = (action: Action): Record<string, string> => examplesOf(action)[0]?.params ?? sampleParams(action)
