/**
 * What the emulator is measured against: a Fastify that does no more than check signature 1.0, its timestamp and its nonce, correctly, and as fast as that
 * can be. Nothing of the emulator's own code is in it.
 */

import { hash, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import { ANSWER } from './answer.js'

const WINDOW = 15 * 60 * 1000

/** The pads of HMAC-SHA1 (RFC 2104) for the one key, made once. */
const [INNER, OUTER] = [0x36, 0x5c].map((pad) => {
  const key = Buffer.alloc(64)
  key.write('testAccessKeySecret&')
  return key.map((byte) => byte ^ pad)
}) as [Uint8Array, Uint8Array]

const nonces = new Set<string>()

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

function hmac(text: string): Buffer {
  const inner = Buffer.allocUnsafe(64 + text.length)
  inner.set(INNER)
  inner.write(text, 64, 'latin1')
  const outer = Buffer.allocUnsafe(84)
  outer.set(OUTER)
  outer.set(hash('sha1', inner, 'buffer'), 64)
  return hash('sha1', outer, 'buffer')
}

/** Why a call is refused; `undefined` if it is not. */
function problemOf(method: string, query: string): string | undefined {
  const params: Record<string, string> = Object.create(null)
  const pieces: { name: string; piece: string }[] = []
  for (const piece of query.split('&')) {
    const equals = piece.indexOf('=')
    if (equals < 0) return 'a parameter without a value'
    const plain = !piece.includes('%') && /^[\w.~=-]*$/.test(piece)
    const name = plain ? piece.slice(0, equals) : decode(piece.slice(0, equals))
    const value = plain ? piece.slice(equals + 1) : decode(piece.slice(equals + 1))
    params[name] = value
    if (name !== 'Signature') pieces.push({ name, piece: plain ? piece : `${encode(name)}=${encode(value)}` })
  }
  const { AccessKeyId, Signature = '', SignatureNonce = '', Timestamp = '' } = params
  if (AccessKeyId !== 'testAccessKeyId') return 'unknown access key'
  if (!(Math.abs(Date.now() - Date.parse(Timestamp)) < WINDOW)) return 'timestamp'
  pieces.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const text = `${method}&%2F&${encode(pieces.map(({ piece }) => piece).join('&'))}`
  const [given, right] = [Buffer.from(Signature, 'base64'), hmac(text)]
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 'signature'
  if (nonces.has(SignatureNonce)) return 'nonce'
  nonces.add(SignatureNonce)
  return undefined
}

const app = Fastify({ logger: false, routerOptions: { querystringParser: () => ({}) } })
app.get('/', async ({ raw: { method = '', url = '' } }, reply) => {
  const problem = problemOf(method, url.slice(url.indexOf('?') + 1))
  if (problem !== undefined) reply.code(400).send({ Code: problem })
  return ANSWER
})
process.stdout.write(`ready at ${await app.listen({ port: 0, host: '127.0.0.1' })} (minimal)\n`)
