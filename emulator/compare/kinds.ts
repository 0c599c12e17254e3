/** What a value of an answer is: what kind JSON says it is of, and what a text means. */

import { isPlaceholder } from '../redact/placeholders.js'

/** Kinds of JSON values. */
export type Kind = 'null' | 'boolean' | 'number' | 'text' | 'list' | 'object'

/** Tells the kind of a value. */
export function kindOf(value: unknown): Kind {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'text'
  return typeof value === 'object' ? 'object' : (typeof value as 'number' | 'boolean')
}

/** What a text means: values of the first four are never the same in two clouds, a text is. */
export type Meaning = 'time' | 'URL' | 'id' | 'number' | 'text'

const TIME = /^\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/
const HTTP_TIME = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const URL_TEXT = /^(?:https?|rtmp|rtsp|oss|ftp):\/\/\S+$/i
const NUMBER = /^-?\d{1,15}(?:\.\d+)?$/

/** Made up by a machine, whatever the name: a UUID, a number in hexadecimal, a long number, a long token. */
const MADE_UP =
  /^(?:[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|"?[\da-f]{16,}(?:-\d+)?"?|\d{16,}|(?=[\w+/=.:-]*\d)(?=[\w+/=.:-]*[A-Za-z])[\w+/=.:-]{24,})$/i

/** Names of ids, and of what has a name that is made up. */
const ID_NAME = /(?:Ids?|ID|Key|Token|Bucket|FileName|Object|ObjectName|Title|ETag|Cname|Location|Fingerprint|Rand)$/

/** What an id may be made of. It has a digit in it, unlike a word. */
const ID_LIKE = /^(?=.*\d)[\w./:+=-]{6,}$/

const TIME_NAME = /(?:time|date|expires?|expiration|timestamp|created|modified)\w*$/i

/** Tells what a text means that stands in a field of this name. */
export function meaningOf(name: string, text: string): Meaning {
  if (TIME.test(text) || HTTP_TIME.test(text) || (TIME_NAME.test(name) && /^\d{10}(?:\d{3})?$/.test(text))) return 'time'
  if (URL_TEXT.test(text)) return 'URL'
  if (isPlaceholder(text) || MADE_UP.test(text) || (ID_NAME.test(name) && name !== 'Title' && ID_LIKE.test(text))) return 'id'
  return NUMBER.test(text) ? 'number' : 'text'
}

/** How a time is written, its digits left out: `0-0-0T0:0:0Z`. */
export const formOfTime = (text: string): string => text.replace(/\d+/g, '0')

/** Names of what is measured, which depends on the file, on the load and on the model: of such numbers, the kind counts. */
const MEASURE =
  /(?:size|bitrate|bps|duration|width|height|fps|framerate|samplerate|score|confidence|similarity|rate|ratio|traffic|bytes|flow|usage|utilization|value|time|timestamp|stamp|date|expires?|x|y|w|h|left|top|right|bottom|area|sharpness|exposure|degree|percent|weight|offset|start|end|data)$/i

/** True for a number of which the kind counts and not the value. */
export const isMeasure = (name: string, recorded: number, here: number): boolean =>
  !Number.isInteger(recorded) || !Number.isInteger(here) || MEASURE.test(name)

/** Ids that are numbers; small ones are constants, such as -1 for the category above all others. */
export const isNumericId = (name: string, value: number): boolean => /(?:Id|ID)s?$/.test(name) && value >= 1000

/** Names of ids under which the same thing has to be meant again and again. */
export const isReference = (name: string, text: string): boolean =>
  /Ids?$/.test(name) && !/(?:AccessKey|Request|Host)Id$/.test(name) && !isPlaceholder(text)

/** Fields that say nothing of the answer: they are new each time. */
export const isFleeting = (name: string): boolean => name === 'RequestId' || name === 'HostId'

/** JSON that a text holds, or that it holds in Base64. */
export function jsonIn(text: string): unknown {
  const plain = text.startsWith('{') || text.startsWith('[') ? text : inBase64(text)
  if (plain === undefined) return undefined
  try {
    const value: unknown = JSON.parse(plain)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function inBase64(text: string): string | undefined {
  if (text.length < 16 || !/^(?:ey|W3|W1|ew)[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined
  return Buffer.from(text, 'base64').toString('utf8')
}
