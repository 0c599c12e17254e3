/** The console: its files as they were built, under `/_emulator/console/`. */

import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CONSOLE_NONCE } from '../../src/base/fixtures.js'
import { hostname } from '../../src/http/origin.js'
import type { Cloud } from '../../src/index.js'
import { namesBucket } from '../http/call-of.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for a file of the console: it holds nothing of any account, and asks for the token itself. */
    isPage?: boolean
  }
}

/** Where the console is, below the control API. */
const PLACE = '/console/'

/** Where it is on the server. */
const CONSOLE = `/_emulator${PLACE}`

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** A file of the console. */
interface PageFile {
  type: string
  /** Its name changes with its content. */
  hashed: boolean
  read: () => Promise<{ bytes: Buffer; etag: string }>
}

/** What is served instead of a console that is not there. */
const NOT_BUILT = 'the console is not built: in a clone of the repository, npm run build; GET /_emulator is the index without it'

/** Serves the files of a folder that are there now: whatever is asked for, nothing else is ever read. */
export function serveConsole(app: FastifyInstance, cloud: Cloud, folder: string): void {
  const files = filesIn(folder)
  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (files.size === 0) return reply.code(404).send({ error: NOT_BUILT })
    const [path = ''] = request.url.split('?', 1)
    const name = path.slice(CONSOLE.length)
    const file = files.get(name === '' ? 'index.html' : name)
    if (file === undefined) return reply.code(404).send({ error: `the console has no file ${JSON.stringify(name.slice(0, 200))}` })
    const { bytes, etag } = await file.read()
    const nonce = file.type === TYPES['.html'] ? randomBytes(16).toString('base64url') : undefined
    reply.headers({
      'content-security-policy': policyFor(cloud, nonce),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    reply.type(file.type)
    // It is another one each time.
    if (nonce !== undefined) return reply.header('cache-control', 'no-store').send(bytes.toString().replaceAll(CONSOLE_NONCE, nonce))
    reply.headers({ 'cache-control': file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache', etag })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.send(bytes)
  }
  const config = { isPage: true }
  // Names of files are relative to this.
  app.get(PLACE.slice(0, -1), { config }, (_request, reply) => reply.redirect(CONSOLE, 308))
  app.get(`${PLACE}*`, { config }, serve)
}

/** Has a browser that somebody has sent to the emulator's address shown the console; who calls a service, or OSS, asks otherwise. */
export function leadToConsole(app: FastifyInstance, cloud: Cloud): void {
  app.addHook('onRequest', (request, reply, next) => {
    if (request.raw.url === '/' && isVisit(request, cloud)) reply.header('vary', 'Accept').redirect(CONSOLE, 302)
    else next()
  })
}

function isVisit({ method, headers }: FastifyRequest, cloud: Cloud): boolean {
  const { accept, authorization, host = '' } = headers
  if ((method !== 'GET' && method !== 'HEAD') || authorization !== undefined || !accept?.includes('text/html')) return false
  return !namesBucket(headers, cloud) && !cloud.hasHost(hostname(host) ?? '')
}

/** The files of a folder, by their paths with slashes. What is no file, such as a link to one, is none. */
function filesIn(folder: string): ReadonlyMap<string, PageFile> {
  if (!existsSync(folder)) return new Map()
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const name = relative(folder, path).split(sep).join('/')
      return [name, { type: TYPES[extname(name)] ?? 'application/octet-stream', hashed: name.startsWith('assets/'), read: once(path) }]
    }),
  )
}

/** Reads a file when it is first asked for. */
function once(path: string): PageFile['read'] {
  let file: ReturnType<PageFile['read']> | undefined
  return () => {
    file ??= readFile(path).then((bytes) => ({ bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` }))
    return file
  }
}

/**
 * What the page may do. Its scripts are those that have the nonce of this very answer, and what these import. None is known by its address: objects that
 * users have uploaded are on the same origin, and for an address in brackets (IPv6) a policy has no words. Images and videos come from where objects are,
 * which may be the public URL; what the page has put together itself is a `blob:`.
 */
function policyFor({ publicUrl }: Cloud, nonce: string | undefined): string {
  const objects = publicUrl !== undefined && URL.canParse(publicUrl) ? `'self' ${new URL(publicUrl).origin}` : "'self'"
  return [
    "default-src 'none'",
    `script-src ${nonce === undefined ? "'none'" : `'nonce-${nonce}'`}`,
    "worker-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    `img-src ${objects} data: blob:`,
    `media-src ${objects} data: blob:`,
    `connect-src ${objects} blob:`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
