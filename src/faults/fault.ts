/** What a test asks to go wrong: one shape for code, control API and configuration file. */

import { z } from 'zod'
import { withShape } from '../base/shape.js'
import { strict } from '../base/strict.js'
import { durationSchema, instantSchema } from '../base/time-schemas.js'
import { isRegExp, regExpJson } from '../patterns/json.js'
import { LinearRegExp } from '../patterns/regexp.js'
import { Wildcard } from '../patterns/wildcard.js'
import { draftOf } from '../state/draft.js'

/** A name in which `*` stands for any characters. */
export const patternSchema = z
  .string()
  .min(1)
  .max(200)
  .transform((pattern) => new Wildcard(pattern))

/** Characters of a value; JSON in a parameter may be long. */
const LONGEST_VALUE = 10_000

/** What a parameter must be: a value, or what a regular expression finds. */
export type Matcher = string | LinearRegExp

/** True if a value is what it must be. */
export const matches = (wanted: Matcher, value: string): boolean => (typeof wanted === 'string' ? value === wanted : wanted.test(value))

const matcherSchema = z.union(
  [
    z.string().max(LONGEST_VALUE),
    z.number().transform(String),
    z.boolean().transform(String),
    z.custom<RegExp>(isRegExp).transform(({ source, flags }, context) => readExpression(source, flags, context)),
    strict({ matches: z.string().min(1), flags: z.string().max(10).optional() }).transform(({ matches, flags }, context) =>
      readExpression(matches, flags, context),
    ),
  ],
  { error: 'is neither a value nor {"matches": …} with a regular expression' },
)

function readExpression(source: string, flags: string | undefined, context: z.core.$RefinementCtx): LinearRegExp {
  try {
    return new LinearRegExp(source, flags)
  } catch (error) {
    context.issues.push({ code: 'custom', message: (error as Error).message, input: source, continue: true })
    return z.NEVER
  }
}

/** Parameters that a fault or a query names, and how many of them by regular expressions. */
const MAX_MATCHERS = 100
const MAX_EXPRESSIONS = 10

/** What parameters must be, by name. */
export const matchersSchema = z
  .record(z.string().max(200), matcherSchema)
  .refine((matchers) => Object.keys(matchers).length <= MAX_MATCHERS, `names at most ${MAX_MATCHERS} parameters`)
  .refine(
    (matchers) => Object.values(matchers).filter((wanted) => typeof wanted !== 'string').length <= MAX_EXPRESSIONS,
    `has at most ${MAX_EXPRESSIONS} regular expressions`,
  )

/** Size of all the regular expressions. Throws a `RangeError` that begins with the parameter's name, below `field`, if one cannot be matched. */
export function sizeOf(matchers: Readonly<Record<string, Matcher>>, field: string): number {
  let sum = 0
  for (const [name, wanted] of Object.entries(matchers)) {
    if (typeof wanted === 'string') continue
    try {
      sum += wanted.size
    } catch (error) {
      throw new RangeError(`${field}.${name}: ${(error as Error).message}`, { cause: error })
    }
  }
  return sum
}

const codeSchema = z.string().min(1).max(200)

/** An error code; with status and message where they are not the documented ones. */
const errorSchema = z.union(
  [
    codeSchema.transform((code): InjectedError => ({ code })),
    strict({ code: codeSchema, status: z.int().min(400).max(599).optional(), message: z.string().max(2000).optional() }),
  ],
  { error: 'is an error code, or {"code": …, "status": 400 to 599, "message": …}' },
)

/** An error as a test asks for it. */
export interface InjectedError {
  code: string
  status?: number | undefined
  message?: string | undefined
}

/** Longer than any client waits. */
const LONGEST_LATENCY = 3_600_000

