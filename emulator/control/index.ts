/** The control API under `/_emulator`: JSON in and out, 400 with a reason for what cannot be. */

import type { FastifyInstance } from 'fastify'
import { ZodError } from 'zod'
import pkg from '../../package.json' with { type: 'json' }
import { checkJson } from '../../src/base/json.js'
import { problemOf } from '../../src/base/problem.js'
import { refuseBrokenText } from '../../src/base/well-formed.js'
import { type Cloud, describeActions, observedFacts, openApiDocument } from '../../src/index.js'
import { callbackPublicKey, PUBLIC_KEY_PATH } from '../../src/oss/call-back.js'
import { callOf, namesBucket, serveObject } from '../http/adapter.js'
import type { Report } from '../http/bugs.js'
import type { Recorder } from '../record/recorder.js'
import { accountRoutes } from './accounts.js'
import { clockRoutes } from './clock.js'
import { eventRoutes } from './events.js'
import { faultRoutes } from './faults.js'
import { denialOf, type GuardOptions } from './guard.js'
import { identityRoutes } from './identities.js'
import { jobRoutes } from './jobs.js'
import { liveStreamRoutes } from './live-streams.js'
import { playRoutes } from './plays.js'
import { recorded } from './recorded.js'
import { type Control, findAccount, queryOf } from './request.js'
import { requestRoutes } from './requests.js'
import { scenarioRoutes } from './scenarios.js'
import { stateRoutes } from './state.js'
import { usageRoutes } from './usage.js'
import { worldRoutes } from './world.js'
import { worldsRoutes } from './worlds.js'

/** Unless a route says otherwise. */
const MAX_CONTROL_BYTES = 1024 * 1024

/** The call that makes most room. */
const RESET = '/_emulator/reset'

/** What the control API is registered with. */
export interface ControlApiOptions {
  cloud: Cloud
  recorder: Recorder | undefined
  guard: GuardOptions
  report: Report
}

/** Registers the control API. */
export async function controlApi(app: FastifyInstance, { cloud, recorder, guard, report }: ControlApiOptions): Promise<void> {
  const started = performance.now()
  const control: Control = { app, cloud, chosen: (request) => cloud.account(queryOf(request).get('accessKeyId') ?? undefined) }

  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= MAX_CONTROL_BYTES
    if (recorder) route.handler = recorded(route, recorder, control)
  })
  // An object may be called as a control call is: what counts is its bucket.
  app.addHook('onRequest', (request, reply, next) => {
    if (!namesBucket(request.headers, cloud.publicUrl)) return next()
    serveObject(cloud, callOf({ raw: request.raw, body: undefined }), request, reply)
  })
  app.addHook('onRequest', async (request, reply) => {
    const denial = denialOf(request, cloud.publicUrl, guard)
    if (denial === undefined) return
    if (denial.status === 401) reply.header('www-authenticate', 'Bearer')
    return reply.code(denial.status).send({ error: denial.reason })
  })
  app.addHook('preHandler', async ({ body }) => refuseBrokenText(body))
  // What cannot be stored is not begun, unless it may make room.
  app.addHook('preHandler', async ({ method, routeOptions }) => {
    if (cloud.full && method !== 'GET' && method !== 'DELETE' && routeOptions.url !== RESET) await cloud.stored()
  })
  // Nothing is answered that could be forgotten.
  app.addHook('onSend', async (request, reply) => {
    if (request.method !== 'GET' && reply.statusCode < 400) await cloud.stored(findAccount(control, request))
  })
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const theirs = error instanceof ZodError || error instanceof RangeError || (error.statusCode ?? 500) < 500
    if (!theirs) report(error, `${request.method} ${request.url.split('?', 1)[0]}`)
    return reply.code(theirs ? 400 : 500).send({ error: theirs ? problemOf(error) : 'internal error, see the log' })
  })
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    checkJson(text, request.routeOptions.config.bounds).then(() => parse(request, text, done), done)
  })
  // What curl and fetch call a body unless they are told.
  app.addContentTypeParser('*', (_request, _body, done) =>
    done(new RangeError('a body is JSON, with the header content-type: application/json')),
  )
  // The door behind would take what is not found here for a download.
  for (const path of ['/', '/*']) {
    app.all(path, (request, reply) =>
      reply.code(404).send({ error: `there is no ${request.method} ${request.url.split('?', 1)[0]}; README.md lists the control calls` }),
    )
  }

  app.get('/health', () => ({
    status: 'ok',
    name: pkg.name,
    version: pkg.version,
    actions: cloud.catalogue.actions.length,
    uptimeMs: Math.round(performance.now() - started),
  }))
  app.get('/actions', () => describeActions(cloud.catalogue))
  app.get('/facts', () => observedFacts)
  app.get('/openapi.json', () => openApiDocument(cloud.catalogue, pkg.version))
  // Servers that check the signatures of upload callbacks ask for it where the callback says.
  app.get(PUBLIC_KEY_PATH.replace('/_emulator', ''), async (_request, reply) =>
    reply.type('application/x-pem-file').send(await callbackPublicKey()),
  )
  accountRoutes(control)
  clockRoutes(control)
  eventRoutes(control)
  faultRoutes(control)
  identityRoutes(control)
  jobRoutes(control)
  liveStreamRoutes(control)
  playRoutes(control)
  requestRoutes(control)
  scenarioRoutes(control)
  stateRoutes(control)
  usageRoutes(control)
  worldRoutes(control)
  worldsRoutes(control)
}
