/** The bodies of two answers, read: JSON or XML, or what is neither. */

import { XMLParser } from 'fast-xml-parser'
import type { Reply } from '../../src/index.js'
import { bytesOf, type ContentJson } from '../record/format.js'

/** Bytes that are read of a body that is sent piece by piece. */
const MAX_READ = 4 * 1024 * 1024

/** What a body is. */
export interface ReadBody {
  format: 'JSON' | 'XML' | 'nothing' | 'something else'
  /** Of JSON and XML. */
  value?: unknown
}

const xml = new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: false })

/** Reads a text. */
export function readText(text: string): ReadBody {
  const begin = text.trimStart().slice(0, 1)
  if (begin === '') return { format: 'nothing' }
  if (begin === '{' || begin === '[') return attempt('JSON', () => JSON.parse(text))
  return begin === '<' ? attempt('XML', () => withoutProlog(xml.parse(text, true))) : { format: 'something else' }
}

/** Reads what a recording has of a body. */
export function readRecorded(body: ContentJson | undefined): ReadBody {
  if (body === undefined) return { format: 'nothing' }
  return 'sha256' in body ? { format: body.size === 0 ? 'nothing' : 'something else' } : readText(bytesOf(body).toString('utf8'))
}

/** Reads the body of a reply, as far as it may be text. */
export async function readReply({ body, stream, headers }: Reply): Promise<ReadBody> {
  if (!stream) return readText(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'))
  const pieces: Uint8Array[] = []
  let size = 0
  const isText = /json|xml|text/i.test(headers['content-type'] ?? '')
  for await (const piece of stream) {
    pieces.push(piece)
    size += piece.byteLength
    if (!isText || size > MAX_READ) return { format: 'something else' }
  }
  return readText(Buffer.concat(pieces).toString('utf8'))
}

function attempt(format: 'JSON' | 'XML', read: () => unknown): ReadBody {
  try {
    return { format, value: read() }
  } catch {
    return { format: 'something else' }
  }
}

/** The document without what stands before it, and without the name of its root, which every answer has. */
function withoutProlog(document: Record<string, unknown>): unknown {
  const { '?xml': _, ...roots } = document
  return roots
}
