/** What a request says of an upload callback: once the object is stored, a server is called (OSS reference, Callback). */

import { z } from 'zod'
import { refuseArgument } from './errors.js'
import type { OssRequest } from './request.js'

/** Characters of what a request says of its callback. */
const MAX_PARAMETER_CHARACTERS = 64 * 1024

/** URLs that are tried one after the other. */
const MAX_URLS = 5

/** Types of bodies. */
export const FORM = 'application/x-www-form-urlencoded'
export const JSON_TYPE = 'application/json'

const parameterSchema = z.object({
  callbackUrl: z
    .string()
    .transform((urls) =>
      urls
        .split(';')
        .map((url) => url.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string()).min(1).max(MAX_URLS)),
  callbackHost: z.string().optional(),
  callbackBody: z.string().min(1),
  callbackBodyType: z.enum([FORM, JSON_TYPE]).default(FORM),
})

/** Whom to call, and with what. */
export interface Callback {
  urls: string[]
  host?: string | undefined
  /** With variables such as `${bucket}`. */
  body: string
  type: typeof FORM | typeof JSON_TYPE
  /** Variables of the uploader's own: `x:user`. */
  variables: ReadonlyMap<string, string>
}

/** The callback that a request asks for, in its headers or in its URL. */
export function callbackOf({ call: { headers }, query }: OssRequest): Callback | undefined {
  return readCallback(headers['x-oss-callback'] ?? query.get('callback'), headers['x-oss-callback-var'] ?? query.get('callback-var'))
}

/** Reads a callback and its variables, both Base64 of JSON; in a form, the variables are fields. Refuses what is not one. */
export function readCallback(
  encoded: string | undefined,
  encodedVariables: string | undefined,
  fields: readonly (readonly [string, string])[] = [],
): Callback | undefined {
  if (encoded === undefined || encoded === '') return undefined
  const { callbackUrl, callbackHost: host, callbackBody: body, callbackBodyType: type } = read('callback', encoded, parameterSchema)
  const urls = callbackUrl.map((url) => (/^https?:/i.test(url) ? url : `http://${url}`))
  const wrong = urls.find((url) => !URL.canParse(url))
  if (wrong !== undefined) refuseArgument('callback', wrong.slice(0, 200), 'holds a callbackUrl that is not a URL')
  const own = encodedVariables === undefined ? {} : read('callback-var', encodedVariables, z.record(z.string(), z.string()))
  const variables = new Map([...fields, ...Object.entries(own)].filter(([name]) => name.startsWith('x:')))
  return { urls, host, body, type, variables }
}

function read<Schema extends z.ZodType>(name: string, encoded: string, schema: Schema): z.output<Schema> {
  if (encoded.length > MAX_PARAMETER_CHARACTERS) refuseArgument(name, encoded, `has more than ${MAX_PARAMETER_CHARACTERS} characters`)
  let document: unknown
  try {
    document = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
  } catch {
    refuseArgument(name, encoded, 'is not the Base64 of a JSON document', 'The callback configuration is not json format.')
  }
  const { data, success, error } = schema.safeParse(document)
  if (success) return data
  const issue = error.issues[0]
  return refuseArgument(name, encoded, `is wrong at ${issue?.path.join('.') || 'its root'}: ${issue?.message}`)
}
