/** What varies in how an answer is written as JSON: all of it is what RFC 8259 allows. */

import { shuffledMembers } from './members.js'
import type { Variation } from './variation.js'

/** How a document is written. */
interface Style {
  indent: string
  blank: string
  slashes: boolean
  ascii: boolean
  number: (value: number) => string
}

/** A document as JSON, in one of many ways. */
export function variedJson(document: object, variation: Variation): string {
  const layout = variation.oneOf(['json.indented', 'json.spaced'])
  const text = JSON.stringify(document)
  const style: Style = {
    indent: layout === 'json.indented' ? '  ' : '',
    blank: layout === undefined ? '' : ' ',
    slashes: text.includes('/') && variation.happens('json.escapedSlashes'),
    ascii: /[^\x20-\x7e]/.test(text) && variation.happens('json.escapedText'),
    number: numberStyle(text, variation),
  }
  const written = write(shuffledMembers(document, variation), style, '\n')
  return variation.happens('json.lineBreak') ? `${written}\n` : written
}

/** Only numbers with a fraction: others may be whole numbers to who reads them, and those have no point. */
function numberStyle(text: string, variation: Variation): Style['number'] {
  const kind = /[:[,]-?\d+\.\d/.test(text) ? variation.oneOf(['number.trailingZero', 'number.exponent']) : undefined
  if (kind === undefined) return String
  const form = (plain: string): string => (kind === 'number.exponent' ? `${plain}e0` : `${plain}0`)
  return (value) => (/^-?\d+\.\d+$/.test(String(value)) ? form(String(value)) : String(value))
}

/** `line` is a line break with the indentation of what the value stands in. */
function write(value: unknown, style: Style, line: string): string {
  if (typeof value === 'string') return writeText(value, style)
  if (typeof value === 'number' && Number.isFinite(value)) return style.number(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const inner = line + style.indent
  if (Array.isArray(value))
    return enclosed(
      '[',
      value.map((each) => write(each, style, inner)),
      ']',
      style,
      line,
    )
  const members = Object.entries(value).filter(([, each]) => each !== undefined)
  return enclosed(
    '{',
    members.map(([name, each]) => `${writeText(name, style)}:${style.blank}${write(each, style, inner)}`),
    '}',
    style,
    line,
  )
}

function enclosed(open: string, parts: readonly string[], close: string, { indent, blank }: Style, line: string): string {
  if (parts.length === 0) return open + close
  if (indent === '') return open + parts.join(`,${blank}`) + close
  return `${open}${line}${indent}${parts.join(`,${line}${indent}`)}${line}${close}`
}

function writeText(text: string, { slashes, ascii }: Style): string {
  let written = JSON.stringify(text)
  if (slashes) written = written.replaceAll('/', '\\/')
  if (ascii) written = written.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return written
}
