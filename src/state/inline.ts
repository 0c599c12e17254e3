/** States with the bytes of their objects in them, for another cloud: each run of bytes once, in a list, and named by its place there. */

import { eachInSlices } from '../base/slices.js'
import type { Blobs } from '../bytes/blobs.js'
import { Content, type Segment } from '../bytes/content.js'
import type { Json } from './part.js'
import type { StateDocument } from './state.js'

/** Bytes that a document may hold. */
const MAX_BYTES = 64 * 1024 * 1024

/** The same state with the bytes in it. Rejects with a `RangeError` if they are too many. */
export async function withBytes(document: StateDocument, blobs: Blobs): Promise<StateDocument> {
  const places = new Map<string, { place: string; size: number }>()
  const tables = renameBytes(document.tables, (file, size) => {
    const named = places.get(file) ?? { place: String(places.size), size }
    places.set(file, named)
    return named.place
  })
  const size = [...places.values()].reduce((sum, each) => sum + each.size, 0)
  if (size > MAX_BYTES)
    throw new RangeError(`The objects have ${size} bytes, and a document holds at most ${MAX_BYTES}: import it where the bytes are.`)
  const bytes: string[] = []
  for (const [file, { size }] of places) {
    const content = blobs.contentOf({ segments: [{ file, size }] })
    bytes.push(Buffer.from(await content.bytes()).toString('base64'))
    content.release()
  }
  return { ...document, tables, bytes }
}

/**
 * The same state with the bytes in the cloud, where they stay until `discard` is called, or longer if something else has them by then. Rejects with a
 * `RangeError` if they are not as they must be.
 */
export async function takeBytes(
  { bytes = [], ...document }: StateDocument,
  blobs: Blobs,
): Promise<{ document: StateDocument; discard: () => void }> {
  const decoded: Buffer[] = []
  await eachInSlices(bytes, (text) => {
    const each = Buffer.from(text, 'base64')
    if (each.length === 0 || /[^A-Za-z0-9+/=]/.test(text)) throw new RangeError('The state cannot be read: its bytes are not in base64.')
    decoded.push(each)
  })
  const segments: Segment[] = []
  try {
    await eachInSlices(decoded, (each) => segments.push(...blobs.keep(each)))
  } catch (error) {
    for (const segment of segments) segment.release()
    throw error
  }
  const kept = new Content(segments)
  const names = kept.segments.map(({ name }) => ('file' in name ? name.file : undefined))
  const tables = renameBytes(document.tables, (file) => names[Number(file)] ?? file)
  return { document: { ...document, tables }, discard: () => kept.release() }
}

type Tables = StateDocument['tables']

/** The tables with other names for bytes; what does not look as if it named any stays as it is. */
const renameBytes = (tables: Tables, rename: (file: string, size: number) => string): Tables =>
  Object.fromEntries(
    Object.entries(tables).map(([table, entries]) => [
      table,
      table.startsWith('oss.') ? entries.map(([key, value]) => [key, renameIn(value, rename)] as [string, Json]) : entries,
    ]),
  )

function renameIn(value: Json, rename: (file: string, size: number) => string): Json {
  const { segments } = (value as { content?: { segments?: unknown } } | null)?.content ?? {}
  if (!Array.isArray(segments)) return value
  const renamed = segments.map((segment: { file?: unknown; size?: unknown } | null) =>
    typeof segment?.file === 'string' && typeof segment.size === 'number'
      ? { ...segment, file: rename(segment.file, segment.size) }
      : (segment as Json),
  )
  return { ...(value as object), content: { segments: renamed as Json[] } }
}
