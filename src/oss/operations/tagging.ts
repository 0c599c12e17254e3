/** GetObjectTagging, PutObjectTagging, DeleteObjectTagging. */

import { z } from 'zod'
import { refuseObject } from '../errors.js'
import { receiving, simple } from '../operation.js'
import { emptyReply, xmlReply } from '../reply.js'
import { readBody } from '../request.js'
import { checkTags, MAX_TAGS, type Tags } from '../tags.js'
import { readXml } from '../xml.js'
import { objectOf } from './download.js'

/** Ten tags, and what is around them. */
const MAX_XML_BYTES = 16 * 1024
const XML_LIMITS = { elements: 2 + 3 * (MAX_TAGS + 1), depth: 4 }

const tag = z.object({ Key: z.coerce.string(), Value: z.coerce.string().default('') })

const schema = z.object({
  Tagging: z.object({ TagSet: z.union([z.object({ Tag: z.array(tag).default([]) }), z.string().transform(() => ({ Tag: [] }))]) }),
})

/** The tags that a document holds. */
function readTags(text: string): Tags {
  const read = schema.safeParse(readXml(text, XML_LIMITS, 'Tag'))
  if (!read.success) {
    const issue = read.error.issues[0]
    return refuseObject('MalformedXML', { reason: `the tags are wrong at ${issue?.path.join('.')}: ${issue?.message}` })
  }
  return checkTags(read.data.Tagging.TagSet.Tag.map(({ Key: key, Value: value }) => ({ key, value })))
}

export const putObjectTagging = receiving({
  name: 'PutObjectTagging',
  permission: 'PutObjectTagging',
  receive: async ({ call }) => readTags((await readBody(call, MAX_XML_BYTES)).toString('utf8')),
  run(exchange, tags) {
    exchange.oss.describe(objectOf(exchange), { tags })
    return emptyReply()
  },
})

export const getObjectTagging = simple('GetObjectTagging', 'GetObjectTagging', (exchange) => {
  const { tags = [] } = objectOf(exchange)
  return xmlReply('Tagging', { TagSet: { Tag: tags.map(({ key: Key, value: Value }) => ({ Key, Value })) } })
})

export const deleteObjectTagging = simple('DeleteObjectTagging', 'DeleteObjectTagging', (exchange) => {
  exchange.oss.describe(objectOf(exchange), { tags: undefined })
  return emptyReply({}, 204)
})
