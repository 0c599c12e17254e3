/** What tests make of jobs: a script, fitted to the kind of job that it is for. */

import { gatewayErrors } from '../base/gateway-errors.js'
import { didYouMean } from '../base/nearest.js'
import type { JobScript } from '../faults/fault.js'
import type { Job, JobError, Script } from './job.js'
import type { JobKind, Outcome } from './kind.js'

/** A script that fits a kind of job, or why there is none: what of it is wrong, and a sentence about it. */
export type ResolvedScript = { script: Script } | { wrong: string; problem: string }

/** How to fit a script. */
interface Fitting {
  /** True: the code that it fails with need not be a documented one. */
  custom?: boolean
  /** The job that it is for. Default: any that starts. */
  job?: Job
}

/** Fits a script to a job of a kind: fills in what it leaves open, or finds out why it can never happen. */
export function resolveScript(kind: JobKind, script: JobScript, { custom = false, job }: Fitting = {}): ResolvedScript {
  const stage = job?.stage ?? kind.stages[0].name
  const stages = kind.stages.map(({ name }) => name)
  const ahead = stages.slice(stages.indexOf(stage))
  const problemWith = (name: string, among: readonly string[] = stages): string | undefined => {
    if (!stages.includes(name)) return `a job of ${kind.name} has no stage ${name}, but ${stages.join(', ')}${didYouMean(name, stages)}`
    if (!among.includes(name)) return `a job of ${kind.name} does not fail in ${name}, but in ${among.join(', ')}`
    return ahead.includes(name) ? undefined : `the job has left the stage ${name}`
  }

  if ('hold' in script) {
    const held = script.hold === true ? stage : script.hold
    const problem = problemWith(held)
    return problem === undefined ? { script: { does: 'hold', stage: held } } : { wrong: 'hold', problem }
  }
  if ('finish' in script) {
    const problem = problemOfResult(kind, script.finish)
    return problem === undefined
      ? { script: { does: 'finish', stage: stages.at(-1) as string, result: script.finish } }
      : { wrong: 'finish', problem }
  }

  const [does] = Object.keys(script) as ['fail' | 'exhaust' | 'timeout']
  const given = 'fail' in script ? script.fail : 'exhaust' in script ? script.exhaust : undefined
  const failing = kind.failsIn ?? stages.toReversed()
  const failed = given?.stage ?? failing.find((name) => ahead.includes(name))
  if (failed === undefined) return { wrong: does, problem: `a job of ${kind.name} does not fail any more once it has come to ${stage}` }
  const problem = problemWith(failed, failing)
  if (problem !== undefined) return { wrong: `${does}.stage`, problem }
  if (does === 'timeout') return { script: { does, stage: failed } }
  if (given === undefined) return { script: { does, stage: failed, error: kind.failure ?? INTERNAL_ERROR } }
  const unknown = custom ? undefined : problemOfCode(kind, given.code)
  return unknown === undefined ? { script: { does, stage: failed, error: errorOf(kind, given, job) } } : { wrong: does, problem: unknown }
}

/** What a script has come of a stage that ends; `undefined` if it has nothing to do with it. */
export function scripted({ stage, script }: Job): Outcome | undefined {
  if (script?.stage !== stage) return undefined
  if (script.does === 'fail') return { failed: script.error }
  if (script.does === 'exhaust') return { retry: script.error }
  return script.does === 'timeout' ? 'endless' : undefined
}

const INTERNAL_ERROR: JobError = { code: 'InternalError', message: gatewayErrors.InternalError.message }

function problemOfResult({ name, result: schema }: JobKind, result: unknown): string | undefined {
  if (schema === undefined) return `a job of ${name} has no result that could be given`
  const { issues: [issue] = [] } = schema.safeParse(result).error ?? {}
  return issue && `a job of ${name} has no such result: ${[issue.path.join('.'), issue.message].filter(Boolean).join(' ')}`
}

function problemOfCode({ name, errors }: JobKind, code: string): string | undefined {
  // Where no table of codes is documented, any will do.
  if (errors === undefined || Object.hasOwn(errors, code)) return undefined
  return `a job of ${name} does not fail with ${code}${didYouMean(code, Object.keys(errors))} (an undocumented code takes "custom": true)`
}

function errorOf(
  { errors = {}, failure, param }: JobKind,
  { code, message }: Omit<JobError, 'message'> & { message?: string | undefined },
  job?: Job,
): JobError {
  if (message !== undefined) return { code, message }
  const documented = Object.hasOwn(errors, code) ? errors[code] : failure?.code === code ? failure : undefined
  return { code, message: documented?.message.replace('{param}', () => (job && param?.(job)) ?? '') ?? `The job failed with ${code}.` }
}
