/** Step: from an answer or an error to the bytes of a reply. */

import type { Action, Format } from '../actions/action.js'
import type { ApiError } from '../base/errors.js'
import { gatewayErrors } from '../base/gateway-errors.js'
import { xmlWriter } from '../base/xml-writer.js'
import type { Reply } from '../http/call.js'
import { headerText, withoutForbidden } from '../http/text.js'

const PROLOG = '<?xml version="1.0" encoding="utf-8"?>'

const CONTENT_TYPE: Record<Format, string> = { JSON: 'application/json;charset=utf-8', XML: 'text/xml;charset=utf-8' }

// Arrays are written as the manuals print them: the element is repeated, without a wrapper. Where they print one, see services/xml-form.ts.
const write = xmlWriter({ ignoreAttributes: true, processEntities: true, suppressEmptyNode: false })

/** The reply to a call that succeeded. */
export function renderAnswer(format: Format, { name, xmlForm }: Action, requestId: string, answer: object): Reply {
  if (format === 'JSON') {
    const fields = JSON.stringify(answer)
    return reply(200, format, requestId, `{"RequestId":"${requestId}"${fields === '{}' ? '}' : `,${fields.slice(1)}`}`)
  }
  const form = xmlForm()
  const formed = form ? (form(answer) as object) : answer
  return reply(200, format, requestId, xml(`${name}Response`, { RequestId: requestId, ...formed }))
}

/** Where an error comes from: the host of the service, and its name. */
export interface ErrorOrigin {
  hostId: string
  product: string
}

/** The reply to a call that was refused. */
export function renderError(format: Format, error: ApiError, requestId: string, { hostId, product }: ErrorOrigin): Reply {
  const body = {
    RequestId: requestId,
    HostId: hostId,
    Code: error.code,
    Message: error.message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(error.code.toWellFormed())}&product=${product}&requestId=${requestId}`,
  }
  const rendered = reply(error.status, format, requestId, format === 'JSON' ? JSON.stringify(body) : xml('Error', body))
  if (error.reason !== undefined)
    rendered.headers['x-emulator-reason'] = headerText(error.param === undefined ? error.reason : `${error.param} ${error.reason}`)
  return rendered
}

/** The reply in place of one that a door cannot write, or that never came. That is a bug, of which the caller is told nothing. */
export const unwritableReply = (): Reply =>
  reply(500, 'JSON', '', JSON.stringify({ RequestId: '', Code: 'InternalError', Message: gatewayErrors.InternalError.message }))

function reply(status: number, format: Format, requestId: string, body: string): Reply {
  return { status, headers: { 'content-type': CONTENT_TYPE[format], 'x-acs-request-id': requestId }, body }
}

const xml = (root: string, body: object): string => PROLOG + write({ [root]: withoutForbidden(body) })