const latencySchema = z
  .union(
    [
      durationSchema.transform((length) => ({ from: length, to: length })),
      strict({ from: durationSchema, to: durationSchema }).refine(
        ({ from, to }) => from <= to,
        'goes from the shorter length of time to the longer one',
      ),
    ],
    { error: 'is a length of time such as "2s", or {"from": "100ms", "to": "2s"}' },
  )
  .refine(({ to }) => to <= LONGEST_LATENCY, 'is at most an hour; {"hang": true} waits until the client gives up')

const losingSchema = strict({
  /** What the client sees instead of the reply. Default: a broken connection. */
  see: z
    .union([z.literal('reset'), z.literal('hang'), strict({ error: errorSchema })], { error: 'is "reset", "hang" or {"error": …}' })
    .optional(),
  /** How often the Action is run. Default: once. */
  effects: z.int().min(1).max(10).optional(),
  /** How much later on the account's clock. Default: at once. */
  effectAfter: durationSchema.optional(),
})

/** The effects that a reply can suffer, whatever it is a reply to. Exactly one is given. */
const replyEffects = {
  /** The call is refused with this code instead of being run. */
  error: errorSchema.optional(),
  /** The answer comes later, by this much real time; of a range, how much follows from the account's seed. */
  latency: latencySchema.optional(),
  /** No answer until the client gives up; the Action is not run. */
  hang: z.literal(true).optional(),
  /** The connection breaks: before the answer, without the Action being run; or in the middle of the answer's body, after it was run. */
  reset: z.union([z.literal(true), z.literal('midBody')], { error: 'is true or "midBody"' }).optional(),
  /** The Action is run, and only so many bytes of the answer's body are sent. */
  truncate: z.int().min(0).optional(),
  /** The Action is run, and the answer's body is neither JSON nor XML. */
  garble: z.literal(true).optional(),
  /** The Action is run, and the answer says that it is of this type. */
  contentType: z
    .string()
    .regex(/^[\x20-\x7e]{1,200}$/)
    .optional(),
  /** The Action is run, and the client sees a failure. */
  loseReply: z
    .union([z.literal(true).transform((): z.output<typeof losingSchema> => ({})), losingSchema], {
      error: 'is true or {"see": …, "effects": …, "effectAfter": …}',
    })
    .optional(),
}

/** Why a job fails: a code, with the documented message unless there is another. */
const jobErrorSchema = z.union([
  codeSchema.transform((code): { code: string; message?: string | undefined; stage?: string | undefined } => ({ code })),
  z.strictObject({ code: codeSchema, message: z.string().max(2000).optional(), stage: z.string().optional() }),
])

/** What becomes of a job; see {@link JobScriptInput}. */
export const jobScriptSchema = z.union(
  [
    /** Fails at the end of this stage; default: of the one in which such jobs usually fail, which is the last for most. */
    z.strictObject({ fail: jobErrorSchema }),
    /** Gets no further than that, and ends when its time is up. */
    z.strictObject({ timeout: z.literal(true) }),
    /** Every attempt fails; with this code, if the kind of job tells codes. */
    z.strictObject({ exhaust: z.union([z.literal(true).transform(() => undefined), jobErrorSchema]) }),
    /** Stays in this stage, or in its first, until it is released. */
    z.strictObject({ hold: z.union([z.literal(true), z.string()]) }),
    /** Succeeds with this result instead of what would have come of its work. */
    z.strictObject({ finish: z.json() }),
  ],
  { error: 'is one of {"fail": {"code": …}}, {"timeout": true}, {"exhaust": true}, {"hold": true or stage}, {"finish": result}' },
)

const callbackSchema = z.union(
  [
    /** `lose`: counts as delivered and never arrives. `duplicate`: arrives twice. `timeout`: no answer in time. `reset`: the connection breaks. */
    z.enum(['lose', 'duplicate', 'timeout', 'reset']),
    /** The receiver seems to answer with this status. */
    z.strictObject({ status: z.int().min(100).max(599) }),
    /** Is sent later, on the account's clock. */
    z.strictObject({ delay: durationSchema }),
  ],
  { error: 'is one of "lose", "duplicate", "timeout", "reset", {"status": 500}, {"delay": "10m"}' },
)

