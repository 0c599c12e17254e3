/** What is in an account and what can be in it, for people who look into it. */

import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { inspectionRoutes } from '../../src/control/inspection.js'
import { type Account, toIso, z } from '../../src/index.js'
import { stagesOf, timeoutOf } from '../../src/jobs/stages.js'
import type { StoredObject } from '../../src/oss/object.js'
import { type Control, serveRoutes } from './serve.js'

/** Types that a browser shows and runs nothing of. */
const SHOWN = /^(?:image\/(?!svg)[\w.+-]+|video\/[\w.+-]+|audio\/[\w.+-]+)$/i

/** Types by the ends of names, of objects that were stored without one. */
const TYPES: Readonly<Record<string, string>> = {
  aac: 'audio/aac',
  flv: 'video/x-flv',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  png: 'image/png',
  ts: 'video/mp2t',
  webm: 'video/webm',
  webp: 'image/webp',
}

export const serveInspection = (control: Control): void =>
  serveRoutes(control, inspectionRoutes, {
    'GET /tables': ({ account }) =>
      account.turn.take(() =>
        account.state.parts.map((part) => ({ name: part.name, entries: count(part.entries()) })).filter(({ entries }) => entries > 0),
      ),
    'GET /tables/{table}': ({ account, params }) =>
      account.turn.take(() => {
        const table = account.state.parts.find(({ name }) => name === params.table)
        if (table === undefined) throw new RangeError(`table: there is no table "${params.table}"; GET /_emulator/tables lists them`)
        return Array.from(table.entries(), ([key, value]) => ({ key, value }))
      }),
    'GET /objects/{bucket}/{key}': ({ account, params: { bucket, key }, request, reply }) => {
      const object = account.oss.object(bucket, key)
      if (object === undefined) throw new RangeError(`key: there is no object ${bucket}/${key} in this account`)
      return sendObject(object, request.headers.range, reply)
    },
    'GET /access-keys': ({ account }) => keysOf(account),
    'GET /job-kinds': ({ account }) =>
      Array.from(account.cloud.jobKinds.values(), (kind) => ({
        kind: kind.name,
        stages: stagesOf(account, kind),
        timeout: timeoutOf(account, kind),
        attempts: kind.attempts,
        errors: Object.keys(kind.errors ?? {}),
        takesResult: kind.result !== undefined,
      })),
    'GET /event-types': ({ account }) =>
      Array.from(account.cloud.eventTypes.values(), ({ type, when, fields, examples }) => ({
        type,
        when,
        fields: z.toJSONSchema(fields, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
        ...(examples?.[0] && { example: examples[0].payload }),
      })),
  })

function count(entries: Iterable<unknown>): number {
  let all = 0
  for (const _ of entries) all++
  return all
}

function keysOf({ ram }: Account) {
  return [...ram.pairs()].flatMap(({ accessKeyId }) => {
    const key = ram.find(accessKeyId)
    if (key === undefined) return []
    const { identity } = key
    return {
      accessKeyId,
      accessKeySecret: key.accessKeySecret,
      owner: identity.kind === 'root' ? ('account' as const) : identity.kind === 'user' ? ('user' as const) : ('session' as const),
      name: identity.name,
      arn: identity.arn,
      active: key.active,
      ...('securityToken' in key && { securityToken: String(key.securityToken) }),
      ...('expiresAt' in key && { expiresAt: toIso(Number(key.expiresAt)) }),
    }
  })
}

/** Sends an object, or the one range of it that is asked for, such that nothing in it can act on the control API. */
function sendObject({ content, contentType, key }: StoredObject, range: string | undefined, reply: FastifyReply): FastifyReply {
  const named = TYPES[key.slice(key.lastIndexOf('.') + 1).toLowerCase()]
  const type = SHOWN.test(contentType) ? contentType : (named ?? 'application/octet-stream')
  const isShown = SHOWN.test(type)
  const name = encodeURIComponent(key.slice(key.lastIndexOf('/') + 1)).replace(/['()*]/g, escape)
  const { size } = content
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  const from = first === '' ? (last === '' ? 0 : Math.max(size - Number(last), 0)) : Number(first)
  const to = first === '' || last === '' ? size : Math.min(Number(last) + 1, size)
  const isPart = (first !== '' || last !== '') && from < to
  reply
    .code(isPart ? 206 : 200)
    .header('content-type', type)
    .header('content-length', isPart ? to - from : size)
    .header('accept-ranges', 'bytes')
    .header('content-disposition', `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
  if (isPart) reply.header('content-range', `bytes ${from}-${to - 1}/${size}`)
  return reply.send(Readable.from(isPart ? content.stream(from, to) : content.stream()))
}
