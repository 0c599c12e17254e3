/** Reading a recording. */

import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { type BodyJson, bodiesOf, type Event, type EventOf, type Header, readEvent, readHeader } from './format.js'
import { RecordingError } from './recording-error.js'

/** Characters of the longest line: one may hold a whole state. */
const LONGEST_LINE = 256 * 1024 * 1024

/** A recording that has been read. */
export interface Recording {
  /** Where it is, and the large bodies beside it. */
  file: string
  header: Header
  /** What happened, in this order; without what is below. */
  events: EventOf<'account' | 'dispose' | 'call' | 'body' | 'control'>[]
  /** Replies by the number of their call. */
  replies: Map<number, EventOf<'reply'>>
  /** Contents of replies that were sent piece by piece, by the number of their call. */
  contents: Map<number, EventOf<'content'>>
  /** Bodies that came later, by the number of their call. */
  bodies: Map<number, EventOf<'body'>>
  /** Whether a control call was accepted, by its number. */
  controlled: Map<number, boolean>
  /** True if the last line ends in the middle. */
  cut: boolean
}

/** Reads a recording. Rejects with a {@link RecordingError} if it is none, or cannot be read. */
export async function readRecording(file: string): Promise<Recording> {
  try {
    return await read(file)
  } catch (error) {
    if (error instanceof RecordingError) throw new RecordingError(`${file}: ${error.message}`)
    throw new RecordingError((error as Error).message)
  }
}

/** A recording that is read piece by piece, because it may be long. */
export interface OpenRecording {
  header: Header
  /** What happened, in this order; `cut` at the end if the last line ends in the middle. Rejects with a {@link RecordingError}. */
  events: AsyncIterable<Event | 'cut'>
}

/** Opens a recording. Rejects with a {@link RecordingError} if it is none. */
export async function openRecording(file: string): Promise<OpenRecording> {
  const lines = linesOf(file)
  const first = await lines.next()
  if (first.done) throw new RecordingError('it is no recording: it is empty')
  return { header: readHeader(first.value), events: eventsIn(lines) }
}

async function* eventsIn(lines: AsyncGenerator<string>): AsyncGenerator<Event | 'cut'> {
  let number = 1
  let cut: number | undefined
  for await (const line of lines) {
    number++
    if (cut !== undefined) throw new RecordingError(`line ${cut} is not JSON`)
    const event = readEvent(line, number)
    // The last line may be half of one: the process was killed while it was written.
    if (event === undefined) cut = number
    else yield event
  }
  if (cut !== undefined) yield 'cut'
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let begun: string[] = []
  let size = 0
  for await (const piece of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    let from = 0
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      yield [...begun, piece.slice(from, end)].join('').replace(/\r$/, '')
      begun = []
      size = 0
      from = end + 1
    }
    begun.push(piece.slice(from))
    size += piece.length - from
    if (size > LONGEST_LINE) throw new RecordingError(`a line has more than ${LONGEST_LINE} characters`)
  }
  if (size > 0) yield begun.join('')
}

/** Where a large body of a recording is. Throws a {@link RecordingError} if it is not there as it was recorded. */
export function pathOfBody(recording: string, { file, size }: Extract<BodyJson, { file: string }>): string {
  const path = join(bodiesOf(recording), file)
  const actual = statSync(path, { throwIfNoEntry: false })?.size
  if (actual === size) return path
  throw new RecordingError(
    `${path} ${actual === undefined ? 'is not there' : `has ${actual} bytes`}, and the recording needs its ${size} bytes`,
  )
}

async function read(file: string): Promise<Recording> {
  const { header, events } = await openRecording(file)
  const recording: Recording = {
    file,
    header,
    events: [],
    replies: new Map(),
    contents: new Map(),
    bodies: new Map(),
    controlled: new Map(),
    cut: false,
  }
  for await (const event of events) {
    if (event === 'cut') recording.cut = true
    else sort(recording, event)
  }
  return recording
}

function sort(recording: Recording, event: Event): void {
  switch (event.type) {
    case 'reply':
      recording.replies.set(event.call, event)
      return
    case 'content':
      recording.contents.set(event.call, event)
      return
    case 'controlled':
      recording.controlled.set(event.control, event.ok)
      return
    case 'body':
      recording.bodies.set(event.call, event)
      recording.events.push(event)
      return
    default:
      recording.events.push(event)
  }
}
