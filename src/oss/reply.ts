/** Answers of OSS: XML documents, empty answers, and errors. */

import { xmlWriter } from '../base/xml-writer.js'
import type { Reply } from '../http/call.js'
import { headerText, withoutForbidden } from '../http/text.js'
import type { OssError } from './errors.js'

const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'
/** Clients do not take headers of any length. */
const MAX_IN_HEADER = 12_000

const write = xmlWriter({ suppressEmptyNode: false })

/** An XML document. */
export const xmlOf = (root: string, content: object): string => PROLOG + write({ [root]: withoutForbidden(content) })

/** An answer with an XML document. */
export const xmlReply = (root: string, content: object, status = 200, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/xml', ...headers },
  body: xmlOf(root, content),
})

/** An answer without a body. */
export const emptyReply = (headers: Record<string, string> = {}, status = 200): Reply => ({ status, headers, body: '' })

/** An error, as OSS writes it; to a HEAD request, which gets no body, in a header. */
export function errorReply(
  { code, status, message, reason, fields, headers }: OssError,
  method: string,
  host: string,
  requestId: string,
): Reply {
  const explained = { ...headers, ...(reason !== undefined && { 'x-emulator-reason': headerText(reason) }) }
  if (status === 304) return emptyReply(explained, status)
  const body = xmlOf('Error', { Code: code, Message: message, RequestId: requestId, HostId: host, ...fields })
  if (method !== 'HEAD') return { status, headers: { 'content-type': 'application/xml', ...explained }, body }
  const inHeader = Buffer.from(body).toString('base64')
  return emptyReply(
    { 'content-type': 'application/xml', ...explained, ...(inHeader.length <= MAX_IN_HEADER && { 'x-oss-err': inHeader }) },
    status,
  )
}
