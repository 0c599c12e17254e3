/** The one place where the console asks the emulator something: routes of the control API by their names, with the types that are declared there. */

import { signal } from '@preact/signals'
import type { ControlRoutes } from '../../src/control/index.js'
import type { Answer, Sent } from '../../src/control/route.js'
import { chosenAccount, controlToken } from './prefs.js'

/** Name of a route: `POST /clock/advance`. */
export type RouteName = keyof ControlRoutes

/** What a route answers. */
export type AnswerTo<Name extends RouteName> = Answer<ControlRoutes[Name]>

/** Where the control API is: the console is served below it. */
const API = new URL('..', document.baseURI).pathname.replace(/\/$/, '')

/** What is wrong with a request: `status` 0: nobody has answered. */
export class ControlError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message)
  }
}

/** True once the emulator has asked for its token, or has not taken the one it was given. */
export const needsToken = signal(false)

/** False while nobody answers. */
export const isReached = signal(true)

/** What is sent beside the name of a route. */
type Asked<Name extends RouteName> = Sent<ControlRoutes[Name]> & {
  /** Which account it is about, where it is not the chosen one. */
  about?: string
  signal?: AbortSignal
}

/** What stands in the address of a request. */
interface Way {
  params?: Readonly<Record<string, unknown>>
  query?: Readonly<Record<string, unknown>>
  about?: string
}

/** Path of a route with its parameters. */
function pathOf(template: string, { params = {}, query = {}, about = chosenAccount.value }: Way = {}): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const asked = Object.entries({ ...(query as object), ...(about !== '' && { accessKeyId: about }) }).filter(
    ([, value]) => value !== undefined,
  )
  const search = new URLSearchParams(asked as [string, string][]).toString()
  return `${API}${path === '/' ? '' : path}${search === '' ? '' : `?${search}`}`
}

/** Headers of a request: whom it comes from, where that is asked. */
export const credentials = (): Record<string, string> =>
  controlToken.value === '' ? {} : { authorization: `Bearer ${controlToken.value}` }

/** Asks, and answers what came. Rejects with a {@link ControlError}. */
async function ask(method: string, path: string, body?: unknown, stop?: AbortSignal): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers: { ...credentials(), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(stop && { signal: stop }),
      cache: 'no-store',
    })
  } catch (error) {
    if (stop?.aborted) throw error
    isReached.value = false
    throw new ControlError((error as Error).message, 0)
  }
  isReached.value = true
  if (response.status === 401) needsToken.value = true
  if (response.ok) needsToken.value = false
  return response
}

const isJson = (response: Response): boolean => response.headers.get('content-type')?.includes('application/json') ?? false

async function refusalOf(response: Response): Promise<ControlError> {
  const text = await response.text()
  try {
    const { error } = JSON.parse(text) as { error?: unknown }
    if (typeof error === 'string') return new ControlError(error, response.status)
  } catch {}
  return new ControlError(`${response.status} ${text.slice(0, 300)}`, response.status)
}

async function responseTo<Name extends RouteName>(name: Name, asked: Asked<Name>): Promise<Response> {
  const [method = '', template = ''] = name.split(' ')
  const { body, signal: stop } = asked as { body?: unknown; signal?: AbortSignal }
  const response = await ask(method, pathOf(template, asked as Way), body, stop)
  if (!response.ok) throw await refusalOf(response)
  return response
}

/** Calls a route. Rejects with a {@link ControlError} that says what was wrong. */
export async function call<Name extends RouteName>(name: Name, asked: Asked<Name> = {} as never): Promise<AnswerTo<Name>> {
  const response = await responseTo(name, asked)
  return (isJson(response) ? response.json() : response.text()) as Promise<AnswerTo<Name>>
}

/** Rows of a list, and how many there are in all. */
export interface Page<Rows> {
  rows: Rows
  total: number
}

/** Asks for one page of a list. Rejects as {@link call} does. */
export async function callForPage<Name extends RouteName>(name: Name, asked: Asked<Name> = {} as never): Promise<Page<AnswerTo<Name>>> {
  const response = await responseTo(name, asked)
  return { rows: (await response.json()) as AnswerTo<Name>, total: Number(response.headers.get('x-total-count')) }
}

/** A line for a shell that calls an Action in the chosen account without signing it; a token it takes from the environment, so that it stands nowhere. */
export function lineFor(service: string, action: string, params: object): string {
  const url = location.origin + pathOf('/actions/{service}/{action}', { params: { service, action } })
  const token = controlToken.value === '' ? '' : ' --header "authorization: Bearer $CONTROL_TOKEN"'
  return `curl '${url}'${token} --json '${JSON.stringify(params)}'`
}

/** Calls an Action without signing it. Its refusals are answers, too. */
export async function callAction(
  service: string,
  action: string,
  params: Record<string, unknown>,
): Promise<{ status: number; body: unknown; elapsed: number }> {
  const began = performance.now()
  const response = await ask('POST', pathOf('/actions/{service}/{action}', { params: { service, action } }), params)
  const elapsed = performance.now() - began
  const text = await response.text()
  try {
    return { status: response.status, body: JSON.parse(text), elapsed }
  } catch {
    return { status: response.status, body: text, elapsed }
  }
}

/** Where the bytes of an object can be had, by who sends the token along. */
export const objectPath = (bucket: string, key: string): string => pathOf('/objects/{bucket}/{key}', { params: { bucket, key } })

/** An object, whose bytes are still to come. Rejects with a {@link ControlError}. */
export async function openObject(bucket: string, key: string, stop?: AbortSignal): Promise<Response> {
  const response = await ask('GET', objectPath(bucket, key), undefined, stop)
  if (!response.ok) throw await refusalOf(response)
  return response
}

/** The bytes of an object. */
export const readObject = async (bucket: string, key: string, stop?: AbortSignal): Promise<Blob> =>
  (await openObject(bucket, key, stop)).blob()

/** Opens a stream of the control API. Rejects with a {@link ControlError}. */
export async function openStream(path: string, stop: AbortSignal, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(pathOf(path), { headers: { ...credentials(), accept: 'text/event-stream', ...headers }, signal: stop })
  if (response.status === 401) needsToken.value = true
  if (!response.ok) throw await refusalOf(response)
  return response
}
