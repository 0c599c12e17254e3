/** Reading a recording. */

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Event, type EventOf, type Header, RecordingError, readEvent, readHeader } from './format.js'

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

async function read(file: string): Promise<Recording> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  let recording: Recording | undefined
  let number = 0
  for await (const line of lines) {
    number++
    if (recording === undefined) {
      const header = readHeader(line)
      recording = {
        file,
        header,
        events: [],
        replies: new Map(),
        contents: new Map(),
        bodies: new Map(),
        controlled: new Map(),
        cut: false,
      }
      continue
    }
    if (recording.cut) throw new RecordingError(`line ${number - 1} is not JSON`)
    const event = readEvent(line, number)
    // The last line may be half of one: the process was killed while it was written.
    if (event === undefined) recording.cut = true
    else sort(recording, event)
  }
  if (recording === undefined) throw new RecordingError('it is no recording: it is empty')
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
