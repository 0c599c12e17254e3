/** Recording the control API. */

import type { RouteOptions } from 'fastify'
import type { Recorder } from '../record/recorder.js'
import { type Control, findAccount } from './serve.js'

/** Accounts are recorded where the cloud creates them and disposes of them, and calls where it answers them. */
const ELSEWHERE = /\/accounts$|\/actions\//

/** A route's handler, recorded if it may change something. */
export function recorded({ method, url, handler }: RouteOptions, recorder: Recorder, control: Control): RouteOptions['handler'] {
  if (typeof method !== 'string' || /^(?:GET|HEAD|OPTIONS)$/.test(method) || ELSEWHERE.test(url)) return handler
  return function (request, reply) {
    // What is wrong with a key that leads nowhere is for the route to say.
    const account = findAccount(control, request)
    return recorder.control({ account, method, url: request.url, body: request.body }, async () => {
      const answer = await handler.call(this, request, reply)
      return { answer, accepted: reply.statusCode < 400 }
    })
  }
}
