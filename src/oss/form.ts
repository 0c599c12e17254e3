/** Reading a form with a file in it, the file piece by piece. */

import type { Readable } from 'node:stream'
import { MIMEType } from 'node:util'
import type { BusboyInstance } from '@fastify/busboy'
import { isError } from '../base/realm.js'
import type { Call } from '../http/call.js'
import { type OssCode, refuseObject } from './errors.js'
import { bodyOf } from './request.js'
import { type Body, piecesOf } from './storage.js'

/** The fields that come before the file, by lower-case name, and the file. */
export interface Form {
  fields: Map<string, string>
  fileName: string
  /** Content type that the form says the file has. */
  fileType: string
  file: AsyncIterable<Uint8Array>
}

/** Far more than any form of OSS has. */
const LIMITS = { fieldSize: 64 * 1024, fields: 200, files: 1, parts: 300, headerPairs: 20, headerSize: 8 * 1024 }

const MAX_NAME_CHARACTERS = 1024

/** A boundary as RFC 2046 has it. */
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/

const MAX_TYPE_CHARACTERS = 1024

/**
 * Bytes that the parser is given at once, and bytes of a part that may wait to be read. Where more come at once than may wait, of a part that is
 * skipped, and with them the end of the form, the parser does not say any more that it has taken them in.
 */
const MAX_AT_ONCE = 16 * 1024
const MAX_WAITING = 64 * 1024

/**
 * Reads a form. `take` is called when its file begins, and must read the file; what it returns, or throws, is what this does. Where the rest of the
 * form turns out to be wrong, what was taken is discarded before this rejects. Fields after the file do not count.
 */
export async function readForm<T extends { release: () => void }>(call: Call, take: (form: Form) => Promise<T>): Promise<T> {
  const parser = await parserOf(call.headers['content-type'] ?? '')
  const ending = new AbortController()
  let file: Readable | undefined
  let taken: Promise<T> | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      // What a handler throws goes to who waits for the form, and nowhere else.
      const guarded =
        <Args extends unknown[]>(handler: (...args: Args) => void) =>
        (...args: Args): void => {
          try {
            handler(...args)
          } catch (error) {
            reject(error)
          }
        }
      const refuse = (code: OssCode, reason: string): (() => void) => guarded(() => refuseObject(code, { reason }))
      const fields = new Map<string, string>()
      parser.on(
        'field',
        guarded((name: string | undefined, value: string, _nameCut: boolean, valueCut: boolean) => {
          checkField(name, valueCut)
          if (!taken) fields.set(name.toWellFormed().toLowerCase(), value.toWellFormed())
        }),
      )
      parser.on(
        'file',
        guarded((_name: string, stream: Readable, fileName: string | undefined, _encoding: string, fileType: string) => {
          file = stream
          // It may break before anybody has begun to read it.
          stream.on('error', () => {})
          taken = take({ fields, fileName: (fileName ?? '').toWellFormed(), fileType, file: stream })
          taken.catch(reject)
        }),
      )
      parser.on('fieldsLimit', refuse('MalformedPOSTRequest', `the form has more than ${LIMITS.fields} fields`))
      parser.on('partsLimit', refuse('MalformedPOSTRequest', `the form has more than ${LIMITS.parts} parts`))
      parser.on('filesLimit', refuse('IncorrectNumberOfFilesInPOSTRequest', 'the form has more than one file'))
      parser.on(
        'error',
        guarded((error: unknown) => refuseUnreadable((error as Error).message)),
      )
      parser.on('finish', resolve)
      feed(parser, bodyOf(call), ending.signal).catch(reject)
    })
    return await (taken ?? refuseObject('IncorrectNumberOfFilesInPOSTRequest', { reason: 'the form has no field "file"' }))
  } catch (error) {
    ending.abort()
    // Whoever reads the file must not wait for the rest of it, and gives back what it has taken before anybody is answered.
    file?.destroy(isError(error) ? error : new Error(String(error)))
    await taken?.then(
      (whole) => whole.release(),
      () => {},
    )
    throw error
  }
}

const refuseUnreadable = (problem: string): never => refuseObject('MalformedPOSTRequest', { reason: `the form cannot be read: ${problem}` })

/** A parser of forms with the boundary that a content type names. */
async function parserOf(contentType: string): Promise<BusboyInstance> {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined)
    return refuseObject('MalformedPOSTRequest', {
      reason: `the body is ${contentType.slice(0, 60) || 'of no type'}, not multipart/form-data with a boundary of 1 to 70 characters`,
    })
  // Few programs ever send a form.
  const { Busboy } = await import('@fastify/busboy')
  return new Busboy({
    headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
    limits: LIMITS,
    fileHwm: MAX_WAITING,
    isPartAFile: (name) => name?.toLowerCase() === 'file',
  })
}

function boundaryOf(contentType: string): string | undefined {
  if (contentType.length > MAX_TYPE_CHARACTERS) return undefined
  try {
    const { essence, params } = new MIMEType(contentType)
    const boundary = params.get('boundary') ?? ''
    return essence === 'multipart/form-data' && BOUNDARY.test(boundary) ? boundary : undefined
  } catch {
    return undefined
  }
}

/** Refuses a field that OSS would not take; the parser hands over fields without a name, too. */
function checkField(name: string | undefined, valueCut: boolean): asserts name is string {
  if (!name) refuseObject('MalformedPOSTRequest', { reason: 'the form has a field without a name' })
  if (valueCut || name.length > MAX_NAME_CHARACTERS)
    refuseObject('FieldItemTooLong', { reason: `the field ${name.slice(0, 60)} is too long` })
}

/** Gives the parser the body, one piece after the other: so what it throws while it reads one goes to who waits for this. */
async function feed(parser: BusboyInstance, body: Body, ending: AbortSignal): Promise<void> {
  for await (const piece of piecesOf(body)) {
    for (let at = 0; at < piece.byteLength; at += MAX_AT_ONCE) {
      if (ending.aborted) return
      await written(parser, piece.subarray(at, at + MAX_AT_ONCE), ending)
    }
  }
  if (!ending.aborted) parser.end()
}

/** Resolves when the parser has taken a piece in, or does not take in any more: of what has failed, nobody reads the file. */
const written = (parser: BusboyInstance, piece: Uint8Array, ending: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    ending.onabort = () => resolve()
    parser.write(piece, (error) => (error ? reject(error) : resolve()))
  })
