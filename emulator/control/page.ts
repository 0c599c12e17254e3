/** Lists in pages: `?limit=`, `?after=` the last element of the page before, `?order=desc` from the end. */

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Page } from '../../src/control/route.js'

/** How a list is handed out. */
export interface Paging {
  /** The member of its elements by which the next page is asked for. */
  pagedBy: string
  page: Page
  request: FastifyRequest
  reply: FastifyReply
}

/**
 * One page of a list. Headers tell how long the list is (`x-total-count`), and where it goes on (`link`, RFC 8288). Throws a `RangeError` if the page is to
 * begin behind an element that is not there, or not there any more.
 */
export function pageOf(list: readonly object[], { pagedBy, page: { limit, after, order }, request, reply }: Paging): readonly object[] {
  const nameOf = (element: object | undefined): string => String((element as Record<string, unknown> | undefined)?.[pagedBy])
  const ordered = order === 'desc' ? [...list].reverse() : list
  const place = after === undefined ? -1 : ordered.findIndex((element) => nameOf(element) === after)
  if (after !== undefined && place < 0)
    throw new RangeError(`after: there is nothing with the ${pagedBy} "${after.slice(0, 200)}", or not any more`)
  const end = limit === undefined ? ordered.length : place + 1 + limit
  reply.header('x-total-count', list.length)
  if (end < ordered.length) {
    const [path = '', query] = request.url.split('?', 2)
    const next = new URLSearchParams(query)
    next.set('after', nameOf(ordered[end - 1]))
    reply.header('link', `<${path}?${next}>; rel="next"`)
  }
  return ordered.slice(place + 1, end)
}
