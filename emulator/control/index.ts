/** The control API under `/_emulator`: JSON in and out, 400 with a reason for what cannot be. */

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { ZodError } from 'zod'
import { CONSOLE_FOLDER } from '../../src/base/fixtures.js'
import { checkJson } from '../../src/base/json.js'
import { problemOf, withoutFolders } from '../../src/base/problem.js'
import { refuseBrokenText } from '../../src/base/well-formed.js'
import type { Cloud } from '../../src/index.js'
import { applicationOptions, CONTROL, isControlOf } from '../http/application.js'
import { reportTo } from '../http/bugs.js'
import type { Logger } from '../http/logger.js'
import type { Recorder } from '../record/recorder.js'
import { type Access, serveAccess } from './access.js'
import { serveAccounts } from './accounts.js'
import { serveClock } from './clock.js'
import { serveConsole } from './console.js'
import { serveEmulator } from './emulator.js'
import { serveEvents } from './events.js'
import { serveFaults } from './faults.js'
import { denialOf, type GuardOptions } from './guard.js'
import { serveIdentities } from './identities.js'
import { serveInspection } from './inspection.js'
import { serveJobs } from './jobs.js'
import { serveLive } from './live.js'
import { serveOss } from './oss.js'
import { recorded } from './recorded.js'
import { serveRequests } from './requests.js'
import { serveScenarios } from './scenarios.js'
import { type Control, findAccount, INTERNAL_ERROR, queryOf } from './serve.js'
import { serveSimulation } from './simulation.js'
import { serveState } from './state.js'
import { serveWorlds } from './worlds.js'

/** Unless a route says otherwise. */
const MAX_CONTROL_BYTES = 1024 * 1024

/** The call that makes most room. */
const RESET = '/_emulator/reset'

/** What an application with a control API is built with. */
export interface ControlOptions {
  /** Default: nothing is logged. */
  logger?: Logger | undefined
  /** Told of control calls. Default: they are not recorded. */
  recorder?: Recorder | undefined
  /** What the control API says of the ways in. */
  access?: Access
  /** Who may use the control API. */
  guard?: GuardOptions
  /** Whether `x-forwarded-host` and `x-forwarded-proto` are believed. Default: no. */
  trustProxy?: boolean | undefined
  /** Folder of the console's files; there need not be one. Default: that of the package. */
  consoleFolder?: string
  /** When the emulator began, in milliseconds of `performance.now()`. Default: now. */
  started?: number
}

/** Builds the application of the control API, which never listens by itself: requests are handed to it (emulator/server). */
export function buildControlApp(cloud: Cloud, options: ControlOptions = {}): FastifyInstance {
  const { logger, guard = {}, trustProxy } = options
  const app = Fastify(applicationOptions(cloud, logger, isControlOf(cloud)))
  app.decorate('onBug', reportTo(cloud))
  app.decorate('hostOptions', { allowHosts: guard.allowHosts, trustProxy })
  app.register(async (api) => registerRoutes(api, cloud, options), { prefix: CONTROL })
  return app
}

function registerRoutes(
  app: FastifyInstance,
  cloud: Cloud,
  { recorder, access = {}, guard = {}, consoleFolder = CONSOLE_FOLDER, started = performance.now() }: ControlOptions,
): void {
  const control: Control = { app, cloud, chosen: (request) => cloud.account(queryOf(request).get('accessKeyId') ?? undefined) }

  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= MAX_CONTROL_BYTES
    if (recorder) route.handler = recorded(route, recorder, control)
  })
  app.addHook('onRequest', async (request, reply) => {
    const denial = denialOf(request, cloud.publicUrl, guard, request.routeOptions.config?.isPage)
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
    if (!theirs) app.onBug(error, `${request.method} ${request.url.split('?', 1)[0]}`)
    return reply.code(theirs ? 400 : 500).send({ error: theirs ? withoutFolders(problemOf(error)) : INTERNAL_ERROR })
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
  const notFound = (request: FastifyRequest, reply: FastifyReply) =>
    reply.code(404).send({ error: `there is no ${request.method} ${request.url.split('?', 1)[0]}; GET /_emulator lists the control calls` })
  app.all('/*', notFound)
  app.route({ method: ['PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'], url: '/', handler: notFound })
  // Of methods that no route has.
  app.setNotFoundHandler(notFound)

  serveConsole(app, cloud, consoleFolder)
  serveEmulator(control, started)
  serveAccess(control, access)
  serveAccounts(control)
  serveClock(control)
  serveEvents(control)
  serveFaults(control)
  serveIdentities(control)
  serveInspection(control)
  serveJobs(control)
  serveLive(control)
  serveOss(control)
  serveRequests(control)
  serveScenarios(control)
  serveSimulation(control)
  serveState(control)
  serveWorlds(control)
}