const onlyOne = (names: readonly string[]) => ({
  check: (fault: object) => names.filter((name) => (fault as Record<string, unknown>)[name] !== undefined).length === 1,
  message: `has exactly one of ${names.join(', ')}`,
})

const oneReplyEffect = onlyOne(Object.keys(replyEffects))

const ossSchema = strict({
  /** Operation, such as `UploadPart`; `*` stands for any characters. Default: every operation. */
  operation: patternSchema.optional(),
  bucket: patternSchema.optional(),
  /** Name of the object; `*` stands for any characters. */
  key: patternSchema.optional(),
  /** Number of the part. */
  part: z.int().min(1).max(10_000).optional(),
  ...replyEffects,
}).refine(oneReplyEffect.check, oneReplyEffect.message)

const EFFECTS = [...Object.keys(replyEffects), 'job', 'callback', 'oss']

const oneEffect = onlyOne(EFFECTS)

/** A fault as a test writes it. */
export const faultSchema = strict({
  /** Service, such as `vod`; `*` stands for any characters. Default: every service. */
  service: patternSchema.optional(),
  /** Action, such as `CreateUpload*`. Default: every Action. */
  action: patternSchema.optional(),
  /** Parameters of the call by name; of a callback, fields of the event; of a job, the parameters that started it. All must match. */
  when: matchersSchema.optional(),
  /** Who calls: an AccessKeyId, an ARN, or the name of a RAM user or role; `*` stands for any characters. */
  identity: patternSchema.optional(),
  /** Only every nth call of those that match. */
  every: z.int().min(1).optional(),
  /** The first so many that match are spared. */
  after: z.int().min(0).optional(),
  /** It happens at most so many times. */
  times: z.int().min(1).optional(),
  /** Only from one time of the account's clock to before another. */
  between: strict({ from: instantSchema.optional(), until: instantSchema.optional() }).optional(),
  /** True: the error code is none that is documented there. */
  custom: z.literal(true).optional(),
  ...replyEffects,
  /** What becomes of the jobs that start. */
  job: jobScriptSchema.optional(),
  /** What becomes of event notifications. */
  callback: callbackSchema.optional(),
  /** What becomes of requests to OSS. */
  oss: ossSchema.optional(),
}).refine(oneEffect.check, oneEffect.message)

/** See {@link faultSchema}. */
export type FaultInput = z.input<typeof faultSchema>

/** A fault, read. */
export type FaultSpec = z.output<typeof faultSchema>

/** A fault that is checked, and left as it was written: where it is only handed on. */
export const faultInputSchema = withShape(
  z.custom<FaultInput>().superRefine((input, context) => {
    for (const issue of faultSchema.safeParse(input).error?.issues ?? []) context.addIssue(issue as z.core.$ZodRawIssue)
  }),
  faultSchema,
)

/** A fault as JSON holds it: regular expressions become `{"matches": …}`. */
export function asJson(input: FaultInput): FaultInput {
  const when = Object.entries(input.when ?? {}).map(([name, wanted]) => [name, isRegExp(wanted) ? regExpJson(wanted) : wanted])
  return draftOf({ ...input, ...(input.when && { when: Object.fromEntries(when) }) })
}

/** What happens to a reply: one of these is given. */
export type ReplyEffect = Pick<FaultSpec, 'error' | 'latency' | 'hang' | 'reset' | 'truncate' | 'garble' | 'contentType' | 'loseReply'>

/** What becomes of a job, as a test writes it. */
export type JobScriptInput = z.input<typeof jobScriptSchema>

/** What becomes of a job, read. */
export type JobScript = z.output<typeof jobScriptSchema>

/** What becomes of an event notification. */
export type CallbackFault = NonNullable<FaultSpec['callback']>
