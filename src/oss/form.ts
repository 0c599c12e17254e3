/** Reading a form with a file in it, the file piece by piece. */

import { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import type { Call } from '../http/call.js'
import { OssError, refuseObject } from './errors.js'
import { bodyOf } from './request.js'

/** The fields that come before the file, by lower-case name, and the file. */
export interface Form {
  fields: Map<string, string>
  fileName: string
  /** Content type that the form says the file has. */
  fileType: string
  file: AsyncIterable<Uint8Array>
}

/** Far more than any form of OSS has. */
const LIMITS = { fieldNameSize: 1024, fieldSize: 64 * 1024, fields: 200, files: 1, headerPairs: 20 }

/**
 * Reads a form. `take` is called when its file begins, and must read the file; what it returns, or throws, is what this does.
 * Fields after the file do not count.
 */
export function readForm<T>(call: Call, take: (form: Form) => Promise<T>): Promise<T> {
  const contentType = call.headers['content-type'] ?? ''
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(contentType))
    refuseObject('MalformedPOSTRequest', {
      reason: `the body is ${contentType.slice(0, 60) || 'of no type'}, not multipart/form-data with a boundary`,
    })
  return new Promise<T>((resolve, reject) => {
    const parser = new Busboy({
      headers: { 'content-type': contentType },
      limits: LIMITS,
      isPartAFile: (name) => name?.toLowerCase() === 'file',
    })
    const body = bodyOf(call)
    const source = Readable.from(body instanceof Uint8Array ? [body] : body)
    const fields = new Map<string, string>()
    let file: Readable | undefined
    let taken: Promise<T> | undefined

    const fail = (error: unknown): void => {
      source.unpipe(parser)
      source.destroy()
      // Whoever reads the file must not wait for the rest of it.
      file?.destroy(error instanceof Error ? error : new Error(String(error)))
      reject(error)
    }
    parser.on('field', (name, value, nameCut, valueCut) => {
      if (nameCut || valueCut) fail(new OssError('FieldItemTooLong', { reason: `the field ${name.slice(0, 60)} is too long` }))
      else if (!taken) fields.set(name.toLowerCase(), value)
    })
    parser.on('file', (_name, stream, fileName, _encoding, fileType) => {
      file = stream
      // It may break before anybody has begun to read it.
      stream.on('error', () => {})
      taken = take({ fields, fileName: fileName ?? '', fileType, file: stream })
      taken.catch(fail)
    })
    parser.on('fieldsLimit', () => fail(new OssError('MalformedPOSTRequest', { reason: `the form has more than ${LIMITS.fields} fields` })))
    parser.on('filesLimit', () => fail(new OssError('IncorrectNumberOfFilesInPOSTRequest', { reason: 'the form has more than one file' })))
    parser.on('error', (error) =>
      fail(new OssError('MalformedPOSTRequest', { reason: `the form cannot be read: ${(error as Error).message}` })),
    )
    parser.on('finish', () => {
      if (taken) taken.then(resolve, reject)
      else fail(new OssError('IncorrectNumberOfFilesInPOSTRequest', { reason: 'the form has no field "file"' }))
    })
    source.on('error', (error) => fail(new OssError('RequestTimeout', { reason: `the body broke off: ${error.message}` })))
    source.pipe(parser)
  })
}
