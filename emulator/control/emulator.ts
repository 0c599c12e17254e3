/** The emulator itself, what it emulates, and calling it without signing. */

import { readFile } from 'node:fs/promises'
import type { FastifyRequest } from 'fastify'
import pkg from '../../package.json' with { type: 'json' }
import { encodeParams } from '../../src/actions/encode.js'
import { CONFORMANCE_FILE } from '../../src/base/fixtures.js'
import { emulatorRoutes } from '../../src/control/emulator.js'
import { controlRoutes } from '../../src/control/index.js'
import { controlDocument } from '../../src/control/openapi.js'
import { describeActions, observedFacts, openApiDocument } from '../../src/index.js'
import { callbackPublicKey } from '../../src/oss/call-back.js'
import { sign } from '../../src/signing/sign.js'
import { exchangeOf } from '../http/adapter.js'
import { reachedAt } from '../http/reached.js'
import { sendReply } from '../http/send.js'
import { indexPage } from './index-page.js'
import { type Asked, type Control, queryOf, serveRoutes } from './serve.js'

type Call = Asked<(typeof emulatorRoutes)['POST /actions/{service}/{action}']>

export function serveEmulator(control: Control, started: number): void {
  const { cloud } = control
  const publicUrl = () => ({ publicUrl: cloud.addresses.fixed ?? null })
  /** Under which address a client sees the emulator. */
  const addressOf = (request: FastifyRequest): string => {
    const reached = reachedAt(request, cloud)
    return typeof reached === 'string' ? reached : (cloud.publicUrl ?? '')
  }
  serveRoutes(control, emulatorRoutes, {
    'GET /': ({ request, reply }) => {
      const index = {
        name: pkg.name,
        version: pkg.version,
        url: addressOf(request),
        accounts: cloud.accounts().length,
        routes: Object.entries(controlRoutes(cloud.settingsSchema)).map(([route, { summary }]) => ({ route, summary })),
      }
      reply.header('vary', 'Accept')
      return request.headers.accept?.includes('text/html') ? indexPage(reply, index) : index
    },
    'GET /health': () => ({
      status: 'ok',
      name: pkg.name,
      version: pkg.version,
      actions: cloud.catalogue.actions.length,
      uptimeMs: Math.round(performance.now() - started),
    }),
    'GET /control.json': () => controlDocument(controlRoutes(cloud.settingsSchema), pkg.version),
    'GET /openapi.json': () => openApiDocument(cloud.catalogue, pkg.version),
    'GET /actions': () => describeActions(cloud.catalogue),
    'POST /actions/{service}/{action}': callAction,
    'GET /facts': () => [...observedFacts],
    'GET /public-url': publicUrl,
    'PUT /public-url': ({ body }) => {
      cloud.publicUrl = body.publicUrl ?? undefined
      return publicUrl()
    },
    'GET /conformance': async () => JSON.parse(await readFile(CONFORMANCE_FILE, 'utf8')),
    'GET /usage': ({ account }) => ({ accountId: account.accountId, ...account.usage.report() }),
    // Servers that check the signatures of upload callbacks ask for it where the callback says.
    'GET /oss-callback-key.pem': async ({ reply }) => reply.type('application/x-pem-file').send(await callbackPublicKey()),
  })
}

/** Signs a call as its caller would, and has it answered as every other. */
async function callAction({ cloud, account, params, body, request, reply }: Call) {
  const action = cloud.catalogue.byId.get(`${params.service}.${params.action}`)
  if (action === undefined) throw new RangeError(cloud.catalogue.hint(params.action, params.service))
  const key = account.ram.find(queryOf(request).get('accessKeyId') ?? account.credentials.accessKeyId)
  if (key === undefined) throw new RangeError('accessKeyId: the account has no such key any more')
  const { service, name, input } = action
  const call = sign('acs3', {
    host: service.host,
    action: name,
    version: service.version,
    params: encodeParams(input, body),
    key,
  })
  sendReply(exchangeOf(reply), () => cloud.handle({ ...call, origin: reachedAt(request, cloud) }))
  return reply
}
