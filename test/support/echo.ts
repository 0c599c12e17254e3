/** A service of the tests' own: its Actions answer with the parameters that they were given. */

import { z } from 'zod'
import { type Action, type ActionSpec, defineService } from '../../src/actions/action.js'
import type { Product } from '../../src/index.js'
import type { InputShape } from '../../src/params/decoder.js'

const echo = defineService({
  name: 'echo',
  version: '2000-01-01',
  regions: ['cn-shanghai'],
  defaultFormat: 'JSON',
  errors: {
    LengthExceededMax: { status: 400, message: 'The length of "{param}" exceeds the limit.' },
    'InvalidParameter.Format': { status: 400, message: 'The format of the specified parameter "{param}" is not valid.' },
    'InvalidParameter.Malformed': { status: 400, message: 'The specified parameter "{param}" is not text.' },
    'InvalidParameter.Url': { status: 400, message: 'The specified parameter "{param}" is not a URL.' },
    'InvalidParameter.Own': { status: 400, message: 'The parameter "{param}" has an error of its own.' },
  },
  violations: {
    missing: 'MissingParameter',
    malformed: 'InvalidParameter.Malformed',
    format: 'InvalidParameter.Format',
    value: 'InvalidParameter',
    length: 'LengthExceededMax',
    url: 'InvalidParameter.Url',
  },
  denials: {
    notOpened: 'InvalidParameter',
    suspended: 'InvalidParameter',
    userNotAllowed: 'InvalidParameter',
    roleNotAllowed: 'InvalidParameter',
  },
  wrongRegion: 'InvalidParameter',
})

const output = z.looseObject({})

type Extras = Partial<Pick<ActionSpec<InputShape, typeof output, Record<never, never>, never>, 'limit' | 'job' | 'run'>>

/** The Actions as a product. */
export const product = (actions: readonly Action[]): Product => ({ name: 'echo', actions })

/** An Action that answers `{ Input }`, or what `run` makes of the call. */
export const echoAction = (name: string, input: InputShape, { limit, job, run = ({ input }) => ({ Input: input }) }: Extras = {}): Action =>
  echo.action(name, {
    summary: 'Answers with its parameters.',
    source: 'tests',
    ...(limit && { limit }),
    ...(job && { job }),
    input,
    output,
    run,
  }) as unknown as Action
