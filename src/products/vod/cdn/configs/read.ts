/** The parameter Functions: what is to be set of which functions (manual 13.4.1). */

import { z } from 'zod'
import { json } from '../../../../params/structures.js'
import { argumentOf, settableFunctions } from './functions.js'

/** One setting as a call asks for it. */
export interface WantedConfig {
  functionName: string
  args: Record<string, string>
  /** Of a setting that is to be changed. */
  configId?: string | undefined
}

/** What is wrong with one, and where. */
export interface ConfigFault {
  code:
    | 'InvalidFunctions.Malformed'
    | 'InvalidFunctionName.ValueNotSupported'
    | 'InvalidArgName.ValueNotSupported'
    | 'InvalidArgValue.Malformed'
  /** Where the code names something. */
  message?: string
  reason: string
}

const MALFORMED = 'InvalidFunctions.Malformed'

/** All values are text in the end. */
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String)

const functionSchema = z.looseObject({
  functionName: z.string(),
  functionArgs: z.array(z.looseObject({ argName: z.string(), argValue: scalar.nullish() })).max(50),
  configId: scalar.nullish(),
})

/** Functions that one call may set. */
const MAX_FUNCTIONS = 100

/** Settings of functions, as JSON. */
export const functions = () =>
  json(z.array(functionSchema).min(1).max(MAX_FUNCTIONS), {
    maxItems: MAX_FUNCTIONS,
    maxLength: 65_536,
    codes: { format: MALFORMED, value: MALFORMED, length: MALFORMED, malformed: MALFORMED },
  })

type GivenFunction = z.output<typeof functionSchema>

/** Reads settings, or tells what is wrong with the first that is. */
export function readFunctions(given: readonly GivenFunction[]): { configs: WantedConfig[] } | { fault: ConfigFault } {
  const configs: WantedConfig[] = []
  for (const [index, each] of given.entries()) {
    const read = readFunction(each, String(index))
    if ('code' in read) return { fault: read }
    configs.push(read)
  }
  const names = configs.map(({ functionName }) => functionName)
  const clash = names.find((name) => names.includes(settableFunctions[name]?.excludes ?? ''))
  if (clash === undefined) return { configs }
  return { fault: { code: MALFORMED, reason: `sets both ${clash} and ${settableFunctions[clash]?.excludes}, which exclude each other` } }
}

function readFunction({ functionName, functionArgs, configId }: GivenFunction, at: string): WantedConfig | ConfigFault {
  const definition = Object.hasOwn(settableFunctions, functionName) ? settableFunctions[functionName] : undefined
  if (definition === undefined) return unknownFunction(functionName, `at ${at}.functionName: is no function that can be set`)
  const args: Record<string, string> = {}
  for (const [index, { argName, argValue }] of functionArgs.entries()) {
    const place = `at ${at}.functionArgs.${index}`
    const check = argumentOf(definition, argName)
    if (check === undefined)
      return {
        code: 'InvalidArgName.ValueNotSupported',
        message: `ArgName ${argName.slice(0, 100)} is not supported.`,
        reason: `${place}.argName: ${functionName} has no such argument`,
      }
    // To take a header away is asked for with null, be it as text or not.
    const value = argValue ?? (functionName === 'set_resp_header' && argName === 'value' ? 'null' : undefined)
    if (value === undefined) continue
    const problem = check(value)
    if (problem !== undefined) return { code: 'InvalidArgValue.Malformed', reason: `${place}.argValue: ${argName} ${problem}` }
    args[argName] = value
  }
  const missing = Object.keys(definition.args).find((name) => args[name] === undefined)
  if (missing !== undefined) {
    const named = functionArgs.findIndex(({ argName }) => argName === missing)
    const place = named < 0 ? '' : `.${named}.argValue`
    return { code: MALFORMED, reason: `at ${at}.functionArgs${place}: ${functionName} needs ${missing}` }
  }
  const problem = definition.check?.(args)
  if (problem !== undefined) return { code: 'InvalidArgValue.Malformed', reason: `at ${at}.functionArgs: ${problem}` }
  return { functionName, args, configId: configId ?? undefined }
}

/** A function that there is none of. */
export const unknownFunction = (name: string, reason: string): ConfigFault => ({
  code: 'InvalidFunctionName.ValueNotSupported',
  message: `FunctionName ${name.slice(0, 100)} is not supported.`,
  reason,
})
